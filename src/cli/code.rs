//! The six digits of an MFA device: from the command line, from standard input, or typed on the terminal.

use std::io::Read;

use super::Done;
use super::tty::Tty;
use crate::aws::secret::Secret;
use crate::jobs::{Class, Failure, Wanted};

/// What a job asks for a code: the one given on the command line, once; after that the person.
pub fn source(given: Option<String>) -> impl FnMut(Wanted<'_>) -> Done<Secret> + Send {
    let mut given = given;
    move |wanted| match given.take() {
        Some(code) => self::given(code),
        None => ask(wanted.device()),
    }
}

/// The code from the command line, or from standard input for `-`.
///
/// # Errors
/// A standard input that cannot be read.
fn given(code: String) -> Done<Secret> {
    if code != "-" {
        return Ok(Secret::new(code));
    }
    let mut text = String::new();
    std::io::stdin().lock().take(64).read_to_string(&mut text)?;
    Ok(Secret::new(text.trim().to_owned()))
}

/// The code a person types.
///
/// # Errors
/// A guard failure if there is no terminal or nothing was typed.
fn ask(device: &str) -> Done<Secret> {
    let hint = "give the code with --code CODE, or --code - to read it from standard input";
    let code = Tty::open("an MFA code", hint)?.ask(&format!("MFA code for {device}: "))?;
    if code.is_empty() {
        return Err(Failure::new(Class::Guard, "no-code", "no code was typed: nothing was sent"));
    }
    Ok(code)
}
