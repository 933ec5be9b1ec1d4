//! Where words go: the answer to stdout and nothing else, everything for a person to stderr.
//!
//! A reader that went away (`awsprof list | head -1`) is not an error. Text that came from a file or from the
//! network is stripped of control characters on its way out, unless the answer is meant for a program.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::args::{Color, Global};
use crate::aws::world::World;
use crate::jobs::Failure;

/// The two streams and how to write to them.
#[derive(Clone, Copy, Debug)]
pub struct Out {
    pub json: bool,
    pub quiet: bool,
    pub verbose: bool,
    color: bool,
}

impl Out {
    /// Decides on colour: the flag, then `NO_COLOR`, `CLICOLOR_FORCE`, `TERM=dumb`, then whether stdout is a terminal.
    #[must_use]
    pub fn new(global: &Global, world: &World) -> Self {
        let set = |name| world.env.non_empty(name).is_some_and(|value| value != "0");
        let auto = || {
            !world.env.non_empty("NO_COLOR").is_some()
                && world.env.get("TERM") != Some("dumb")
                && (set("CLICOLOR_FORCE") || io::stdout().is_terminal())
        };
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => auto(),
        };
        Self { json: global.json, quiet: global.quiet, verbose: global.verbose, color }
    }

    /// Writes the answer.
    ///
    /// # Errors
    /// A stdout that cannot be written to, except for a reader that went away.
    pub fn answer(&self, text: &str) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }

    /// Writes the answer as one JSON document.
    ///
    /// # Errors
    /// As [`Out::answer`].
    pub fn answer_json(&self, value: &impl Serialize) -> io::Result<()> {
        let mut text = serde_json::to_string_pretty(value)?;
        text.push('\n');
        self.answer(&text)
    }

    /// Says something to the person, unless they asked for silence.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            self.stderr(&format!("{}\n", clean(text)));
        }
    }

    /// Shows a failure: a line, a hint, or the contract's JSON.
    pub fn fail(&self, failure: &Failure) {
        if self.json {
            let error =
                serde_json::json!({"code": failure.code, "message": failure.message, "hint": failure.hint});
            self.stderr(&format!("{}\n", serde_json::json!({ "error": error })));
            return;
        }
        self.stderr(&format!("error: {}\n", clean(&failure.message)));
        if let Some(hint) = &failure.hint {
            self.stderr(&format!("hint: {}\n", clean(hint)));
        }
    }

    /// Bold, where colour is wanted.
    #[must_use]
    pub fn bold(&self, text: &str) -> String {
        if self.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A stderr that cannot be written to has nobody to complain to.
    fn stderr(self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// Control characters become visible ones; line breaks stay.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// Lays rows out in columns by display width; the last column is not padded.
#[must_use]
pub fn columns(rows: &[Vec<String>]) -> String {
    use unicode_width::UnicodeWidthStr;
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |i: usize| rows.iter().filter_map(|row| row.get(i)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_display_width() {
        let rows = vec![vec!["名".into(), "a".into()], vec!["ab c".into(), "b".into()]];
        assert_eq!(columns(&rows), "名    a\nab c  b\n");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\n"), "a\u{fffd}[31mb\n");
    }
}
