//! Where words go: the answer to stdout and nothing else, everything for a person to stderr.
//!
//! A reader that went away (`awsprof list | head -1`) is not an error. Text that came from a file or from the
//! network is stripped of control characters on its way out, unless the answer is meant for a program.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::Done;
use super::args::{Color, Global};
use crate::aws::text::{clean_lines, width};
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
    /// The locale's characters.
    utf8: bool,
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
        let utf8 = crate::run::speaks_unicode(&world.env);
        Self { json: global.json, color, noise, utf8 }
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

    /// Says what a person must know to go on, whatever they asked for.
    #[expect(clippy::unused_self, reason = "whoever may ask holds an Out")]
    pub fn ask(self, text: &str) {
        stderr(&clean_lines(text));
    }

    /// Whether a line that counts is of use: a terminal, and nobody who asked for silence.
    #[must_use]
    pub fn counts(self) -> bool {
        io::stderr().is_terminal() && self.noise >= Noise::Usual
    }

    /// Whether a picture made of characters is of use: a terminal that knows UTF-8.
    #[must_use]
    pub fn draws(self) -> bool {
        io::stderr().is_terminal() && self.utf8
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
pub fn columns<C: AsRef<str>>(rows: &[Vec<C>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    let mut length = 0;
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (cell, widest) in row.iter().zip(&mut widths) {
            *widest = width(cell.as_ref()).max(*widest);
            length += cell.as_ref().len();
        }
    }
    let room = widths.iter().map(|width| width + GAP).sum::<usize>() * rows.len();
    let mut text = String::with_capacity(room.max(length));
    for row in rows {
        let start = text.len();
        for (cell, widest) in row.iter().zip(&widths) {
            text.push_str(cell.as_ref());
            pad(&mut text, widest - width(cell.as_ref()) + GAP);
        }
        text.truncate(start + text[start..].trim_end().len());
        text.push('\n');
    }
    text
}

/// Between two columns.
const GAP: usize = 2;
const BLANKS: &str = "                                ";

fn pad(text: &mut String, mut blanks: usize) {
    while blanks > 0 {
        let some = blanks.min(BLANKS.len());
        text.push_str(&BLANKS[..some]);
        blanks -= some;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_display_width() {
        let rows = vec![vec!["名".into(), "a".into()], vec!["ab c".into(), "b".into()]];
        assert_eq!(columns::<String>(&rows), "名    a\nab c  b\n");
        let long = "x".repeat(100);
        let rows = [vec!["é\u{301}", "a", ""], vec![long.as_str(), "", ""], vec!["\u{1b}", "b", "c "]];
        let padded = |cell: &str| format!("{cell}{}", " ".repeat(100 + GAP - width(cell)));
        let expected = format!("{}a\n{long}\n{}b  c\n", padded("é\u{301}"), padded("\u{1b}"));
        assert_eq!(columns(&rows), expected);
    }
}
