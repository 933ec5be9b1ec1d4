//! Python's `configparser.RawConfigParser` in its strict default, which is what botocore reads both files
//! with (`RawConfigParser._read` of `CPython` 3.11, `Lib/configparser.py`), on the lines that `python` cuts.
//!
//! Its surprises: `:` also ends a key; a comment is only ever a whole line; a header's bracket is matched
//! greedily; a line indented deeper than the key before it continues that key's value; a duplicate section
//! or key refuses the whole file; and `[DEFAULT]` gives its keys to every section.

use std::borrow::Cow;

use hashbrown::HashSet;
use secrecy::zeroize::Zeroizing;

use super::python::{self, Line, Part};
use super::{Broken, Entry, Section};
use crate::aws::ini::lex::count_lines;

/// The sections in file order, with `[DEFAULT]`'s keys given to each.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<(String, Section)>, Broken> {
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    let mut parser = Parser::default();
    python::lines(text).try_for_each(|line| parser.line(&line))?;
    parser.finish()
}

fn not_utf8(bytes: &[u8], at: usize) -> Broken {
    let line = count_lines(bytes.get(..at).unwrap_or(bytes)) + 1;
    Broken { line: u32::try_from(line).unwrap_or(u32::MAX), reason: "not UTF-8".to_owned() }
}

#[derive(Default)]
struct Parser<'t> {
    sections: Vec<(String, Section)>,
    defaults: Vec<Entry>,
    current: Current,
    /// Section names so far, the keys of the last section, and those of `[DEFAULT]`.
    names: HashSet<&'t str>,
    keys: HashSet<Cow<'t, str>>,
    default_keys: HashSet<Cow<'t, str>>,
    /// A line without a delimiter is reported only after the whole file was read.
    junk: Option<Broken>,
    /// How deep the last line stood that continued no other.
    indent: usize,
    /// Whether a deeper line would continue a value: under a header there is none yet.
    under_key: bool,
}

/// Which section the next key belongs to.
#[derive(Default)]
enum Current {
    #[default]
    None,
    Defaults,
    Last,
}

impl<'t> Parser<'t> {
    fn line(&mut self, line: &Line<'t>) -> Result<(), Broken> {
        let continues = self.under_key && (line.text.is_empty() || line.indent > self.indent);
        if continues {
            self.more(line.text);
        } else if !line.text.is_empty() {
            self.indent = line.indent;
            match python::part(line.text) {
                Part::Header(name) => self.section(line.number, name)?,
                Part::Key(key, value) => self.key(line.number, key, value)?,
                Part::Junk => self.junk(line.number, "a line has no '='")?,
            }
        }
        Ok(())
    }

    fn entries(&mut self) -> Option<&mut Vec<Entry>> {
        match self.current {
            Current::None => None,
            Current::Defaults => Some(&mut self.defaults),
            Current::Last => self.sections.last_mut().map(|(_, section)| &mut section.entries),
        }
    }

    /// One more line of the value above; before a section's first key there is none.
    fn more(&mut self, text: &str) {
        if let Some(entry) = self.entries().and_then(|entries| entries.last_mut()) {
            entry.value.push('\n');
            entry.value.push_str(text);
        }
    }

    fn section(&mut self, line: u32, name: &'t str) -> Result<(), Broken> {
        self.under_key = false;
        if name == "DEFAULT" {
            self.current = Current::Defaults;
            return Ok(());
        }
        if !self.names.insert(name) {
            return Err(Broken { line, reason: format!("section [{name}] appears twice") });
        }
        self.keys.clear();
        self.sections.push((name.to_owned(), Section { entries: Vec::new() }));
        self.current = Current::Last;
        Ok(())
    }

    fn key(&mut self, line: u32, key: &'t str, value: &str) -> Result<(), Broken> {
        self.inside(line)?;
        if key.is_empty() {
            return self.junk(line, "a line has no key");
        }
        let key = folded(key);
        let is_last = matches!(self.current, Current::Last);
        let known = if is_last { &mut self.keys } else { &mut self.default_keys };
        if !known.insert(key.clone()) {
            return Err(Broken { line, reason: format!("the key {key} appears twice in one section") });
        }
        let value = Zeroizing::new(value.to_owned());
        if let Some(entries) = self.entries() {
            entries.push(Entry { key: key.into_owned(), value, line, nested: false });
        }
        self.under_key = true;
        Ok(())
    }

    fn junk(&mut self, line: u32, reason: &str) -> Result<(), Broken> {
        self.inside(line)?;
        self.junk.get_or_insert(Broken { line, reason: reason.to_owned() });
        Ok(())
    }

    fn inside(&self, line: u32) -> Result<(), Broken> {
        match self.current {
            Current::None => {
                Err(Broken { line, reason: "a line stands before the first section".to_owned() })
            }
            _ => Ok(()),
        }
    }

    fn finish(self) -> Result<Vec<(String, Section)>, Broken> {
        let Self { mut sections, mut defaults, junk, .. } = self;
        if let Some(junk) = junk {
            return Err(junk);
        }
        let all = sections.iter_mut().flat_map(|(_, section)| &mut section.entries).chain(&mut defaults);
        all.for_each(|entry| {
            let end = entry.value.trim_end_matches(python::is_space).len();
            entry.value.truncate(end);
        });
        for (_, section) in &mut sections {
            let missing = |entry: &&Entry| section.entries.iter().all(|own| own.key != entry.key);
            let inherited: Vec<Entry> = defaults.iter().filter(missing).cloned().collect();
            section.entries.extend(inherited);
        }
        Ok(sections)
    }
}

/// In lower case; nearly every key already is.
fn folded(key: &str) -> Cow<'_, str> {
    let is_folded = key.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(key) } else { Cow::Owned(key.to_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(text: &str, section: &str, key: &str) -> Option<String> {
        let sections = parse(text.as_bytes()).unwrap();
        let (_, section) = sections.iter().find(|(name, _)| name == section)?;
        section.get(key).map(|entry| entry.value.to_string())
    }

    #[test]
    fn values_are_kept_with_what_looks_like_a_comment() {
        assert_eq!(get("[a]\nregion = x # y\n", "a", "region").as_deref(), Some("x # y"));
        assert_eq!(get("[a]\nregion: x\n", "a", "region").as_deref(), Some("x"));
        assert_eq!(get("[a]\nREGION=x=y\n", "a", "region").as_deref(), Some("x=y"));
    }

    #[test]
    fn deeper_lines_continue_a_value_and_equal_ones_do_not() {
        assert_eq!(get("[a]\nt = A\n B\n", "a", "t").as_deref(), Some("A\nB"));
        assert_eq!(get("[a]\n  t = A\n  u = B\n", "a", "u").as_deref(), Some("B"));
        assert_eq!(get("[a]\nt = A\n\n B\n\n[b]\n", "a", "t").as_deref(), Some("A\n\nB"));
    }

    #[test]
    fn headers_are_greedy_and_default_is_inherited() {
        let named = |text: &str| parse(text.as_bytes()).unwrap()[0].0.clone();
        assert_eq!(named("[default] # see [docs]\n"), "default] # see [docs");
        assert_eq!(named("[ default ] tail\n"), " default ");
        assert_eq!(get("[DEFAULT]\nk = v\n[a]\n", "a", "k").as_deref(), Some("v"));
        assert_eq!(get("[DEFAULT]\nk = v\n[a]\nk = w\n", "a", "k").as_deref(), Some("w"));
    }

    #[test]
    fn what_refuses_the_whole_file() {
        let line = |text: &[u8]| parse(text).unwrap_err().line;
        assert_eq!(line(b"[a]\n[a]\n"), 2);
        assert_eq!(line(b"[a]\nk=1\nk=2\n"), 3);
        assert_eq!(line(b"[a]\nk=1\njunk\n[b]\n"), 3);
        assert_eq!(line(b"k=1\n[a]\n"), 1);
        assert_eq!(line(b"[]\n"), 1);
        assert_eq!(line("\u{feff}[a]\n".as_bytes()), 1);
        assert_eq!(line(b"[a]\n# \xff\n"), 2);
    }
}
