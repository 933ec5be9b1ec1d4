//! Static keys: halves of them, and comments that a reader takes for part of one.

use super::Findings;
use crate::aws::ini::{CREDENTIAL_KEYS, FileKind, KeySet, Section, SectionKind, is_credential_key};
use crate::aws::overview::Severity;
use crate::aws::profile::Profile;

const KEYS: KeySet = KeySet::of_all(&CREDENTIAL_KEYS);

pub(super) fn check(found: &mut Findings<'_>, profile: &Profile<'_>) {
    for file in [FileKind::Config, FileKind::Credentials] {
        halves(found, profile, file);
    }
}

/// boto3 and the AWS CLI know no inline comments (`botocore/configloader.py`, `RawConfigParser`).
pub(super) fn comments(found: &mut Findings<'_>, file: FileKind) {
    let sections = found.estate.document(file).sections();
    let holds_keys = |section: &Section<'_>| section.kind() == SectionKind::Profile && section.may_have(KEYS);
    for section in sections.filter(holds_keys) {
        let lines = section.entries().filter(|entry| is_credential_key(&entry.key()));
        for entry in lines.filter(|entry| entry.inline_comment().is_some()) {
            let message =
                format!("boto3 and the AWS CLI read the comment behind `{}` as part of it", entry.key());
            let (code, place) = ("inline-comment-in-value", (file, entry.line()));
            let one_line = !entry.value().text.is_empty() && !entry.value().text.contains('\n');
            found.add(code, Severity::Error, Some(section.identifier()), message, place).fixable = one_line;
        }
    }
}

/// botocore takes both halves from one file and refuses one alone (`PartialCredentialsError`).
fn halves(found: &mut Findings<'_>, profile: &Profile<'_>, file: FileKind) {
    let half = |key: &str| profile.get_in(file, key);
    let (id, secret) = (half("aws_access_key_id"), half("aws_secret_access_key"));
    let filled = |text: &str| !text.is_empty();
    let (there, missing) = match (&id, &secret) {
        (Some(id), None) => (id, "aws_secret_access_key is missing"),
        (None, Some(secret)) => (secret, "aws_access_key_id is missing"),
        (Some(id), Some(_)) if !filled(&id.text) => (id, "aws_access_key_id is empty"),
        (Some(_), Some(secret)) if !filled(&secret.text) => (secret, "aws_secret_access_key is empty"),
        _ => return,
    };
    let name = profile.name();
    let message = format!("`{name}` has half an access key in this file: {missing}");
    found.add("partial-keys", Severity::Error, Some(name), message, (file, there.line));
}
