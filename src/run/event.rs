//! What wakes the loop.

use std::process::ExitCode;
use std::sync::mpsc::Sender;

use crossterm::event::Event as TerminalEvent;

use crate::app::{Leaving, Msg, Signal};
use crate::aws::overview::Overview;
use crate::jobs::probe::Prober;

/// Something that came from another thread.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "few are ever queued, and most of those are messages")]
pub enum Event {
    Msg(Msg),
    /// The two files were read; the prober has them parsed.
    Read {
        overview: Box<Overview>,
        prober: Box<Prober>,
    },
    Terminal(TerminalEvent),
    /// The window changed its size.
    Resized,
    /// A file beside the two was touched: worth a look.
    Touched,
    /// `SIGTSTP`.
    Stop,
    /// `SIGCONT`: the shell may have changed the terminal meanwhile.
    Continued,
    /// A thread of ours panicked.
    Died,
}

/// How the screen ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended(pub Leaving);

impl Ended {
    /// 0 when asked to, 128 + N for a signal (contract: 130 interrupted).
    #[must_use]
    pub fn exit_code(self) -> ExitCode {
        match self.0 {
            Leaving::Asked => ExitCode::SUCCESS,
            Leaving::Signal(Signal::HangUp) => ExitCode::from(129),
            Leaving::Signal(Signal::Interrupt) => ExitCode::from(130),
            Leaving::Signal(Signal::Terminate) => ExitCode::from(143),
        }
    }
}

/// Tells the loop when the thread that holds it panics.
pub struct Farewell(pub Sender<Event>);

impl Drop for Farewell {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = self.0.send(Event::Died);
        }
    }
}
