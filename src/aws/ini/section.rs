//! Views of a document: a section and an entry, borrowed from its text.

use std::borrow::Cow;

use super::document::{Document, Value};
use super::keys::KeySet;
use super::nested;
use super::parse::{EntrySpan, SectionSpan};
use super::{SectionId, SectionKind};

/// One section as it stands in the file. A name that stands twice is two sections; readers merge them.
#[derive(Clone, Copy, Debug)]
pub struct Section<'a> {
    pub(super) doc: &'a Document,
    pub(super) span: &'a SectionSpan,
}

impl<'a> Section<'a> {
    #[must_use]
    pub fn id(&self) -> SectionId {
        SectionId { kind: self.span.kind, name: self.name().into_owned() }
    }

    #[must_use]
    pub const fn kind(&self) -> SectionKind {
        self.span.kind
    }

    /// Without its prefix; for [`SectionKind::Other`] all that stands between the brackets.
    #[must_use]
    pub fn name(&self) -> Cow<'a, str> {
        nested::readable(self.span.name.of(self.doc.bytes()))
    }

    /// The name of a profile, an sso-session or a services section: always ASCII. Empty for any other.
    #[must_use]
    pub fn identifier(&self) -> &'a str {
        let name = self.span.name.of(self.doc.bytes());
        if self.span.kind == SectionKind::Other { "" } else { std::str::from_utf8(name).unwrap_or_default() }
    }

    /// Where its header starts, in bytes.
    #[must_use]
    pub const fn start(&self) -> usize {
        self.span.header.start as usize
    }

    /// The line of its header, from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.span.line
    }

    /// Whether its header has a prefix: `[profile default]` has, `[default]` has not.
    #[must_use]
    pub const fn is_prefixed(&self) -> bool {
        self.span.prefixed
    }

    /// `[default]` in a config file that also has `[profile default]`: no SDK reads it.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.doc.is_hidden(self.span)
    }

    /// Whether it may have one of these keys: a no is certain.
    #[must_use]
    pub const fn may_have(&self, keys: KeySet) -> bool {
        self.span.keys.meets(keys)
    }

    /// Whether a key may stand in it more than once: a no is certain.
    #[must_use]
    pub fn may_repeat(&self) -> bool {
        let mut seen = KeySet::default();
        self.doc.entries_of(self.span).iter().any(|entry| {
            let key = KeySet::of(entry.key.of(self.doc.bytes()));
            let twice = seen.meets(key);
            seen = seen.and(key);
            twice
        })
    }

    /// Its entries in file order, duplicates too; keys that no SDK accepts are left out.
    #[must_use]
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry<'a>> + use<'a> {
        let doc = self.doc;
        doc.entries_of(self.span).iter().filter(|e| e.valid).map(move |span| Entry::new(doc, span))
    }
}

/// One `key = value`, with the lines that continue it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    doc: &'a Document,
    span: &'a EntrySpan,
}

impl<'a> Entry<'a> {
    pub(super) const fn new(doc: &'a Document, span: &'a EntrySpan) -> Self {
        Self { doc, span }
    }

    /// Lower-cased.
    #[must_use]
    pub fn key(&self) -> Cow<'a, str> {
        nested::lower(self.span.key.of(self.doc.bytes()))
    }

    /// As the SDKs read it: trimmed, continuation lines joined with `\n`.
    #[must_use]
    pub fn value(&self) -> Value<'a> {
        Value { text: nested::text(self.doc.bytes(), self.span), line: self.span.line }
    }

    /// Whether its value is more than nothing; its text is not looked at.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        !self.span.value.is_empty() || self.span.continued && !self.value().text.is_empty()
    }

    /// The line of its key, from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.span.line
    }

    /// The sub-keys of a nested block (`s3 =` with indented lines below); empty for any other value.
    pub fn nested(&self) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> + use<'a> {
        nested::pairs(self.doc.bytes(), self.span)
    }

    /// The comment behind the value on its line, `#` included. boto3 reads it as part of the value.
    #[must_use]
    pub fn inline_comment(&self) -> Option<Cow<'a, str>> {
        let comment = self.span.comment(self.doc.bytes())?;
        Some(nested::readable(comment.of(self.doc.bytes())))
    }
}
