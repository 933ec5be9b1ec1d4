//! Values that must never be seen: held in memory that is zeroed on drop, printed as `****`.
//!
//! Everything that could sign a request travels in these types. They have no `Serialize`, no `Display`
//! and a `Debug` that says nothing, so that a secret can only leave through [`Secret::expose`], which is
//! easy to search for.

use std::collections::BTreeMap;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

/// A string that is redacted in `Debug` and zeroized on drop.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes ownership of `text`; the caller keeps no copy.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The value itself. Every call is a place where a secret leaves: a signature, a file, an environment.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether there is anything in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("****")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// What signs a request: long-term keys (no token, no expiry) or a session (token and expiry).
#[derive(Clone, Debug)]
pub struct Credentials {
    /// `AKIA…` or `ASIA…`. An identifier, not a secret.
    pub access_key_id: String,
    pub secret_access_key: Secret,
    pub session_token: Option<Secret>,
    pub expires_at: Option<Timestamp>,
    /// The account they belong to, when the source says so (12 digits).
    pub account: Option<String>,
}

impl Credentials {
    /// Long-term keys.
    pub fn long_term(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            access_key_id: id.into(),
            secret_access_key: Secret::new(secret),
            session_token: None,
            expires_at: None,
            account: None,
        }
    }

    /// Whether these are temporary: they carry a session token.
    #[must_use]
    pub fn is_session(&self) -> bool {
        self.session_token.as_ref().is_some_and(|token| !token.is_empty())
    }
}

/// Secret values on their way into profiles. They travel beside a [`crate::aws::change::Change`], never in it.
#[derive(Clone, Debug, Default)]
pub struct Secrets(BTreeMap<String, BTreeMap<String, Secret>>);

impl Secrets {
    /// Takes the value of a profile's key.
    pub fn insert(&mut self, profile: &str, key: &str, value: Secret) {
        self.0.entry(profile.to_owned()).or_default().insert(key.to_owned(), value);
    }

    /// The keys of a profile with their values, sorted by key.
    pub fn of(&self, profile: &str) -> impl Iterator<Item = (&str, &Secret)> {
        self.0.get(profile).into_iter().flatten().map(|(key, value)| (key.as_str(), value))
    }
}

/// The last four characters of an access key id behind an ellipsis, as the screen shows it.
#[must_use]
pub fn masked(access_key_id: &str) -> String {
    let tail: Vec<char> = access_key_id.chars().rev().take(4).collect();
    std::iter::once('…').chain(tail.into_iter().rev()).collect()
}

/// Whether the value of this key in one of the two files must never be shown. The name decides, so that a key
/// nobody has heard of yet is masked rather than shown: anything called a secret, a token or a password, but not
/// the file that holds one (`web_identity_token_file`) nor the program that prints one.
#[must_use]
pub fn is_secret_key(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let hush = ["secret", "token", "password", "passwd", "passphrase"].iter().any(|word| key.contains(word));
    hush && !key.ends_with("_file") && !key.ends_with("_process") && !key.ends_with("_expires")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_keys_are_known_by_name() {
        for key in ["aws_secret_access_key", "AWS_SESSION_TOKEN", "aws_security_token", "s3_secret_key"] {
            assert!(is_secret_key(key), "{key}");
        }
        for key in ["aws_access_key_id", "web_identity_token_file", "region"] {
            assert!(!is_secret_key(key), "{key}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        let keys = Credentials::long_term("AKIAEXAMPLE", "hush");
        assert!(!format!("{keys:?}").contains("hush"));
        assert!(format!("{keys:?}").contains("AKIAEXAMPLE"));
    }

    #[test]
    fn masks_to_four() {
        assert_eq!(masked("AKIAIOSFODNN7EXAMPLE"), "…MPLE");
        assert_eq!(masked("AB"), "…AB");
    }
}
