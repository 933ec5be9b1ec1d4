//! A client that Identity Center knows: what `RegisterClient` gave out, kept for some months beside the tokens.

use jiff::{SignedDuration, Timestamp};
use secrecy::zeroize::Zeroizing;
use serde::Deserialize;

use super::{moment, stamp, wiped};
use crate::aws::secret::Secret;

/// One that ends within this is made anew (botocore `_EXPIRY_WINDOW`).
const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// A registered client.
#[derive(Clone, Debug)]
pub struct Registration {
    pub client_id: String,
    pub client_secret: Secret,
    pub expires_at: Timestamp,
    /// What it may use.
    pub grants: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cached {
    client_id: String,
    client_secret: String,
    expires_at: String,
    grant_types: Option<Vec<String>>,
}

impl Registration {
    /// Reads a cache file: the client in it, if it may use `grant` and lives long enough.
    #[must_use]
    pub fn parse(bytes: &[u8], grant: &str, now: Timestamp) -> Option<Self> {
        let cached: Cached = serde_json::from_slice(bytes).ok()?;
        let client_secret = Secret::new(cached.client_secret);
        let expires_at = moment::parse(&cached.expires_at)?;
        let grants = cached.grant_types.unwrap_or_default();
        let may = grants.iter().any(|own| own == grant);
        let lives = expires_at.duration_since(now) > WINDOW;
        (may && lives).then_some(Self { client_id: cached.client_id, client_secret, expires_at, grants })
    }

    /// The text of a cache file.
    #[must_use]
    pub fn text(&self, scopes: &[String]) -> Zeroizing<Vec<u8>> {
        let fields = serde_json::json!({
            "clientId": self.client_id,
            "clientSecret": self.client_secret.expose(),
            "expiresAt": stamp(self.expires_at),
            "scopes": scopes,
            "grantTypes": self.grants,
        });
        let text = Zeroizing::new(fields.to_string().into_bytes());
        wiped(fields);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_read_back_while_it_may_be_used() {
        let now: Timestamp = "2026-11-26T12:00:00Z".parse().unwrap();
        let registration = Registration {
            client_id: "c".into(),
            client_secret: Secret::new("s"),
            expires_at: "2026-11-26T13:00:00Z".parse().unwrap(),
            grants: vec!["device".into(), "refresh_token".into()],
        };
        let text = registration.text(&["a".into()]);
        let read = Registration::parse(&text, "device", now).unwrap();
        assert_eq!((&*read.client_id, read.client_secret.expose()), ("c", "s"));
        assert!(Registration::parse(&text, "authorization_code", now).is_none());
        assert!(Registration::parse(&text, "device", now + SignedDuration::from_mins(50)).is_none());
        assert!(Registration::parse(b"{", "device", now).is_none());
    }
}
