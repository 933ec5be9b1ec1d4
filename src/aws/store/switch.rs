//! `use`: which profile is the default one (design, *Switching the default*).
//!
//! `[default]` becomes a copy of the profile, in both files: keys the profile lacks go, because an old token
//! beside new keys, or static keys under a role, would be a third identity. What was there before is saved,
//! and every role that rested on `default` goes on resting on what it rested on.

use super::draft::{BOTH, Draft};
use super::journal::{List, Turn};
use super::managed::{Managed, default_id, stale};
use super::plan::{Ground, Plan, managed_copy};
use super::{StoreError, keep, objects, renewal};
use crate::aws::ini::{FileKind, Section, SectionId, SectionKind};
use crate::aws::overview::DefaultState;
use crate::aws::session::SAVED_DEFAULT;
use crate::aws::world::Env;

/// Variables that win over the default profile.
const WINNERS: [&str; 3] = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ACCESS_KEY_ID"];
const SOURCE: &str = "source_profile";

/// `use P`.
pub(super) fn plan(ground: &Ground<'_>, profile: &str) -> Result<Plan, StoreError> {
    check(ground, profile)?;
    let mut draft = Draft::of(&ground.estate);
    let left = leave(&mut draft, ground, profile)?;
    rests_on_something(&draft, profile)?;
    for file in BOTH {
        draft.copy(file, &SectionId::profile(profile), &default_id())?;
    }
    let session = renewal::copy_fresh_session(&mut draft, ground, profile)?;
    let kept = keep::long_term_keys(&mut draft, &ground.estate)?;
    let managed = Managed {
        profile: profile.to_owned(),
        previous: left.previous.clone(),
        original: left.original,
        digest: String::new(),
        source: None,
    };
    let after = Some(managed_copy(ground, &draft, managed));
    let mut plan = Plan::new("use", profile, List::User, draft);
    plan.default = Some(Turn { before: ground.managed.clone(), after });
    plan.previous = left.now;
    plan.confirm = left.confirm;
    let older = caught_up(ground, profile);
    plan.notes =
        left.notes.into_iter().chain(older).chain(session).chain(kept).chain(winners(ground.env)).collect();
    Ok(plan)
}

/// `use -`.
pub(super) fn plan_previous(ground: &Ground<'_>) -> Result<Plan, StoreError> {
    let previous = ground.managed.as_ref().and_then(|managed| managed.previous.clone());
    let previous = previous.ok_or_else(|| StoreError::NotFound {
        what: "there is no previous default profile".to_owned(),
        hint: "`awsprof use PROFILE` makes one".to_owned(),
    })?;
    plan(ground, &previous)
}

/// `use --clear`.
pub(super) fn plan_clear(ground: &Ground<'_>) -> Result<Plan, StoreError> {
    one_default(ground)?;
    let Some(managed) = ground.managed.clone() else {
        return Err(StoreError::refused(
            "[default] was not written by awsprof",
            "there is nothing to give back; `awsprof undo` takes back the last write",
        ));
    };
    let mut draft = Draft::of(&ground.estate);
    let mut notes = Vec::new();
    let original = managed.original.as_deref().filter(|name| ground.estate.profile(name).is_some());
    match original {
        Some(name) => {
            give_back(&mut draft, name)?;
            notes.push(format!("[default] is again what was saved as [{name}]"));
        }
        None => BOTH.into_iter().for_each(|file| draft.remove(file, &default_id())),
    }
    notes.extend(keep::long_term_keys(&mut draft, &ground.estate)?);
    let mut plan = Plan::new("use --clear", "default", List::User, draft);
    plan.confirm = drift(ground, &managed.profile).into_iter().collect();
    plan.previous = Some(managed.profile.clone());
    plan.default = Some(Turn { before: Some(managed), after: None });
    plan.notes = notes;
    Ok(plan)
}

/// The saved profile becomes `[default]` again, its own and others' references with it.
fn give_back(draft: &mut Draft, saved: &str) -> Result<(), StoreError> {
    let id = SectionId::profile(saved);
    for file in BOTH {
        draft.copy(file, &id, &default_id())?;
        draft.remove(file, &id);
    }
    retarget(draft, saved, "default").map(drop)
}

fn check(ground: &Ground<'_>, profile: &str) -> Result<(), StoreError> {
    one_default(ground)?;
    if profile == "default" {
        return Err(StoreError::refused(
            "`default` already is the default profile",
            "`awsprof use --clear` gives back the [default] from before awsprof",
        ));
    }
    objects::check::exists(ground, &SectionId::profile(profile))
}

/// A role that still names `default` as its source would, copied, rest on itself.
fn rests_on_something(draft: &Draft, profile: &str) -> Result<(), StoreError> {
    if resting(draft, "default").iter().all(|(_, id)| id.name != profile) {
        return Ok(());
    }
    Err(StoreError::refused(
        format!("`{profile}` takes its credentials from `default`, and there is no [default]"),
        format!("set its source_profile: `awsprof edit {profile} --set source_profile=NAME`"),
    ))
}

/// Tools disagree about which of two default sections counts, so neither is edited.
pub(super) fn one_default(ground: &Ground<'_>) -> Result<(), StoreError> {
    let defaults = ground.estate.config().sections().filter(|section| section.id() == default_id());
    let (prefixed, plain): (Vec<_>, Vec<_>) = defaults.partition(Section::is_prefixed);
    let (Some(prefixed), Some(plain)) = (prefixed.first(), plain.first()) else { return Ok(()) };
    let (path, line, other) = (ground.estate.files().config.display(), prefixed.line(), plain.line());
    Err(StoreError::refused(
        format!("{path} has both [profile default] (line {line}) and [default] (line {other})"),
        format!(
            "keep one: most tools ignore [default] at line {other}, so remove it or merge it into the other"
        ),
    ))
}

/// What is said and remembered of the default profile that is left.
#[derive(Debug, Default)]
struct Left {
    /// The profile `[default]` was a copy of.
    now: Option<String>,
    /// Where `use -` leads afterwards.
    previous: Option<String>,
    original: Option<String>,
    confirm: Vec<String>,
    notes: Vec<String>,
}

fn leave(draft: &mut Draft, ground: &Ground<'_>, next: &str) -> Result<Left, StoreError> {
    let original = ground.managed.as_ref().and_then(|managed| managed.original.clone());
    match ground.default_state() {
        DefaultState::Absent => Ok(Left::default()),
        DefaultState::Unmanaged => leave_foreign(draft),
        DefaultState::Managed { profile } => {
            let mut left = Left { now: Some(profile.clone()), original, ..Left::default() };
            left.previous = previous(ground, &profile, next);
            left.notes = rest_on(draft, ground, &profile)?;
            Ok(left)
        }
        DefaultState::Drifted { profile } => {
            let mut left = leave_drifted(draft, ground, &profile)?;
            left.original = left.original.or(original);
            left.previous = previous(ground, &profile, next);
            Ok(left)
        }
    }
}

/// Using the same profile again does not make it its own predecessor.
fn previous(ground: &Ground<'_>, now: &str, next: &str) -> Option<String> {
    let before = ground.managed.as_ref().and_then(|managed| managed.previous.clone());
    if now == next { before } else { Some(now.to_owned()) }
}

fn leave_foreign(draft: &mut Draft) -> Result<Left, StoreError> {
    let (saved, notes) = save(draft)?;
    Ok(Left {
        now: None,
        previous: Some(saved.clone()),
        confirm: vec![format!("[default] is not awsprof's; it will be kept as [{saved}]")],
        original: Some(saved),
        notes,
    })
}

/// An edited copy is kept when a role rests on it; otherwise only its keys must not be lost.
fn leave_drifted(draft: &mut Draft, ground: &Ground<'_>, profile: &str) -> Result<Left, StoreError> {
    let why = format!("[default] was edited since `use {profile}`");
    let mut left = Left { now: Some(profile.to_owned()), confirm: vec![why], ..Left::default() };
    if resting(draft, "default").iter().any(|(_, id)| *id != default_id()) {
        let (saved, notes) = save(draft)?;
        (left.original, left.notes) = (Some(saved), notes);
    }
    left.confirm.extend(ground.managed.is_none().then(|| "its state is lost".to_owned()));
    Ok(left)
}

/// Saves `[default]` whole and lets what rested on it rest on the saved one.
fn save(draft: &mut Draft) -> Result<(String, Vec<String>), StoreError> {
    let saved = keep::free_name(draft, SAVED_DEFAULT);
    for file in BOTH {
        draft.copy(file, &default_id(), &SectionId::profile(saved.as_str()))?;
    }
    let mut notes = vec![format!("the old [default] is kept as [{saved}]")];
    notes.extend(retarget(draft, "default", &saved)?);
    Ok((saved, notes))
}

/// What rested on a managed copy rests on the profile itself; if that is gone, on a saved copy.
fn rest_on(draft: &mut Draft, ground: &Ground<'_>, profile: &str) -> Result<Vec<String>, StoreError> {
    let rests = resting(draft, "default").iter().any(|(_, id)| *id != default_id());
    match ground.estate.profile(profile) {
        _ if !rests => Ok(Vec::new()),
        Some(_) => retarget(draft, "default", profile).map(|note| note.into_iter().collect()),
        None => save(draft).map(|(_, notes)| notes),
    }
}

/// The profiles whose `source_profile` is `name`.
fn resting(draft: &Draft, name: &str) -> Vec<(FileKind, SectionId)> {
    let rests = |file: FileKind, id: &SectionId| {
        draft.doc(file).get(id, SOURCE).is_some_and(|value| value.text == name)
    };
    let of_file = |file: FileKind| {
        let profiles = draft.doc(file).ids().filter(|id| id.kind == SectionKind::Profile);
        profiles.filter(move |id| rests(file, id)).map(move |id| (file, id))
    };
    BOTH.into_iter().flat_map(of_file).collect()
}

fn retarget(draft: &mut Draft, from: &str, to: &str) -> Result<Option<String>, StoreError> {
    let resting = resting(draft, from);
    for (file, id) in &resting {
        draft.set(*file, id, SOURCE, to)?;
    }
    let mut names: Vec<&str> = resting.iter().map(|(_, id)| id.name.as_str()).collect();
    names.retain(|name| *name != "default" && *name != to);
    names.dedup();
    Ok((!names.is_empty()).then(|| format!("{} now rests on [{to}] instead of [{from}]", names.join(", "))))
}

fn drift(ground: &Ground<'_>, profile: &str) -> Option<String> {
    let drifted = matches!(ground.default_state(), DefaultState::Drifted { .. });
    drifted.then(|| format!("[default] was edited since `use {profile}`; the edit would be lost"))
}

/// A copy of the same profile from before somebody changed it.
fn caught_up(ground: &Ground<'_>, profile: &str) -> Option<String> {
    let managed = ground.managed.as_ref().filter(|managed| managed.profile == profile)?;
    stale(&ground.estate, Some(managed))?;
    let at = managed.source.as_ref()?.at.strftime("%F %H:%M UTC");
    Some(format!("default was a copy of {profile} as it was on {at} and is brought up to date"))
}

/// What still wins in this shell.
fn winners(env: &Env) -> Vec<String> {
    let set = WINNERS.into_iter().filter_map(|name| Some((name, env.non_empty(name)?)));
    set.map(|(name, value)| {
        let value = if name.ends_with("PROFILE") { format!("={value}") } else { String::new() };
        format!("{name}{value} is set and still wins in this shell")
    })
    .collect()
}
