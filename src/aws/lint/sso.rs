//! Identity Center settings that are missing, left over, or contradict their `[sso-session]`
//! (`botocore/credentials.py`, `SSOProvider._load_sso_config`).

use super::Findings;
use crate::aws::ini::KeySet;
use crate::aws::overview::Severity;
use crate::aws::profile::{Profile, Setting};

/// What a session section says for all profiles that name it.
const SHARED: [&str; 2] = ["sso_start_url", "sso_region"];

const KEYS: KeySet =
    KeySet::of_all(&["sso_session", "sso_start_url", "sso_region", "sso_account_id", "sso_role_name"]);

pub(super) fn check(found: &mut Findings<'_>, profile: &Profile<'_>) {
    if !profile.may_have(KEYS) {
        return;
    }
    let has = |key| profile.text(key).is_some();
    let asks = has("sso_account_id") || has("sso_role_name");
    match profile.text("sso_session") {
        Some(session) => doubled(found, profile, &session),
        None if !asks => left_over(found, profile),
        None => {}
    }
    if asks {
        incomplete(found, profile);
    }
    if has("role_arn") && asks {
        let Some(at) = profile.get("sso_account_id").or_else(|| profile.get("sso_role_name")) else { return };
        add(found, profile, &at, Severity::Warning, "is not used: the profile assumes a role");
    }
}

/// A value that the session section has, too: an error if it is another one there.
fn doubled(found: &mut Findings<'_>, profile: &Profile<'_>, session: &str) {
    let Some(section) = profile.estate().sso_session(session) else { return };
    for key in SHARED {
        let (Some(own), Some(shared)) = (profile.get(key), section.text(key)) else { continue };
        let differs = own.text != shared;
        let (severity, what) = if differs {
            (Severity::Error, format!("is not what [sso-session {session}] says: boto3 and the AWS CLI stop"))
        } else {
            (Severity::Info, format!("is left over: [sso-session {session}] says it already"))
        };
        add(found, profile, &own, severity, &what);
        found.problems.last_mut().into_iter().for_each(|problem| problem.fixable = true);
    }
}

fn left_over(found: &mut Findings<'_>, profile: &Profile<'_>) {
    let Some(at) = SHARED.iter().find_map(|key| profile.get(key)) else { return };
    add(found, profile, &at, Severity::Warning, "is not used: sso_account_id and sso_role_name are missing");
}

fn incomplete(found: &mut Findings<'_>, profile: &Profile<'_>) {
    let shared: &[&str] = if profile.text("sso_session").is_some() { &[] } else { &SHARED };
    let wanted = ["sso_account_id", "sso_role_name"].iter().chain(shared).copied();
    let lacks: Vec<&str> = wanted.filter(|key| profile.text(key).is_none()).collect();
    let at = profile.get("sso_account_id").or_else(|| profile.get("sso_role_name"));
    let (Some(at), false) = (at, lacks.is_empty()) else { return };
    let name = profile.name();
    let message = format!("`{name}` signs in with Identity Center but lacks {}", lacks.join(" and "));
    found.add("sso-incomplete", Severity::Error, Some(name), message, (at.file, at.line));
}

fn add(found: &mut Findings<'_>, profile: &Profile<'_>, at: &Setting<'_>, severity: Severity, what: &str) {
    let message = format!("`{}` of `{}` {what}", at.key, profile.name());
    found.add("sso-leftovers", severity, Some(profile.name()), message, (at.file, at.line));
}
