//! `copy`: a second section with the same keys, in both files.

use super::super::draft::{BOTH, Draft};
use super::super::journal::List;
use super::super::plan::{Ground, Plan};
use super::super::{StoreError, headings};
use super::check;
use crate::aws::ini::SectionId;

const SOURCE: &str = "source_profile";

pub(in crate::aws::store) fn plan(ground: &Ground<'_>, id: &SectionId, to: &str) -> Result<Plan, StoreError> {
    check::exists(ground, id)?;
    headings::heard(&ground.estate, |named| named == id)?;
    let new = SectionId { name: to.to_owned(), ..id.clone() };
    check::free(ground, &new, "copy")?;
    let mut draft = Draft::of(&ground.estate);
    for file in BOTH {
        draft.copy(file, id, &new)?;
        // A role that rests on its own keys is copied with them.
        if draft.doc(file).get(&new, SOURCE).is_some_and(|value| value.text == id.name) {
            draft.set(file, &new, SOURCE, to)?;
        }
    }
    let mut plan = Plan::new("copy", to, List::User, draft);
    plan.confirm = vec![format!("this copies {} to `{to}`", check::said(id))];
    Ok(plan)
}
