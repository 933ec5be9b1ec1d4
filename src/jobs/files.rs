//! The jobs that only touch files: load, preview, write, recover, the journal.

use super::{Context, Failure, cached, forget, production, signed, source, used};
use crate::aws::change::{Change, Written};
use crate::aws::lint;
use crate::aws::overview::{Overview, Problem};
use crate::aws::profile::Estate;
use crate::aws::secret::Secrets;
use crate::aws::store::{self, Preview, Recorded};

/// Reads both files and says what is in them.
#[must_use]
pub fn load(context: &Context) -> Overview {
    let estate = Estate::read(&context.world);
    let mut overview = survey(context, &estate);
    overview.mark(problems(context, &estate));
    overview
}

/// What is in the files, without looking for problems.
#[must_use]
pub fn survey(context: &Context, estate: &Estate) -> Overview {
    let default = store::default_state(estate, &context.store());
    let mut overview = Overview::survey(estate, &default, context.world.now());
    overview.add_roles(cached::sessions(context, estate));
    signed::mark(context, estate, &mut overview);
    source::mark(context, estate, &mut overview);
    production::mark(context, estate, &mut overview);
    used::mark(context, &mut overview.rows);
    overview
}

/// What is wrong with the files: what [`Overview::mark`] takes.
#[must_use]
pub fn problems(context: &Context, estate: &Estate) -> Vec<Problem> {
    let mut problems = lint::lint(estate);
    problems.extend(store::overwritten(estate, &context.store(), context.world.now()));
    problems.extend(store::out_of_step(estate, &context.store()));
    problems
}

/// What a change would do.
///
/// # Errors
/// Whatever would keep it from being written.
pub fn preview(context: &Context, change: &Change) -> Result<Preview, Failure> {
    preview_with(context, change, &Secrets::default())
}

/// Writes a change; one that must be asked about fails with [`Failure::confirm`] unless `confirmed`.
///
/// # Errors
/// Whatever keeps it from being written; nothing is written then.
pub fn write(context: &Context, change: &Change, confirmed: bool) -> Result<Written, Failure> {
    write_with(context, change, &Secrets::default(), confirmed)
}

/// [`preview`] of a change that comes with secret values.
///
/// # Errors
/// As [`preview`].
pub fn preview_with(context: &Context, change: &Change, secrets: &Secrets) -> Result<Preview, Failure> {
    if let Change::Forget { profile } = change {
        return forget::preview(context, profile.as_deref());
    }
    Ok(store::preview_with(&context.world, &context.store(), change, secrets)?)
}

/// [`write()`] of a change that comes with secret values.
///
/// # Errors
/// As [`write()`].
pub fn write_with(
    context: &Context,
    change: &Change,
    secrets: &Secrets,
    confirmed: bool,
) -> Result<Written, Failure> {
    if let Change::Forget { profile } = change {
        return forget::forget(context, profile.as_deref(), confirmed);
    }
    if !confirmed {
        production::guard(context, change)?;
    }
    let written = store::apply_with(&context.world, &context.store(), change, secrets, confirmed)?;
    if let Change::Use { profile } = change {
        used::used(context, profile);
    }
    Ok(written)
}

/// Finishes or rolls back a write that an earlier run was killed in.
///
/// # Errors
/// Files that cannot be locked or written.
pub fn recover(context: &Context) -> Result<(), Failure> {
    store::recover(&context.world, &context.store())?;
    Ok(())
}

/// The journal, newest first.
///
/// # Errors
/// A journal that cannot be read.
pub fn history(context: &Context) -> Result<Vec<Recorded>, Failure> {
    Ok(store::history(&context.world, &context.store())?)
}

/// Erases the journal.
///
/// # Errors
/// A state folder that cannot be written.
pub fn forget_history(context: &Context) -> Result<(), Failure> {
    Ok(store::forget_history(&context.world, &context.store(), None)?)
}
