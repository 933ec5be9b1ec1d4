//! `setup process`: a profile of its own that gets its credentials by running `awsprof export` for another.
//!
//! It must be another: a profile whose command exports that very profile would ask for itself for ever.

use std::borrow::Cow;

use super::StoreError;
use super::draft::Draft;
use super::journal::List;
use super::plan::{Ground, Plan};
use crate::aws::ini::{FileKind, SectionId};
use crate::aws::profile::{Estate, Profile};
use crate::aws::session::session_profile_of;

const COMMAND: &str = "credential_process";
/// What a profile needs besides credentials to be of use.
const CARRIED: [&str; 2] = ["region", "output"];

/// Writes `credential_process = awsprof export PROFILE --format process` into `[profile name]`.
pub(super) fn plan(ground: &Ground<'_>, profile: &str, name: &str) -> Result<Plan, StoreError> {
    let source = ground.estate.profile(profile).ok_or_else(|| StoreError::no_profile(profile))?;
    other_than(&ground.estate, &source, name)?;
    let command = command(profile);
    vacant(&ground.estate, name)?;
    let id = SectionId::profile(name);
    let mut draft = Draft::of(&ground.estate);
    draft.set(FileKind::Config, &id, COMMAND, &command)?;
    let there = ground.estate.profile(name);
    for key in CARRIED {
        let set = there.as_ref().is_some_and(|there| there.has(key));
        if let Some(value) = source.text(key).filter(|_| !set) {
            draft.set(FileKind::Config, &id, key, &value)?;
        }
    }
    let mut plan = Plan::new("setup process", name, List::User, draft);
    plan.confirm = vec![format!("every tool that is told to use `{name}` will run `{command}`")];
    Ok(plan)
}

/// The command line, the name quoted as a shell and every SDK's splitter read it.
fn command(profile: &str) -> String {
    let quoted = shlex::try_quote(profile).unwrap_or(Cow::Borrowed(profile));
    format!("awsprof export {quoted} --format process")
}

/// Refuses a name that is the profile itself, or one the profile rests on.
fn other_than(estate: &Estate, source: &Profile<'_>, name: &str) -> Result<(), StoreError> {
    let cycle = |why: String| {
        let hint = format!("choose another name: --as {}-auto", source.name());
        Err(StoreError::refused(why, hint))
    };
    if source.name() == name {
        return cycle(format!("`{name}` would get its credentials from itself"));
    }
    if session_profile_of(estate, source.name(), None).is_some_and(|session| session == name) {
        return cycle(format!("`{name}` is where the MFA session of `{}` is written", source.name()));
    }
    if source.text(COMMAND).is_some_and(|text| text.contains("awsprof export")) {
        let hint = "export the profile that its command exports";
        return Err(StoreError::refused(format!("`{}` is itself filled by awsprof", source.name()), hint));
    }
    let mut at = source.text("source_profile").map(Cow::into_owned);
    for _ in estate.names() {
        let Some(below) = at else { return Ok(()) };
        if below == name {
            return cycle(format!("`{}` gets its credentials from `{name}`", source.name()));
        }
        at = estate.profile(&below).and_then(|found| found.text("source_profile").map(Cow::into_owned));
    }
    Ok(())
}

/// Refuses a profile that has its credentials some other way.
fn vacant(estate: &Estate, name: &str) -> Result<(), StoreError> {
    let Some(there) = estate.profile(name) else { return Ok(()) };
    let ours = |text: &str| text.starts_with("awsprof export ");
    let settings = there.settings();
    let mut keys = settings.iter().map(|setting| setting.key.as_ref());
    let taken = keys.find(|key| match *key {
        COMMAND => !there.text(COMMAND).is_some_and(|text| ours(&text)),
        key => WAYS.iter().any(|start| key.starts_with(start)),
    });
    taken.map_or(Ok(()), |key| {
        Err(StoreError::refused(
            format!("the profile `{name}` is there already and has {key}"),
            "choose another name with --as NAME",
        ))
    })
}

/// How the keys begin with which a profile gets credentials.
const WAYS: [&str; 7] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "role_arn",
    "sso_",
    "web_identity_token_file",
    "login_session",
];
