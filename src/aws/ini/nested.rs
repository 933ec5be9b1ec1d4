//! Values of more than one line: joined as the SDKs join them, and the sub-keys of a nested block.

use std::borrow::Cow;

use super::dialect::Dialect;
use super::lex::{Span, offset, split};
use super::parse::EntrySpan;

/// The lines below the first one that count: trimmed, no blank ones, no comments in column 0.
pub(super) fn continuations<'a>(bytes: &'a [u8], entry: &EntrySpan) -> impl Iterator<Item = Span> + 'a {
    let mut rest = Span { start: entry.value.end, end: entry.text_end };
    let end = entry.text_end;
    let indent = entry.indent(bytes);
    let mut first = true;
    std::iter::from_fn(move || {
        if rest.start > end {
            return None;
        }
        let length = memchr::memchr(b'\n', rest.of(bytes)).map_or(end - rest.start, offset);
        let line = Span { start: rest.start, end: rest.start + length };
        rest.start += length + 1;
        Some(line)
    })
    .filter(move |line| {
        let is_first = std::mem::replace(&mut first, false);
        !is_first && blanks(line.of(bytes)) > indent
    })
    .map(|line| line.trimmed(bytes))
    .filter(|line| !line.is_empty())
}

/// The value as the SDKs see it: `first\nsecond`, or `\nkey = value` for a nested block.
pub(super) fn text<'a>(bytes: &'a [u8], entry: &EntrySpan) -> Cow<'a, str> {
    let first = readable(entry.value.of(bytes));
    if !entry.continued {
        return first;
    }
    let mut joined = first.into_owned();
    for line in continuations(bytes, entry) {
        joined.push('\n');
        joined.push_str(&readable(line.of(bytes)));
    }
    Cow::Owned(joined)
}

/// The sub-keys of a nested block, lower-cased, with their values; empty for any other value.
pub(super) fn pairs<'a>(
    bytes: &'a [u8],
    entry: &EntrySpan,
) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> + 'a {
    let is_block = entry.continued && entry.value.is_empty();
    continuations(bytes, entry)
        .take_while(move |_| is_block)
        .filter_map(|line| split(bytes, line, &Dialect::SDK).ok())
        .map(|pair| (lower(pair.key.of(bytes)), readable(pair.value.of(bytes))))
}

/// How many blanks and tabs a line starts with.
pub(super) fn blanks(line: &[u8]) -> usize {
    line.iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

/// Bytes as text. Nearly always they are UTF-8, and checking that is several times faster than mending it.
pub(super) fn readable(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// A key in lower case; borrowed if it already is.
pub(super) fn lower(key: &[u8]) -> Cow<'_, str> {
    let key = readable(key);
    if key.bytes().any(|b| b.is_ascii_uppercase()) { Cow::Owned(key.to_ascii_lowercase()) } else { key }
}
