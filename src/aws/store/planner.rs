//! Which planner works a change out.

use super::objects::{add, copy, edit, forget, import, remove, rename, rotate};
use super::plan::{Ground, Plan};
use super::{StoreError, headings, repair, setup, switch, sync, undo};
use crate::aws::change::Change;
use crate::aws::secret::Secrets;

/// The plan of a change; `secrets` are the values that travel beside it.
pub(super) fn plan(ground: &Ground<'_>, change: &Change, secrets: &Secrets) -> Result<Plan, StoreError> {
    let plan = planned(ground, change, secrets)?;
    let mends = matches!(change, Change::Mend { .. } | Change::Undo { .. } | Change::Redo { .. });
    if !mends {
        headings::check(ground, &plan)?;
    }
    Ok(plan)
}

fn planned(ground: &Ground<'_>, change: &Change, secrets: &Secrets) -> Result<Plan, StoreError> {
    match change {
        Change::Use { profile } => switch::plan(ground, profile),
        Change::UsePrevious => switch::plan_previous(ground),
        Change::UseClear => switch::plan_clear(ground),
        Change::SetupProcess { profile, name } => setup::plan(ground, profile, name),
        Change::Sync { session, grants, rules } => sync::plan(ground, session, grants, rules),
        Change::Undo { id } => undo::plan_undo(ground, *id),
        Change::Redo { id: None } => undo::plan_redo(ground),
        Change::Redo { id: Some(id) } => undo::plan_again(ground, *id),
        Change::Mend { problems } => repair::plan(ground, problems),
        Change::Add { profile, settings, sso_session } => {
            add::plan(ground, profile, settings, sso_session.as_ref(), secrets)
        }
        Change::Edit { section, settings, unset } => edit::plan(ground, section, settings, unset, secrets),
        Change::Rename { section, to } => rename::plan(ground, section, to),
        Change::Copy { section, to } => copy::plan(ground, section, to),
        Change::Remove { section, references, last_keys } => {
            remove::plan(ground, section, references, *last_keys)
        }
        Change::Forget { profile } => forget::plan(ground, profile.as_deref()),
        Change::Rotate { profile, from, to } => rotate::plan(ground, profile, (from, to), secrets),
        Change::Import { profiles } => import::plan(ground, profiles, secrets),
    }
}
