//! The file as the SDKs' grammar understands it, kept whole.
//!
//! A document is its bytes and a list of spans over them; no text is copied until somebody asks for a value.
//! Names are found through an index that is made on first use.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use secrecy::ExposeSecret as _;

use super::index::Index;
use super::keys::KeySet;
use super::lex::{Span, offset};
use super::named::Named;
use super::parse::{EntrySpan, Parts, SectionSpan, parse};
use super::problem::Problem;
use super::section::{Entry, Section};
use super::{FileKind, SectionId, SectionKind, Text, nested, text};

/// One of the two AWS files. `Debug` shows no text: it may hold secrets.
#[derive(Clone)]
pub struct Document {
    kind: FileKind,
    bytes: Text,
    parts: Parts,
    hides_default: bool,
    index: OnceLock<Index>,
}

/// The first section of a name in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found(u32);

/// A value and where its key stands. `Debug` hides the text: it may be a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Value<'a> {
    pub text: Cow<'a, str>,
    /// From 1.
    pub line: u32,
}

impl Document {
    /// Reads any bytes at all.
    #[must_use]
    pub fn parse(kind: FileKind, bytes: Vec<u8>) -> Self {
        Self::of(kind, text(bytes))
    }

    /// The same of a text that others hold too.
    #[must_use]
    pub fn of(kind: FileKind, bytes: Text) -> Self {
        let text = bytes.expose_secret();
        let parts = parse(kind, text);
        let is_prefixed_default = |s: &SectionSpan| s.prefixed && is_default(s, text);
        let hides_default = kind == FileKind::Config && parts.sections.iter().any(is_prefixed_default);
        Self { kind, bytes, parts, hides_default, index: OnceLock::new() }
    }

    /// The same with its names looked through already, which the first look-up does else.
    pub(crate) fn indexed(self) -> Self {
        self.index();
        self
    }

    /// Which file it is.
    #[must_use]
    pub const fn kind(&self) -> FileKind {
        self.kind
    }

    /// The text: as it was parsed, byte for byte, until it is edited.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.expose_secret()
    }

    /// The same, to be held for longer.
    #[must_use]
    pub fn text(&self) -> Text {
        Arc::clone(&self.bytes)
    }

    /// All sections in file order, those no SDK reads too.
    pub fn sections(&self) -> impl DoubleEndedIterator<Item = Section<'_>> + Clone {
        self.parts.sections.iter().map(|span| Section { doc: self, span })
    }

    /// The sections of that name that count, in file order: a later one's keys win.
    pub fn sections_of(&self, id: &SectionId) -> impl Iterator<Item = Section<'_>> {
        self.sections_in(self.find(id))
    }

    /// The effective value: duplicate sections merged, the last key wins, case of the key ignored.
    #[must_use]
    pub fn get(&self, id: &SectionId, key: &str) -> Option<Value<'_>> {
        self.effective(self.find(id), key).map(|span| Entry::new(self, span).value())
    }

    /// Whether a section of that name counts.
    #[must_use]
    pub fn contains(&self, id: &SectionId) -> bool {
        self.visible(id).next().is_some()
    }

    /// What is wrong with the text, in the order of its lines.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.parts.problems
    }

    /// The first problem for which the SDKs' own parser refuses the whole file.
    #[must_use]
    pub fn sdk_error(&self) -> Option<&Problem> {
        self.parts.problems.iter().find(|problem| problem.fault.sdk_error().is_some())
    }

    /// The sub-keys of a nested block (`s3 =` with indented lines below).
    pub fn nested(&self, id: &SectionId, key: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        let entry = self.effective(self.find(id), key);
        entry.into_iter().flat_map(|entry| nested::pairs(self.bytes(), entry))
    }
}

impl Document {
    /// Reads `bytes` in place of the text.
    pub(super) fn replace(&mut self, bytes: Vec<u8>) {
        *self = Self::parse(self.kind, bytes);
    }

    pub(super) const fn parts(&self) -> &Parts {
        &self.parts
    }

    pub(super) fn entries_of(&self, section: &SectionSpan) -> &[EntrySpan] {
        let range = section.first_entry as usize..section.last_entry as usize;
        self.parts.entries.get(range).unwrap_or_default()
    }

    pub(super) fn is_hidden(&self, section: &SectionSpan) -> bool {
        self.hides_default && !section.prefixed && is_default(section, self.bytes())
    }

    /// Where the sections of that name start, to look up several keys.
    pub(crate) fn find(&self, id: &SectionId) -> Option<Found> {
        self.find_named(id.kind, id.name.as_bytes())
    }

    /// The same by kind and name.
    pub(crate) fn find_named(&self, kind: SectionKind, name: &[u8]) -> Option<Found> {
        self.index().first(&self.parts.sections, self.bytes(), (kind, name)).map(Found)
    }

    /// The name of sections found before.
    pub(crate) fn name_of(&self, Found(first): Found) -> &str {
        self.parts.sections.get(first as usize).map_or("", |span| Section { doc: self, span }.identifier())
    }

    /// The same as it stands there.
    pub(crate) fn spelled(&self, Found(first): Found) -> &[u8] {
        self.parts.sections.get(first as usize).map_or(&[], |span| span.name.of(self.bytes()))
    }

    /// Every profile once, in file order.
    pub(crate) fn profiles(&self) -> impl Iterator<Item = Found> {
        let firsts = (0..).zip(self.firsts()).filter(|(_, first)| *first);
        let profiles =
            firsts.filter(|(at, _)| self.parts.sections[*at as usize].kind == SectionKind::Profile);
        profiles.map(|(at, _)| Found(at))
    }

    /// The sections found before, to look up many keys.
    pub(crate) fn named(&self, found: Found) -> Named<'_> {
        let mut sections = self.visible_in(Some(found)).map(|at| &self.parts.sections[at]);
        let (first, second) = (sections.next(), sections.next());
        let only = first.filter(|_| second.is_none()).map(|section| self.entries_of(section));
        let all = first.into_iter().chain(second).chain(sections);
        let keys = all.fold(KeySet::default(), |keys, section| keys.and(section.keys));
        Named::new(self, found, keys, only)
    }

    /// All sections of that section's kind and name in file order, those that do not count too.
    pub(crate) fn namesakes(&self, section: Section<'_>) -> impl Iterator<Item = Section<'_>> {
        let numbers = self.numbers(section.span.kind, section.span.name.of(self.bytes()));
        numbers.map(|at| Section { doc: self, span: &self.parts.sections[at] })
    }

    /// [`Document::sections_of`] for sections found before.
    pub(crate) fn sections_in(&self, found: Option<Found>) -> impl Iterator<Item = Section<'_>> {
        self.visible_in(found).map(|at| Section { doc: self, span: &self.parts.sections[at] })
    }

    /// The numbers of all sections of that kind and name in file order, those that do not count too.
    pub(super) fn numbers(&self, kind: SectionKind, name: &[u8]) -> impl Iterator<Item = usize> {
        self.index().chain(self.index().first(&self.parts.sections, self.bytes(), (kind, name)))
    }

    /// For each section in file order: whether it is the first of its kind and name.
    pub(crate) fn firsts(&self) -> Vec<bool> {
        self.index().firsts()
    }

    /// Every kind and name once, in file order, however often it stands there.
    pub(crate) fn ids(&self) -> impl Iterator<Item = SectionId> {
        self.sections().zip(self.firsts()).filter(|(_, is_first)| *is_first).map(|(section, _)| section.id())
    }

    /// Indices of the sections of that name that count, in file order.
    pub(super) fn visible(&self, id: &SectionId) -> impl Iterator<Item = usize> {
        self.visible_in(self.find(id))
    }

    /// The entry that counts for `key`: the last one in the last section that has it.
    pub(super) fn effective(&self, found: Option<Found>, key: &str) -> Option<&EntrySpan> {
        let wanted = KeySet::of(key.as_bytes());
        let sections = self.visible_in(found).map(|at| &self.parts.sections[at]);
        let in_section = |section| self.entries_of(section).iter().rfind(|entry| entry.is(key, self.bytes()));
        sections.filter(|section| section.keys.meets(wanted)).filter_map(in_section).last()
    }

    fn visible_in(&self, found: Option<Found>) -> impl Iterator<Item = usize> {
        let all = self.index().chain(found.map(|Found(first)| first));
        all.filter(|at| !self.is_hidden(&self.parts.sections[*at]))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.parts.sections, self.bytes()))
    }
}

impl EntrySpan {
    /// Whether this is a valid `key`, case ignored.
    pub(super) fn is(&self, key: &str, bytes: &[u8]) -> bool {
        let length = (self.key.end - self.key.start) as usize;
        self.valid && length == key.len() && self.key.of(bytes).eq_ignore_ascii_case(key.as_bytes())
    }

    /// How far its key is indented. A carriage return in front of it is no indentation, as for the lexer.
    pub(super) fn indent(&self, bytes: &[u8]) -> usize {
        nested::blanks(self.indent_text(bytes))
    }

    /// The blanks and tabs in front of its key.
    pub(super) fn indent_text<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        Span { start: self.start, end: self.key.start }.of(bytes)
    }

    /// Behind its `=`.
    pub(super) fn after_delimiter(&self, bytes: &[u8]) -> u32 {
        self.key.end + offset(nested::blanks(&bytes[self.key.end as usize..])) + 1
    }

    /// Where its first line ends, without the line break.
    pub(super) fn first_end(&self, bytes: &[u8]) -> u32 {
        let rest = Span { start: self.value.end, end: self.text_end };
        let end = memchr::memchr(b'\n', rest.of(bytes)).map_or(rest.end, |at| rest.start + offset(at));
        Span { start: rest.start, end }.without_cr(bytes).end
    }

    /// The inline comment of its first line, from `#` to the end of the line.
    pub(super) fn comment(&self, bytes: &[u8]) -> Option<Span> {
        if self.value.end == self.text_end {
            return None;
        }
        let comment = Span { start: self.value.end, end: self.first_end(bytes) }.trimmed(bytes);
        (!comment.is_empty()).then_some(comment)
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sections: Vec<SectionId> = self.sections().map(|section| section.id()).collect();
        f.debug_struct("Document")
            .field("kind", &self.kind)
            .field("sections", &sections)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "**** (line {})", self.line)
    }
}

fn is_default(section: &SectionSpan, bytes: &[u8]) -> bool {
    section.kind == SectionKind::Profile && section.name.of(bytes) == b"default"
}
