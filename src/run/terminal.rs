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
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};

/// Buttons and wheel, in the encoding without a limit of columns (xterm 1000, 1006).
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Clicks and the wheel are wanted.
static MOUSE: AtomicBool = AtomicBool::new(false);
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

/// The terminal is ours while this lives.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Enters, and sees to it that a panic leaves before it prints.
    ///
    /// # Errors
    /// As [`enter`].
    pub fn enter(mouse: bool) -> io::Result<Self> {
        MOUSE.store(mouse, Ordering::SeqCst);
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
