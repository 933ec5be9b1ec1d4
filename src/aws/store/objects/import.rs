//! `import`: profiles found in another tool's file, written as our own.

use super::super::draft::{BOTH, Draft};
use super::super::journal::List;
use super::super::plan::{Ground, Plan};
use super::super::{StoreError, keep};
use super::check;
use super::fill::{self, Values};
use crate::aws::change::Settings;
use crate::aws::ini::{SectionId, is_credential_key};
use crate::aws::secret::Secrets;

pub(in crate::aws::store) fn plan(
    ground: &Ground<'_>,
    profiles: &[(String, Settings)],
    secrets: &Secrets,
) -> Result<Plan, StoreError> {
    let mut draft = Draft::of(&ground.estate);
    let (mut notes, mut confirm) = (Vec::new(), Vec::new());
    for (name, settings) in profiles {
        let id = SectionId::profile(name.as_str());
        let values = Values { settings, secrets };
        let known = ground.estate.profile(name).is_some();
        notes.extend(write(&mut draft, &id, values)?);
        let changed = differs(&draft, ground, &id);
        confirm.extend(match (known, changed) {
            (_, false) => None,
            (false, true) => Some(format!("this adds [{name}]")),
            (true, true) => Some(format!("this REPLACES keys of [{name}], which exists already")),
        });
        confirm.extend(check::owned(ground, &id).filter(|_| changed));
    }
    notes.extend(keep::long_term_keys(&mut draft, &ground.estate)?);
    let names: Vec<&str> = profiles.iter().map(|(name, _)| name.as_str()).collect();
    let mut plan = Plan::new("import", &names.join(", "), List::User, draft);
    (plan.notes, plan.confirm) = (notes, confirm);
    Ok(plan)
}

/// New keys never stand beside an old token or another session's marks.
fn write(draft: &mut Draft, id: &SectionId, values: Values<'_>) -> Result<Vec<String>, StoreError> {
    let keys = values.keys(&id.name);
    let stale = |key: &&str| !keys.contains(key);
    if keys.iter().any(|key| is_credential_key(key)) {
        let old = fill::credential_keys().filter(stale);
        old.for_each(|key| fill::unset(draft, id, key));
    }
    let notes = fill::set(draft, id, values)?;
    check::sound(draft, id, &["aws_access_key_id", "aws_secret_access_key"])?;
    Ok(notes)
}

fn differs(draft: &Draft, ground: &Ground<'_>, id: &SectionId) -> bool {
    BOTH.iter().any(|&file| draft.doc(file).body(id) != ground.estate.document(file).body(id))
}
