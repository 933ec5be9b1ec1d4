//! Codes that were sent: AWS takes each code once, and another process may have sent it.
//!
//! For each device the last codes are remembered as hashes, for as long as AWS might still take them. A code is
//! claimed under a kernel lock *before* it is sent, so that two processes never send the same; a claim is given back
//! when the request never left.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::aws::secret::Secret;
use crate::aws::store::{self, StoreError, own};

/// AWS takes a code from one step before its own to one after it; twice that, for clocks that are off.
const REMEMBERED: SignedDuration = SignedDuration::from_mins(3);

/// The codes that were sent lately, of every device.
#[derive(Clone, Debug)]
pub struct Spent(PathBuf);

#[derive(Debug, Serialize, Deserialize)]
struct Claim {
    at: Timestamp,
    code: String,
}

type Claims = BTreeMap<String, Vec<Claim>>;

impl Spent {
    /// Below awsprof's state folder.
    #[must_use]
    pub fn at(state: &Path) -> Self {
        Self(state.join("used-codes.json"))
    }

    /// Claims a code of a device; `false` if it was claimed before.
    ///
    /// # Errors
    /// A state folder that cannot be written.
    pub fn claim(&self, serial: &str, code: &Secret, now: Timestamp) -> Result<bool, StoreError> {
        let hash = hash(serial, code);
        own::alone(&self.0, || {
            let mut claims = self.load(now)?;
            let of_device = claims.entry(serial.to_owned()).or_default();
            if of_device.iter().any(|claim| claim.code == hash) {
                return Ok(false);
            }
            of_device.push(Claim { at: now, code: hash });
            own::save(&self.0, &claims).map(|()| true)
        })
    }

    /// Whether a code was claimed.
    ///
    /// # Errors
    /// A state folder that cannot be read.
    pub fn knows(&self, serial: &str, code: &Secret, now: Timestamp) -> Result<bool, StoreError> {
        let hash = hash(serial, code);
        let claims = self.load(now)?;
        Ok(claims.get(serial).is_some_and(|claims| claims.iter().any(|claim| claim.code == hash)))
    }

    /// Gives a claim back: the code did not leave this computer.
    ///
    /// # Errors
    /// As [`Spent::claim`].
    pub fn give_back(&self, serial: &str, code: &Secret, now: Timestamp) -> Result<(), StoreError> {
        let hash = hash(serial, code);
        own::alone(&self.0, || {
            let mut claims = self.load(now)?;
            claims.entry(serial.to_owned()).or_default().retain(|claim| claim.code != hash);
            own::save(&self.0, &claims)
        })
    }

    /// What is remembered, without what is too old. A claim from the future stays: the clock was set back.
    fn load(&self, now: Timestamp) -> Result<Claims, StoreError> {
        let mut claims: Claims = own::load(&self.0)?.unwrap_or_default();
        for of_device in claims.values_mut() {
            of_device.retain(|claim| now.duration_since(claim.at) < REMEMBERED);
        }
        claims.retain(|_, of_device| !of_device.is_empty());
        Ok(claims)
    }
}

fn hash(serial: &str, code: &Secret) -> String {
    store::digest(format!("{serial}\n{}", code.expose()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_code_is_claimed_once_for_each_device() {
        let dir = tempfile::tempdir().unwrap();
        let spent = Spent::at(dir.path());
        let claim =
            |serial: &str, code: &str, second| spent.claim(serial, &Secret::new(code), at(second)).unwrap();
        assert!(claim("mfa/a", "123456", 1000));
        assert!(!claim("mfa/a", "123456", 1029));
        assert!(claim("mfa/b", "123456", 1029) && claim("mfa/a", "654321", 1030));
        assert!(!claim("mfa/a", "123456", 1060), "not only the last one is known");
        assert!(!claim("mfa/a", "123456", 900), "the clock was set back");
        assert!(claim("mfa/a", "123456", 1181), "chance may bring it again");
        let kept = own::load_bytes(&dir.path().join("used-codes.json")).unwrap().unwrap();
        assert!(!kept.windows(6).any(|window| window == b"123456"));
    }

    #[test]
    fn what_was_never_sent_can_be_claimed_again() {
        let dir = tempfile::tempdir().unwrap();
        let (spent, code) = (Spent::at(dir.path()), Secret::new("123456"));
        assert!(spent.claim("mfa/a", &code, at(1000)).unwrap());
        spent.give_back("mfa/a", &code, at(1001)).unwrap();
        assert!(spent.claim("mfa/a", &code, at(1002)).unwrap());
    }
}
