//! Edits: each changes only its own span.
//!
//! An edit is worked out as a few splices against the text as it stands, applied at once, and the result is
//! read afresh, so spans never go stale. `place` decides where something new goes and how it is spaced.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use super::document::Document;
use super::lex::{Span, offset};
use super::nested::lower;
use super::replace::{raw_value, replacement};
use super::{FileKind, SectionId, SectionKind, place};

/// A key with its value as it stands in the text, nested lines included, to copy a section.
/// `Debug` shows the key only: the value may be a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct RawEntry {
    /// Lower-cased.
    pub key: String,
    /// From the first byte of the value to the end of its last line; without an inline comment.
    pub raw: Vec<u8>,
}

impl RawEntry {
    /// A plain value.
    #[must_use]
    pub fn new(key: &str, value: &str) -> Self {
        Self { key: key.to_ascii_lowercase(), raw: value.as_bytes().to_vec() }
    }
}

impl fmt::Debug for RawEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = ****", self.key)
    }
}

/// Why a text cannot say what it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("the value for `{key}` has a line break or another control character")]
    ControlCharacter { key: String },
    #[error("the value for `{key}` would not be read back as it is: no SDK has quotes")]
    Unwritable { key: String },
    #[error("`{0}` cannot be a key")]
    InvalidKey(String),
    #[error("`{0}` cannot be the name of a section")]
    InvalidName(String),
}

impl EditError {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let allowed = "letters, digits and _ - / . % @ : + are allowed";
        match self {
            Self::ControlCharacter { .. } => None,
            Self::Unwritable { .. } => Some(
                "leave out blanks at both ends, and a `#` or `;` at the start or behind a blank".to_owned(),
            ),
            Self::InvalidKey(_) | Self::InvalidName(_) => Some(allowed.to_owned()),
        }
    }
}

/// A piece of text in place of another.
pub(super) struct Splice {
    pub at: Span,
    pub text: Vec<u8>,
}

impl Splice {
    pub(super) const fn insert(at: u32, text: Vec<u8>) -> Self {
        Self { at: Span { start: at, end: at }, text }
    }

    pub(super) const fn delete(at: Span) -> Self {
        Self { at, text: Vec::new() }
    }
}

impl Document {
    /// Sets one key. Where it exists, the effective (last) one changes and only its value; an inline comment
    /// on a credential line moves to a line of its own above. A new key goes behind the section's last one, a
    /// new section behind the profile's relatives, both in the file's own style.
    ///
    /// # Errors
    /// [`EditError`] if the name, the key or the value cannot be written so that it reads back the same.
    pub fn set(&mut self, id: &SectionId, key: &str, value: &str) -> Result<(), EditError> {
        check_value(key, value)?;
        self.put(id, key, value.as_bytes(), None)
    }

    /// Removes a key, all its duplicates too. False if it was not there.
    pub fn unset(&mut self, id: &SectionId, key: &str) -> bool {
        let sections = self.visible(id).map(|at| &self.parts().sections[at]);
        let entries = sections.flat_map(|section| self.entries_of(section));
        let found = entries.filter(|entry| entry.is(key, self.bytes()));
        let splices = found.map(|e| Splice::delete(Span { start: e.start, end: e.end })).collect();
        self.apply(splices)
    }

    /// Removes a section, all of that name. Comments above it stay. False if it was not there.
    pub fn remove_section(&mut self, id: &SectionId) -> bool {
        let splices = place::whole_sections(self, id).into_iter().map(Splice::delete).collect();
        self.apply(splices)
    }

    /// Gives a section, all of that name, another name: keys, comments and place stay. False if it was not there.
    ///
    /// # Errors
    /// [`EditError::InvalidName`] if `to` cannot be a name.
    pub fn rename_section(&mut self, id: &SectionId, to: &str) -> Result<bool, EditError> {
        let bytes = self.bytes();
        let bare = self.kind() == FileKind::Config && id.kind == SectionKind::Profile;
        let named = self
            .parts()
            .sections
            .iter()
            .filter(|section| section.kind == id.kind && section.name.of(bytes) == id.name.as_bytes());
        let splices: Vec<Splice> = named
            .map(|section| {
                let prefix = if bare && !section.prefixed { "profile " } else { "" };
                Splice { at: section.name, text: [prefix.as_bytes(), to.as_bytes()].concat() }
            })
            .collect();
        if !splices.is_empty() {
            check_name(self.kind(), &SectionId { name: to.to_owned(), ..id.clone() })?;
        }
        Ok(self.apply(splices))
    }

    /// The effective keys of a section with their raw values, in file order.
    #[must_use]
    pub fn body(&self, id: &SectionId) -> Vec<RawEntry> {
        let sections: Vec<_> = self.visible(id).map(|at| &self.parts().sections[at]).collect();
        let entries = sections.into_iter().flat_map(|section| self.entries_of(section));
        let mut places: HashMap<Cow<'_, str>, usize> = HashMap::new();
        let mut body: Vec<RawEntry> = Vec::new();
        for entry in entries.filter(|entry| entry.valid) {
            let key = lower(entry.key.of(self.bytes()));
            let place = *places.entry(key.clone()).or_insert(body.len());
            let raw = raw_value(self.bytes(), entry).into_owned();
            match body.get_mut(place) {
                Some(known) => known.raw = raw,
                None => body.push(RawEntry { key: key.into_owned(), raw }),
            }
        }
        body
    }

    /// Makes a section hold exactly these keys: those it has change in place, missing ones are added, others
    /// go; comments stay. Without keys a missing section stays missing.
    ///
    /// # Errors
    /// As [`Document::set`]; then nothing has changed.
    pub fn set_body(&mut self, id: &SectionId, entries: &[RawEntry]) -> Result<(), EditError> {
        entries.iter().try_for_each(check_raw)?;
        let surplus = self.body(id).into_iter().filter(|old| entries.iter().all(|new| new.key != old.key));
        let surplus: Vec<RawEntry> = surplus.collect();
        let source =
            entries.iter().find(|entry| entry.key == "source_profile").map(|entry| entry.raw.as_slice());
        entries.iter().try_for_each(|entry| self.put(id, &entry.key, &entry.raw, source))?;
        for entry in surplus {
            self.unset(id, &entry.key);
        }
        Ok(())
    }

    /// Sets a raw value; a section that has to be made goes behind `source` if nothing is nearer.
    fn put(&mut self, id: &SectionId, key: &str, raw: &[u8], source: Option<&[u8]>) -> Result<(), EditError> {
        let splices = if let Some(entry) = self.effective(self.find(id), key) {
            replacement(self.bytes(), entry, key, raw)
        } else if let Some(section) = self.visible(id).last() {
            vec![place::new_entry(self, section, key, raw)]
        } else {
            check_name(self.kind(), id)?;
            let relative = place::relative(self, id, source);
            vec![place::new_section(self, id, key, raw, relative)]
        };
        self.apply(splices);
        Ok(())
    }

    /// Applies splices that do not overlap. False if there are none.
    pub(super) fn apply(&mut self, mut splices: Vec<Splice>) -> bool {
        splices.sort_by_key(|splice| splice.at.start);
        let mut bytes = Vec::with_capacity(self.bytes().len() + 64);
        let mut at = 0;
        for splice in &splices {
            bytes.extend_from_slice(Span { start: at, end: splice.at.start }.of(self.bytes()));
            bytes.extend_from_slice(&splice.text);
            at = splice.at.end;
        }
        bytes.extend_from_slice(&self.bytes()[at as usize..]);
        if !splices.is_empty() {
            self.replace(bytes);
        }
        !splices.is_empty()
    }
}

/// A value is writable if a text that holds nothing else reads it back.
fn check_value(key: &str, value: &str) -> Result<(), EditError> {
    if value.chars().any(char::is_control) {
        return Err(EditError::ControlCharacter { key: key.to_owned() });
    }
    check_raw(&RawEntry { key: key.to_owned(), raw: value.as_bytes().to_vec() })?;
    let written = one_entry(key, value.as_bytes());
    match written.get(&SectionId::profile("default"), key) {
        Some(read) if read.text == value => Ok(()),
        _ => Err(EditError::Unwritable { key: key.to_owned() }),
    }
}

/// A raw value is writable if it stays one entry.
fn check_raw(entry: &RawEntry) -> Result<(), EditError> {
    if !super::is_identifier(entry.key.as_bytes()) {
        return Err(EditError::InvalidKey(entry.key.clone()));
    }
    let written = one_entry(&entry.key, &entry.raw);
    let (sections, entries) = (&written.parts().sections, &written.parts().entries);
    let whole = entries.first().is_some_and(|only| only.text_end as usize == written.bytes().len());
    let one = sections.len() == 1 && entries.len() == 1 && (whole || entry.raw.is_empty());
    if one { Ok(()) } else { Err(EditError::Unwritable { key: entry.key.clone() }) }
}

fn one_entry(key: &str, raw: &[u8]) -> Document {
    let text = [b"[default]\n", key.as_bytes(), b" = ", raw].concat();
    Document::parse(FileKind::Credentials, text)
}

fn check_name(file: FileKind, id: &SectionId) -> Result<(), EditError> {
    let alone = Document::parse(file, id.header(file).into_bytes());
    let ok = alone.contains(id) && alone.sections().count() == 1;
    if ok { Ok(()) } else { Err(EditError::InvalidName(id.name.clone())) }
}

/// The length of `bytes` as an offset.
pub(super) fn end_of(bytes: &[u8]) -> u32 {
    offset(bytes.len())
}
