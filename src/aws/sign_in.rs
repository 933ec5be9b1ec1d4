//! A sign-in to Identity Center as it lies in `~/.aws/sso/cache`, in the form that every SDK shares.
//!
//! One file a sign-in, named by the SHA-1 of the session's name (or, for a profile without `sso_session`, of the start
//! URL). The token in it lives for some hours; for the last 15 minutes and after its end it may be renewed with the
//! refresh token beside it (botocore `tokens.py`, `SSOTokenProvider`). Old sign-ins without a session never are.

mod place;
mod registration;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use secrecy::zeroize::{Zeroize, Zeroizing};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha1::{Digest, Sha1};

use super::chain::moment;
use super::secret::Secret;

pub use place::{NoPlace, Place};
pub use registration::Registration;

/// With less than this to live a sign-in is renewed (`SSOTokenProvider._REFRESH_WINDOW`).
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Between two attempts (`DeferredRefreshableToken._attempt_timeout`).
pub const PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// The file of the sign-in called `name`: a session's name or a start URL.
#[must_use]
pub fn file(home: &Path, name: &str) -> PathBuf {
    cached(home, name)
}

/// What is cached under a key: a file named by its SHA-1.
fn cached(home: &Path, key: &str) -> PathBuf {
    let hex = Sha1::digest(key).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    });
    home.join(".aws/sso/cache").join(hex).with_extension("json")
}

/// A cached sign-in.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub access_token: Secret,
    pub expires_at: Timestamp,
    /// What renews it, or why nothing can.
    pub renewal: Result<Renewal, String>,
}

/// What renews a sign-in: the client's registration and the token for it.
#[derive(Clone, Debug)]
pub struct Renewal {
    pub client_id: String,
    pub client_secret: Secret,
    pub refresh_token: Secret,
}

/// What Identity Center gives out for a refresh token.
#[derive(Clone, Debug)]
pub struct Issued {
    pub access_token: Secret,
    pub expires_at: Timestamp,
    /// A new one, where the old one is used up.
    pub refresh_token: Option<Secret>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cached {
    access_token: String,
    expires_at: String,
    client_id: Option<String>,
    client_secret: Option<String>,
    refresh_token: Option<String>,
    registration_expires_at: Option<String>,
}

impl SignIn {
    /// Reads a cache file as it stood at `now`. `None`: it is not complete.
    #[must_use]
    pub fn parse(bytes: &[u8], now: Timestamp) -> Option<Self> {
        let mut cached: Cached = serde_json::from_slice(bytes).ok()?;
        let expires_at = moment::parse(&cached.expires_at)?;
        let access_token = Secret::new(std::mem::take(&mut cached.access_token));
        Some(Self { access_token, expires_at, renewal: renewal(cached, now) })
    }

    /// Whether it is due: inside the last 15 minutes, or over.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.expires_at.duration_since(now) < WINDOW
    }
}

fn renewal(cached: Cached, now: Timestamp) -> Result<Renewal, String> {
    let lacks = |name: &str| format!("the cached sign-in has no {name}");
    let until = cached.registration_expires_at.ok_or_else(|| lacks("registrationExpiresAt"))?;
    let renewal = Renewal {
        refresh_token: cached.refresh_token.map(Secret::new).ok_or_else(|| lacks("refreshToken"))?,
        client_id: cached.client_id.ok_or_else(|| lacks("clientId"))?,
        client_secret: cached.client_secret.map(Secret::new).ok_or_else(|| lacks("clientSecret"))?,
    };
    match moment::parse(&until) {
        Some(until) if until > now => Ok(renewal),
        Some(until) => Err(format!("the client's registration expired at {until}")),
        None => Err("the cached sign-in has a registrationExpiresAt that is no time".to_owned()),
    }
}

/// The text of a cache file for a new sign-in (`SSOTokenFetcher._poll_for_token`).
#[must_use]
pub fn written(place: &Place, registration: &Registration, issued: &Issued) -> Zeroizing<Vec<u8>> {
    let mut fields = serde_json::json!({
        "startUrl": place.start_url,
        "region": place.region,
        "accessToken": issued.access_token.expose(),
        "expiresAt": stamp(issued.expires_at),
        "clientId": registration.client_id,
        "clientSecret": registration.client_secret.expose(),
        "registrationExpiresAt": stamp(registration.expires_at),
    });
    if let Some(token) = &issued.refresh_token {
        fields["refreshToken"] = token.expose().into();
    }
    let text = Zeroizing::new(fields.to_string().into_bytes());
    wiped(fields);
    text
}

/// As botocore writes a moment.
pub(super) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(super) fn wiped(mut fields: Value) {
    for value in fields.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Value::String(text) = value {
            text.zeroize();
        }
    }
}

/// The text of a cache file with what was issued in it: the same shape, keys that nobody here knows kept.
///
/// # Errors
/// If `bytes` is no JSON object.
pub fn rewritten(
    bytes: &[u8],
    start_url: &str,
    region: &str,
    issued: &Issued,
) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    let mut fields: Map<String, Value> = serde_json::from_slice(bytes)?;
    let expires_at = stamp(issued.expires_at);
    let mut set = |key: &str, value: &str| fields.insert(key.to_owned(), value.into());
    set("startUrl", start_url);
    set("region", region);
    set("accessToken", issued.access_token.expose());
    set("expiresAt", &expires_at);
    if let Some(token) = &issued.refresh_token {
        set("refreshToken", token.expose());
    }
    let text = serde_json::to_vec(&fields).map(Zeroizing::new);
    wiped(Value::Object(fields));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{"accessToken":"a","expiresAt":"2026-11-22T12:10:00Z","clientId":"c","clientSecret":"s",
        "refreshToken":"r","registrationExpiresAt":"2026-12-22T12:00:00UTC","startUrl":"u","region":"x","mine":[1]}"#;

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn files_are_named_as_botocore_names_them() {
        let path = file(Path::new("/home/me"), "https://d-abc123.awsapps.com/start");
        assert_eq!(path.parent(), Some(Path::new("/home/me/.aws/sso/cache")));
        let dev = file(Path::new("/"), "dev");
        assert_eq!(dev.file_name().unwrap(), "34c6fceca75e456f25e7e99531e2425c6c1de443.json");
    }

    #[test]
    fn what_a_renewal_needs() {
        let read = |text: &str| SignIn::parse(text.as_bytes(), now()).unwrap();
        assert!(read(WHOLE).renewal.is_ok() && read(WHOLE).is_due(now()));
        assert!(!read(&WHOLE.replace("12:10", "12:15")).is_due(now()));
        for key in ["clientId", "clientSecret", "refreshToken", "registrationExpiresAt"] {
            let why = read(&WHOLE.replace(key, "other")).renewal.unwrap_err();
            assert_eq!(why, format!("the cached sign-in has no {key}"));
        }
        let over = read(&WHOLE.replace("2026-12-22", "2026-10-22")).renewal.unwrap_err();
        assert!(over.starts_with("the client's registration expired at 2026-10-22"));
        for lacking in ["accessToken", "expiresAt"] {
            assert!(SignIn::parse(WHOLE.replace(lacking, "other").as_bytes(), now()).is_none());
        }
    }

    #[test]
    fn a_rewritten_file_keeps_what_it_does_not_know() {
        let issued = Issued {
            access_token: Secret::new("new"),
            expires_at: now(),
            refresh_token: Some(Secret::new("r2")),
        };
        let text = rewritten(WHOLE.as_bytes(), "u2", "y", &issued).unwrap();
        let fields: Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(
            fields,
            serde_json::json!({"accessToken": "new", "expiresAt": "2026-11-22T12:00:00Z", "clientId": "c",
                "clientSecret": "s", "refreshToken": "r2", "registrationExpiresAt": "2026-12-22T12:00:00UTC",
                "startUrl": "u2", "region": "y", "mine": [1]})
        );
        let kept = rewritten(WHOLE.as_bytes(), "u", "x", &Issued { refresh_token: None, ..issued }).unwrap();
        assert_eq!(SignIn::parse(&kept, now()).unwrap().renewal.unwrap().refresh_token.expose(), "r");
        assert!(
            rewritten(
                b"[]",
                "",
                "",
                &Issued { access_token: Secret::new("x"), expires_at: now(), refresh_token: None }
            )
            .is_err()
        );
    }
}
