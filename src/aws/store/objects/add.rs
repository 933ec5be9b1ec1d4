//! `add`: a profile that is not there yet, and the `[sso-session]` it signs in through.

use super::super::StoreError;
use super::super::draft::Draft;
use super::super::journal::List;
use super::super::plan::{Ground, Plan};
use super::check;
use super::fill::{self, Values};
use crate::aws::change::Settings;
use crate::aws::ini::{FileKind, SectionId};
use crate::aws::secret::Secrets;

pub(in crate::aws::store) fn plan(
    ground: &Ground<'_>,
    profile: &str,
    settings: &Settings,
    sso_session: Option<&(String, Settings)>,
    secrets: &Secrets,
) -> Result<Plan, StoreError> {
    let id = SectionId::profile(profile);
    check::free(ground, &id, "add")?;
    let values = Values { settings, secrets };
    let keys = values.keys(profile);
    if keys.is_empty() {
        let hint = "give it a key with --set KEY=VALUE, or run it on a terminal to be asked";
        return Err(StoreError::refused("a profile without any key cannot be written", hint));
    }
    let mut draft = Draft::of(&ground.estate);
    if let Some((name, settings)) = sso_session {
        sign_in(&mut draft, name, settings)?;
    }
    let notes = fill::set(&mut draft, &id, values)?;
    check::sound(&draft, &id, &keys)?;
    let mut plan = Plan::new("add", profile, List::User, draft);
    plan.notes = notes;
    plan.confirm = vec![format!("this adds the profile [{profile}]")];
    Ok(plan)
}

/// Makes the sign-in; one of that name that says something else is not overwritten.
fn sign_in(draft: &mut Draft, name: &str, settings: &Settings) -> Result<(), StoreError> {
    let id = SectionId::sso_session(name);
    let exists = draft.doc(FileKind::Config).contains(&id);
    for (key, value) in settings {
        let now = draft.doc(FileKind::Config).get(&id, key).map(|v| v.text.into_owned());
        if exists && now.as_deref() != Some(value) {
            let hint =
                "choose another name for the sso-session, or leave its settings out to use it as it is";
            return Err(StoreError::refused(format!("[sso-session {name}] exists with another {key}"), hint));
        }
    }
    let none = Secrets::default();
    fill::set(draft, &id, Values { settings, secrets: &none }).map(drop)
}
