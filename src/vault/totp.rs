//! One-time codes (RFC 6238) from a seed, as a virtual MFA device makes them.
//!
//! AWS's virtual devices use SHA-1, six digits, thirty seconds; an `otpauth://` URL may say otherwise.

use jiff::Timestamp;
use totp_rs::{Builder, Secret as Seed, Totp};

use crate::aws::secret::Secret;

/// A device's seed with its parameters. The seed is zeroized on drop and never in `Debug`.
#[derive(Clone)]
pub struct Device(Totp);

/// A code at a moment.
#[derive(Clone, Debug)]
pub struct Code {
    pub digits: Secret,
    /// The number of the time step since 1970: a code is used up by its step.
    pub step: u64,
    /// Whole seconds until the next code, at least 1.
    pub seconds_left: u64,
}

/// Why a text is no seed. Never quotes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeedError {
    #[error("the seed is not base32 (letters A to Z and digits 2 to 7)")]
    NotBase32,
    #[error("the otpauth:// URL is not one of a time-based code with a seed")]
    NotOtpauth,
    #[error("a code of {0} digits cannot be an AWS code, which has six")]
    Digits(u8),
    #[error("the period of the code cannot be zero")]
    Period,
    #[error("the seed is empty")]
    Empty,
}

impl SeedError {
    /// What to do.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let words = "AWS shows the seed under \"Show secret key\" when a virtual MFA device is assigned";
        Some(words.to_owned())
    }
}

impl Device {
    /// From a base32 seed (spaces, dashes, lower case and missing padding are fine) or an `otpauth://totp/…` URL.
    ///
    /// # Errors
    /// [`SeedError`], without the text.
    pub fn parse(text: &Secret) -> Result<Self, SeedError> {
        let text = text.expose().trim();
        if text.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("otpauth://")) {
            let totp = Totp::from_url_unchecked(text).map_err(|_| SeedError::NotOtpauth)?;
            return Self::checked(totp);
        }
        let keep = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '=');
        let compact = Secret::new(text.chars().filter(keep).collect::<String>().to_ascii_uppercase());
        let seed = Seed::try_from_base32(compact.expose()).map_err(|_| SeedError::NotBase32)?;
        Self::checked(Builder::new().with_secret(seed).build_noncompliant())
    }

    /// From the seed's bytes, with AWS's parameters.
    ///
    /// # Errors
    /// [`SeedError::Empty`].
    pub fn from_bytes(seed: &[u8]) -> Result<Self, SeedError> {
        Self::checked(Builder::new().with_secret(seed).build_noncompliant())
    }

    /// Short seeds pass (AWS's are 64 characters, others' may be 16); what could not work does not.
    fn checked(totp: Totp) -> Result<Self, SeedError> {
        match (totp.digits(), totp.step(), totp.secret().as_ref().len()) {
            (6, 1.., 1..) => Ok(Self(totp)),
            (6, 0, _) => Err(SeedError::Period),
            (6, _, _) => Err(SeedError::Empty),
            (digits, ..) => Err(SeedError::Digits(digits)),
        }
    }

    /// The code at a moment.
    #[must_use]
    pub fn code(&self, now: Timestamp) -> Code {
        let seconds = seconds(now);
        let period = self.0.step();
        Code {
            digits: self.digits_of(seconds / period),
            step: seconds / period,
            seconds_left: period - seconds % period,
        }
    }

    /// The step whose code this is, if it is at most one step away from `now` (AWS's window).
    #[must_use]
    pub fn step_of(&self, digits: &str, now: Timestamp) -> Option<u64> {
        let step = seconds(now) / self.0.step();
        let window = step.saturating_sub(1)..=step + 1;
        window.into_iter().find(|step| self.digits_of(*step).expose() == digits)
    }

    fn digits_of(&self, step: u64) -> Secret {
        Secret::new(self.0.generate(step * self.0.step()).to_string())
    }
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Device(****)")
    }
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_second()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `12345678901234567890` of RFC 6238, appendix B.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn code(text: &str, second: i64) -> String {
        Device::parse(&Secret::new(text)).unwrap().code(at(second)).digits.expose().to_owned()
    }

    #[test]
    fn the_vectors_of_rfc_6238() {
        // The RFC prints eight digits; ours are the last six of them.
        for (second, digits) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code(RFC, second), digits);
        }
        let long = |bytes: &str, hash: &str| format!("otpauth://totp/x?secret={bytes}&algorithm={hash}");
        let sha256 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA";
        assert_eq!(code(&long(sha256, "SHA256"), 59), "119246");
        let sha512 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA";
        assert_eq!(code(&long(sha512, "SHA512"), 59), "693936");
    }

    #[test]
    fn seeds_as_people_paste_them() {
        let plain = code(RFC, 59);
        assert_eq!(code(" gezd gnbv-gy3t qojq gezd gnbv gy3t qojq ", 59), plain);
        assert_eq!(code(&format!("otpauth://totp/AWS:me@111122223333?secret={RFC}&issuer=AWS"), 59), plain);
    }

    #[test]
    fn what_is_no_seed_says_why_and_not_what() {
        let no = |text: &str| Device::parse(&Secret::new(text)).unwrap_err();
        assert_eq!(no("hunter2!"), SeedError::NotBase32);
        assert_eq!(no(""), SeedError::Empty);
        assert_eq!(no("otpauth://hotp/x?secret=GEZDGNBV"), SeedError::NotOtpauth);
        assert_eq!(no(&format!("otpauth://totp/x?secret={RFC}&digits=8")), SeedError::Digits(8));
        assert_eq!(no(&format!("otpauth://totp/x?secret={RFC}&period=0")), SeedError::Period);
    }

    #[test]
    fn a_code_is_good_for_one_step_either_way() {
        let device = Device::parse(&Secret::new(RFC)).unwrap();
        let now = device.code(at(1_000_000_000));
        let find = |second| device.step_of(now.digits.expose(), at(second));
        assert_eq!(now.seconds_left, 20);
        assert_eq!(
            (find(999_999_960), find(1_000_000_000), find(1_000_000_049)),
            (Some(now.step), Some(now.step), Some(now.step))
        );
        assert_eq!((find(999_999_959), find(1_000_000_050)), (None, None));
    }
}
