//! Where something new goes, and in whose style: the file's own.

use super::document::Document;
use super::edit::{Splice, end_of};
use super::lex::{Span, offset};
use super::nested::blanks;
use super::parse::{EntrySpan, SectionSpan};
use super::{SectionId, SectionKind};

/// A new key behind the section's last one.
pub(super) fn new_entry(doc: &Document, section: usize, key: &str, raw: &[u8]) -> Splice {
    let section = &doc.parts().sections[section];
    let last = doc.entries_of(section).last();
    let at = last.map_or(section.content_end, |entry| entry.end);
    let indent = last.map_or(0, EntrySpan::indent);
    let mut text = Vec::new();
    if !at_line_start(doc.bytes(), at) {
        text.extend_from_slice(eol(doc.bytes(), at));
    }
    if let Some(entry) = last {
        text.extend_from_slice(&doc.bytes()[entry.start as usize..entry.key.start as usize]);
    }
    text.extend(entry_text(doc, Some(section), key, raw, indent));
    text.extend_from_slice(eol(doc.bytes(), at));
    Splice::insert(at, text)
}

/// A new section with its first key: behind its relatives, else at the end.
pub(super) fn new_section(doc: &Document, id: &SectionId, key: &str, raw: &[u8]) -> Splice {
    let bytes = doc.bytes();
    let relative = relative(doc, id);
    let at = relative.map_or(end_of(bytes), |section| own_end(doc, section));
    let eol = eol(bytes, at);
    let spaced = blank_between(doc);
    let mut text = Vec::new();
    if !at_line_start(bytes, at) {
        text.extend_from_slice(eol);
    }
    if spaced && has_text(&bytes[..at as usize]) && !ends_blank(&bytes[..at as usize]) {
        text.extend_from_slice(eol);
    }
    let model = relative.map(|section| &doc.parts().sections[section]);
    text.extend_from_slice(id.header(doc.kind()).as_bytes());
    text.extend_from_slice(eol);
    text.extend(entry_text(doc, model, key, raw, 0));
    text.extend_from_slice(eol);
    let rest = &bytes[at as usize..];
    if spaced && !rest.is_empty() && !is_blank(first_line(rest)) {
        text.extend_from_slice(eol);
    }
    Splice::insert(at, text)
}

/// The text of all sections of that name, each with the blank lines that set it apart.
pub(super) fn whole_sections(doc: &Document, id: &SectionId) -> Vec<Span> {
    let named =
        |section: &SectionSpan| section.kind == id.kind && section.name.of(doc.bytes()) == id.name.as_bytes();
    let all = doc.parts().sections.iter().enumerate().filter(|(_, section)| named(section));
    all.map(|(at, section)| with_blanks(doc.bytes(), section.header.start, own_end(doc, at))).collect()
}

/// A raw value whose lower lines are deeper than a key that stands `indent` deep.
pub(super) fn indented(raw: &[u8], indent: usize) -> Vec<u8> {
    let mut lines = raw.split_inclusive(|b| *b == b'\n');
    let mut text = lines.next().unwrap_or_default().to_vec();
    for line in lines {
        if blanks(line) <= indent {
            text.extend(std::iter::repeat_n(b' ', indent));
        }
        text.extend_from_slice(line);
    }
    text
}

/// The line break in use before `at`, else the file's first one, else `\n`.
pub(super) fn eol(bytes: &[u8], at: u32) -> &'static [u8] {
    let before = &bytes[..at as usize];
    let found = memchr::memrchr(b'\n', before).or_else(|| memchr::memchr(b'\n', bytes));
    match found {
        Some(at) if at > 0 && bytes[at - 1] == b'\r' => b"\r\n",
        _ => b"\n",
    }
}

/// `key = raw` spaced as its neighbours are.
fn entry_text(
    doc: &Document,
    section: Option<&SectionSpan>,
    key: &str,
    raw: &[u8],
    indent: usize,
) -> Vec<u8> {
    let bytes = doc.bytes();
    let neighbours = section.map(|section| doc.entries_of(section)).unwrap_or_default();
    let model = neighbours.iter().filter(|e| !e.value.is_empty()).max_by_key(|e| spaces_before(bytes, e));
    let model = model.or_else(|| doc.parts().entries.iter().rfind(|e| !e.value.is_empty()));
    let mut text = key.as_bytes().to_vec();
    match model {
        Some(model) => {
            let spaces = spaces_before(bytes, model);
            let column = (model.key.end - model.key.start) as usize + spaces;
            let pad = if spaces > 1 { column.saturating_sub(key.len()).max(1) } else { spaces };
            text.extend(std::iter::repeat_n(b' ', pad));
            let delimiter = model.key.end as usize + spaces;
            text.extend_from_slice(&bytes[delimiter..model.value.start as usize]);
        }
        None => text.extend_from_slice(b" = "),
    }
    if raw.is_empty() || raw.starts_with(b"\n") || raw.starts_with(b"\r") {
        text.truncate(text.len() - text.iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count());
    }
    text.extend(indented(raw, indent));
    text
}

fn spaces_before(bytes: &[u8], entry: &EntrySpan) -> usize {
    blanks(&bytes[entry.key.end as usize..])
}

/// The section a new one belongs behind: the profile whose name it extends by `-…` (`work` for `work-mfa`),
/// else one that extends its name (`work-long-term` for `work`). Of duplicates the last.
fn relative(doc: &Document, id: &SectionId) -> Option<usize> {
    if id.kind != SectionKind::Profile {
        return None;
    }
    let name = id.name.as_bytes();
    let names = || doc.parts().sections.iter().map(|s| (s.kind, s.name.of(doc.bytes()))).enumerate();
    let profiles = || names().filter(|(_, (kind, _))| *kind == SectionKind::Profile);
    let stems = profiles().filter(|(_, (_, stem))| extends(name, stem));
    let stem = stems.max_by_key(|(_, (_, stem))| stem.len());
    let found = stem.or_else(|| profiles().rfind(|(_, (_, longer))| extends(longer, name)));
    found.map(|(at, _)| at)
}

fn extends(longer: &[u8], stem: &[u8]) -> bool {
    longer.strip_prefix(stem).is_some_and(|rest| rest.len() > 1 && rest[0] == b'-')
}

/// Where a section's own text ends: behind its last line and the comments right below it, unless those lead
/// over to the next header without a blank line.
fn own_end(doc: &Document, section: usize) -> u32 {
    let sections = &doc.parts().sections;
    let end = sections[section].content_end;
    let limit = sections.get(section + 1).map_or(end_of(doc.bytes()), |next| next.header.start);
    let mut rest = Span { start: end, end: limit }.of(doc.bytes());
    while matches!(rest.first(), Some(b'#' | b';')) {
        rest = &rest[first_line(rest).len()..];
    }
    let runs_into_next = rest.is_empty() && section + 1 < sections.len();
    if runs_into_next { end } else { limit - offset(rest.len()) }
}

/// A span with the blank lines below it; at the end of the text those above it.
fn with_blanks(bytes: &[u8], start: u32, end: u32) -> Span {
    let rest = &bytes[end as usize..];
    let mut below = rest;
    while !below.is_empty() && is_blank(first_line(below)) {
        below = &below[first_line(below).len()..];
    }
    if !below.is_empty() {
        return Span { start, end: end_of(bytes) - offset(below.len()) };
    }
    let mut above = &bytes[..start as usize];
    while ends_blank(above) {
        above = &above[..above.len() - last_line(above).len()];
    }
    Span { start: offset(above.len()), end }
}

/// Whether most sections are set apart by a blank line; so is the second one of a file.
fn blank_between(doc: &Document) -> bool {
    let sections = &doc.parts().sections;
    let apart = sections.windows(2).filter(|pair| {
        let between = Span { start: pair[0].content_end, end: pair[1].header.start }.of(doc.bytes());
        between.split_inclusive(|b| *b == b'\n').any(is_blank)
    });
    sections.len() < 2 || 2 * apart.count() >= sections.len() - 1
}

fn first_line(bytes: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', bytes).map_or(bytes, |at| &bytes[..=at])
}

fn last_line(bytes: &[u8]) -> &[u8] {
    let body = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    memchr::memrchr(b'\n', body).map_or(bytes, |at| &bytes[at + 1..])
}

fn ends_blank(bytes: &[u8]) -> bool {
    !bytes.is_empty() && is_blank(last_line(bytes))
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

fn has_text(bytes: &[u8]) -> bool {
    !is_blank(bytes.strip_prefix(super::lex::BOM).unwrap_or(bytes))
}

fn at_line_start(bytes: &[u8], at: u32) -> bool {
    let before = &bytes[..at as usize];
    before.is_empty() || before == super::lex::BOM || before.ends_with(b"\n")
}
