//! A new value in an entry that exists: only its own span changes.
//!
//! Two readers disagree on comments, so some have to move: boto3 has no inline comments and would read one
//! behind a token as part of it, and an indented comment below a value is part of that value to the SDKs.

use std::borrow::Cow;

use super::edit::Splice;
use super::lex::Span;
use super::nested::{blanks, continuations};
use super::parse::EntrySpan;
use super::style;

/// Keys whose value another reader (boto3 has no inline comments) would extend by the comment behind it.
pub(crate) const CREDENTIAL_KEYS: [&str; 4] =
    ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token"];

/// A new value in an entry that exists.
pub(super) fn replacement(bytes: &[u8], entry: &EntrySpan, key: &str, raw: &[u8]) -> Vec<Splice> {
    if raw_value(bytes, entry) == raw && !(is_credential_key(key) && entry.comment(bytes).is_some()) {
        return Vec::new();
    }
    let lifts = is_credential_key(key) || entry.continued || raw.contains(&b'\n');
    let comment = entry.comment(bytes).filter(|_| !lifts);
    let to_end = entry.comment(bytes).is_some() || entry.continued || entry.value.is_empty();
    let end = if comment.is_none() && to_end { entry.text_end } else { entry.value.end };
    let (start, mut text) = match raw.first() {
        Some(b'#' | b';') => (entry.after_delimiter(bytes), Vec::new()),
        Some(b'\n' | b'\r') | None => (entry.value.start, Vec::new()),
        Some(_) => (entry.value.start, gap(bytes, entry, comment.is_some()).to_vec()),
    };
    text.extend(style::indented(raw, entry.indent(bytes)));
    let mut splices = vec![Splice { at: Span { start, end }, text }];
    if lifts {
        splices.extend(lifted(bytes, entry));
    }
    splices
}

/// What goes between the delimiter and the value where that was empty: the blanks that are there, or one if
/// one stands before the delimiter. A value that starts with `#` never gets any: it would become a comment.
fn gap<'a>(bytes: &'a [u8], entry: &EntrySpan, comment_stays: bool) -> &'a [u8] {
    if !entry.value.is_empty() {
        return b"";
    }
    let after = Span { start: entry.value.start, end: entry.text_end }.of(bytes);
    let after = &after[..blanks(after)];
    let spaced = blanks(&bytes[entry.key.end as usize..]) > 0;
    match (comment_stays || after.is_empty(), spaced) {
        (false, _) => after,
        (true, true) => b" ",
        (true, false) => b"",
    }
}

/// The comments of an entry on lines of their own above it.
fn lifted(bytes: &[u8], entry: &EntrySpan) -> Option<Splice> {
    let below =
        continuations(bytes, entry).filter(|line| matches!(line.of(bytes).first(), Some(b'#' | b';')));
    let mut text = Vec::new();
    for comment in entry.comment(bytes).into_iter().chain(below) {
        text.extend_from_slice(comment.of(bytes));
        text.extend_from_slice(style::eol(bytes, entry.start));
    }
    (!text.is_empty()).then(|| Splice::insert(entry.start, text))
}

/// The value as it stands: nested lines included, an inline comment left out where that leaves one piece. Lines below
/// it that are no deeper than an indented key are comments, and stay so under a key in column 0: they start there.
pub(super) fn raw_value<'a>(bytes: &'a [u8], entry: &EntrySpan) -> Cow<'a, [u8]> {
    let start = if entry.value.is_empty() { entry.first_end(bytes) } else { entry.value.start };
    let span = if entry.continued { Span { start, end: entry.text_end } } else { entry.value };
    let (raw, indent) = (span.of(bytes), entry.indent(bytes));
    if indent == 0 || !entry.continued {
        return Cow::Borrowed(raw);
    }
    let below = |line: &'a [u8]| if blanks(line) > indent { line } else { &line[blanks(line)..] };
    let mut lines = raw.split_inclusive(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    Cow::Owned(std::iter::once(first).chain(lines.map(below)).flatten().copied().collect())
}

/// Whether a value of this key is part of an access key or a session.
#[must_use]
pub fn is_credential_key(key: &str) -> bool {
    CREDENTIAL_KEYS.iter().any(|known| known.eq_ignore_ascii_case(key))
}
