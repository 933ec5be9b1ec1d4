//! Where an MFA code comes from when one turns out to be needed: the one given beforehand, the source configured for
//! the profile ([`super::source`]), a person.
//!
//! A job does not ask a person by itself, and whoever starts one cannot know whether a code will be needed: another
//! process may have renewed the session meanwhile. So a job is given something to ask. Whatever the source, a code is
//! claimed before it is sent ([`super::turn`]).

use jiff::SignedDuration;

use super::clock::{self, NOTICED};
use super::source::Source;
use super::{Class, Context, Failure, Stage, turn};
use crate::aws::profile::Estate;
use crate::aws::secret::Secret;
use crate::net::NetError;
use crate::net::error::Kind;

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

/// What a job asks for, in this order.
#[derive(Clone, Copy, Debug)]
pub enum Ask<'a> {
    /// A code that was given beforehand, if there is one.
    Given,
    /// The passphrase of the sealed seeds.
    Passphrase,
    /// A code of a person: no other source has one. `failed`: why the configured source has none.
    Person { failed: Option<&'a Failure> },
}

/// Answers a question, or says why it cannot; `None` where there is no answer. It may block: it is called while nothing
/// else is under way.
pub type Codes<'a> = &'a mut (dyn FnMut(Wanted<'_>, Ask<'_>) -> Result<Option<Secret>, Failure> + Send);

/// Nobody to ask.
///
/// # Errors
/// None: it has the shape of its siblings.
pub fn nobody(_: Wanted<'_>, _: Ask<'_>) -> Result<Option<Secret>, Failure> {
    Ok(None)
}

/// What a job says that needs a code and has none.
pub(super) fn missing() -> Failure {
    Failure::new(Class::Guard, "no-code", "an MFA code is needed")
        .hint("type the six digits your device shows")
}

/// The code given beforehand, looked at before anything is sent.
///
/// # Errors
/// One that is none.
pub(super) fn given(wanted: Wanted<'_>, codes: Codes<'_>) -> Result<Option<Secret>, Failure> {
    codes(wanted, Ask::Given)?.map(six_digits).transpose()
}

/// A code to send, and what made it if no person typed it.
pub(super) struct Had {
    pub code: Secret,
    source: Option<Source>,
}

impl Had {
    const fn typed(code: Secret) -> Self {
        Self { code, source: None }
    }

    /// How far AWS's clock is ahead of ours, if that explains why a code made here was refused; `skew` is what it was
    /// made by.
    pub(super) fn explained(&self, refused: &NetError, skew: SignedDuration) -> Option<SignedDuration> {
        let seed = matches!(self.source, Some(Source::Seed(_)));
        let off = refused.off.filter(|_| seed && refused.kind == Kind::WrongCode)?;
        ((off - skew).abs() >= NOTICED).then_some(off)
    }

    /// The refusal, with advice on what made the code.
    pub(super) fn refused(&self, error: NetError) -> Failure {
        let (wrong, off) = (error.kind == Kind::WrongCode, error.off);
        let failure = Failure::from(error);
        match &self.source {
            Some(source) if wrong => failure.hint(advice(source, off)),
            _ => failure,
        }
    }
}

fn advice(source: &Source, off: Option<SignedDuration>) -> String {
    let word = source.word();
    match (source, off.filter(|off| off.abs() >= NOTICED)) {
        (Source::Seed(_), _) => format!(
            "wait for the next code; if that is refused too, the seed from the {word} is of another device, and \
             `awsprof totp add` keeps the right one"
        ),
        (_, Some(off)) => {
            let off = clock::said(off);
            format!("{word} makes codes by this computer's clock, which is {off}: set it (NTP) and try again")
        }
        (_, None) => format!(
            "wait for the next code; if that is refused too, {word} makes codes of another device than mfa_serial"
        ),
    }
}

/// A code of the device, claimed: nobody else sends it.
///
/// # Errors
/// No source has one, and nobody can be asked; a code that was sent already.
pub(super) async fn had(
    context: &Context,
    estate: &Estate,
    wanted: Wanted<'_>,
    given: Option<Secret>,
    codes: Codes<'_>,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Had, Failure> {
    let serial = wanted.device();
    if let Some(code) = given {
        return turn::claimed(context, serial, code).map(Had::typed);
    }
    let failed = match Source::of(context, estate, wanted) {
        Ok(None) => None,
        Ok(Some(source)) => match source.code(context, wanted, codes, watch).await {
            Ok(code) => return Ok(Had { code, source: Some(source) }),
            Err(failure) => Some(failure),
        },
        Err(failure) => Some(failure),
    };
    let interrupted = |failure: &Failure| failure.class == Class::Interrupted;
    if let Some(failure) = failed.clone().filter(interrupted) {
        return Err(failure);
    }
    let typed = codes(wanted, Ask::Person { failed: failed.as_ref() })?;
    let typed = typed.ok_or_else(|| failed.unwrap_or_else(missing))?;
    turn::claimed(context, serial, six_digits(typed)?).map(Had::typed)
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
