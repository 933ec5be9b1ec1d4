//! One line of a form: what it is for, what stands in the file, what is being typed.

use super::Rule;
use crate::app::hidden::Hidden;
use crate::aws::ini::FileKind;
use crate::aws::overview::{Held, Shown};
use crate::aws::secret::is_secret_key;

/// What is being typed.
#[derive(Debug, PartialEq, Eq)]
pub enum Entry {
    Text(String),
    /// Only counted.
    Hidden(Hidden),
    /// Nothing can be typed here: it is edited in the file.
    Fixed,
}

/// What the file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    Nothing,
    Text(String),
    /// What may be said of a value that is not shown.
    Masked(String),
    Block,
}

/// A line of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The key it becomes; empty for the line that takes a new one.
    pub key: String,
    pub label: String,
    pub entry: Entry,
    pub before: Before,
    /// Where it stands, the place that counts first.
    pub places: Vec<(FileKind, u32)>,
    pub rule: Rule,
    pub needed: bool,
    /// The key is to go.
    pub removed: bool,
    /// The cursor was here: what is wrong is said.
    pub visited: bool,
}

impl Field {
    /// An empty line; hidden if its key is a secret's.
    #[must_use]
    pub fn new(key: &str, label: &str, rule: Rule) -> Self {
        let entry =
            if is_secret_key(key) { Entry::Hidden(Hidden::default()) } else { Entry::Text(String::new()) };
        Self {
            key: key.to_owned(),
            label: label.to_owned(),
            entry,
            before: Before::Nothing,
            places: Vec::new(),
            rule,
            needed: false,
            removed: false,
            visited: false,
        }
    }

    /// A line for a key of a section.
    #[must_use]
    pub fn of_key(key: &str) -> Self {
        Self::new(key, key, Rule::of(key))
    }

    /// A line for a key as the file holds it.
    #[must_use]
    pub fn of(shown: Shown) -> Self {
        let mut field = Self { places: shown.places, ..Self::of_key(&shown.key) };
        (field.before, field.entry) = match shown.held {
            Held::Text(text) if matches!(field.entry, Entry::Text(_)) => {
                (Before::Text(text.clone()), Entry::Text(text))
            }
            Held::Text(text) => (Before::Masked(text), field.entry),
            Held::Masked(said) => (Before::Masked(said), field.entry),
            Held::Block => (Before::Block, Entry::Fixed),
        };
        field
    }

    /// The same, but it cannot be left empty.
    #[must_use]
    pub fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// What is typed, unless it is hidden.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.entry {
            Entry::Text(text) => text,
            Entry::Hidden(_) | Entry::Fixed => "",
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.entry {
            Entry::Text(text) => text.trim().is_empty(),
            Entry::Hidden(hidden) => hidden.is_empty(),
            Entry::Fixed => true,
        }
    }

    /// Whether what is typed is something else than what the file holds.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        match (&self.before, &self.entry) {
            (Before::Text(before), Entry::Text(text)) => before != text.trim(),
            _ => !self.is_empty(),
        }
    }

    /// Adds a character.
    pub fn push(&mut self, c: char) {
        match &mut self.entry {
            Entry::Text(text) if text.len() < 4096 => text.push(c),
            Entry::Hidden(hidden) => hidden.push(c),
            _ => {}
        }
    }

    pub fn pop(&mut self) {
        match &mut self.entry {
            Entry::Text(text) => drop(text.pop()),
            Entry::Hidden(hidden) => hidden.pop(),
            Entry::Fixed => {}
        }
    }

    pub fn clear(&mut self) {
        match &mut self.entry {
            Entry::Text(text) => text.clear(),
            Entry::Hidden(hidden) => hidden.clear(),
            Entry::Fixed => {}
        }
    }

    /// Puts a suggestion in place of what was typed.
    pub fn fill(&mut self, suggestion: &str) {
        if let Entry::Text(text) = &mut self.entry {
            suggestion.clone_into(text);
        }
    }
}
