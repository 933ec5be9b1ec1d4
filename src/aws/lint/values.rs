//! Values that are well formed and still wrong: left over, doubled, or of the wrong kind.

use super::Findings;
use crate::aws::ini::FileKind;
use crate::aws::overview::Severity;
use crate::aws::profile::{Profile, Setting};

pub(super) fn check(found: &mut Findings<'_>) {
    let estate = found.estate;
    for profile in estate.profiles() {
        for file in [FileKind::Config, FileKind::Credentials] {
            tokens(found, &profile, file);
        }
        two_keys(found, &profile);
        device(found, &profile);
    }
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
        found.add("stale-security-token", Severity::Error, Some(name), message, (file, old.line));
    }
    let is_long_term = get("aws_access_key_id").is_some_and(|id| id.text.starts_with("AKIA"));
    if let Some(token) = new.or(old).filter(|_| is_long_term) {
        let message = format!("`{name}` has a session token beside long-term keys: AWS refuses the pair");
        found.add("stale-session-token", Severity::Error, Some(name), message, (file, token.line));
    }
}

fn two_keys(found: &mut Findings<'_>, profile: &Profile<'_>) {
    let id = |file| profile.get_in(file, "aws_access_key_id").filter(|setting| !setting.text.is_empty());
    let (Some(config), Some(credentials)) = (id(FileKind::Config), id(FileKind::Credentials)) else { return };
    if config.text != credentials.text {
        let name = profile.name();
        let message =
            format!("`{name}` has different access keys in the two files: the credentials file's win");
        let place = (FileKind::Config, config.line);
        found.add("keys-in-both-files", Severity::Warning, Some(name), message, place);
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
