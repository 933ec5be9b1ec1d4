//! `[keys]`: the user's own keys by the name of what they do, each with the place it stands at.
//!
//! Read apart from the other settings, because what is wrong with a key is known to the screen's table alone, and its
//! message is to name the line and the column.

use std::path::Path;

use serde::Deserialize as _;
use toml_edit::{Document, Item, TableLike, Value};

use super::SettingsError;

/// A key, and where it stands: line and column.
pub type Placed = (String, (usize, usize));

/// `name = ["Enter", "u"]` in `[keys]`, or in `[keys.in.SCOPE]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySetting {
    pub scope: Option<String>,
    pub name: String,
    /// Each key, and where it stands: line and column.
    pub keys: Vec<Placed>,
    /// Where the name stands.
    pub at: (usize, usize),
}

/// Line and column (in characters, both from 1) of a place in a text.
pub(super) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// Stands for `[keys]` while the other settings are read.
pub(super) fn unread<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<Vec<KeySetting>, D::Error> {
    serde::de::IgnoredAny::deserialize(reader).map(|_| Vec::new())
}

/// Every key of the user's own.
pub(super) fn read(text: &str, file: &Path) -> Result<Vec<KeySetting>, SettingsError> {
    let Ok(document) = Document::parse(text) else { return Ok(Vec::new()) };
    let Some(keys) = document.get("keys") else { return Ok(Vec::new()) };
    let reader = Reader { text, file };
    let keys = reader.table(keys)?;
    let mut found = reader.names(keys, None)?;
    if let Some(scopes) = keys.get("in") {
        for (scope, item) in reader.table(scopes)?.iter() {
            found.extend(reader.names(reader.table(item)?, Some(scope))?);
        }
    }
    found.sort_by_key(|setting| setting.at);
    Ok(found)
}

struct Reader<'a> {
    text: &'a str,
    file: &'a Path,
}

impl Reader<'_> {
    fn wrong(&self, item: Option<std::ops::Range<usize>>, message: &str) -> SettingsError {
        let at = item.map(|span| place(self.text, span.start));
        SettingsError { file: self.file.to_owned(), at, message: message.to_owned() }
    }

    fn table<'i>(&self, item: &'i Item) -> Result<&'i dyn TableLike, SettingsError> {
        item.as_table_like()
            .ok_or_else(|| self.wrong(item.span(), "a table of names and keys is wanted here"))
    }

    fn names(&self, table: &dyn TableLike, scope: Option<&str>) -> Result<Vec<KeySetting>, SettingsError> {
        let names = table.iter().filter(|(name, _)| scope.is_some() || *name != "in");
        let one = |(name, item): (&str, &Item)| {
            let span = table.get_key_value(name).and_then(|(key, _)| key.span());
            let at = span.map_or((1, 1), |span| place(self.text, span.start));
            let (scope, name) = (scope.map(str::to_owned), name.to_owned());
            Ok(KeySetting { scope, name, keys: self.keys(item)?, at })
        };
        names.map(one).collect()
    }

    /// One key, or several in brackets.
    fn keys(&self, item: &Item) -> Result<Vec<Placed>, SettingsError> {
        let text = |value: &Value| {
            let at = place(self.text, value.span().map_or(0, |span| span.start));
            let wrong = || self.wrong(value.span(), "a key is a text such as \"Enter\" or \"g g\"");
            value.as_str().map(|text| (text.to_owned(), at)).ok_or_else(wrong)
        };
        match item.as_value() {
            Some(Value::Array(keys)) => keys.iter().map(text).collect(),
            Some(value) => Ok(vec![text(value)?]),
            None => Err(self.wrong(item.span(), "a key or a list of keys is wanted here")),
        }
    }
}
