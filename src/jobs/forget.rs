//! Forgetting sessions: those in the files are a change like any other, those of roles are in awsprof's own cache.

use super::{Class, Context, Failure, cached};
use crate::aws::change::{Change, Written};
use crate::aws::profile::Estate;
use crate::aws::store::{self, Preview};

/// What `forget` of a profile, or (`None`) of all, would do.
///
/// # Errors
/// No such profile, nothing to forget.
pub(super) fn preview(context: &Context, profile: Option<&str>) -> Result<Preview, Failure> {
    let change = Change::Forget { profile: profile.map(str::to_owned) };
    let mut preview = store::preview(&context.world, &context.store(), &change)?;
    let roles = roles(context, &Estate::read(&context.world), profile);
    if preview.changed.is_empty() && roles.is_empty() {
        return Err(nothing(profile, &preview.notes));
    }
    preview.notes.extend(said(&roles, "would be emptied of"));
    Ok(preview)
}

/// Does it: first what a person may have to be asked about, then the cache.
///
/// # Errors
/// As [`preview`]; whatever keeps the files from being written.
pub(super) fn forget(context: &Context, profile: Option<&str>, confirmed: bool) -> Result<Written, Failure> {
    // The files as they are now: afterwards nothing may say whose the cached sessions were.
    let estate = Estate::read(&context.world);
    let roles = roles(context, &estate, profile);
    preview(context, profile)?;
    let change = Change::Forget { profile: profile.map(str::to_owned) };
    let mut written = store::apply(&context.world, &context.store(), &change, confirmed)?;
    cached::forget(context, &estate, profile.map(|_| roles.as_slice()))?;
    written.notes.extend(said(&roles, "was emptied of"));
    Ok(written)
}

/// The roles whose cached sessions go: by profile, or whatever is there.
fn roles(context: &Context, estate: &Estate, profile: Option<&str>) -> Vec<String> {
    if let Some(name) = profile {
        return cached::resting_on(context, estate, name);
    }
    let known: Vec<String> = cached::sessions(context, estate).into_iter().map(|role| role.profile).collect();
    let unknown = store::cached_roles(&context.cache).len().saturating_sub(known.len());
    let more = (unknown > 0).then(|| format!("{unknown} that are over or in no file any more"));
    known.into_iter().chain(more).collect()
}

fn said(roles: &[String], verb: &str) -> Option<String> {
    (!roles.is_empty()).then(|| format!("the role cache {verb} {}", roles.join(", ")))
}

fn nothing(profile: Option<&str>, notes: &[String]) -> Failure {
    let whose = profile.map_or_else(|| "anybody".to_owned(), |name| format!("`{name}`"));
    let why = notes.first().map(|note| format!(": {note}")).unwrap_or_default();
    Failure::new(Class::NotFound, "nothing-to-forget", format!("awsprof keeps no session of {whose}{why}"))
        .hint("`awsprof list` shows every session; `awsprof remove` removes a profile, whoever wrote it")
}
