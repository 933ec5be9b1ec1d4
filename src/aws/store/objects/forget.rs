//! `forget`: sessions that awsprof wrote go from the files. What another tool keeps, and what a person pasted, stays.

use super::super::StoreError;
use super::super::draft::{BOTH, Draft};
use super::super::journal::List;
use super::super::managed::default_id;
use super::super::plan::{Ground, Plan};
use super::{managed, references};
use crate::aws::ini::{FileKind, SectionId};
use crate::aws::overview::{DefaultState, Kind};
use crate::aws::profile::{Estate, Profile};
use crate::aws::session::{self, Owner};

/// What a renewal writes into the config file for a session: nothing else may be lost with it.
const SETTINGS: [&str; 2] = ["region", "output"];

/// Of one profile (a user's or the session's own), or of all.
pub(in crate::aws::store) fn plan(ground: &Ground<'_>, of: Option<&str>) -> Result<Plan, StoreError> {
    let estate = &ground.estate;
    let (ours, others) = match of {
        Some(name) => sessions_of(estate, name)?,
        None => {
            (estate.profiles().filter(is_ours).map(|profile| profile.name().to_owned()).collect(), Vec::new())
        }
    };
    let mut draft = Draft::of(estate);
    for name in &ours {
        remove(&mut draft, estate, name);
    }
    let default = match copied_from(ground, &ours) {
        Some(profile) => managed::follow(ground, &mut draft, &SectionId::profile(profile), true)?,
        None => None,
    };
    let mut plan = Plan::new("forget", of.unwrap_or("--all"), List::User, draft);
    if !ours.is_empty() {
        plan.confirm = vec![format!("this removes {}", said(&ours))];
    }
    plan.notes = others;
    plan.notes.extend(default.as_ref().map(|_| "[default] holds the long-term keys again".to_owned()));
    plan.default = default;
    Ok(plan)
}

fn said(ours: &[String]) -> String {
    let what = if ours.len() == 1 { "the session" } else { "the sessions" };
    let names: Vec<String> = ours.iter().map(|name| format!("[{name}]")).collect();
    format!("{what} {}", names.join(", "))
}

/// A session that awsprof wrote and keeps; a copy in `[default]` belongs to `use`.
fn is_ours(profile: &Profile<'_>) -> bool {
    profile.kind() == Kind::Session
        && session::owner(profile) == Owner::Awsprof
        && profile.name() != default_id().name
}

/// The profile's own session or the one made with its keys; and in words what is not ours.
fn sessions_of(estate: &Estate, name: &str) -> Result<(Vec<String>, Vec<String>), StoreError> {
    let made = session::session_profile_of(estate, name, None);
    let found = [Some(name.to_owned()), made]
        .into_iter()
        .flatten()
        .find_map(|name| estate.profile(&name).filter(|p| p.kind() == Kind::Session));
    if estate.profile(name).is_none() && found.is_none() {
        return Err(StoreError::no_profile(name));
    }
    let Some(found) = found else { return Ok((Vec::new(), Vec::new())) };
    if is_ours(&found) {
        return Ok((vec![found.name().to_owned()], Vec::new()));
    }
    let keeper = session::owner(&found).tool().unwrap_or("somebody else");
    Ok((Vec::new(), vec![format!("[{}] is left alone: it was written by {keeper}", found.name())]))
}

/// The section goes from credentials; from config too, unless somebody has made it their own.
fn remove(draft: &mut Draft, estate: &Estate, name: &str) {
    let id = SectionId::profile(name);
    let own_settings = estate.config().body(&id).iter().any(|entry| !SETTINGS.contains(&entry.key.as_str()));
    let named = references::to(draft, &id).iter().any(|reference| reference.holder != id);
    let files = BOTH.into_iter().filter(|file| *file == FileKind::Credentials || !(own_settings || named));
    for file in files {
        draft.remove(file, &id);
    }
}

/// The profile whose session stands in a managed `[default]`, if it is one of these.
fn copied_from(ground: &Ground<'_>, sessions: &[String]) -> Option<String> {
    let DefaultState::Managed { profile } = ground.default_state() else { return None };
    let key = |name: &str| {
        let key = ground.estate.profile(name)?.access_key().filter(|key| key.is_session)?;
        Some(key.id.into_owned())
    };
    let copy = key(&default_id().name)?;
    let is_it = |name: &String| *name != profile && key(name).as_ref() == Some(&copy);
    sessions.iter().any(is_it).then_some(profile)
}
