//! The guard before production: nobody acts there by a slip of the finger.
//!
//! What the patterns are about is for [`crate::aws::production`]; here the default profile is not switched to such a
//! profile before a person has typed its name, on the screen and on the command line alike.

use super::{Class, Confirmation, Context, Failure, files};
use crate::aws::change::Change;
use crate::aws::overview::Overview;
use crate::aws::profile::Estate;
use crate::aws::store;

/// Whether a pattern of the user's is about a profile.
#[must_use]
pub fn is_guarded(context: &Context, profile: &str) -> bool {
    if !context.production.asks() {
        return false;
    }
    let estate = Estate::read(&context.world);
    let default = store::default_state(&estate, &context.store());
    let overview = Overview::survey(&estate, &default, context.world.now());
    context.production.of(&estate, &overview).contains(profile)
}

/// Marks the rows that a pattern is about.
pub(super) fn mark(context: &Context, estate: &Estate, overview: &mut Overview) {
    let names = context.production.of(estate, overview);
    for row in &mut overview.rows {
        row.production |= names.contains(&row.name);
    }
}

/// Has a switch of the default to production asked about.
///
/// # Errors
/// [`Failure::confirm`] with the name to type; whatever would keep it from being written.
pub(super) fn guard(context: &Context, change: &Change) -> Result<(), Failure> {
    if !context.production.asks() || !matches!(change, Change::Use { .. } | Change::UsePrevious) {
        return Ok(());
    }
    let preview = files::preview(context, change)?;
    if preview.changed.is_empty() || !is_guarded(context, &preview.profile) {
        return Ok(());
    }
    let name = preview.profile;
    let why = match preview.confirm {
        Some(why) => format!("`{name}` is PRODUCTION; {why}"),
        None => format!("`{name}` is PRODUCTION"),
    };
    let message = format!("{why}: it must be agreed to");
    let confirm = Confirmation { why, diff: preview.diff, typed: Some(name) };
    let failure = Failure::new(Class::Guard, "production", message)
        .hint("agree on the terminal, or add --yes; guard.production in config.toml says what is production");
    Err(Failure { confirm: Some(Box::new(confirm)), ..failure })
}
