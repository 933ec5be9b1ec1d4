//! Asking a person on the terminal itself.
//!
//! Prompts go to `/dev/tty`, not to stdin or stdout, so that they work inside `$(…)` and when another program runs
//! awsprof as its `credential_process`. Without a terminal nothing is asked and nothing hangs.
#![expect(clippy::disallowed_methods, reason = "the terminal is a device, not a file of the world")]

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};

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
        self.say(question)?;
        let mut line = String::new();
        match self.reader.read_line(&mut line) {
            Ok(1..) => {}
            _ => return Err(closed()),
        }
        Ok(Secret::new(line.trim().to_owned()))
    }

    /// Shows `question` and reads one line that is not shown. Backspace, Ctrl-U and Ctrl-C work as usual.
    ///
    /// # Errors
    /// As [`Tty::ask`]; Ctrl-C is [`Class::Interrupted`].
    pub fn ask_secret(&mut self, question: &str) -> Result<Secret, Failure> {
        let typed = {
            let _quiet = Quiet::start()?;
            self.say(question)?;
            hidden_line(&mut self.reader)
        };
        self.say("\n")?;
        typed
    }

    /// Shows something.
    ///
    /// # Errors
    /// A terminal that closed.
    pub fn say(&mut self, text: &str) -> Result<(), Failure> {
        let text = clean_lines(text);
        self.writer.write_all(text.as_bytes()).and_then(|()| self.writer.flush()).map_err(|_| closed())
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

/// The terminal without echo, until dropped.
struct Quiet;

impl Quiet {
    fn start() -> Result<Self, Failure> {
        crossterm::terminal::enable_raw_mode().map_err(|_| closed())?;
        Ok(Self)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

/// Reads up to Enter, key by key. The buffer is as long as it will get, so that no copy is left behind.
fn hidden_line(keys: &mut impl BufRead) -> Result<Secret, Failure> {
    let mut line: Vec<u8> = Vec::with_capacity(8192);
    loop {
        let key = keys.by_ref().bytes().next().and_then(Result::ok).ok_or_else(closed)?;
        match key {
            b'\r' | b'\n' => break,
            0x03 => {
                return Err(Failure::new(
                    Class::Interrupted,
                    "interrupted",
                    "interrupted: nothing was written",
                ));
            }
            0x04 if line.is_empty() => return Err(closed()),
            0x08 | 0x7f => erase(&mut line),
            0x15 => line.clear(),
            key if key >= b' ' && line.len() < line.capacity() => line.push(key),
            _ => {}
        }
    }
    let text = String::from_utf8(line)
        .map_err(|_| Failure::new(Class::Usage, "not-text", "what was typed is not UTF-8 text"))?;
    Ok(Secret::new(text.trim().to_owned()))
}

/// Takes back one character, which may be several bytes.
fn erase(line: &mut Vec<u8>) {
    while line.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {}
}

fn closed() -> Failure {
    Failure::new(Class::Guard, "no-terminal", "the terminal was closed before an answer came")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Result<String, Class> {
        let line = hidden_line(&mut BufReader::new(keys.as_bytes()));
        line.map(|secret| secret.expose().to_owned()).map_err(|failure| failure.class)
    }

    #[test]
    fn a_hidden_line_is_edited_as_usual() {
        assert_eq!(typed("hush\rmore"), Ok("hush".to_owned()));
        assert_eq!(typed("wrong\x15h\u{e9}\x7fush\n"), Ok("hush".to_owned()));
        assert_eq!(typed("\x7f\x1b hush \r"), Ok("hush".to_owned()));
        assert_eq!(typed("hu\x03"), Err(Class::Interrupted));
        assert_eq!(typed("\x04"), Err(Class::Guard));
        assert_eq!(typed("never ended"), Err(Class::Guard));
    }
}
