//! The terminal's modes: entered in one function and left in its mirror image, also on a panic.
//!
//! Both are idempotent. The kitty keyboard protocol is not used, the cursor's position is never asked for, and
//! of the mouse only buttons and the wheel are wanted, not its motion.

use std::io::{self, Write as _};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange};
use crossterm::style::Print;
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};

use crate::app::Desktop;
use crate::aws::text::clean;

/// Buttons and wheel, in the encoding without a limit of columns (xterm 1000, 1006).
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Clicks and the wheel are wanted.
static MOUSE: AtomicBool = AtomicBool::new(false);
/// The window's title is ours to set; what it was is kept on the terminal's own stack (xterm's `CSI 22 ; 2 t`).
static TITLE: AtomicBool = AtomicBool::new(false);
const TITLE_KEPT: &str = "\x1b[22;2t";
const TITLE_BACK: &str = "\x1b[23;2t";
static ENTERED: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// Raw mode, alternate screen, and what we want to be told.
///
/// # Errors
/// There is no terminal.
pub fn enter() -> io::Result<()> {
    if ENTERED.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    enable_raw_mode()?;
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        DisableLineWrap,
        EnableBracketedPaste,
        EnableFocusChange,
        Print(if MOUSE.load(Ordering::SeqCst) { MOUSE_ON } else { "" }),
        Print(if TITLE.load(Ordering::SeqCst) { TITLE_KEPT } else { "" }),
        cursor::Hide,
    )
}

/// Everything [`enter`] did, backwards. Goes on after an error: a terminal that is gone needs no repair.
pub fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = execute!(
        io::stdout(),
        EndSynchronizedUpdate,
        cursor::Show,
        Print(if TITLE.load(Ordering::SeqCst) { TITLE_BACK } else { "" }),
        Print(MOUSE_OFF),
        DisableFocusChange,
        DisableBracketedPaste,
        EnableLineWrap,
        LeaveAlternateScreen,
    );
    let _ = disable_raw_mode();
    let _ = io::stdout().flush();
}

/// Asks for clicks and the wheel, or no longer; also after the next [`enter`].
///
/// # Errors
/// The terminal is gone.
pub fn mouse(ours: bool) -> io::Result<()> {
    MOUSE.store(ours, Ordering::SeqCst);
    execute!(io::stdout(), Print(if ours { MOUSE_ON } else { MOUSE_OFF }))
}

/// Keeps the window's title for the way back, or gives it back now; also at the next [`enter`].
///
/// # Errors
/// The terminal is gone.
pub fn titled(ours: bool) -> io::Result<()> {
    match (TITLE.swap(ours, Ordering::SeqCst), ours) {
        (false, true) => execute!(io::stdout(), Print(TITLE_KEPT)),
        (true, false) => execute!(io::stdout(), Print(TITLE_BACK)),
        _ => Ok(()),
    }
}

/// Sets the title of the window.
///
/// # Errors
/// The terminal is gone.
pub fn title(text: &str) -> io::Result<()> {
    execute!(io::stdout(), SetTitle(clean(text)))
}

/// Calls somebody who may not be looking. `what` is cleaned here: names come from files.
///
/// # Errors
/// The terminal is gone.
pub fn alert(bell: bool, desktop: Option<Desktop>, what: &str) -> io::Result<()> {
    let text = clean(what).replace(';', ",");
    let shown = match desktop {
        None => String::new(),
        Some(Desktop::Osc9) => format!("\x1b]9;awsprof: {text}\x1b\\"),
        Some(Desktop::Osc777) => format!("\x1b]777;notify;awsprof;{text}\x1b\\"),
    };
    execute!(io::stdout(), Print(shown), Print(if bell { "\x07" } else { "" }))
}

/// The terminal is ours while this lives.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Enters, and sees to it that a panic leaves before it prints.
    ///
    /// # Errors
    /// As [`enter`].
    pub fn enter(mouse: bool, title: bool) -> io::Result<Self> {
        MOUSE.store(mouse, Ordering::SeqCst);
        TITLE.store(title, Ordering::SeqCst);
        HOOK.call_once(leave_on_panic);
        let guard = Self(());
        enter()?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// A panic of the thread that draws leaves the terminal, then says what it has to say. Other threads report
/// theirs to the loop, which ends in order; while the screen stands they print nothing over it.
fn leave_on_panic() {
    let drawing = std::thread::current().id();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let ours = std::thread::current().id() == drawing;
        if ours {
            leave();
        }
        if ours || !ENTERED.load(Ordering::SeqCst) {
            before(info);
        }
    }));
}
