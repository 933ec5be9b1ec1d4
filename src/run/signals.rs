//! Signals as events. The thread sleeps in the kernel.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::event::{Event, Farewell};
use crate::app::{Msg, Signal};

/// A child has the terminal: what the keyboard sends as signals is meant for it.
static LENT: AtomicBool = AtomicBool::new(false);

/// Listens until the loop is gone.
///
/// # Errors
/// The handlers or the thread cannot be installed.
pub fn listen(send: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let listen = move || {
        let farewell = Farewell(send);
        for signal in signals.forever() {
            if let Some(event) = event(signal)
                && farewell.0.send(event).is_err()
            {
                return;
            }
        }
    };
    std::thread::Builder::new().name("awsprof-signals".to_owned()).spawn(listen).map(drop)
}

fn event(signal: i32) -> Option<Event> {
    let lent = LENT.load(Ordering::SeqCst);
    match signal {
        // An editor that stops itself stops its whole group: the shell waits for us to stop too.
        SIGTSTP if lent => {
            let _ = emulate_default_handler(SIGTSTP);
            None
        }
        SIGINT | SIGCONT if lent => None,
        SIGTSTP => Some(Event::Stop),
        SIGCONT => Some(Event::Continued),
        SIGWINCH => Some(Event::Resized),
        SIGHUP => Some(Event::Msg(Msg::Terminate(Signal::HangUp))),
        SIGINT => Some(Event::Msg(Msg::Terminate(Signal::Interrupt))),
        _ => Some(Event::Msg(Msg::Terminate(Signal::Terminate))),
    }
}

/// Says whether a child has the terminal.
pub fn lend(lent: bool) {
    LENT.store(lent, Ordering::SeqCst);
}

/// Stops this process as `Ctrl-Z` does in a shell; comes back when it is continued.
///
/// # Errors
/// The signal cannot be raised.
pub fn stop() -> io::Result<()> {
    emulate_default_handler(SIGTSTP)
}
