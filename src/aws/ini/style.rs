//! The style of a file, found out from its text: spacing round `=`, line breaks, blank lines.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::document::Document;
use super::lex::{BOM, Span};
use super::nested::blanks;
use super::parse::{EntrySpan, SectionSpan};

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
pub(super) fn entry_text(
    doc: &Document,
    section: Option<&SectionSpan>,
    key: &str,
    raw: &[u8],
    indent: usize,
) -> Vec<u8> {
    let bytes = doc.bytes();
    let neighbours = section.map(|section| doc.entries_of(section)).unwrap_or_default();
    let model = neighbours.iter().filter(|e| !e.value.is_empty()).max_by_key(|e| spaces_before(bytes, e));
    let model = model.or_else(|| usual(doc));
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
    if matches!(raw.first(), None | Some(b'\n' | b'\r' | b'#' | b';')) {
        text.truncate(text.len() - text.iter().rev().take_while(|b| b.is_ascii_whitespace()).count());
    }
    text.extend(indented(raw, indent));
    text
}

/// An entry spaced as most entries of the file are; of two ways that are as frequent the later one.
fn usual(doc: &Document) -> Option<&EntrySpan> {
    let entries = doc.parts().entries.iter().filter(|e| !e.value.is_empty());
    let mut ways: HashMap<&[u8], (usize, usize, &EntrySpan)> = HashMap::new();
    for (at, entry) in entries.enumerate() {
        let way = Span { start: entry.key.end, end: entry.value.start }.of(doc.bytes());
        let (count, last, _) = ways.entry(way).or_insert((0, at, entry));
        (*count, *last) = (*count + 1, at);
    }
    ways.into_values().max_by_key(|(count, last, _)| (*count, *last)).map(|(_, _, entry)| entry)
}

fn spaces_before(bytes: &[u8], entry: &EntrySpan) -> usize {
    blanks(&bytes[entry.key.end as usize..])
}

/// By how many blank lines most sections are set apart; the second one of a file is by one.
pub(super) fn blanks_between(doc: &Document) -> usize {
    let sections = &doc.parts().sections;
    let mut gaps: HashMap<usize, usize> = HashMap::new();
    for pair in sections.windows(2) {
        let between = Span { start: pair[0].content_end, end: pair[1].header.start }.of(doc.bytes());
        *gaps.entry(widest(between)).or_default() += 1;
    }
    let close = gaps.remove(&0).unwrap_or_default();
    if 2 * close > sections.len().saturating_sub(1) {
        return 0;
    }
    gaps.into_iter().max_by_key(|(gap, count)| (*count, Reverse(*gap))).map_or(1, |(gap, _)| gap)
}

/// The most blank lines in a row.
fn widest(text: &[u8]) -> usize {
    let lines: Vec<bool> = text.split_inclusive(|b| *b == b'\n').map(is_blank).collect();
    lines.split(|blank| !blank).map(<[bool]>::len).max().unwrap_or_default()
}

pub(super) fn first_line(bytes: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', bytes).map_or(bytes, |at| &bytes[..=at])
}

pub(super) fn last_line(bytes: &[u8]) -> &[u8] {
    let body = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    memchr::memrchr(b'\n', body).map_or(bytes, |at| &bytes[at + 1..])
}

pub(super) fn ends_blank(bytes: &[u8]) -> bool {
    !bytes.is_empty() && is_blank(last_line(bytes))
}

pub(super) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

pub(super) fn has_text(bytes: &[u8]) -> bool {
    !is_blank(bytes.strip_prefix(BOM).unwrap_or(bytes))
}

pub(super) fn at_line_start(bytes: &[u8], at: u32) -> bool {
    let before = &bytes[..at as usize];
    before.is_empty() || before == BOM || before.ends_with(b"\n")
}
