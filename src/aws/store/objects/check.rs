//! What is refused before anything is worked out: a section that is missing or in the way, a name that would name
//! nothing, half a key.

use super::super::draft::{BOTH, Draft};
use super::super::plan::Ground;
use super::super::{StoreError, headings};
use super::process_line;
use crate::aws::ini::{SectionId, SectionKind};
use crate::aws::profile::Estate;
use crate::aws::session;

/// `profile `work``, `sso-session `corp``.
pub(super) fn said(id: &SectionId) -> String {
    let kind = match id.kind {
        SectionKind::Profile => "profile",
        SectionKind::SsoSession => "sso-session",
        SectionKind::Services => "services section",
        SectionKind::Other => "section",
    };
    format!("{kind} `{}`", id.name)
}

/// Refuses a section that neither file has.
pub(in crate::aws::store) fn exists(ground: &Ground<'_>, id: &SectionId) -> Result<(), StoreError> {
    if has(&ground.estate, id) {
        return Ok(());
    }
    headings::heard(&ground.estate, |named| named == id)?;
    if id.kind == SectionKind::Profile {
        return Err(StoreError::no_profile(&id.name));
    }
    let hint = "`awsprof show --all --json` shows every section".to_owned();
    Err(StoreError::NotFound { what: format!("{} was not found", said(id)), hint })
}

/// Refuses a name that is taken, or that only `use` may write.
pub(super) fn free(ground: &Ground<'_>, id: &SectionId, verb: &str) -> Result<(), StoreError> {
    if has(&ground.estate, id) {
        let hint = format!("choose another name, or `awsprof edit {}` to change it", id.name);
        return Err(StoreError::refused(format!("{} exists already", said(id)), hint));
    }
    if id.kind == SectionKind::Profile && id.name == "default" && verb != "add" {
        return Err(StoreError::refused(
            "`default` is not a name to give",
            "`awsprof use PROFILE` makes a profile the default one",
        ));
    }
    Ok(())
}

fn has(estate: &Estate, id: &SectionId) -> bool {
    BOTH.iter().any(|&file| estate.document(file).contains(id))
}

/// Why a section of another tool is asked about.
pub(super) fn owned(ground: &Ground<'_>, id: &SectionId) -> Option<String> {
    let profile = ground.estate.profile(&id.name).filter(|_| id.kind == SectionKind::Profile)?;
    let tool = session::owner(&profile).tool()?;
    Some(format!("{tool} keeps [{}] and may write it again", id.name))
}

/// The file beside the two, if it names this profile.
pub(super) fn in_settings(ground: &Ground<'_>, id: &SectionId) -> Option<String> {
    let followed = ground.followed.as_ref().filter(|_| id.kind == SectionKind::Profile)?;
    followed.names(&id.name).map(|path| path.display().to_string())
}

/// What makes a section's id of its name.
type Make = fn(String) -> SectionId;

/// Refuses what a profile would newly name and what is not there, half a key, and a process that asks itself.
pub(super) fn sound(draft: &Draft, id: &SectionId, keys: &[&str]) -> Result<(), StoreError> {
    let text = |key: &str| {
        let found = BOTH.iter().rev().find_map(|&file| draft.doc(file).get(id, key));
        found.map(|value| value.text.into_owned()).filter(|text| !text.is_empty())
    };
    let kinds: [(&str, Make); 3] = [
        ("source_profile", SectionId::profile),
        ("sso_session", SectionId::sso_session),
        ("services", SectionId::services),
    ];
    for (key, make) in kinds.into_iter().filter(|(key, _)| keys.contains(key)) {
        let target = text(key).map(make);
        let missing = |id: &SectionId| BOTH.iter().all(|&file| !draft.doc(file).contains(id));
        if let Some(target) = target.filter(missing) {
            let hint = format!("make it first, or name another one with --set {key}=NAME");
            return Err(StoreError::refused(
                format!("{key} names {}, which is not there", said(&target)),
                hint,
            ));
        }
    }
    let own_process = text("credential_process").filter(|_| keys.contains(&"credential_process"));
    if own_process.is_some_and(|line| process_line::profile_in(&line) == Some(id.name.as_str())) {
        let what = format!("`{}` would ask awsprof for its own credentials, without an end", id.name);
        return Err(StoreError::refused(what, "give the process a profile of its own"));
    }
    whole_key(keys, id, text("aws_access_key_id").is_some(), text("aws_secret_access_key").is_some())
}

fn whole_key(keys: &[&str], id: &SectionId, key: bool, secret: bool) -> Result<(), StoreError> {
    let concerned = keys.iter().any(|key| matches!(*key, "aws_access_key_id" | "aws_secret_access_key"));
    if !concerned || key == secret {
        return Ok(());
    }
    let missing = if key { "aws_secret_access_key" } else { "aws_access_key_id" };
    Err(StoreError::refused(
        format!("`{}` would have half an access key: {missing} is missing", id.name),
        "give both: the id with --set, the secret on the terminal or with --secrets-stdin",
    ))
}
