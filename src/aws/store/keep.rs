//! Long-term keys never vanish: the last copy of an access key is saved before it is overwritten.
//!
//! Every key that stands in a file counts, also one that a later line or section of the same name hides: it may be
//! the only copy there is.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use super::StoreError;
use super::draft::{BOTH, Draft};
use crate::aws::ini::{Document, FileKind, Section, SectionId, is_identifier};
use crate::aws::profile::Estate;
use crate::aws::secret::Secret;

const KEY: &str = "aws_access_key_id";
const SECRET: &str = "aws_secret_access_key";

/// An access key of an IAM user or root (`AKIA…`) with its secret.
type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

/// A long-term key that is nowhere afterwards.
#[derive(Debug)]
pub(super) struct Lost {
    /// Where it stood.
    pub id: SectionId,
    key: String,
    secret: Secret,
    /// It was the one that counted there: the section is saved whole.
    counted: bool,
}

/// Saves what `draft` would lose, under another name. Says what it saved.
pub(super) fn long_term_keys(draft: &mut Draft, before: &Estate) -> Result<Vec<String>, StoreError> {
    let after = BOTH.map(|file| draft.doc(file).clone());
    let mut notes = Vec::new();
    for Lost { id, key, secret, counted } in lost(before, &after) {
        let name = free_name(draft, &format!("{}-original", bare(&id)));
        let kept = SectionId::profile(name.as_str());
        if counted {
            for file in BOTH {
                draft.copy_old(before.document(file), &id, &kept)?;
            }
        } else {
            draft.set(FileKind::Credentials, &kept, KEY, &key)?;
            draft.set(FileKind::Credentials, &kept, SECRET, secret.expose())?;
        }
        notes.push(format!("the long-term keys of [{}] are kept in [{name}]", id.name));
    }
    Ok(notes)
}

/// The long-term keys that are nowhere afterwards, each once.
pub(super) fn lost(before: &Estate, after: &[Document; 2]) -> Vec<Lost> {
    let mut known: HashSet<Pair<'_>> = after.iter().flat_map(pairs).map(|(_, pair, _)| pair).collect();
    let mut lost: Vec<Lost> = Vec::new();
    for (section, (key, secret), counted) in BOTH.iter().flat_map(|&file| pairs(before.document(file))) {
        let id = section.id();
        let saved = lost.iter().any(|other| other.counted && counted && other.id == id);
        if known.insert((key.clone(), secret.clone())) && !saved {
            lost.push(Lost { id, key: key.into_owned(), secret: Secret::new(secret), counted });
        }
    }
    lost
}

/// Every long-term key of a file with its section, and whether it is the one that counts there.
fn pairs(doc: &Document) -> impl Iterator<Item = (Section<'_>, Pair<'_>, bool)> {
    let holding = doc.sections().filter(|section| values(*section, KEY).any(|key| is_long_term(&key)));
    holding.flat_map(move |section| {
        let id = section.id();
        let counting =
            doc.get(&id, KEY).zip(doc.get(&id, SECRET)).map(|(key, secret)| (key.text, secret.text));
        let written = values(section, KEY).zip(values(section, SECRET));
        let pairs: BTreeSet<Pair<'_>> = written.chain(counting.clone()).collect();
        let whole = pairs.into_iter().filter(|(key, secret)| is_long_term(key) && is_secret(secret));
        whole.map(move |pair| {
            let counts = counting.as_ref() == Some(&pair);
            (section, pair, counts)
        })
    })
}

fn values<'a>(section: Section<'a>, key: &'static str) -> impl Iterator<Item = Cow<'a, str>> {
    section.entries().filter(move |entry| entry.key() == key).map(|entry| entry.value().text)
}

/// Lines that continue a value make it none that AWS has ever given.
fn is_secret(text: &str) -> bool {
    !text.is_empty() && !text.contains('\n')
}

fn is_long_term(key: &str) -> bool {
    key.starts_with("AKIA") && !key.contains('\n')
}

/// A name to make another of, also where the header is not one.
fn bare(id: &SectionId) -> &str {
    let name = id.name.split_whitespace().next_back().unwrap_or_default();
    if is_identifier(name.as_bytes()) { name } else { "keys" }
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
