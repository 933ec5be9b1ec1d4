//! The six digits of an MFA device: from the command line, from standard input, or typed on the terminal. And the
//! passphrase of the seeds that make such digits.

use std::io::Read;

use super::Done;
use super::tty::Tty;
use crate::aws::secret::Secret;
use crate::jobs::{Ask, Class, Failure, Wanted};

/// Answers a job: with the code given on the command line, once; for the rest with what a person types.
pub fn source(given: Option<String>) -> impl FnMut(Wanted<'_>, Ask<'_>) -> Done<Option<Secret>> + Send {
    let mut given = given;
    move |wanted, ask| match ask {
        Ask::Given => given.take().map(self::given).transpose(),
        Ask::Passphrase => passphrase(SEALED).map(Some),
        Ask::Person { failed } => typed(wanted.device(), failed).map(Some),
    }
}

/// What asks for the passphrase of the file.
pub const SEALED: &str = "passphrase of the sealed seeds: ";

/// A passphrase a person types, not shown.
///
/// # Errors
/// A guard failure if there is no terminal or nothing was typed.
pub fn passphrase(question: &str) -> Done<Secret> {
    let hint = "run it on a terminal: a passphrase is read from nowhere else";
    let typed = Tty::open("the passphrase of the sealed seeds", hint)?.ask_secret(question)?;
    if typed.is_empty() {
        return Err(Failure::new(Class::Guard, "no-passphrase", "no passphrase was typed"));
    }
    Ok(typed)
}

/// The code from the command line, or from standard input for `-`.
///
/// # Errors
/// A standard input that cannot be read.
pub fn given(code: String) -> Done<Secret> {
    if code != "-" {
        return Ok(Secret::new(code));
    }
    let mut text = String::new();
    std::io::stdin().lock().take(64).read_to_string(&mut text)?;
    Ok(Secret::new(text.trim().to_owned()))
}

/// The code a person types, after why it did not come by itself.
///
/// # Errors
/// A guard failure if there is no terminal or nothing was typed.
fn typed(device: &str, failed: Option<&Failure>) -> Done<Secret> {
    let hint = "give the code with --code CODE, or --code - to read it from standard input";
    let tty = Tty::open("an MFA code", hint);
    let mut tty = tty.map_err(|none| failed.cloned().unwrap_or(none))?;
    if let Some(failed) = failed {
        tty.say(&format!("{failed}\n"))?;
    }
    let code = tty.ask(&format!("MFA code for {device}: "))?;
    if code.is_empty() {
        return Err(Failure::new(Class::Guard, "no-code", "no code was typed: nothing was sent"));
    }
    Ok(code)
}
