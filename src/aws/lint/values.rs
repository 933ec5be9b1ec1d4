//! Values that are well formed and still wrong: left over, doubled, or of the wrong kind.

use super::Findings;
use crate::aws::ini::{FileKind, KeySet};
use crate::aws::overview::Severity;
use crate::aws::profile::{Profile, Setting};

const TOKENS: KeySet = KeySet::of_all(&["aws_security_token", "aws_session_token"]);

pub(super) fn check(found: &mut Findings<'_>, profile: &Profile<'_>) {
    let files = [FileKind::Config, FileKind::Credentials];
    for file in files.into_iter().filter(|_| profile.may_have(TOKENS)) {
        tokens(found, profile, file);
    }
    in_config(found, profile);
    device(found, profile);
}

/// botocore takes `aws_security_token` before `aws_session_token` (`SharedCredentialProvider.TOKENS`), the SDKs
/// know the latter only; a token beside long-term keys makes AWS refuse them.
fn tokens(found: &mut Findings<'_>, profile: &Profile<'_>, file: FileKind) {
    let get = |key| profile.get_in(file, key).filter(|setting: &Setting<'_>| !setting.text.is_empty());
    let (old, new) = (get("aws_security_token"), get("aws_session_token"));
    let name = profile.name();
    if let (Some(old), Some(new)) = (&old, &new)
        && old.text != new.text
    {
        let message =
            format!("`{name}` has two tokens that differ: boto3 and the AWS CLI take aws_security_token");
        found.add("stale-security-token", Severity::Error, Some(name), message, (file, old.line)).fixable =
            true;
    }
    let is_long_term = get("aws_access_key_id").is_some_and(|id| id.text.starts_with("AKIA"));
    if let Some(token) = new.or(old).filter(|_| is_long_term) {
        let message = format!("`{name}` has a session token beside long-term keys: AWS refuses the pair");
        found.add("stale-session-token", Severity::Error, Some(name), message, (file, token.line)).fixable =
            true;
    }
}

/// The config file is the one that is shared, copied and checked in.
fn in_config(found: &mut Findings<'_>, profile: &Profile<'_>) {
    let id = |file| profile.get_in(file, "aws_access_key_id").filter(|setting| !setting.text.is_empty());
    let Some(config) = id(FileKind::Config) else { return };
    let (name, place) = (Some(profile.name()), (FileKind::Config, config.line));
    match id(FileKind::Credentials) {
        None => {
            let message =
                format!("the keys of `{}` are in the config file, not in credentials", profile.name());
            let alone = !["credential_process", "login_session"].iter().any(|key| profile.has(key));
            found.add("keys-in-config", Severity::Warning, name, message, place).fixable = alone;
        }
        Some(credentials) if credentials.text != config.text => {
            let message = format!(
                "`{}` has different access keys in the two files: the credentials file's win",
                profile.name()
            );
            found.add("keys-in-both-files", Severity::Warning, name, message, place);
        }
        Some(_) => {}
    }
}

/// An IAM user's ARN looks much like that of their device.
fn device(found: &mut Findings<'_>, profile: &Profile<'_>) {
    let Some(serial) = profile.get("mfa_serial").filter(|serial| serial.text.contains(":user/")) else {
        return;
    };
    let name = profile.name();
    let message = format!("`mfa_serial` of `{name}` is the ARN of a user, not of a device (`:mfa/`)");
    found.add("mfa-serial-is-a-user", Severity::Error, Some(name), message, (serial.file, serial.line));
}
