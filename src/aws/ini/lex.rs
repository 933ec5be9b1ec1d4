//! Bytes to lines with spans.
//!
//! One pass, no allocation, no UTF-8 needed: a line is a few `u32` offsets into the text. Text beyond 4 GiB
//! is left alone. A line that is indented deeper than the key above it continues that key's value, which is
//! the SDKs' rule for keys in column 0 and Python's rule for all others.

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter};

use super::dialect::{Delimiters, Dialect, InlineComments};

/// A half-open range of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The bytes it covers.
    #[must_use]
    pub fn of(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The same span without carriage returns at its end.
    #[must_use]
    pub fn without_cr(self, bytes: &[u8]) -> Self {
        let returns = self.of(bytes).iter().rev().take_while(|b| **b == b'\r').count();
        Self { start: self.start, end: self.end - offset(returns) }
    }

    /// The same span without blanks and carriage returns at both ends.
    #[must_use]
    pub fn trimmed(self, bytes: &[u8]) -> Self {
        let text = self.of(bytes);
        let Some(first) = text.iter().position(|b| !is_space(*b)) else {
            return Self { start: self.start, end: self.start };
        };
        let last = text.iter().rposition(|b| !is_space(*b)).unwrap_or(first);
        Self { start: self.start + offset(first), end: self.start + offset(last) + 1 }
    }
}

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: u32,
    /// Without its line break.
    pub text: Span,
    /// Behind its line break: where the next line starts.
    pub end: u32,
    /// Blanks and tabs in front.
    pub indent: u32,
    pub kind: LineKind,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    Blank,
    Comment,
    /// `[name]`; without the closing bracket `closed` is false and the name is the rest of the line.
    Header {
        name: Span,
        closed: bool,
    },
    Entry(EntryLine),
    /// Belongs to the key (or the junk) above it; trimmed.
    Continuation(Span),
    /// No delimiter, or nothing in front of it.
    Junk {
        has_delimiter: bool,
    },
}

/// The parts of `key = value # comment`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryLine {
    /// Trimmed, case as written.
    pub key: Span,
    /// Where `=` stands.
    pub delimiter: u32,
    /// Trimmed, without an inline comment. Empty: starts right behind the delimiter.
    pub value: Span,
    /// Where an inline comment starts.
    pub comment: Option<u32>,
}

/// The lines of `bytes` as `dialect` cuts them.
#[must_use]
pub fn lex<'a>(bytes: &'a [u8], dialect: &'a Dialect) -> Lexer<'a> {
    let bytes = bytes.get(..u32::MAX as usize).unwrap_or(bytes);
    let at = if dialect.skip_bom && bytes.starts_with(BOM) { BOM.len() } else { 0 };
    Lexer { bytes, dialect, at: offset(at), number: 0, key_indent: None }
}

/// The UTF-8 byte order mark.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// An iterator over lines.
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    bytes: &'a [u8],
    dialect: &'a Dialect,
    at: u32,
    number: u32,
    /// How deep the key stands that an indented line would continue.
    key_indent: Option<u32>,
}

impl Iterator for Lexer<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = self.bytes.get(self.at as usize..).filter(|rest| !rest.is_empty())?;
        let (length, full) = line_length(rest);
        let text = Span { start: self.at, end: self.at + offset(length) }.without_cr(self.bytes);
        self.at += offset(full);
        self.number += 1;
        let indent = offset(text.of(self.bytes).iter().take_while(|b| is_blank(**b)).count());
        let kind = self.kind(text, indent);
        match kind {
            LineKind::Header { .. } => self.key_indent = None,
            LineKind::Entry(_) | LineKind::Junk { .. } => self.key_indent = Some(indent),
            _ => {}
        }
        Some(Line { number: self.number, text, end: self.at, indent, kind })
    }
}

impl Lexer<'_> {
    fn kind(&self, text: Span, indent: u32) -> LineKind {
        let body = Span { start: text.start + indent, end: text.end };
        let Some(first) = body.of(self.bytes).first() else { return LineKind::Blank };
        let continues = self.dialect.continuations && self.key_indent.is_some_and(|key| indent > key);
        match first {
            b'#' | b';' if indent == 0 || !continues || self.dialect.indented_comments => LineKind::Comment,
            _ if continues => LineKind::Continuation(body.trimmed(self.bytes)),
            b'[' => header(self.bytes, body),
            _ => self.entry(body),
        }
    }

    fn entry(&self, body: Span) -> LineKind {
        match split(self.bytes, body, self.dialect) {
            Ok(entry) => LineKind::Entry(entry),
            Err(has_delimiter) => LineKind::Junk { has_delimiter },
        }
    }
}

/// The length of the first line of `rest`, without and with its line break.
fn line_length(rest: &[u8]) -> (usize, usize) {
    match memchr(b'\n', rest) {
        Some(at) => (at, at + 1),
        None => (rest.len(), rest.len()),
    }
}

/// `key = value # comment` taken apart; the error says whether there was a delimiter (then the key is missing).
///
/// # Errors
/// `Err(false)` without a delimiter, `Err(true)` without a key.
pub fn split(bytes: &[u8], body: Span, dialect: &Dialect) -> Result<EntryLine, bool> {
    let text = body.of(bytes);
    let comment = inline_comment(text, dialect.inline_comments);
    let end = comment.unwrap_or(text.len());
    let before = &text[..end];
    let delimiter = match dialect.delimiters {
        Delimiters::Equals => memchr(b'=', before),
        Delimiters::EqualsOrColon => memchr2(b'=', b':', before),
    };
    let at = offset(delimiter.ok_or(false)?) + body.start;
    let key = Span { start: body.start, end: at }.trimmed(bytes);
    if key.is_empty() {
        return Err(true);
    }
    let value = Span { start: at + 1, end: body.start + offset(end) }.trimmed(bytes);
    Ok(EntryLine { key, delimiter: at, value, comment: comment.map(|c| body.start + offset(c)) })
}

/// Where a comment starts in a line that is no comment itself.
fn inline_comment(text: &[u8], rule: InlineComments) -> Option<usize> {
    match rule {
        InlineComments::Never => None,
        InlineComments::AfterWhitespace => {
            memchr2_iter(b'#', b';', text).find(|at| *at > 0 && text[at - 1].is_ascii_whitespace())
        }
    }
}

fn header(bytes: &[u8], body: Span) -> LineKind {
    let text = body.of(bytes);
    let cut = offset(memchr2(b'#', b';', text).unwrap_or(text.len()));
    let head = Span { start: body.start, end: body.start + cut }.trimmed(bytes);
    let closed = head.of(bytes).ends_with(b"]");
    let inner = Span { start: head.start + 1, end: head.end - u32::from(closed) };
    LineKind::Header { name: inner.trimmed(bytes), closed }
}

/// The number of lines that start in `bytes`, for a line number worked out late.
#[must_use]
pub fn count_lines(bytes: &[u8]) -> usize {
    memchr_iter(b'\n', bytes).count()
}

const fn is_blank(b: u8) -> bool {
    b == b' ' || b == b'\t'
}

const fn is_space(b: u8) -> bool {
    is_blank(b) || b == b'\r'
}

/// An offset as a `u32`: the lexer never sees more than `u32::MAX` bytes.
pub(super) fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
