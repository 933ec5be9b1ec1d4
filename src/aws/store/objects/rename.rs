//! `rename`: a section under another name where it stands, and everything that names it follows.
//!
//! The MFA session of a renamed profile goes along, because its section is found by the profile's name.

use super::super::draft::{BOTH, Draft};
use super::super::journal::List;
use super::super::plan::{Ground, Plan};
use super::super::{StoreError, switch};
use super::{check, managed, references};
use crate::aws::ini::{SectionId, SectionKind};
use crate::aws::overview::{DefaultState, Kind};
use crate::aws::session;

pub(in crate::aws::store) fn plan(ground: &Ground<'_>, id: &SectionId, to: &str) -> Result<Plan, StoreError> {
    check::exists(ground, id)?;
    let new = SectionId { name: to.to_owned(), ..id.clone() };
    check::free(ground, &new, "rename")?;
    if *id == SectionId::profile("default") {
        own_default(ground)?;
    }
    let names: Vec<(SectionId, SectionId)> =
        std::iter::once((id.clone(), new)).chain(session_of(ground, id, to)).collect();
    names.iter().try_for_each(|(_, to)| unnamed(ground, to))?;
    let mut draft = Draft::of(&ground.estate);
    for (from, to) in &names {
        BOTH.into_iter().try_for_each(|file| draft.rename(file, from, to))?;
    }
    let mut notes = Vec::new();
    for (from, to) in &names {
        notes.extend(references::follow(&mut draft, from, &to.name)?);
    }
    notes.extend(names.iter().skip(1).map(|(from, to)| {
        format!("its session profile [{}] is called [{}] from now on", from.name, to.name)
    }));
    notes.extend(still_named(ground, id));
    let default = managed::renamed(ground, &draft, &names);
    let mut plan = Plan::new("rename", &id.name, List::User, draft);
    plan.default = default;
    plan.beside =
        ground.followed.as_ref().filter(|_| id.kind == SectionKind::Profile).and_then(|f| f.follow(&names));
    plan.notes = notes;
    let why = format!("this renames {} to `{to}`", check::said(id));
    plan.confirm = std::iter::once(why).chain(check::owned(ground, id)).collect();
    Ok(plan)
}

/// A name that awsprof's settings give a meaning already would get it without a word.
fn unnamed(ground: &Ground<'_>, to: &SectionId) -> Result<(), StoreError> {
    let Some(path) = check::in_settings(ground, to) else { return Ok(()) };
    Err(StoreError::refused(
        format!("awsprof's settings name `{}` already: session.profiles in {path}", to.name),
        "take it out there first, or choose another name",
    ))
}

/// A `[default]` that is a copy has a name already; one of two is not to be guessed.
fn own_default(ground: &Ground<'_>) -> Result<(), StoreError> {
    switch::one_default(ground)?;
    match ground.default_state() {
        DefaultState::Managed { profile } => Err(StoreError::refused(
            format!("[default] is a copy of `{profile}`"),
            "`awsprof use --clear` gives back the [default] from before awsprof",
        )),
        _ => Ok(()),
    }
}

/// The session profile that is found by the profile's name, and the name it will be looked for under.
fn session_of(ground: &Ground<'_>, id: &SectionId, to: &str) -> Option<(SectionId, SectionId)> {
    if id.kind != SectionKind::Profile {
        return None;
    }
    let estate = &ground.estate;
    let (from, new) = (session::default_name(&id.name), session::default_name(to));
    let holds = estate.profile(&from).is_some_and(|profile| profile.kind() == Kind::Session);
    let own = holds && session::long_term_of(estate, &from).as_deref() == Some(&id.name);
    let free = new != to && estate.profile(&new).is_none();
    // aws-mfa's pair stays a pair, or its session would be in a section that aws-mfa keeps.
    let pair = |name: &str| name.ends_with("-long-term");
    (own && free && pair(&id.name) == pair(to)).then(|| (SectionId::profile(from), SectionId::profile(new)))
}

/// Variables of this shell cannot follow.
fn still_named<'a>(ground: &'a Ground<'_>, id: &'a SectionId) -> impl Iterator<Item = String> + 'a {
    let names =
        ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].into_iter().filter(|_| id.kind == SectionKind::Profile);
    let set = names.filter(|name| ground.env.non_empty(name) == Some(id.name.as_str()));
    set.map(|name| format!("{name}={} is set in this shell and names nothing now", id.name))
}
