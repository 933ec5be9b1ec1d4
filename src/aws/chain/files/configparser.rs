//! Python's `configparser.RawConfigParser` in its strict default, which is what botocore reads both files
//! with: a transcription of `RawConfigParser._read` (`CPython` 3.11, `Lib/configparser.py`).
//!
//! Its surprises: `:` also ends a key; a comment is only ever a whole line; a header's bracket is matched
//! greedily; a line indented deeper than the key before it continues that key's value; a duplicate section
//! or key refuses the whole file; and `[DEFAULT]` gives its keys to every section.

use std::collections::HashSet;

use secrecy::zeroize::Zeroizing;

use super::{Broken, Entry, Section};

/// The sections in file order, with `[DEFAULT]`'s keys given to each.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<(String, Section)>, Broken> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = line_of(bytes, error.valid_up_to());
        Broken { line, reason: "not UTF-8".to_owned() }
    })?;
    let mut parser = Parser::default();
    for (number, line) in (1..).zip(lines(text)) {
        parser.line(number, line)?;
    }
    parser.finish()
}

/// Universal newlines: `\n`, `\r\n` and a lone `\r` all end a line.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

fn line_of(bytes: &[u8], at: usize) -> u32 {
    let newlines = memchr::memchr_iter(b'\n', bytes.get(..at).unwrap_or(bytes)).count();
    u32::try_from(newlines + 1).unwrap_or(u32::MAX)
}

#[derive(Default)]
struct Parser {
    sections: Vec<(String, Section)>,
    defaults: Vec<Entry>,
    current: Current,
    /// Whether a key of the current section is open to continuation lines.
    open: bool,
    indent: usize,
    /// Section names so far, and keys with the number of their section (0 is `[DEFAULT]`).
    names: HashSet<String>,
    keys: HashSet<(usize, String)>,
    /// A line without a delimiter is reported only after the whole file was read.
    junk: Option<Broken>,
}

/// Which section the next key belongs to.
#[derive(Default)]
enum Current {
    #[default]
    None,
    Defaults,
    Last,
}

impl Parser {
    fn line(&mut self, number: u32, line: &str) -> Result<(), Broken> {
        let text = line.trim();
        if text.starts_with(['#', ';']) {
            return Ok(());
        }
        if text.is_empty() {
            self.continue_with("");
            return Ok(());
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        if self.open && indent > self.indent {
            self.continue_with(text);
            return Ok(());
        }
        self.indent = indent;
        match header(text) {
            Some(name) => self.section(number, name),
            None => self.key(number, text),
        }
    }

    fn entries(&mut self) -> Option<&mut Vec<Entry>> {
        match self.current {
            Current::None => None,
            Current::Defaults => Some(&mut self.defaults),
            Current::Last => self.sections.last_mut().map(|(_, section)| &mut section.entries),
        }
    }

    fn continue_with(&mut self, text: &str) {
        if !self.open {
            return;
        }
        if let Some(entry) = self.entries().and_then(|entries| entries.last_mut()) {
            entry.value.push('\n');
            entry.value.push_str(text);
        }
    }

    fn section(&mut self, line: u32, name: &str) -> Result<(), Broken> {
        self.open = false;
        if name == "DEFAULT" {
            self.current = Current::Defaults;
            return Ok(());
        }
        if !self.names.insert(name.to_owned()) {
            return Err(Broken { line, reason: format!("section [{name}] appears twice") });
        }
        self.sections.push((name.to_owned(), Section { line, entries: Vec::new() }));
        self.current = Current::Last;
        Ok(())
    }

    fn key(&mut self, line: u32, text: &str) -> Result<(), Broken> {
        if matches!(self.current, Current::None) {
            return Err(Broken { line, reason: "a line stands before the first section".to_owned() });
        }
        let Some((key, value)) = text.split_once(['=', ':']) else {
            self.junk.get_or_insert(Broken { line, reason: "a line has no '='".to_owned() });
            return Ok(());
        };
        let key = key.trim_end().to_lowercase();
        if key.is_empty() {
            self.junk.get_or_insert(Broken { line, reason: "a line has no key".to_owned() });
        }
        let section = if matches!(self.current, Current::Last) { self.sections.len() } else { 0 };
        if !self.keys.insert((section, key.clone())) {
            return Err(Broken { line, reason: format!("the key {key} appears twice in one section") });
        }
        self.open = true;
        let value = Zeroizing::new(value.trim().to_owned());
        if let Some(entries) = self.entries() {
            entries.push(Entry { key, value, line, nested: false });
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<(String, Section)>, Broken> {
        let Self { mut sections, mut defaults, junk, .. } = self;
        if let Some(junk) = junk {
            return Err(junk);
        }
        let all = sections.iter_mut().flat_map(|(_, section)| &mut section.entries).chain(&mut defaults);
        all.for_each(|entry| {
            let end = entry.value.trim_end().len();
            entry.value.truncate(end);
        });
        for (_, section) in &mut sections {
            let inherited: Vec<Entry> = defaults
                .iter()
                .filter(|entry| section.entries.iter().all(|own| own.key != entry.key))
                .cloned()
                .collect();
            section.entries.extend(inherited);
        }
        Ok(sections)
    }
}

/// `\[(?P<header>.+)\]` matched at the start of the stripped line, greedily.
fn header(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('[')?;
    let end = inside.rfind(']')?;
    inside.get(..end).filter(|name| !name.is_empty())
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
