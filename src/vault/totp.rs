//! One-time codes (RFC 6238) from a seed, as a virtual MFA device makes them.
//!
//! AWS's virtual devices use SHA-1, six digits, thirty seconds; an `otpauth://` URL (the text of the QR image that a
//! device is set up with) may say otherwise. AWS takes six digits only; other lengths can be shown.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use secrecy::zeroize::Zeroize;
use totp_rs::{Builder, Secret as Seed, Totp};

use crate::aws::secret::Secret;

/// How many digits authenticators show.
const DIGITS: RangeInclusive<u8> = 6..=8;

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
    #[error("a code of {0} digits is none: authenticators show six to eight")]
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
            let totp = Totp::from_url_unchecked(tidied(text).expose()).map_err(|_| SeedError::NotOtpauth)?;
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
            (digits, ..) if !DIGITS.contains(&digits) => Err(SeedError::Digits(digits)),
            (_, 0, _) => Err(SeedError::Period),
            (_, _, 0) => Err(SeedError::Empty),
            _ => Ok(Self(totp)),
        }
    }

    /// How many digits its codes have; AWS takes six.
    #[must_use]
    pub fn digits(&self) -> u8 {
        self.0.digits()
    }

    /// Seconds from one code to the next.
    #[must_use]
    pub fn period(&self) -> u64 {
        self.0.step()
    }

    /// Everything about it as the `otpauth://` URL that [`Device::parse`] reads back.
    #[must_use]
    pub fn url(&self) -> Secret {
        let seed = Secret::new(self.0.secret().to_base32());
        let (hash, digits, period) = (self.0.algorithm(), self.digits(), self.period());
        let (seed, hash) = (seed.expose(), hash.as_str());
        Secret::new(format!(
            "otpauth://totp/awsprof?secret={seed}&algorithm={hash}&digits={digits}&period={period}"
        ))
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

/// The URL without what does not matter to the codes (label, issuer, picture), its seed in capitals without padding:
/// authenticators are not as strict as the format.
fn tidied(url: &str) -> Secret {
    let (kind, query) = url.split_once('?').unwrap_or((url, ""));
    let kind: String = kind.split('/').take(3).flat_map(|part| [part, "/"]).collect();
    let matters = |pair: &&str| {
        ["secret=", "algorithm=", "digits=", "period="].iter().any(|name| pair.starts_with(name))
    };
    let mut tidy = Vec::new();
    for pair in query.split('&').filter(matters) {
        match pair.strip_prefix("secret=") {
            Some(seed) => {
                tidy.push(format!("secret={}", seed.replace("%3D", "").replace('=', "").to_uppercase()));
            }
            None => tidy.push(pair.to_owned()),
        }
    }
    let text = Secret::new(format!("{}x?{}", kind.to_lowercase(), tidy.join("&")));
    tidy.iter_mut().for_each(Zeroize::zeroize);
    text
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

    /// The seeds of appendix B for SHA-256 and SHA-512: the same digits, repeated to the length of the hash.
    const SHA256: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA";
    const SHA512: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA";

    #[test]
    fn the_vectors_of_rfc_6238() {
        let table = [
            (59, ["94287082", "46119246", "90693936"]),
            (1_111_111_109, ["07081804", "68084774", "25091201"]),
            (1_111_111_111, ["14050471", "67062674", "99943326"]),
            (1_234_567_890, ["89005924", "91819424", "93441116"]),
            (2_000_000_000, ["69279037", "90698825", "38618901"]),
            (20_000_000_000, ["65353130", "77737706", "47863826"]),
        ];
        let hashes = [("SHA1", RFC), ("SHA256", SHA256), ("SHA512", SHA512)];
        for (second, codes) in table {
            for ((hash, seed), digits) in hashes.into_iter().zip(codes) {
                let url = format!("otpauth://totp/x?secret={seed}&algorithm={hash}");
                assert_eq!(code(&format!("{url}&digits=8"), second), digits, "{hash} at {second}");
                assert_eq!(code(&url, second), digits[2..], "six of eight digits");
            }
        }
    }

    #[test]
    fn seeds_as_people_paste_them() {
        let plain = code(RFC, 59);
        assert_eq!(code(" gezd gnbv-gy3t qojq gezd gnbv gy3t qojq ", 59), plain);
        for label in [
            "AWS:me@111122223333",
            "Amazon%20Web%20Services:me%40acme@111122223333",
            "Amazon%20Web%20Services%3Ame",
            "na%C3%AFve%252F",
        ] {
            for issuer in ["", "&issuer=Amazon%20Web%20Services&image=https%3A%2F%2Fx%2Fy.png"] {
                let url = format!("otpauth://totp/{label}?secret={RFC}{issuer}");
                assert_eq!(code(&url, 59), plain, "{url}");
            }
        }
        assert_eq!(code(&format!("OTPAUTH://TOTP/x?digits=6&secret={}%3D\n", RFC.to_lowercase()), 59), plain);
    }

    #[test]
    fn what_is_kept_reads_back_as_the_same_device() {
        for text in [
            RFC.to_owned(),
            format!("otpauth://totp/x?secret={SHA256}&algorithm=SHA256&digits=8&period=60"),
            format!("otpauth://totp/x?secret={SHA512}&algorithm=SHA512&digits=7"),
        ] {
            let device = Device::parse(&Secret::new(text)).unwrap();
            let again = Device::parse(&device.url()).unwrap();
            assert_eq!((device.digits(), device.period()), (again.digits(), again.period()));
            let code = |device: &Device| device.code(at(1_234_567_890)).digits.expose().to_owned();
            assert_eq!(code(&device), code(&again));
        }
    }

    #[test]
    fn what_is_no_seed_says_why_and_not_what() {
        let no = |text: &str| Device::parse(&Secret::new(text)).unwrap_err();
        assert_eq!(no("hunter2!"), SeedError::NotBase32);
        assert_eq!(no(""), SeedError::Empty);
        assert_eq!(no("otpauth://hotp/x?secret=GEZDGNBV"), SeedError::NotOtpauth);
        assert_eq!(no(&format!("otpauth://totp/x?secret={RFC}&digits=5")), SeedError::Digits(5));
        assert_eq!(no(&format!("otpauth://totp/x?secret={RFC}&digits=9")), SeedError::Digits(9));
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
