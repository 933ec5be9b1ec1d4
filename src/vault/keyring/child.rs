//! The child that talks to the keyring: one question on its standard input, one answer on its standard output.

use std::io::{self, Read, Write};

use keyring::{Entry, Error};
use serde::{Deserialize, Serialize};

use super::{Ask, KeyringError};
use crate::aws::secret::Secret;

/// Under which name the items stand in the keyring.
const SERVICE: &str = "awsprof";
/// No device is called so.
const NOBODY: &str = "awsprof-check";
/// Longer than any question.
const LONGEST: usize = 64 * 1024;

/// What the child is told: two lines.
#[derive(Debug)]
pub struct Question {
    pub account: String,
    pub text: Option<Secret>,
}

/// What it answers, as JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Done,
    Text(String),
    Failed(KeyringError),
}

impl Question {
    /// As the child reads it.
    #[must_use]
    pub fn written(&self) -> Secret {
        let text = self.text.as_ref().map_or("", Secret::expose);
        Secret::new([&self.account, "\n", text, "\n"].concat())
    }

    fn read(from: impl Read) -> io::Result<Self> {
        let mut text = String::with_capacity(LONGEST);
        from.take(LONGEST as u64).read_to_string(&mut text)?;
        let text = Secret::new(text);
        let mut lines = text.expose().lines();
        let account = lines.next().unwrap_or_default().to_owned();
        Ok(Self { account, text: lines.next().map(Secret::new) })
    }
}

/// Answers one question and ends.
///
/// # Errors
/// Pipes that broke.
pub fn run(ask: Ask, from: impl Read, mut to: impl Write) -> io::Result<()> {
    let answer = match act(ask, &Question::read(from)?) {
        Ok(None) => Answer::Done,
        Ok(Some(text)) => Answer::Text(text),
        Err(error) => Answer::Failed(error),
    };
    serde_json::to_writer(&mut to, &answer)?;
    to.flush()
}

/// What the child answered. A child that died without an answer says so.
///
/// # Errors
/// What kept it from doing what was asked.
pub fn read(answer: &[u8]) -> Result<Option<Secret>, KeyringError> {
    match serde_json::from_slice(answer) {
        Ok(Answer::Done) => Ok(None),
        Ok(Answer::Text(text)) => Ok(Some(Secret::new(text))),
        Ok(Answer::Failed(error)) => Err(error),
        Err(_) => Err(KeyringError::Other("the process that asks it ended without an answer".to_owned())),
    }
}

fn act(ask: Ask, question: &Question) -> Result<Option<String>, KeyringError> {
    Entry::store_status().as_ref().map_err(unreachable)?;
    let account = if ask == Ask::Check { NOBODY } else { &question.account };
    let entry = Entry::new(SERVICE, account).map_err(|error| reason(&error))?;
    let done = match ask {
        Ask::Check => match entry.get_password() {
            Ok(_) | Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        },
        Ask::Get => entry.get_password().map(Some),
        Ask::Set => entry.set_password(question.text.as_ref().map_or("", Secret::expose)).map(|()| None),
        Ask::Remove => entry.delete_credential().map(|()| None),
    };
    done.map_err(|error| reason(&error))
}

/// Why there is no store at all.
fn unreachable(error: &Error) -> KeyringError {
    let words = innermost(error);
    if is_missing_service(&words) { KeyringError::NoService } else { KeyringError::NoBus(words) }
}

/// Why it did not do it.
fn reason(error: &Error) -> KeyringError {
    let words = innermost(error);
    match error {
        Error::NoEntry => KeyringError::NotThere,
        Error::NoStorageAccess(_) => KeyringError::Locked(words),
        _ if is_missing_service(&words) => KeyringError::NoService,
        _ => KeyringError::Other(words),
    }
}

fn is_missing_service(words: &str) -> bool {
    ["ServiceUnknown", "was not provided by any .service files", "no secret service provider"]
        .iter()
        .any(|sign| words.contains(sign))
}

/// The words of the cause, which say most.
fn innermost(error: &Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string().lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_and_its_answers_go_through_pipes() {
        let asked = Question { account: "mfa/a".to_owned(), text: Some(Secret::new("seed")) };
        let read_back = Question::read(asked.written().expose().as_bytes()).unwrap();
        assert_eq!((read_back.account.as_str(), read_back.text.unwrap().expose()), ("mfa/a", "seed"));
        for error in [KeyringError::NoService, KeyringError::NoBus("x".to_owned()), KeyringError::NotThere] {
            let json = serde_json::to_vec(&Answer::Failed(error.clone())).unwrap();
            assert_eq!(read(&json).unwrap_err(), error);
        }
        let json = serde_json::to_vec(&Answer::Text("seed".to_owned())).unwrap();
        assert_eq!(read(&json).unwrap().unwrap().expose(), "seed");
        assert!(matches!(read(b"").unwrap_err(), KeyringError::Other(_)));
    }

    #[test]
    fn failures_are_told_by_their_cause() {
        let platform = |words: &str| Error::PlatformFailure(words.to_owned().into());
        let service = "The name org.freedesktop.secrets was not provided by any .service files";
        assert_eq!(unreachable(&platform(service)), KeyringError::NoService);
        assert_eq!(unreachable(&platform("No such file")), KeyringError::NoBus("No such file".to_owned()));
        assert_eq!(reason(&Error::NoEntry), KeyringError::NotThere);
        let locked = Error::NoStorageAccess("prompt dismissed".into());
        assert_eq!(reason(&locked), KeyringError::Locked("prompt dismissed".to_owned()));
    }
}
