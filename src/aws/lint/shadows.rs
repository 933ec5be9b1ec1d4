//! Two sources of credentials in one profile: tools take different ones (`reference/chain.md` A.9, items 5–6).

use super::Findings;
use crate::aws::ini::KeySet;
use crate::aws::overview::Severity;
use crate::aws::profile::Profile;

/// Every way [`beneath`] knows to get credentials without static keys.
const OTHERS: KeySet = KeySet::of_all(&[
    "role_arn",
    "sso_session",
    "sso_start_url",
    "sso_account_id",
    "credential_process",
    "login_session",
]);

pub(super) fn check(found: &mut Findings<'_>, profile: &Profile<'_>) {
    if !profile.may_have(OTHERS) || profile.text("aws_access_key_id").is_none() {
        return;
    }
    let (Some((code, hidden)), Some(id)) = (beneath(profile), profile.get("aws_access_key_id")) else {
        return;
    };
    let name = profile.name();
    let who = match code {
        "pasted-keys-over-sso" => "Go, Terraform and JavaScript use the keys, boto3 and the AWS CLI do not",
        "keys-beside-role" => "boto3 and the AWS CLI assume the role and leave them alone",
        _ => "boto3, the AWS CLI, Go and JavaScript use the keys",
    };
    let message = format!("`{name}` has static keys beside its {hidden}: {who}");
    found.add(code, Severity::Warning, Some(name), message, (id.file, id.line));
}

/// What static keys in this profile stand in the way of: the code of the problem, and the source in words.
/// A role that names its own profile as its source means these very keys.
pub(super) fn beneath(profile: &Profile<'_>) -> Option<(&'static str, &'static str)> {
    let has = |key| profile.text(key).is_some();
    let own = |source: &str| source == profile.name();
    if has("role_arn") {
        let from_others = has("credential_source")
            || has("web_identity_token_file")
            || profile.text("source_profile").is_some_and(|source| !own(&source));
        return from_others.then_some(("keys-beside-role", "role"));
    }
    if has("sso_session") || has("sso_start_url") || has("sso_account_id") {
        return Some(("pasted-keys-over-sso", "Identity Center sign-in"));
    }
    if has("credential_process") {
        return Some(("process-shadowed", "credential_process"));
    }
    has("login_session").then_some(("login-shadowed", "sign-in (login_session)"))
}
