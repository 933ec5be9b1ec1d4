//! An edit of both files being worked out: the two documents, and beside them what they are meant to say.
//!
//! The meaning is kept apart from the text so that the text can be checked against it afterwards by readers
//! that know nothing of how it was made ([`super::verify`]).

use std::collections::BTreeMap;

use super::{StoreError, verify};
use crate::aws::ini::{Document, FileKind, RawEntry, SectionId};
use crate::aws::profile::Estate;
use crate::aws::secret::Secret;

/// What one section must read as afterwards.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    /// These keys have these values or are gone; the others are as they were.
    Keys(BTreeMap<String, Option<Secret>>),
    /// Exactly these keys.
    Whole(BTreeMap<String, Secret>),
    /// Exactly these keys, on the very lines that stood below another header.
    Moved { from: SectionId, keys: BTreeMap<String, Secret> },
    /// Taken back or put forward as raw text: only readable.
    Restored,
}

/// What the sections of one file are meant to say; those not in it must not change.
pub(super) type Meant = BTreeMap<SectionId, Wanted>;

/// Both files, being edited.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    docs: [Document; 2],
    meant: [Meant; 2],
}

pub(super) const BOTH: [FileKind; 2] = [FileKind::Config, FileKind::Credentials];

pub(super) const fn index(file: FileKind) -> usize {
    match file {
        FileKind::Config => 0,
        FileKind::Credentials => 1,
    }
}

impl Draft {
    pub(super) fn of(estate: &Estate) -> Self {
        Self {
            docs: [estate.config().clone(), estate.credentials().clone()],
            meant: [Meant::new(), Meant::new()],
        }
    }

    pub(super) const fn doc(&self, file: FileKind) -> &Document {
        &self.docs[index(file)]
    }

    /// What it has come to so far.
    pub(super) fn texts(&self) -> [Vec<u8>; 2] {
        self.docs.each_ref().map(|doc| doc.bytes().to_vec())
    }

    /// What the files would say.
    pub(super) fn estate(&self, before: &Estate) -> Estate {
        let [config, credentials] = self.texts();
        Estate::from_texts(before.files().clone(), config, credentials)
    }

    /// Whether both readers find what was meant in what it has come to.
    pub(super) fn is_sound(&self, before: &Estate) -> bool {
        BOTH.into_iter().all(|file| {
            let meant = &self.meant[index(file)];
            verify::verify(before.path(file), before.document(file), self.doc(file), meant).is_ok()
        })
    }

    /// The new texts and what they mean.
    pub(super) fn finish(self) -> ([Vec<u8>; 2], [Meant; 2]) {
        (self.docs.map(|doc| doc.bytes().to_vec()), self.meant)
    }

    /// Sets one key.
    pub(super) fn set(
        &mut self,
        file: FileKind,
        id: &SectionId,
        key: &str,
        value: &str,
    ) -> Result<(), StoreError> {
        self.docs[index(file)].set(id, key, value)?;
        self.want(file, id, key, Some(Secret::new(value)));
        Ok(())
    }

    /// Removes one key.
    pub(super) fn unset(&mut self, file: FileKind, id: &SectionId, key: &str) {
        if self.docs[index(file)].unset(id, key) {
            self.want(file, id, key, None);
        }
    }

    /// Makes `to` hold exactly what `from` holds in that file; without a `from`, `to` loses its keys.
    pub(super) fn copy(
        &mut self,
        file: FileKind,
        from: &SectionId,
        to: &SectionId,
    ) -> Result<(), StoreError> {
        let doc = self.doc(file);
        let (body, meant) = (doc.body(from), values(doc, from));
        self.fill(file, to, &body, meant)
    }

    /// [`Draft::copy`] from the file as it was before this draft.
    pub(super) fn copy_old(
        &mut self,
        old: &Document,
        from: &SectionId,
        to: &SectionId,
    ) -> Result<(), StoreError> {
        self.fill(old.kind(), to, &old.body(from), values(old, from))
    }

    fn fill(
        &mut self,
        file: FileKind,
        to: &SectionId,
        body: &[RawEntry],
        meant: BTreeMap<String, Secret>,
    ) -> Result<(), StoreError> {
        let doc = &mut self.docs[index(file)];
        if body.is_empty() && !doc.contains(to) {
            return Ok(());
        }
        doc.set_body(to, body)?;
        self.meant[index(file)].insert(to.clone(), Wanted::Whole(meant));
        Ok(())
    }

    /// Gives a section another name where it stands.
    pub(super) fn rename(
        &mut self,
        file: FileKind,
        id: &SectionId,
        to: &SectionId,
    ) -> Result<(), StoreError> {
        let meant = values(self.doc(file), id);
        if self.docs[index(file)].rename_section(id, &to.name)? {
            self.meant[index(file)].insert(id.clone(), Wanted::Whole(BTreeMap::new()));
            self.meant[index(file)].insert(to.clone(), Wanted::Moved { from: id.clone(), keys: meant });
        }
        Ok(())
    }

    /// Removes a section.
    pub(super) fn remove(&mut self, file: FileKind, id: &SectionId) {
        if self.docs[index(file)].remove_section(id) {
            self.meant[index(file)].insert(id.clone(), Wanted::Whole(BTreeMap::new()));
        }
    }

    /// Puts another text in the place of a file's. It says something else only in these sections: exactly these keys.
    pub(super) fn put(
        &mut self,
        file: FileKind,
        text: Vec<u8>,
        meant: impl IntoIterator<Item = (SectionId, Vec<(String, String)>)>,
    ) {
        self.docs[index(file)] = Document::parse(file, text);
        for (id, settings) in meant {
            let keys = settings.into_iter().map(|(key, value)| (key, Secret::new(value))).collect();
            self.meant[index(file)].insert(id, Wanted::Whole(keys));
        }
    }

    /// Changes how a file is written, not what it says.
    pub(super) fn rewrite(&mut self, file: FileKind, edit: impl FnOnce(&mut Document)) {
        edit(&mut self.docs[index(file)]);
    }

    /// Gives a section another header.
    pub(super) fn retitle(&mut self, file: FileKind, id: &SectionId, to: &SectionId) {
        let keys = values(self.doc(file), id);
        self.docs[index(file)].retitle(id, to);
        self.meant[index(file)].insert(id.clone(), Wanted::Whole(BTreeMap::new()));
        self.meant[index(file)].insert(to.clone(), Wanted::Moved { from: id.clone(), keys });
    }

    /// Writes a section's header as it should be.
    pub(super) fn straighten(&mut self, file: FileKind, id: &SectionId, header: &str) {
        let doc = &mut self.docs[index(file)];
        let named = doc.sections().find(|section| section.header() == header);
        let Some(straight) = named.and_then(|section| section.straight()) else { return };
        let moved = values(doc, id);
        doc.straighten(header);
        self.meant[index(file)].insert(id.clone(), Wanted::Whole(BTreeMap::new()));
        self.meant[index(file)].insert(straight.id, Wanted::Whole(moved));
    }

    /// Gives a key another name.
    pub(super) fn rename_key(&mut self, file: FileKind, id: &SectionId, from: &str, to: &str) {
        let value = self.doc(file).get(id, from).map(|value| Secret::new(value.text));
        self.docs[index(file)].rename_key(id, from, to);
        self.want(file, id, from, None);
        self.want(file, id, to, value);
    }

    /// Writes `=` for the `:` behind a key.
    pub(super) fn equate(&mut self, file: FileKind, id: &SectionId, key: &str) {
        if self.docs[index(file)].equate(id, key) {
            let value = self.doc(file).get(id, key).map(|value| Secret::new(value.text));
            self.want(file, id, key, value);
        }
    }

    fn want(&mut self, file: FileKind, id: &SectionId, key: &str, value: Option<Secret>) {
        let none = Wanted::Keys(BTreeMap::new());
        match (self.meant[index(file)].entry(id.clone()).or_insert(none), value) {
            (Wanted::Keys(keys), value) => drop(keys.insert(key.to_owned(), value)),
            (Wanted::Whole(keys) | Wanted::Moved { keys, .. }, Some(value)) => {
                drop(keys.insert(key.to_owned(), value));
            }
            (Wanted::Whole(keys) | Wanted::Moved { keys, .. }, None) => drop(keys.remove(key)),
            (Wanted::Restored, _) => {}
        }
    }
}

/// The effective keys of a section, as the SDKs read them.
pub(super) fn values(doc: &Document, id: &SectionId) -> BTreeMap<String, Secret> {
    let entries = doc.sections_of(id).flat_map(|section| section.entries());
    entries.map(|entry| (entry.key().into_owned(), Secret::new(entry.value().text))).collect()
}
