//! Where words go: the answer to stdout and nothing else, everything for a person to stderr.
//!
//! A reader that went away (`awsprof list | head -1`) is not an error. Text that came from a file or from the
//! network is stripped of control characters on its way out, unless the answer is meant for a program.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::Done;
use super::args::{Color, Global};
use crate::aws::text::clean_lines;
use crate::aws::world::World;
use crate::jobs::{Failure, Stage};

/// The two streams and how to write to them.
#[derive(Clone, Copy, Debug)]
pub struct Out {
    /// Answers and errors are JSON.
    pub json: bool,
    /// Lines that matter are bold.
    color: bool,
    noise: Noise,
}

/// How much is said on stderr.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Noise {
    Errors,
    Usual,
    Everything,
}

impl Out {
    /// Decides on colour: the flag, then `NO_COLOR`, `TERM=dumb`, `CLICOLOR_FORCE`, then whether stdout is a terminal.
    #[must_use]
    pub fn new(global: &Global, world: &World) -> Self {
        let forced = || world.env.non_empty("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let bare = world.env.non_empty("NO_COLOR").is_some() || world.env.get("TERM") == Some("dumb");
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => !bare && (forced() || io::stdout().is_terminal()),
        };
        let noise = match (global.quiet, global.verbose) {
            (true, _) => Noise::Errors,
            (false, true) => Noise::Everything,
            (false, false) => Noise::Usual,
        };
        Self { json: global.json, color, noise }
    }

    /// Writes the answer.
    ///
    /// # Errors
    /// A stdout that cannot be written to, except for a reader that went away.
    #[expect(clippy::unused_self, reason = "whoever may write an answer holds an Out")]
    pub fn answer(self, text: &str) -> Done {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => Ok(result?),
        }
    }

    /// Writes an answer of lines, those that matter in bold where colour is wanted.
    ///
    /// # Errors
    /// As [`Out::answer`].
    pub fn answer_lines(self, text: &str, matters: impl Fn(usize, &str) -> bool) -> Done {
        if !self.color {
            return self.answer(text);
        }
        let line = |(at, line)| {
            let (on, off) = if matters(at, line) { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
            [on, line, off, "\n"].concat()
        };
        self.answer(&text.lines().enumerate().map(line).collect::<String>())
    }

    /// Writes the answer as one JSON document.
    ///
    /// # Errors
    /// As [`Out::answer`].
    pub fn answer_json(self, value: &impl Serialize) -> Done {
        let mut text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
        text.push('\n');
        self.answer(&text)
    }

    /// Says something to the person, unless they asked for silence.
    pub fn say(self, text: &str) {
        if self.noise >= Noise::Usual {
            stderr(&format!("{}\n", clean_lines(text)));
        }
    }

    /// Says something to a person who asked for more.
    pub fn tell(self, text: &str) {
        if self.noise >= Noise::Everything {
            self.say(text);
        }
    }

    /// What watches a job: a wait for somebody else is said, the rest only to a person who asked for more.
    pub fn watch(self) -> impl FnMut(Stage) + Send {
        move |stage| match stage {
            Stage::Waiting | Stage::Kept(_) | Stage::NextCode { .. } => self.say(&format!("note: {stage}")),
            stage => self.tell(&stage.to_string()),
        }
    }

    /// Shows a failure: a line, a hint, or the contract's JSON.
    pub fn fail(self, failure: &Failure) {
        if self.json {
            let mut error =
                serde_json::json!({"code": failure.code, "message": failure.message, "hint": failure.hint});
            if let Some(diff) = &failure.diff {
                error["diff"] = diff.as_str().into();
            }
            stderr(&format!("{}\n", serde_json::json!({ "error": error })));
            return;
        }
        stderr(&clean_lines(failure.diff.as_deref().unwrap_or_default()));
        stderr(&format!("error: {}\n", clean_lines(&failure.message)));
        if let Some(hint) = &failure.hint {
            stderr(&format!("hint: {}\n", clean_lines(hint)));
        }
    }
}

/// A stderr that cannot be written to has nobody to complain to.
fn stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
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
}
