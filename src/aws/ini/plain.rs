//! Which sections every tool reads alike.
//!
//! A section is *plain* if, whatever the grammar, it begins and ends where it seems to, refuses nothing and changes no
//! other section. What its values mean (a quote, a comment behind one) is still each tool's own affair. Whoever reads
//! for one tool needs that tool's parser for the others only.

use memchr::memchr;

use super::document::Document;
use super::keys::KeySet;
use super::lex::{Line, LineKind, Span, offset};
use super::parse::{EntrySpan, SectionSpan, name_of};
use super::{FileKind, SectionKind, is_identifier};

/// A section with more keys than this is not looked through for doubles, and so not plain.
const KEYS: usize = 64;

/// The bytes of an ordinary key: a table, because every key of every profile is checked.
const ORDINARY: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        byte += 1;
    }
    table
};

/// Whether a line below a plain header leaves the section plain: blank, a comment, or `key = value` with an ordinary
/// key that is new, in any case of letters.
#[inline]
pub(super) fn stays(bytes: &[u8], line: &Line, keys: KeySet, entries: &[EntrySpan]) -> bool {
    match line.kind {
        LineKind::Blank => line.text.is_empty(),
        LineKind::Comment => line.indent == 0,
        LineKind::Entry(entry) => {
            let key = entry.key.of(bytes);
            let known = |entry: &EntrySpan| entry.key.of(bytes).eq_ignore_ascii_case(key);
            let is_new =
                || !keys.meets(KeySet::of(key)) || entries.len() < KEYS && !entries.iter().any(known);
            line.indent == 0 && key.iter().all(|byte| ORDINARY[usize::from(*byte)]) && is_new()
        }
        LineKind::Header { .. } | LineKind::Continuation(_) | LineKind::Junk { .. } => false,
    }
}

impl Document {
    /// For each section in file order whether it is plain.
    pub(crate) fn plain(&self) -> Vec<bool> {
        let ascii = self.bytes().is_ascii();
        let mut plain: Vec<bool> = Vec::with_capacity(self.parts().sections.len());
        for (at, section) in self.parts().sections.iter().enumerate() {
            let headed = self.header_of(section).is_some();
            // Some tools take a line that is no header to them for part of the section above it.
            if let Some(above) = plain.last_mut().filter(|_| !headed) {
                *above = false;
            }
            // What is not ASCII may be a space, a line's end or no text at all, as the tool sees it.
            plain.push(headed && section.plain && (ascii || self.text_of(at).is_ascii()));
        }
        self.part_twins(&mut plain);
        plain
    }

    /// Two headers of one name are not plain: tools merge them, replace one, or refuse the file. `[a]` and
    /// `[profile a]` may be one name.
    fn part_twins(&self, plain: &mut [bool]) {
        for ((at, is_first), section) in self.firsts().into_iter().enumerate().zip(&self.parts().sections) {
            let name = section.name.of(self.bytes());
            let twin = match (section.kind, self.kind()) {
                (kind, _) if !is_first => Some((kind, name)),
                (SectionKind::Other, FileKind::Config) => Some((SectionKind::Profile, name)),
                (SectionKind::Other, FileKind::Credentials) => {
                    name.strip_prefix(b"profile ").map(|name| (SectionKind::Profile, name))
                }
                _ => None,
            };
            for twin in twin.into_iter().flat_map(|(kind, name)| self.numbers(kind, name)) {
                (plain[twin], plain[at]) = (false, false);
            }
        }
    }

    /// The first section between whose brackets just this stands: its number.
    pub(crate) fn headed(&self, text: &str) -> Option<usize> {
        let whole = Span { start: 0, end: offset(text.len()) };
        let named = name_of(self.kind(), text.as_bytes(), whole, true);
        let mut of_name = self.numbers(named.kind, named.name.of(text.as_bytes()));
        of_name.find(|at| self.header_of(&self.parts().sections[*at]) == Some(text.as_bytes()))
    }

    /// The text of a section by its number, from its header to the next one.
    pub(crate) fn text_of(&self, at: usize) -> &[u8] {
        let start = |at: usize| self.parts().sections.get(at).map(|section| section.header.start as usize);
        &self.bytes()[start(at).unwrap_or_default()..start(at + 1).unwrap_or(self.bytes().len())]
    }

    /// What stands between the brackets of a plain header, which a byte order mark in front of it is not.
    fn header_of(&self, section: &SectionSpan) -> Option<&[u8]> {
        let at_line_start =
            section.header.start == 0 || self.bytes()[section.header.start as usize - 1] == b'\n';
        let line = section.header.of(self.bytes());
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        header(line.strip_suffix(b"\r").unwrap_or(line)).filter(|_| at_line_start)
    }
}

/// What a header line names that every grammar takes for the same header.
fn header(line: &[u8]) -> Option<&[u8]> {
    let header = line.strip_prefix(b"[")?.strip_suffix(b"]")?;
    let fits = match memchr(b' ', header) {
        None => is_identifier(header) && header != b"DEFAULT",
        Some(at) => {
            matches!(&header[..at], b"profile" | b"sso-session" | b"services")
                && is_identifier(&header[at + 1..])
        }
    };
    fits.then_some(header)
}
