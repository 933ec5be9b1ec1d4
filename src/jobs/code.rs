//! Where an MFA code comes from when one turns out to be needed.
//!
//! A job does not ask a person by itself, and whoever starts one cannot know whether a code will be needed: another
//! process may have renewed the session meanwhile. So a job is given something to ask.

use super::{Class, Failure};
use crate::aws::secret::Secret;

/// What a code is wanted for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The profile whose session it makes.
    pub profile: &'a str,
    /// The device, where it is known.
    pub serial: Option<&'a str>,
}

impl Wanted<'_> {
    /// The device in words.
    #[must_use]
    pub fn device(&self) -> &str {
        self.serial.unwrap_or("your MFA device")
    }
}

/// Gives a code, or says why there is none. It may block: it is called while nothing else is under way.
pub type Codes<'a> = &'a mut (dyn FnMut(Wanted<'_>) -> Result<Secret, Failure> + Send);

/// Nobody to ask.
///
/// # Errors
/// Always: a code is needed.
pub fn nobody(_: Wanted<'_>) -> Result<Secret, Failure> {
    Err(missing())
}

/// What a job says that needs a code and has none.
pub(super) fn missing() -> Failure {
    Failure::new(Class::Guard, "no-code", "an MFA code is needed")
        .hint("type the six digits your device shows")
}

/// AWS takes exactly six digits; anything else would only cost a request.
///
/// # Errors
/// A guard failure for anything else.
pub(super) fn six_digits(code: Secret) -> Result<Secret, Failure> {
    let text = code.expose();
    if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(code);
    }
    Err(Failure::new(Class::Guard, "bad-code", "an MFA code is exactly six digits: nothing was sent")
        .hint("type the six digits your device shows"))
}
