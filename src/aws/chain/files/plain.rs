//! A file in which nothing is odd, read once for all tools: there every parser sees the same sections and the same
//! values, and only what a header names is each tool's own affair. Anything a parser might take differently (a quote,
//! a comment behind a value, an indented line, a name twice) makes the file not plain, and each tool reads it alone.

use std::collections::HashMap;

use secrecy::zeroize::Zeroizing;

use super::{Entry, Section};
use crate::aws::ini::is_identifier;

/// Sections by what stands between their brackets.
#[derive(Debug)]
pub(in crate::aws::chain) struct Plain(HashMap<String, Section>);

impl Plain {
    pub fn section(&self, header: &str) -> Option<&Section> {
        self.0.get(header)
    }
}

/// The file's sections, if nothing in it is odd.
pub(in crate::aws::chain) fn read(bytes: &[u8]) -> Option<Plain> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii())?;
    let mut sections: HashMap<String, Section> = HashMap::new();
    let mut open: Option<(String, Section)> = None;
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.is_empty() || line.starts_with(['#', ';']) && !line.contains('\r') {
            continue;
        }
        if let Some(header) = line.strip_prefix('[') {
            close(&mut sections, open.take())?;
            let header = header.strip_suffix(']').filter(|header| ordinary(header))?;
            open = Some((header.to_owned(), Section { entries: Vec::new() }));
        } else {
            let (_, section) = open.as_mut()?;
            let entry = entry(line, number)?;
            if section.entries.iter().any(|known| known.key == entry.key) {
                return None;
            }
            section.entries.push(entry);
        }
    }
    close(&mut sections, open)?;
    let twice =
        |header: &String| header.strip_prefix("profile ").is_some_and(|name| sections.contains_key(name));
    if sections.keys().any(twice) { None } else { Some(Plain(sections)) }
}

fn close(sections: &mut HashMap<String, Section>, open: Option<(String, Section)>) -> Option<()> {
    let Some((header, section)) = open else { return Some(()) };
    sections.insert(header, section).is_none().then_some(())
}

/// One or two words of the usual letters; `DEFAULT` is Python's section of inherited keys.
fn ordinary(header: &str) -> bool {
    let words = || header.split(' ');
    words().count() <= 2 && words().all(|word| is_identifier(word.as_bytes())) && header != "DEFAULT"
}

/// `key = value` in lower case without anything that could be a comment, a quote or an escape.
fn entry(line: &str, number: u32) -> Option<Entry> {
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.strip_suffix(' ').unwrap_or(key), value.strip_prefix(' ').unwrap_or(value));
    let simple = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    let odd = |c: u8| !(b' '..=b'~').contains(&c) || matches!(c, b'#' | b';' | b'"' | b'\'');
    let fits = !key.is_empty() && key.bytes().all(simple) && !value.is_empty() && value.trim() == value;
    (fits && !value.bytes().any(odd)).then(|| Entry {
        key: key.to_owned(),
        value: Zeroizing::new(value.to_owned()),
        line: number,
        nested: false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{FileKind, Section};
    use super::read;

    /// The shared reading is every tool's own reading.
    #[test]
    fn every_tool_sees_a_plain_file_as_by_itself() {
        let text = b"[default]\nregion = a\n[profile a]\nk = v\n[b]\nk=w x\n[sso-session s]\nk = u\n[services t]\nk = y\n";
        let path = std::path::Path::new("/f");
        for tool in crate::aws::chain::tools() {
            let grammar = tool.files.grammar;
            for kind in [FileKind::Config, FileKind::Credentials] {
                let shared = grammar.plain(path, kind, std::sync::Arc::new(read(text).unwrap()));
                let own = grammar.read(path, kind, Some(text));
                let seen = |section: Option<&Section>| {
                    let pairs = |section: &Section| -> Vec<(String, String, u32)> {
                        let entries = section.entries.iter();
                        entries.map(|e| (e.key.clone(), e.value.to_string(), e.line)).collect()
                    };
                    section.map(pairs)
                };
                for name in ["default", "a", "b", "profile a", "s", "sso-session s", "t", "services t"] {
                    assert_eq!(seen(shared.profile(name)), seen(own.profile(name)), "{} {name}", tool.id);
                    assert_eq!(
                        seen(shared.sso_session(name)),
                        seen(own.sso_session(name)),
                        "{} {name}",
                        tool.id
                    );
                    assert_eq!(seen(shared.service(name)), seen(own.service(name)), "{} {name}", tool.id);
                }
            }
        }
    }

    #[test]
    fn what_is_plain() {
        let file = read(b"# a\n[default]\nregion = a\n\n[profile a.b]\nrole_arn=x:y/z\n").unwrap();
        assert_eq!(file.section("profile a.b").unwrap().get("role_arn").unwrap().value.as_str(), "x:y/z");
        assert!(file.section("a.b").is_none());
    }

    #[test]
    fn what_is_not() {
        for text in [
            "k = v\n[a]\n",
            "[a]\n[a]\n",
            "[a]\nk = v\nk = w\n",
            "[a]\nk = v # c\n",
            "[a]\nk = \"v\"\n",
            "[a]\n k = v\n",
            "[a]\nk =\n",
            "[a]\nK = v\n",
            "[a]\nk: v=w\n",
            "[a] # c\n",
            "[a]\r\nk = v\r\n",
            "[DEFAULT]\n",
            "[a  b]\n",
            "[a]\n[profile a]\n",
            "\u{feff}[a]\n",
            "[a]\njunk\n",
        ] {
            assert!(read(text.as_bytes()).is_none(), "{text:?}");
        }
    }
}
