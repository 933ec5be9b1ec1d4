//! Long-term keys never vanish: the last copy of an access key is saved before it is overwritten.

use std::collections::BTreeSet;

use super::StoreError;
use super::draft::{BOTH, Draft};
use crate::aws::ini::{Document, FileKind, SectionId, SectionKind};
use crate::aws::profile::Estate;

/// Saves what `draft` would lose, under another name. Says what it saved.
pub(super) fn long_term_keys(draft: &mut Draft, before: &Estate) -> Result<Vec<String>, StoreError> {
    let after = BOTH.map(|file| draft.doc(file).clone());
    let mut notes = Vec::new();
    for id in lost(draft.touched(), before, &after) {
        let name = free_name(draft, &format!("{}-original", id.name));
        for file in BOTH {
            draft.copy_old(before.document(file), &id, &SectionId::profile(name.as_str()))?;
        }
        notes.push(format!("the long-term keys of [{}] are kept in [{name}]", id.name));
    }
    Ok(notes)
}

/// Which of these profiles hold a long-term key that is nowhere afterwards.
pub(super) fn lost(ids: Vec<SectionId>, before: &Estate, after: &[Document; 2]) -> BTreeSet<SectionId> {
    let is_lost = |id: &SectionId| {
        let keys = BOTH.map(|file| long_term_key(before.document(file), id));
        keys.iter().flatten().any(|key| !after.iter().any(|doc| holds(doc, key)))
    };
    ids.into_iter().filter(is_lost).collect()
}

/// The first of `NAME`, `NAME-2`, `NAME-3` … that neither file has.
pub(super) fn free_name(draft: &Draft, name: &str) -> String {
    let taken = |name: &str| BOTH.iter().any(|&file| draft.doc(file).contains(&SectionId::profile(name)));
    let mut free = name.to_owned();
    let mut count = 1;
    while taken(&free) {
        count += 1;
        free = format!("{name}-{count}");
    }
    free
}

/// The access key id and secret of an IAM user or root (`AKIA…`) in one section of one file.
fn long_term_key(doc: &Document, id: &SectionId) -> Option<(String, String)> {
    let text = |key| doc.get(id, key).map(|value| value.text.into_owned());
    let key = text("aws_access_key_id").filter(|key| key.starts_with("AKIA"))?;
    let token =
        doc.kind() == FileKind::Credentials && text("aws_session_token").is_some_and(|t| !t.is_empty());
    text("aws_secret_access_key").filter(|secret| !secret.is_empty() && !token).map(|secret| (key, secret))
}

fn holds(doc: &Document, key: &(String, String)) -> bool {
    let mut profiles = doc.sections().filter(|section| section.kind() == SectionKind::Profile);
    profiles.any(|section| long_term_key(doc, &section.id()).as_ref() == Some(key))
}
