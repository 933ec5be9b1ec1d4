//! A file as one tool sees it, of which only the sections are read that somebody asks for.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::chunks::Chunks;
use super::{FileKind, Grammar, ReadFile, Reading, Section};

/// A file, and the sections of it read so far.
#[derive(Debug)]
pub(in crate::aws::chain) struct LazyFile {
    /// What the tool makes of all that is not plain.
    odd: Arc<ReadFile>,
    /// `None`: the tool sees nothing else.
    chunks: Option<Arc<Chunks>>,
    grammar: Grammar,
    kind: FileKind,
    /// All of the file, for a section that stands in odd and in plain parts.
    whole: OnceLock<ReadFile>,
    read: Read,
}

/// The sections of one kind.
type Sections = fn(&ReadFile) -> &BTreeMap<String, Section>;

impl LazyFile {
    /// What a tool makes of all that is not plain; of the whole file where a line ends its reading, since the plain
    /// sections behind that line are then not there either.
    pub fn odd(grammar: Grammar, path: &Path, kind: FileKind, chunks: Option<&Chunks>) -> ReadFile {
        let rest = chunks.map(Chunks::rest);
        let odd = grammar.read(path, kind, rest.as_ref().map(|rest| rest.as_slice()));
        if odd.ended { grammar.read(path, kind, chunks.map(Chunks::text)) } else { odd }
    }

    /// `odd` is what [`LazyFile::odd`] made of the file.
    pub fn new(grammar: Grammar, kind: FileKind, odd: Arc<ReadFile>, chunks: Option<Arc<Chunks>>) -> Self {
        let sees = |chunks: &Arc<Chunks>| {
            odd.reading == Reading::Read && !odd.ended && !grammar.empties(chunks.text())
        };
        let chunks = chunks.filter(sees);
        Self { odd, chunks, grammar, kind, whole: OnceLock::new(), read: Read::default() }
    }

    pub fn path(&self) -> &Path {
        &self.odd.path
    }

    pub fn reading(&self) -> &Reading {
        &self.odd.reading
    }

    /// Whether there is no such file.
    pub fn is_gone(&self) -> bool {
        matches!(self.odd.reading, Reading::Missing | Reading::Folder)
    }

    /// The section of a profile.
    pub fn profile(&self, name: &str) -> Option<&Section> {
        let chunks = self.chunks.as_ref();
        let chunk = chunks.and_then(|all| all.find(name).or_else(|| all.find(&format!("profile {name}"))));
        self.section(name, chunk, |file| &file.profiles)
    }

    /// The section of a sign-in.
    pub fn sso_session(&self, name: &str) -> Option<&Section> {
        let chunk = self.chunks.as_ref().and_then(|all| all.find(&format!("sso-session {name}")));
        self.section(name, chunk, |file| &file.sso_sessions)
    }

    /// A `services` section.
    pub fn service(&self, name: &str) -> Option<&Section> {
        let chunk = self.chunks.as_ref().and_then(|all| all.find(&format!("services {name}")));
        self.section(name, chunk, |file| &file.services)
    }

    fn section(&self, name: &str, chunk: Option<usize>, of: Sections) -> Option<&Section> {
        let odd = of(&self.odd).get(name);
        let (Some(chunk), Some(chunks)) = (chunk, self.chunks.as_deref()) else { return odd };
        let (grammar, kind) = (self.grammar, self.kind);
        if odd.is_some() {
            let whole = || grammar.read(&self.odd.path, kind, Some(chunks.text()));
            return of(self.whole.get_or_init(whole)).get(name);
        }
        let read = || {
            let (text, above) = chunks.chunk(chunk);
            grammar.read(&self.odd.path, kind, Some(text)).below(above)
        };
        of(self.read.get(chunk, read)).get(name)
    }
}

/// Plain chunks already read, by their number: a list, because one resolution asks for few, that only grows, so
/// that what was read stays where it is.
#[derive(Debug, Default)]
struct Read(OnceLock<Box<(usize, ReadFile, Read)>>);

impl Read {
    fn get(&self, chunk: usize, read: impl Fn() -> ReadFile) -> &ReadFile {
        let mut here = self;
        loop {
            let (at, file, next) = &**here.0.get_or_init(|| Box::new((chunk, read(), Self::default())));
            if *at == chunk {
                return file;
            }
            here = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::aws::ini::Document;

    const NAMES: [&str; 9] =
        ["a", "b", "default", "profile a", "profile default", "x y", "s", "sso-session s", "a]"];

    /// Sections plain and odd, in any order: what a tool reads lazily is what it reads.
    fn text() -> impl Strategy<Value = Vec<u8>> {
        let line = prop::sample::select(vec![
            "[a]",
            "[b]",
            "[profile a]",
            "[profile b]",
            "[default]",
            "[profile default]",
            "[sso-session s]",
            "[services s]",
            "[profile \"a\"]",
            "[ a ]",
            "[a] # c",
            "[a",
            "[profile  b]",
            " [b]",
            "[profiles a]",
            "[DEFAULT]",
            "[x y]",
            "[a]]",
            "k = v",
            "k = w # c",
            "K = \"v\"",
            "j =",
            " j = x",
            "  more",
            "role_arn=x:y",
            "k: v=w",
            "junk",
            "",
            "# c",
            " # c",
            "; \u{e9}",
            "k = \u{e9}",
            "= v",
            "a b = c",
            "\u{feff}[a]",
            "k = 'x';y",
            "k = [b]",
            "=",
        ]);
        let end = prop::sample::select(vec!["\n", "\n", "\n", "\n", "\n", "\r\n", "\r"]);
        let odd_end = prop::sample::select(vec![vec![], vec![], vec![], vec![0xff], b"k = v".to_vec()]);
        (prop::collection::vec((line, end), 0..24), any::<bool>(), odd_end).prop_map(
            |(lines, same_ends, last)| {
                let join = |(line, end)| [line, if same_ends { "\n" } else { end }].concat();
                let mut text = lines.into_iter().map(join).collect::<String>().into_bytes();
                text.extend(last);
                text
            },
        )
    }

    fn seen(section: Option<&Section>) -> Option<Vec<(String, String, u32, bool)>> {
        let entries = section.map(|section| section.entries.iter());
        entries.map(|all| all.map(|e| (e.key.clone(), e.value.to_string(), e.line, e.nested)).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn lazily_read_is_read(text in text(), config in any::<bool>()) {
            let kind = if config { FileKind::Config } else { FileKind::Credentials };
            let path = Path::new("/f");
            let chunks = Arc::new(Chunks::of(Arc::new(Document::parse(kind, text.clone()))));
            for tool in crate::aws::chain::tools() {
                let grammar = tool.files.grammar;
                let own = grammar.read(path, kind, Some(&text));
                let odd = Arc::new(LazyFile::odd(grammar, path, kind, Some(&chunks)));
                let lazy = LazyFile::new(grammar, kind, odd, Some(Arc::clone(&chunks)));
                prop_assert_eq!(lazy.reading(), &own.reading, "{}", tool.id);
                for name in NAMES {
                    prop_assert_eq!(seen(lazy.profile(name)), seen(own.profiles.get(name)), "{} profile {}", tool.id, name);
                    prop_assert_eq!(seen(lazy.sso_session(name)), seen(own.sso_sessions.get(name)), "{} {}", tool.id, name);
                    prop_assert_eq!(seen(lazy.service(name)), seen(own.services.get(name)), "{} {}", tool.id, name);
                }
            }
        }
    }
}
