//! Where a value goes: keys, tokens and the marks of a session to credentials, everything else to config.
//!
//! A profile's access key stays in one file (tools take all of it from one), a value that credentials already has is
//! changed there (it would go on winning), and a new long-term key takes the old session token with it.

use super::super::StoreError;
use super::super::draft::{BOTH, Draft};
use crate::aws::ini::{FileKind, SectionId, SectionKind, is_credential_key};
use crate::aws::secret::{Secrets, is_secret_key};
use crate::aws::session::{AWS_MFA_EXPIRY, NATIVE_EXPIRY};

/// Marks that belong to the session they stand beside.
const MARKS: [&str; 7] = [
    NATIVE_EXPIRY,
    AWS_MFA_EXPIRY,
    "aws_credential_expiration",
    "aws_session_expiration_timestamp",
    "assumed_role",
    "assumed_role_arn",
    "x_principal_arn",
];
const CREDENTIALS: [&str; 4] =
    ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token"];

/// Values for a section: those that may be seen and those that may not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values<'a> {
    pub settings: &'a [(String, String)],
    pub secrets: &'a Secrets,
}

impl<'a> Values<'a> {
    pub(super) fn keys(self, profile: &str) -> Vec<&'a str> {
        let settings = self.settings.iter().map(|(key, _)| key.as_str());
        settings.chain(self.secrets.of(profile).map(|(key, _)| key)).collect()
    }

    fn get(self, key: &str) -> Option<&'a str> {
        self.settings.iter().rfind(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }
}

/// Sets all values. Says what a person should know.
pub(super) fn set(draft: &mut Draft, id: &SectionId, values: Values<'_>) -> Result<Vec<String>, StoreError> {
    let keys = values.keys(&id.name);
    let mut notes = Vec::new();
    if keys.iter().any(|key| is_credential_key(key)) {
        gather(draft, id)?;
    }
    let new_key = values.get("aws_access_key_id").is_some_and(|key| key.starts_with("AKIA"));
    if new_key && !keys.contains(&"aws_session_token") && drop_session(draft, id) {
        notes.push(format!("the session token that stood beside the old key of [{}] is gone", id.name));
    }
    for (key, value) in values.settings {
        draft.set(file_for(draft, id, key), id, key, value)?;
    }
    for (key, value) in values.secrets.of(&id.name) {
        draft.set(file_for(draft, id, key), id, key, value.expose())?;
    }
    Ok(notes)
}

/// Removes a key from both files.
pub(super) fn unset(draft: &mut Draft, id: &SectionId, key: &str) {
    for file in BOTH {
        draft.unset(file, id, key);
    }
}

/// Every key that is part of an access key or a session.
pub(super) fn credential_keys() -> impl Iterator<Item = &'static str> {
    CREDENTIALS.into_iter().chain(MARKS)
}

fn file_for(draft: &Draft, id: &SectionId, key: &str) -> FileKind {
    let stands = |file| draft.doc(file).get(id, key).is_some();
    let secret = is_credential_key(key) || is_secret_key(key) || MARKS.contains(&key);
    match id.kind {
        SectionKind::Profile if secret || stands(FileKind::Credentials) => FileKind::Credentials,
        _ => FileKind::Config,
    }
}

/// Moves an access key that stands in config to credentials, unless another one is there.
fn gather(draft: &mut Draft, id: &SectionId) -> Result<(), StoreError> {
    for key in CREDENTIALS {
        let text = |draft: &Draft, file| draft.doc(file).get(id, key).map(|value| value.text.into_owned());
        let Some(value) = text(draft, FileKind::Config) else { continue };
        if text(draft, FileKind::Credentials).is_none() {
            draft.set(FileKind::Credentials, id, key, &value)?;
        }
        draft.unset(FileKind::Config, id, key);
    }
    Ok(())
}

/// True if there was a token.
fn drop_session(draft: &mut Draft, id: &SectionId) -> bool {
    let tokens = ["aws_session_token", "aws_security_token"];
    let had = tokens.iter().any(|key| BOTH.iter().any(|&file| draft.doc(file).get(id, key).is_some()));
    tokens.iter().chain(&MARKS).filter(|_| had).for_each(|key| unset(draft, id, key));
    had
}
