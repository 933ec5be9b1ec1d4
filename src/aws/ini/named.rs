//! What one document says under one name.
//!
//! Nearly every name stands once. Its entries are then looked up in one slice, without the index; only a name that
//! stands more often is asked section by section.

use super::document::{Document, Found};
use super::keys::KeySet;
use super::parse::EntrySpan;
use super::section::{Entry, Section};

/// The sections of one kind and name, found once to look up many keys.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    doc: &'a Document,
    found: Found,
    /// What they may have.
    keys: KeySet,
    /// The entries, where there is one section only.
    only: Option<&'a [EntrySpan]>,
}

impl<'a> Named<'a> {
    pub(super) const fn new(
        doc: &'a Document,
        found: Found,
        keys: KeySet,
        only: Option<&'a [EntrySpan]>,
    ) -> Self {
        Self { doc, found, keys, only }
    }

    /// Which keys they may have.
    pub(crate) const fn keys(&self) -> KeySet {
        self.keys
    }

    /// Whether they may have one of these keys: a no is certain.
    pub(crate) const fn may_have(&self, keys: KeySet) -> bool {
        self.keys.meets(keys)
    }

    /// The entry that counts for `key`: the last one in the last section that has it.
    /// `set` is the set of that key alone: whoever asks two documents makes it once.
    pub(crate) fn entry(&self, key: &str, set: KeySet) -> Option<Entry<'a>> {
        if !self.may_have(set) {
            return None;
        }
        let span = match self.only {
            Some(entries) => entries.iter().rfind(|entry| entry.is(key, self.doc.bytes())),
            None => self.doc.effective(Some(self.found), key),
        };
        span.map(|span| Entry::new(self.doc, span))
    }

    /// The sections that count, in file order.
    pub(crate) fn sections(&self) -> impl Iterator<Item = Section<'a>> + use<'a> {
        self.doc.sections_in(Some(self.found))
    }
}
