//! A file cut at its headers, once for all tools, so that a tool reads the sections it asks for and no others.
//!
//! A chunk runs from one `[header]` line to the next. Most are *plain*: whatever the grammar, such a section begins
//! and ends there, refuses nothing and changes no other section; what its values mean (a quote, a comment behind one) is
//! left to each tool's own parser, which is given the chunk alone. All other chunks, and those whose name comes
//! twice, make up the *rest*, which each tool's parser reads as if the plain ones were blank lines.

use hashbrown::{DefaultHashBuilder, HashTable};
use memchr::memchr;
use secrecy::zeroize::Zeroizing;
use std::hash::BuildHasher;

use super::python::{self, Part};
use crate::aws::chain::facts::Text;
use crate::aws::ini::{KeySet, is_identifier};

/// A section with more keys than this is not looked through for doubles, and so not plain.
const KEYS: usize = 64;

/// A file as chunks. Shares its text, which is zeroed when the last holder drops it.
pub(in crate::aws::chain) struct Chunks {
    text: Text,
    list: Vec<Chunk>,
    /// The last chunk of each header.
    by_header: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

/// One chunk: bytes `start..end` of the text.
struct Chunk {
    /// From 1.
    line: u32,
    start: usize,
    end: usize,
    /// Behind its header; the first chunk is what stands above all headers and has none.
    header_end: usize,
    plain: bool,
}

impl Chunk {
    fn header<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        text.get(self.start + 1..self.header_end).unwrap_or_default()
    }
}

impl Chunks {
    /// Cuts a file.
    pub fn of(text: Text) -> Self {
        let mut chunks = Self {
            list: cut(&text),
            text,
            by_header: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        };
        chunks.part_twins();
        chunks.part_named_twice();
        chunks
    }

    /// A plain section by what stands between its brackets: its number.
    pub fn find(&self, header: &str) -> Option<usize> {
        self.last_of(header.as_bytes()).filter(|at| self.list[*at].plain)
    }

    /// All of the file.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// The text of a chunk, and how many lines stand above it.
    pub fn chunk(&self, at: usize) -> (&[u8], u32) {
        let chunk = &self.list[at];
        (&self.text[chunk.start..chunk.end], chunk.line - 1)
    }

    /// All that is not plain, each line where it stood.
    pub fn rest(&self) -> Zeroizing<Vec<u8>> {
        let next = self.list.iter().skip(1).map(Some).chain([None]);
        let lines =
            |chunk: &Chunk, next: Option<&Chunk>| next.map_or(0, |next| next.line - chunk.line) as usize;
        let all = || self.list.iter().zip(next.clone());
        let size = |(chunk, next): (&Chunk, _)| {
            if chunk.plain { lines(chunk, next) } else { chunk.end - chunk.start }
        };
        // No larger than needed, and never grown: all of it is zeroed, and no copy is left behind.
        let mut rest = Zeroizing::new(Vec::with_capacity(all().map(size).sum()));
        for (chunk, next) in all() {
            if chunk.plain {
                rest.extend(std::iter::repeat_n(b'\n', lines(chunk, next)));
            } else {
                rest.extend_from_slice(&self.text[chunk.start..chunk.end]);
            }
        }
        rest
    }

    fn last_of(&self, header: &[u8]) -> Option<usize> {
        let is_it = |at: &u32| self.list[*at as usize].header(&self.text) == header;
        self.by_header.find(self.hasher.hash_one(header), is_it).map(|at| *at as usize)
    }

    /// Two headers of one name are not plain: tools merge them, replace one, or refuse the file. `[a]` and
    /// `[profile a]` may be one name.
    fn part_twins(&mut self) {
        let Self { text, list, by_header, hasher } = self;
        by_header.reserve(list.len(), |at| hasher.hash_one(list[*at as usize].header(text)));
        for at in 1..list.len() {
            let hash = |at: usize| hasher.hash_one(list[at].header(text));
            let same =
                by_header.find_mut(hash(at), |it| list[*it as usize].header(text) == list[at].header(text));
            let number = u32::try_from(at).unwrap_or(u32::MAX);
            if let Some(before) = same {
                let before = std::mem::replace(before, number);
                (list[before as usize].plain, list[at].plain) = (false, false);
            } else {
                by_header.insert_unique(hash(at), number, |it| hash(*it as usize));
            }
        }
        for at in 0..self.list.len() {
            let bare = self.list[at].header(&self.text).strip_prefix(b"profile ");
            if let Some(twin) = bare.and_then(|bare| self.last_of(bare)) {
                (self.list[at].plain, self.list[twin].plain) = (false, false);
            }
        }
    }

    /// What is not plain may hold headers that Python reads and this cutter does not: a plain section of that name
    /// would then come twice. `[DEFAULT]` gives its keys to every section.
    fn part_named_twice(&mut self) {
        let mut named = Vec::new();
        let mut inherits = false;
        for chunk in self.list.iter().filter(|chunk| !chunk.plain) {
            let text = String::from_utf8_lossy(&self.text[chunk.start..chunk.end]);
            for line in python::lines(&text).filter(|line| line.text.starts_with('[')) {
                if let Part::Header(name) = python::part(line.text) {
                    inherits |= name == "DEFAULT";
                    named.extend(self.last_of(name.as_bytes()));
                }
            }
        }
        for at in named {
            self.list[at].plain = false;
        }
        // A return that ends no line, Python's end of a line: the numbers of lines differ from ours.
        let alone = |at: usize| self.text.get(at + 1) != Some(&b'\n');
        if inherits || memchr::memchr_iter(b'\r', &self.text).any(alone) {
            for chunk in &mut self.list {
                chunk.plain = false;
            }
        }
    }
}

impl std::fmt::Debug for Chunks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chunks").field("chunks", &self.list.len()).finish_non_exhaustive()
    }
}

/// Every line in its chunk; what stands above the first header is a chunk of its own and never plain.
fn cut(bytes: &[u8]) -> Vec<Chunk> {
    let mut list = vec![Chunk { line: 1, start: 0, end: 0, header_end: 0, plain: false }];
    let (mut at, mut keys) = (0, Keys::default());
    for line in 1.. {
        let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) else { break };
        let end = memchr(b'\n', rest).unwrap_or(rest.len());
        let text = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
        if let Some(header) = header(text) {
            close(&mut list, bytes, at);
            keys = Keys::default();
            let header_end = at + 1 + header.len();
            list.push(Chunk { line, start: at, end: at, header_end, plain: true });
        } else if let Some(chunk) = list.last_mut().filter(|chunk| chunk.plain) {
            chunk.plain =
                text.is_empty() || text.starts_with(b"#") || text.starts_with(b";") || keys.adds(text);
        }
        at += end + 1;
    }
    close(&mut list, bytes, bytes.len());
    list
}

/// Ends the last chunk. What is not ASCII may be a space, a line's end or no text at all, as the tool sees it.
fn close(list: &mut [Chunk], bytes: &[u8], end: usize) {
    if let Some(chunk) = list.last_mut() {
        chunk.end = end;
        chunk.plain = chunk.plain && bytes[chunk.start..end].is_ascii();
    }
}

/// What a header line names that every grammar takes for the same header.
fn header(line: &[u8]) -> Option<&[u8]> {
    let header = line.strip_prefix(b"[")?.strip_suffix(b"]")?;
    let space = memchr(b' ', header);
    let fits = match space {
        None => is_identifier(header) && header != b"DEFAULT",
        Some(at) => {
            matches!(&header[..at], b"profile" | b"sso-session" | b"services")
                && is_identifier(&header[at + 1..])
        }
    };
    fits.then_some(header)
}

/// The keys of a section so far.
#[derive(Default)]
struct Keys<'t> {
    known: Vec<&'t [u8]>,
    set: KeySet,
}

impl<'t> Keys<'t> {
    /// Whether a line is `key = value` with an ordinary key that is new, in any case of letters.
    fn adds(&mut self, line: &'t [u8]) -> bool {
        let Some(at) = memchr(b'=', line) else { return false };
        let key = line[..at].trim_ascii_end();
        let ordinary = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
        let one = KeySet::of(key);
        let doubled = || self.known.iter().any(|known| known.eq_ignore_ascii_case(key));
        if key.is_empty()
            || !key.iter().all(ordinary)
            || self.known.len() == KEYS
            || self.set.meets(one) && doubled()
        {
            return false;
        }
        self.set = self.set.and(one);
        self.known.push(key);
        true
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn chunks(text: &[u8]) -> Chunks {
        Chunks::of(Arc::new(Zeroizing::new(text.to_vec())))
    }

    fn plain(text: &str) -> Vec<String> {
        let chunks = chunks(text.as_bytes());
        let plain = chunks.list.iter().filter(|chunk| chunk.plain);
        plain.map(|chunk| String::from_utf8_lossy(chunk.header(&chunks.text)).into_owned()).collect()
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
        let chunks = chunks(b"# a\n[a]\nk = v\n[b]\n odd\n[c]\nk = v");
        assert_eq!(chunks.rest().as_slice(), b"# a\n\n\n[b]\n odd\n");
        assert_eq!(chunks.chunk(chunks.find("c").unwrap()), (&b"[c]\nk = v"[..], 5));
        assert!(chunks.find("b").is_none());
    }
}
