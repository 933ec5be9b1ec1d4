//! A file cut at its headers, once for all tools, so that a tool reads the sections it asks for and no others.
//!
//! A chunk runs from one `[header]` line to the next. Most are *plain* (`aws/ini/plain.rs` says what that is): such a
//! chunk alone is given to each tool's own parser. All others make up the *rest*, which each tool's parser reads as if
//! the plain ones were blank lines.

use std::sync::Arc;

use secrecy::zeroize::Zeroizing;

use super::python::{self, Part};
use crate::aws::ini::Document;

/// A file as chunks.
pub(in crate::aws::chain) struct Chunks {
    doc: Arc<Document>,
    /// For each of its sections whether it is plain.
    plain: Vec<bool>,
}

impl Chunks {
    /// Cuts a file.
    pub fn of(doc: Arc<Document>) -> Self {
        let mut chunks = Self { plain: doc.plain(), doc };
        chunks.part_named_twice();
        chunks
    }

    /// A plain section by what stands between its brackets: its number.
    pub fn find(&self, header: &str) -> Option<usize> {
        self.doc.headed(header).filter(|at| self.plain[*at])
    }

    /// All of the file.
    pub fn text(&self) -> &[u8] {
        self.doc.bytes()
    }

    /// The text of a chunk, and how many lines stand above it.
    pub fn chunk(&self, at: usize) -> (&[u8], u32) {
        let line = self.doc.sections().nth(at).map_or(1, |section| section.line());
        (self.doc.text_of(at), line - 1)
    }

    /// All that is not plain, each line where it stood; what is plain is blank lines, and nothing below the last odd
    /// line.
    pub fn rest(&self) -> Zeroizing<Vec<u8>> {
        let odd = self.plain.iter().rposition(|plain| !plain).map_or(0, |last| last + 1);
        let top = self.doc.sections().next().map_or(self.text().len(), |first| first.start());
        let lines = self.doc.sections().map(|section| section.line() as usize);
        let lengths = lines.clone().zip(lines.skip(1)).map(|(line, next)| next - line).chain([0]);
        let pieces = lengths.zip(&self.plain).enumerate().take(odd).map(|(at, (length, plain))| {
            if *plain { (length, [].as_slice()) } else { (0, self.doc.text_of(at)) }
        });
        let pieces = [(0, &self.text()[..top])].into_iter().chain(pieces);
        // No larger than needed, and never grown: all of it is zeroed, and no copy is left behind.
        let size = pieces.clone().map(|(blank, text)| blank + text.len()).sum();
        let mut rest = Zeroizing::new(Vec::with_capacity(size));
        for (blank, text) in pieces {
            rest.extend(std::iter::repeat_n(b'\n', blank));
            rest.extend_from_slice(text);
        }
        rest
    }

    /// What is not plain may hold headers that Python reads and nobody else does: a plain section of that name would
    /// then come twice. `[DEFAULT]` gives its keys to every section.
    fn part_named_twice(&mut self) {
        let rest = self.rest();
        let text = String::from_utf8_lossy(&rest);
        let mut inherits = false;
        for line in python::lines(&text).filter(|line| line.text.starts_with('[')) {
            if let Part::Header(name) = python::part(line.text) {
                inherits |= name == "DEFAULT";
                if let Some(at) = self.doc.headed(name) {
                    self.plain[at] = false;
                }
            }
        }
        // A return that ends no line, Python's end of a line: the numbers of lines differ from ours.
        let alone = |at: usize| self.text().get(at + 1) != Some(&b'\n');
        if inherits || memchr::memchr_iter(b'\r', self.text()).any(alone) {
            self.plain.fill(false);
        }
    }
}

impl std::fmt::Debug for Chunks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chunks").field("chunks", &self.plain.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::ini::FileKind;

    /// The same text as either file.
    fn both(text: &[u8]) -> [Chunks; 2] {
        [FileKind::Config, FileKind::Credentials]
            .map(|kind| Chunks::of(Arc::new(Document::parse(kind, text.to_vec()))))
    }

    fn plain(text: &str) -> Vec<String> {
        let [config, credentials] = both(text.as_bytes()).map(|chunks| {
            let plain = (0..chunks.plain.len()).filter(|at| chunks.plain[*at]);
            let header = |at| String::from_utf8_lossy(chunks.chunk(at).0).lines().next().unwrap().to_owned();
            plain.map(|at| header(at).trim_matches(['[', ']']).to_owned()).collect::<Vec<_>>()
        });
        assert_eq!(config, credentials, "{text:?}");
        config
    }

    #[test]
    fn what_is_plain() {
        assert_eq!(
            plain("# a\n[default]\nregion = a # b\n\n[profile a.b]\nrole_arn=x:y/z\n"),
            ["default", "profile a.b"]
        );
        assert_eq!(plain("[a]\r\nk = \"v\"\r\nK2 =\r\n[b]\n#\n"), ["a", "b"]);
        for odd in [
            "[a]\nk = v\nK = w\n",
            "[a]\n k = v\n",
            "[a]\nk: v=w\n",
            "[a] # c\n",
            "[a]\njunk\n",
            "[a  b]\n",
            "[plugins b]\n",
            "[a]\nk = \u{e9}\n",
            "\u{feff}[a]\n",
        ] {
            assert_eq!(plain(&format!("{odd}[z]\nk = v\n")), ["z"], "{odd:?}");
        }
    }

    #[test]
    fn what_spoils_others() {
        assert_eq!(plain("[a]\n[b]\n[a]\n"), ["b"]);
        assert_eq!(plain("[a]\n[b]\n[profile a]\n"), ["b"]);
        assert_eq!(plain("[a]\n[b]\n[c]\n [a] x\n"), ["b"]);
        assert_eq!(plain("[a]\n[b]\n[DEFAULT] x\n"), Vec::<String>::new());
        assert_eq!(plain("[a]\n[b]\n# \rx\n"), Vec::<String>::new());
    }

    #[test]
    fn the_rest_keeps_its_lines() {
        for chunks in both(b"# a\n[a]\nk = v\n[b]\n odd\n[c]\nk = v") {
            assert_eq!(chunks.rest().as_slice(), b"# a\n\n\n[b]\n odd\n");
            assert_eq!(chunks.chunk(chunks.find("c").unwrap()), (&b"[c]\nk = v"[..], 5));
            assert!(chunks.find("b").is_none());
        }
    }
}
