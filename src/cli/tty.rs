//! Asking a person on the terminal itself.
//!
//! Prompts go to `/dev/tty`, not to stdin or stdout, so that they work inside `$(…)` and when another program runs
//! awsprof as its `credential_process`. Without a terminal nothing is asked and nothing hangs.
#![expect(clippy::disallowed_methods, reason = "the terminal is a device, not a file of the world")]

use std::fs::File;
use std::io::{BufRead, BufReader, Write};

use crate::aws::secret::Secret;
use crate::aws::text::clean_lines;
use crate::jobs::{Class, Failure};

/// The controlling terminal, opened for a question.
#[derive(Debug)]
pub struct Tty {
    reader: BufReader<File>,
    writer: File,
}

impl Tty {
    /// Opens the controlling terminal.
    ///
    /// # Errors
    /// A guard failure saying that `what` is needed when there is no terminal.
    pub fn open(what: &str, hint: &str) -> Result<Self, Failure> {
        let none = |_| {
            Failure::new(Class::Guard, "no-terminal", format!("{what} is needed and there is no terminal"))
                .hint(hint)
        };
        let device = if cfg!(windows) { ("CONIN$", "CONOUT$") } else { ("/dev/tty", "/dev/tty") };
        let reader = BufReader::new(File::open(device.0).map_err(none)?);
        let writer = File::options().write(true).open(device.1).map_err(none)?;
        Ok(Self { reader, writer })
    }

    /// Shows `question` and reads one line, without its line break.
    ///
    /// # Errors
    /// A terminal that closed before an answer came.
    pub fn ask(&mut self, question: &str) -> Result<Secret, Failure> {
        let closed =
            |_| Failure::new(Class::Guard, "no-terminal", "the terminal was closed before an answer came");
        write!(self.writer, "{}", clean_lines(question))
            .and_then(|()| self.writer.flush())
            .map_err(closed)?;
        let mut line = String::new();
        let read = self.reader.read_line(&mut line).map_err(closed)?;
        if read == 0 {
            return Err(closed(std::io::ErrorKind::UnexpectedEof.into()));
        }
        Ok(Secret::new(line.trim().to_owned()))
    }

    /// Asks a yes/no question; anything but `y` or `yes` is no.
    ///
    /// # Errors
    /// As [`Tty::ask`].
    pub fn agrees(&mut self, question: &str) -> Result<bool, Failure> {
        let answer = self.ask(&format!("{question} [y/N] "))?;
        Ok(matches!(answer.expose().to_lowercase().as_str(), "y" | "yes"))
    }
}
