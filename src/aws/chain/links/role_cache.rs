//! `~/.aws/cli/cache`: sessions the AWS CLI keeps between two runs. The name of an entry is the SHA-1 of what
//! was asked for, as Python's `json.dumps(sort_keys=True)` writes it; who asked is not part of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer};
use sha1::{Digest, Sha1};

use crate::aws::chain::finding::Finding;
use crate::aws::chain::moment::in_json;
use crate::aws::chain::scene::Scene;
use crate::aws::chain::trace::Evidence;
use crate::aws::overview::account_in;
use crate::aws::secret::{Credentials, Secret};

/// An entry with less life than this is not used (botocore `CachedCredentialFetcher`).
const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// The session kept for this request, if it is still good.
pub(super) fn entry(
    scene: &Scene<'_>,
    request: &BTreeMap<&str, serde_json::Value>,
    spacing: Spacing,
) -> Result<Option<Finding>, Box<Finding>> {
    let file = path(scene, request, spacing);
    let Some(bytes) = scene.file(&file)? else { return Ok(None) };
    let Ok(entry) = serde_json::from_slice::<Entry>(bytes) else { return Ok(None) };
    let expires_at = entry.credentials.expiration;
    if expires_at.duration_since(scene.facts.now) < WINDOW {
        return Ok(None);
    }
    let keys = Credentials {
        access_key_id: entry.credentials.access_key_id,
        secret_access_key: entry.credentials.secret_access_key,
        session_token: Some(entry.credentials.session_token),
        expires_at: Some(expires_at),
        account: entry.credentials.account_id.or_else(|| entry.user.as_ref().and_then(Taken::account)),
    };
    let found = Finding::found(keys, format!("a session from the CLI's cache, good until {expires_at}"));
    Ok(Some(found.at(Evidence::Cache { file })))
}

fn path(scene: &Scene<'_>, request: &BTreeMap<&str, serde_json::Value>, spacing: Spacing) -> PathBuf {
    let name = hex(&Sha1::digest(python_json(request, spacing)));
    scene.facts.home.join(".aws/cli/cache").join(name).with_extension("json")
}

/// How `json.dumps` separates.
#[derive(Clone, Copy)]
pub(super) enum Spacing {
    /// `", "` and `": "`
    Wide,
    /// `","` and `":"`
    Compact,
}

/// `json.dumps(…, sort_keys=True)`: sorted keys, and everything beyond ASCII as `\uXXXX`.
fn python_json(request: &BTreeMap<&str, serde_json::Value>, spacing: Spacing) -> String {
    let (comma, colon) = match spacing {
        Spacing::Wide => (", ", ": "),
        Spacing::Compact => (",", ":"),
    };
    let pairs: Vec<String> = request.iter().map(|(key, value)| format!("\"{key}\"{colon}{value}")).collect();
    ascii(&format!("{{{}}}", pairs.join(comma)))
}

fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// A secret out of JSON.
pub(super) fn hidden<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::new)
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "Credentials")]
    credentials: Cached,
    #[serde(rename = "AssumedRoleUser")]
    user: Option<Taken>,
}

/// The role that was taken.
#[derive(Deserialize)]
struct Taken {
    #[serde(rename = "Arn")]
    arn: String,
}

impl Taken {
    fn account(&self) -> Option<String> {
        account_in(&self.arn).map(str::to_owned)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Cached {
    access_key_id: String,
    #[serde(deserialize_with = "hidden")]
    secret_access_key: Secret,
    #[serde(deserialize_with = "hidden")]
    session_token: Secret,
    #[serde(deserialize_with = "in_json")]
    expiration: Timestamp,
    account_id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_entry_is_python_s() {
        let request = BTreeMap::from([("RoleArn", "arn:aws:iam::123456789012:role/devrole".into())]);
        let text = python_json(&request, Spacing::Wide);
        assert_eq!(text, r#"{"RoleArn": "arn:aws:iam::123456789012:role/devrole"}"#);
        assert_eq!(hex(&Sha1::digest(text)), "50b41b4ca123f26907df8b76c41e9a9ce964724c");
        let request = BTreeMap::from([("b", 900.into()), ("a", "é\u{1f600}".into())]);
        assert_eq!(python_json(&request, Spacing::Compact), r#"{"a":"\u00e9\ud83d\ude00","b":900}"#);
    }
}
