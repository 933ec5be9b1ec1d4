//! `remove`: a section goes from both files; what names it is not left behind by accident, and the last copy of
//! long-term keys goes only when a person has typed the profile's name.

use super::super::draft::{BOTH, Draft};
use super::super::journal::List;
use super::super::plan::{Ground, Plan};
use super::super::{StoreError, keep};
use super::references::{self, Reference};
use super::{check, managed};
use crate::aws::change::{LastKeys, References};
use crate::aws::ini::{SectionId, SectionKind};
use crate::aws::session;

pub(in crate::aws::store) fn plan(
    ground: &Ground<'_>,
    id: &SectionId,
    references: &References,
    last_keys: LastKeys,
) -> Result<Plan, StoreError> {
    check::exists(ground, id)?;
    let mut draft = Draft::of(&ground.estate);
    for file in BOTH {
        draft.remove(file, id);
    }
    let mut notes = settle(ground, &mut draft, id, references)?;
    let mut confirm = vec![format!("this removes {}", check::said(id))];
    let mut typed = None;
    if is_last_copy(ground, &draft, id) {
        match last_keys {
            LastKeys::Keep => notes.extend(keep::long_term_keys(&mut draft, &ground.estate)?),
            LastKeys::Delete => {
                confirm.push("with it goes the last copy of its long-term keys".to_owned());
                typed = Some(id.name.clone());
            }
        }
    }
    confirm.extend(check::owned(ground, id));
    notes.extend(orphan(ground, id));
    let default = managed::parted(ground, &draft, id);
    let mut plan = Plan::new("remove", &id.name, List::User, draft);
    plan.default = default;
    (plan.notes, plan.confirm, plan.typed) = (notes, confirm, typed);
    Ok(plan)
}

fn is_last_copy(ground: &Ground<'_>, draft: &Draft, id: &SectionId) -> bool {
    let after = BOTH.map(|file| draft.doc(file).clone());
    id.kind == SectionKind::Profile && !keep::lost(&ground.estate, &after).is_empty()
}

/// Does with what names the section as it was told.
fn settle(
    ground: &Ground<'_>,
    draft: &mut Draft,
    id: &SectionId,
    references: &References,
) -> Result<Vec<String>, StoreError> {
    // Their lines are those of the files as they are.
    let mut found = references::to(&Draft::of(&ground.estate), id);
    found.retain(|reference| reference.holder != *id);
    let parting = managed::parting(ground, id);
    match (references, parting) {
        (References::Leave, parting) => Ok(left(&found, id, parting)),
        (_, Some(why)) => Err(StoreError::StillNamed {
            what: format!("{} cannot go: {why}", check::said(id)),
            hint: "`awsprof use --clear` or `awsprof use OTHER` first, or --leave-references to part them"
                .to_owned(),
        }),
        (_, None) if let Some(path) = check::in_settings(ground, id) => Err(StoreError::StillNamed {
            what: format!("awsprof's settings name `{}` ({path})", id.name),
            hint: "change session.profiles there first, or --leave-references to leave it naming nothing"
                .to_owned(),
        }),
        (References::Refuse, None) if found.is_empty() => Ok(Vec::new()),
        (References::Refuse, None) => Err(references::refusal(id, &found)),
        (References::Retarget(to), None) => {
            let other = SectionId { name: to.clone(), ..id.clone() };
            if other == *id {
                return Err(StoreError::refused("it cannot be retargeted to itself", "name another one"));
            }
            check::exists(ground, &other)?;
            references::follow(draft, id, to)
        }
    }
}

fn left(found: &[Reference], id: &SectionId, parting: Option<&str>) -> Vec<String> {
    let dangling = found.iter().map(|reference| {
        format!("{} of [{}] still names `{}`, which is gone", reference.key, reference.holder.name, id.name)
    });
    dangling.chain(parting.map(|_| "[default] is nobody's copy any more".to_owned())).collect()
}

/// The session that the profile's keys had made.
fn orphan(ground: &Ground<'_>, id: &SectionId) -> Option<String> {
    let name = session::session_profile_of(&ground.estate, &id.name, None);
    let name = name.filter(|name| id.kind == SectionKind::Profile && *name != id.name)?;
    ground.estate.profile(&name)?;
    Some(format!("its session profile [{name}] is still there: `awsprof remove {name}`"))
}
