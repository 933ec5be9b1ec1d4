//! `keys rotate`: a new access key wherever the old one stands, copies of the profile included.
//!
//! The old key is not saved under another name, as elsewhere: it is meant to go, still works at AWS while it is
//! replaced here, and the journal has it.

use std::collections::BTreeSet;

use super::super::StoreError;
use super::super::draft::{BOTH, Draft};
use super::super::journal::List;
use super::super::plan::{Ground, Plan};
use super::managed;
use crate::aws::ini::{FileKind, SectionId};
use crate::aws::secret::Secrets;

const ID: &str = "aws_access_key_id";
const SECRET: &str = "aws_secret_access_key";

pub(in crate::aws::store) fn plan(
    ground: &Ground<'_>,
    profile: &str,
    (from, to): (&str, &str),
    secrets: &Secrets,
) -> Result<Plan, StoreError> {
    let secret = secrets.of(profile).find(|(key, _)| *key == SECRET).map(|(_, secret)| secret);
    let secret = secret.ok_or_else(|| StoreError::refused("a new access key comes with its secret", ""))?;
    let mut draft = Draft::of(&ground.estate);
    let mut holders: Vec<String> = Vec::new();
    for id in holding(ground, from) {
        for file in BOTH {
            replace(&mut draft, file, &id, (from, to), secret.expose())?;
        }
        holders.extend((id.name != profile).then(|| id.name.clone()));
    }
    let hint = format!("`awsprof show {profile}` shows what it holds now");
    if draft.texts() == BOTH.map(|file| ground.estate.document(file).bytes().to_vec()) {
        return Err(StoreError::NotFound { what: format!("the access key {from} was not found"), hint });
    }
    let default = managed::in_step(ground, &draft);
    let mut plan = Plan::new("keys", profile, List::User, draft);
    plan.default = default;
    plan.notes =
        holders.iter().map(|name| format!("[{name}] held the same key and has the new one")).collect();
    Ok(plan)
}

/// The sections in either file that hold this key.
fn holding(ground: &Ground<'_>, key: &str) -> BTreeSet<SectionId> {
    let docs = BOTH.map(|file| ground.estate.document(file));
    let holds =
        |id: &SectionId| docs.iter().any(|doc| doc.get(id, ID).is_some_and(|value| value.text == key));
    let all = docs.iter().flat_map(|doc| doc.sections().map(|section| section.id()));
    all.filter(holds).collect()
}

fn replace(
    draft: &mut Draft,
    file: FileKind,
    id: &SectionId,
    (from, to): (&str, &str),
    secret: &str,
) -> Result<(), StoreError> {
    if draft.doc(file).get(id, ID).is_some_and(|value| value.text == from) {
        draft.set(file, id, ID, to)?;
    }
    if draft.doc(file).get(id, SECRET).is_some() {
        draft.set(file, id, SECRET, secret)?;
    }
    Ok(())
}
