//! `edit`: keys of a section set and removed, each in the file it counts in.

use super::super::draft::{BOTH, Draft};
use super::super::journal::List;
use super::super::plan::{Ground, Plan};
use super::super::{StoreError, keep};
use super::fill::{self, Values};
use super::{check, managed};
use crate::aws::change::Settings;
use crate::aws::ini::{SectionId, is_credential_key};
use crate::aws::secret::Secrets;

pub(in crate::aws::store) fn plan(
    ground: &Ground<'_>,
    id: &SectionId,
    settings: &Settings,
    unset: &[String],
    secrets: &Secrets,
) -> Result<Plan, StoreError> {
    check::exists(ground, id)?;
    let mut draft = Draft::of(&ground.estate);
    for key in unset {
        let stands = BOTH.iter().any(|&file| draft.doc(file).get(id, key).is_some());
        if !stands {
            let hint = format!("`awsprof show {}` shows the keys it has", id.name);
            return Err(StoreError::NotFound {
                what: format!("{key} in {} was not found", check::said(id)),
                hint,
            });
        }
        fill::unset(&mut draft, id, key);
    }
    let values = Values { settings, secrets };
    let mut notes = fill::set(&mut draft, id, values)?;
    let keys: Vec<&str> = values.keys(&id.name).into_iter().chain(unset.iter().map(String::as_str)).collect();
    check::sound(&draft, id, &keys)?;
    let new_key = keys.iter().any(|key| is_credential_key(key));
    let default = managed::follow(ground, &mut draft, id, new_key)?;
    notes.extend(keep::long_term_keys(&mut draft, &ground.estate)?);
    notes.extend(default.as_ref().map(|_| "[default] is a copy of it and was changed with it".to_owned()));
    let changes = BOTH.iter().any(|&file| draft.doc(file).bytes() != ground.estate.document(file).bytes());
    let mut plan = Plan::new("edit", &id.name, List::User, draft);
    plan.default = default;
    plan.notes = notes;
    let why = format!("this changes {}", check::said(id));
    plan.confirm = std::iter::once(why).chain(check::owned(ground, id)).filter(|_| changes).collect();
    Ok(plan)
}
