//! The clipboard by OSC 52: it works over SSH, and nothing of ours is spawned. Secrets never go this way.

use std::io;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

/// Terminals cut longer texts off (the limit of the oldest ones).
const LIMIT: usize = 74_994;

/// Asks the terminal to put `text` into the clipboard. It does not answer, so the toast says "asked".
///
/// # Errors
/// The text is too long, or the terminal is gone.
pub fn copy(text: &str) -> io::Result<()> {
    if text.len() > LIMIT {
        return Err(io::Error::other("too long for the terminal's clipboard"));
    }
    execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
}
