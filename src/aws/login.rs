//! A sign-in to the console as `aws login` leaves it in `~/.aws/login/cache`, in the form every SDK shares.
//!
//! Its credentials live for a quarter of an hour at most and are renewed with the refresh token beside them, which is
//! bound to a private key in the same file (botocore `LoginCredentialFetcher`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use secrecy::zeroize::Zeroizing;
use serde::Deserialize;
use serde::de::Deserializer;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::chain::moment;
use super::secret::{Credentials, Secret};
use super::sign_in::{stamp, wiped};

/// With less than this to live they are renewed (botocore `_REFRESH_THRESHOLD`).
pub const WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// The name of a session's file.
#[must_use]
pub fn name(session: &str) -> String {
    let hex = |mut out: String, byte: &u8| {
        let _ = write!(out, "{byte:02x}");
        out
    };
    Sha256::digest(session).iter().fold(String::with_capacity(69), hex) + ".json"
}

/// The file of a session below a folder.
#[must_use]
pub fn file(folder: &Path, session: &str) -> PathBuf {
    folder.join(name(session))
}

/// A cached sign-in.
#[derive(Clone, Debug)]
pub struct Login {
    pub credentials: Credentials,
    pub expires_at: Timestamp,
    pub renewal: Renewal,
}

/// What renews it.
#[derive(Clone, Debug)]
pub struct Renewal {
    pub client_id: String,
    pub refresh_token: Secret,
    /// SEC 1 in PEM: an EC key on P-256.
    pub dpop_key: Secret,
    /// Where it was signed in; older sign-ins do not say.
    pub region: Option<String>,
}

/// What was given out for a refresh token.
#[derive(Clone, Debug)]
pub struct Issued {
    pub access_key_id: String,
    pub secret_access_key: Secret,
    pub session_token: Secret,
    pub expires_at: Timestamp,
    pub refresh_token: Secret,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Cached {
    access_token: Option<AccessToken>,
    #[serde(deserialize_with = "secret")]
    refresh_token: Option<Secret>,
    #[serde(deserialize_with = "secret")]
    dpop_key: Option<Secret>,
    client_id: Option<String>,
    sign_in_region: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AccessToken {
    access_key_id: String,
    #[serde(deserialize_with = "secret")]
    secret_access_key: Option<Secret>,
    #[serde(deserialize_with = "secret")]
    session_token: Option<Secret>,
    expires_at: String,
    account_id: Option<String>,
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(Secret::new))
}

impl Login {
    /// Reads a cache file.
    ///
    /// # Errors
    /// The names of the fields it lacks: without all of them no tool takes it, even where the credentials live
    /// (`_REQUIRED_TOKEN_FIELDS`).
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let cached: Cached = serde_json::from_slice(bytes).unwrap_or_default();
        let lacks = cached.lacks();
        let all = || {
            let token = cached.access_token?;
            let expires_at = moment::parse(&token.expires_at)?;
            Some(Self {
                credentials: Credentials {
                    access_key_id: token.access_key_id,
                    secret_access_key: token.secret_access_key?,
                    session_token: Some(token.session_token?),
                    expires_at: Some(expires_at),
                    account: token.account_id,
                },
                expires_at,
                renewal: Renewal {
                    client_id: cached.client_id?,
                    refresh_token: cached.refresh_token?,
                    dpop_key: cached.dpop_key?,
                    region: cached.sign_in_region,
                },
            })
        };
        all().ok_or(if lacks.is_empty() { "accessToken".to_owned() } else { lacks })
    }

    /// Whether it is due: inside the last five minutes, or over.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.expires_at.duration_since(now) < WINDOW
    }
}

impl Cached {
    fn lacks(&self) -> String {
        let fields = [
            ("accessToken", self.access_token.is_some()),
            ("refreshToken", self.refresh_token.is_some()),
            ("dpopKey", self.dpop_key.is_some()),
            ("clientId", self.client_id.is_some()),
        ];
        let lacks = fields.into_iter().filter(|(_, there)| !there).map(|(name, _)| name);
        lacks.collect::<Vec<_>>().join(", ")
    }
}

/// The text of a cache file with what was issued in it; keys that nobody here knows are kept.
///
/// # Errors
/// If `bytes` is no JSON object.
pub fn rewritten(bytes: &[u8], issued: &Issued) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    let mut fields: Map<String, Value> = serde_json::from_slice(bytes)?;
    let account = fields.get("accessToken").and_then(|token| token.get("accountId")).cloned();
    let mut token = serde_json::json!({
        "accessKeyId": issued.access_key_id,
        "secretAccessKey": issued.secret_access_key.expose(),
        "sessionToken": issued.session_token.expose(),
        "expiresAt": stamp(issued.expires_at),
    });
    if let Some(account) = account {
        token["accountId"] = account;
    }
    fields.insert("accessToken".to_owned(), token);
    fields.insert("refreshToken".to_owned(), issued.refresh_token.expose().into());
    let text = serde_json::to_vec(&fields).map(Zeroizing::new);
    if let Some(token) = fields.remove("accessToken") {
        wiped(token);
    }
    wiped(Value::Object(fields));
    text
}
