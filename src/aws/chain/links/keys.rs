//! Keys in a profile: the credentials file, the config file.

use jiff::Timestamp;

use crate::aws::chain::files::FileKind;
use crate::aws::chain::finding::Finding;
use crate::aws::chain::moment;
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::Verdict;
use crate::aws::secret::{Credentials, Secret};

const ID: &str = "aws_access_key_id";
const SECRET: &str = "aws_secret_access_key";

/// Keys in the credentials file, and only there (botocore `SharedCredentialProvider`).
pub(in crate::aws::chain) fn credentials_file(scene: &Scene<'_>) -> Finding {
    one_file(scene, FileKind::Credentials, "shared-credentials-file")
}

/// Keys in the config file, and only there (botocore `ConfigProvider`).
pub(in crate::aws::chain) fn config_file(scene: &Scene<'_>) -> Finding {
    one_file(scene, FileKind::Config, "config-file")
}

/// Keys of the merged profile whose id stands in the credentials file.
pub(in crate::aws::chain) fn merged_credentials(scene: &Scene<'_>) -> Finding {
    merged(scene, FileKind::Credentials)
}

/// Keys of the merged profile whose id stands in the config file.
pub(in crate::aws::chain) fn merged_config(scene: &Scene<'_>) -> Finding {
    merged(scene, FileKind::Config)
}

/// Id, secret and token each from whichever file has it, credentials first; empty values do not count.
fn merged(scene: &Scene<'_>, kind: FileKind) -> Finding {
    pair(scene, kind, &|key| scene.get(key).filter(|setting| !setting.text.is_empty()))
}

fn pair<'s>(
    scene: &'s Scene<'_>,
    kind: FileKind,
    set: &dyn Fn(&str) -> Option<crate::aws::chain::scene::Setting<'s>>,
) -> Finding {
    let Some(id) = set(ID).filter(|id| id.file == Some(kind)) else { return no_id(scene, kind) };
    let Some(secret) = set(SECRET) else {
        let reason = format!("[{}] has {ID} without {SECRET}", scene.profile);
        return Finding::passed(Verdict::Incomplete, reason).at(id.place);
    };
    let token = scene.tool.files.tokens.iter().find_map(|key| set(key));
    let with = if token.is_some() { "with" } else { "without" };
    let found = Credentials {
        access_key_id: id.text.to_owned(),
        secret_access_key: Secret::new(secret.text),
        session_token: token.map(|token| Secret::new(token.text)),
        expires_at: marked_expiry(scene, kind),
        account: set("aws_account_id").map(|account| account.text.to_owned()),
    };
    Finding::found(found, format!("[{}] has keys {with} a session token", scene.profile)).at(id.place)
}

/// A whole pair in the credentials file; half of one is nothing.
pub(in crate::aws::chain) fn whole_credentials(scene: &Scene<'_>) -> Finding {
    whole(scene, FileKind::Credentials)
}

/// A whole pair in the config file; half of one is nothing.
pub(in crate::aws::chain) fn whole_config(scene: &Scene<'_>) -> Finding {
    whole(scene, FileKind::Config)
}

fn whole(scene: &Scene<'_>, kind: FileKind) -> Finding {
    let set = |key: &str| scene.get_in(kind, key).filter(|setting| !setting.text.is_empty());
    match (set(ID), set(SECRET)) {
        (Some(_), Some(_)) => one_file(scene, kind, ""),
        (Some(half), None) | (None, Some(half)) => {
            let reason = format!("[{}] has half a pair there: it is ignored", scene.profile);
            Finding::passed(Verdict::Incomplete, reason).at(half.place)
        }
        (None, None) => no_id(scene, kind),
    }
}

/// The same keys, empty ones too, once the pair is known to be there.
pub(super) fn any_pair(scene: &Scene<'_>, kind: FileKind) -> Finding {
    if has_pair(scene) { pair(scene, kind, &|key| scene.get(key)) } else { no_id(scene, kind) }
}

/// Whether the merged profile names an id and a secret, be they empty.
pub(super) fn has_pair(scene: &Scene<'_>) -> bool {
    [ID, SECRET].iter().all(|key| scene.get(key).is_some())
}

/// Whether the merged profile has an id and a secret.
pub(in crate::aws::chain) fn has_keys(scene: &Scene<'_>) -> bool {
    [ID, SECRET].iter().all(|key| scene.get(key).is_some_and(|setting| !setting.text.is_empty()))
}

/// Whether a profile has half a pair; where both files have the profile, the credentials file's pair is the one
/// that counts (Go `mergeSections`: "errors should be overriden").
pub(in crate::aws::chain) fn half_pair(scene: &Scene<'_>) -> bool {
    let credentials = scene.file_of(FileKind::Credentials).and_then(|file| file.profile(&scene.profile));
    let kind = if credentials.is_some() { FileKind::Credentials } else { FileKind::Config };
    scene.get_in(kind, ID).is_some() != scene.get_in(kind, SECRET).is_some()
}

/// botocore never mixes the files: an id without a secret in the same file is an error, and an empty value
/// counts as a value (`credentials.py` `_extract_creds_from_mapping`).
fn one_file(scene: &Scene<'_>, kind: FileKind, method: &str) -> Finding {
    let Some(id) = scene.get_in(kind, ID) else { return no_id(scene, kind) };
    let Some(secret) = scene.get_in(kind, SECRET) else {
        let message = format!("Partial credentials found in {method}, missing: {SECRET}");
        let error = ToolError::new("PartialCredentialsError", message);
        return Finding::stopped(Verdict::Incomplete, error).at(id.place);
    };
    let token = scene.tool.files.tokens.iter().find_map(|key| scene.get_in(kind, key));
    let reason = match &token {
        Some(token) if !token.text.is_empty() => "keys with a session token",
        _ => "keys without a session token",
    };
    let found = Credentials {
        access_key_id: id.text.to_owned(),
        secret_access_key: Secret::new(secret.text),
        session_token: token.map(|token| Secret::new(token.text)),
        expires_at: marked_expiry(scene, kind),
        account: scene.get_in(kind, "aws_account_id").map(|account| account.text.to_owned()),
    };
    Finding::found(found, format!("[{}] has {reason}", scene.profile)).at(id.place)
}

fn no_id(scene: &Scene<'_>, kind: FileKind) -> Finding {
    let profile = &scene.profile;
    if let Some(secret) = scene.get_in(kind, SECRET) {
        let reason = format!("[{profile}] has {SECRET} without {ID}: it is ignored");
        return Finding::passed(Verdict::Incomplete, reason).at(secret.place);
    }
    let file = scene.file_of(kind);
    Finding::absent(match file.and_then(|file| file.profile(profile)) {
        Some(_) => format!("no {ID} in [{profile}]"),
        None => format!("no profile {profile} there"),
    })
}

/// The expiry that whoever wrote the session noted beside it: awsprof and saml2aws, aws-mfa, `aws-vault`'s
/// and AWS's own spelling. No tool reads it; the trace shows it.
fn marked_expiry(scene: &Scene<'_>, kind: FileKind) -> Option<Timestamp> {
    let marks = [
        "x_security_token_expires",
        "aws_credential_expiration",
        "aws_session_expiration_timestamp",
        "expiration",
    ];
    marks.into_iter().find_map(|key| moment::parse(scene.get_in(kind, key)?.text))
}
