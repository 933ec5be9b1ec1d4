//! Profiles as objects: made, edited, renamed, copied, removed, imported, always in both files at once.
//!
//! Each planner is a pure function of the ground. Keys and tokens go to credentials, everything else to config
//! ([`fill`]); what names a section follows it or keeps it from going ([`references`]); a managed `[default]` stays
//! a copy of its profile ([`managed`]). All of them are asked about: a person sees the diff first.

mod add;
mod check;
mod copy;
mod edit;
mod fill;
mod import;
mod managed;
mod process_line;
mod references;
mod remove;
mod rename;

use super::StoreError;
use super::plan::{Ground, Plan};
use crate::aws::change::Change;
use crate::aws::secret::Secrets;

/// The plan of a change to a profile; any other change is no business of this room.
pub(super) fn plan(ground: &Ground<'_>, change: &Change, secrets: &Secrets) -> Result<Plan, StoreError> {
    match change {
        Change::Add { profile, settings, sso_session } => {
            add::plan(ground, profile, settings, sso_session.as_ref(), secrets)
        }
        Change::Edit { section, settings, unset } => edit::plan(ground, section, settings, unset, secrets),
        Change::Rename { section, to } => rename::plan(ground, section, to),
        Change::Copy { section, to } => copy::plan(ground, section, to),
        Change::Remove { section, references, last_keys } => {
            remove::plan(ground, section, references, *last_keys)
        }
        Change::Import { profiles } => import::plan(ground, profiles, secrets),
        _ => Err(StoreError::refused("this is no change to a profile", "this is awsprof's own mistake")),
    }
}
