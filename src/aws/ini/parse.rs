//! Lines to sections and entries: the SDKs' grammar, read leniently.
//!
//! What the grammar refuses becomes a [`Problem`] and the text around it is read on. A line that cannot be
//! understood is never taken for part of a section it does not stand in: an unclosed header starts a section
//! of its own that no reader asks for.

use super::dialect::Dialect;
use super::keys::KeySet;
use super::lex::{BOM, EntryLine, Line, LineKind, Span, count_lines, lex, offset, split};
use super::problem::{Fault, Problem};
use super::{FileKind, SectionKind, is_identifier, plain};

/// A section as spans. Its entries are a range of the document's entries.
#[derive(Clone, Copy, Debug)]
pub(super) struct SectionSpan {
    pub kind: SectionKind,
    /// Without brackets, prefix and blanks.
    pub name: Span,
    /// The header has a prefix (`profile `, `sso-session `, …).
    pub prefixed: bool,
    pub line: u32,
    /// The header line with its line break.
    pub header: Span,
    /// Behind the last line that is neither blank nor a comment in column 0.
    pub content_end: u32,
    pub first_entry: u32,
    pub last_entry: u32,
    /// Which keys it may have.
    pub keys: KeySet,
    /// Whether its lines are such as every tool reads alike ([`plain`](super::plain)).
    pub plain: bool,
}

/// An entry as spans: its first line and the lines that continue it.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntrySpan {
    /// Where its first line starts.
    pub start: u32,
    pub key: Span,
    /// On the first line, trimmed, without an inline comment.
    pub value: Span,
    /// Behind the text of its last line, without the line break.
    pub text_end: u32,
    /// Behind the line break of its last line.
    pub end: u32,
    pub line: u32,
    pub valid: bool,
    pub continued: bool,
}

/// What a document is made of beside its bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub sections: Vec<SectionSpan>,
    pub entries: Vec<EntrySpan>,
    pub problems: Vec<Problem>,
}

/// The lengths of a line and of a section in files found in the wild, or less: room for them is made once.
const TYPICAL_LINE: usize = 32;
const TYPICAL_SECTION: usize = 96;

/// Reads all of `bytes`.
pub(super) fn parse(kind: FileKind, bytes: &[u8]) -> Parts {
    let parts = Parts {
        sections: Vec::with_capacity(bytes.len() / TYPICAL_SECTION),
        entries: Vec::with_capacity(bytes.len() / TYPICAL_LINE),
        problems: Vec::new(),
    };
    let mut parser = Parser { kind, bytes, parts, above: Above::Nothing };
    parser.encoding();
    for line in lex(bytes, &Dialect::SDK) {
        parser.line(&line);
    }
    let mut parts = parser.parts;
    parts.sections.shrink_to_fit();
    parts.entries.shrink_to_fit();
    parts.problems.sort_by_key(|problem| (problem.line, problem.column));
    parts
}

/// What a continuation line would continue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Nothing,
    Entry,
    Junk,
}

struct Parser<'a> {
    kind: FileKind,
    bytes: &'a [u8],
    parts: Parts,
    above: Above,
}

impl Parser<'_> {
    fn encoding(&mut self) {
        if self.bytes.starts_with(BOM) {
            self.parts.problems.push(Problem { fault: Fault::Bom, line: 1, column: 1 });
        }
        if let Err(error) = std::str::from_utf8(self.bytes) {
            let before = &self.bytes[..error.valid_up_to()];
            let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
            self.parts.problems.push(Problem {
                fault: Fault::NotUtf8,
                line: offset(count_lines(before)) + 1,
                column: offset(before.len() - line_start) + 1,
            });
        }
    }

    fn line(&mut self, line: &Line) {
        self.look_whether_plain(line);
        match line.kind {
            LineKind::Blank => return,
            LineKind::Comment if line.indent == 0 => return,
            LineKind::Continuation(text) => self.continuation(line, text),
            _ if line.indent > 0 => self.fault(Fault::Indented, line, line.text.start + line.indent),
            _ => {}
        }
        match line.kind {
            LineKind::Header { name, closed } => self.header(line, name, closed),
            LineKind::Entry(entry) => self.entry(line, &entry),
            LineKind::Junk { has_delimiter } => self.junk(line, has_delimiter),
            _ => {}
        }
        if let Some(section) = self.parts.sections.last_mut() {
            section.content_end = line.end;
        }
    }

    fn look_whether_plain(&mut self, line: &Line) {
        let Parts { sections, entries, .. } = &mut self.parts;
        if let Some(section) = sections.last_mut().filter(|section| section.plain)
            && !matches!(line.kind, LineKind::Header { .. })
        {
            let entries = &entries[section.first_entry as usize..];
            section.plain = plain::stays(self.bytes, line, section.keys, entries);
        }
    }

    fn header(&mut self, line: &Line, name: Span, closed: bool) {
        let named = name_of(self.kind, self.bytes, name, closed);
        if let Some(fault) = named.fault {
            self.fault(fault, line, name.start);
        }
        let entries = offset(self.parts.entries.len());
        self.parts.sections.push(SectionSpan {
            kind: named.kind,
            name: named.name,
            prefixed: named.prefixed,
            line: line.number,
            header: Span { start: line.text.start, end: line.end },
            content_end: line.end,
            first_entry: entries,
            last_entry: entries,
            keys: KeySet::default(),
            plain: true,
        });
        self.above = Above::Nothing;
    }

    fn entry(&mut self, line: &Line, entry: &EntryLine) {
        let Some(section) = self.parts.sections.last_mut() else {
            return self.outside(line);
        };
        section.last_entry += 1;
        let key = entry.key.of(self.bytes);
        section.keys = section.keys.and(KeySet::of(key));
        let valid = is_identifier(key);
        self.parts.entries.push(EntrySpan {
            start: line.text.start,
            key: entry.key,
            value: entry.value,
            text_end: line.text.end,
            end: line.end,
            line: line.number,
            valid,
            continued: false,
        });
        self.above = Above::Entry;
        if !valid {
            self.fault(Fault::InvalidKey, line, entry.key.start);
        }
    }

    fn continuation(&mut self, line: &Line, text: Span) {
        if self.above != Above::Entry {
            return;
        }
        let Some(entry) = self.parts.entries.last_mut() else { return };
        entry.continued = true;
        entry.text_end = line.text.end;
        entry.end = line.end;
        if entry.value.is_empty() {
            match split(self.bytes, text, &Dialect::SDK) {
                Ok(_) => {}
                Err(false) => self.fault(Fault::NoSubDelimiter, line, text.start),
                Err(true) => self.fault(Fault::NoSubKey, line, text.start),
            }
        }
    }

    fn junk(&mut self, line: &Line, has_delimiter: bool) {
        if self.parts.sections.is_empty() {
            return self.outside(line);
        }
        self.above = Above::Junk;
        let fault = if has_delimiter { Fault::NoKey } else { Fault::NoDelimiter };
        self.fault(fault, line, line.text.start + line.indent);
    }

    fn outside(&mut self, line: &Line) {
        self.above = Above::Junk;
        self.fault(Fault::NoSection, line, line.text.start + line.indent);
    }

    fn fault(&mut self, fault: Fault, line: &Line, at: u32) {
        let fault = match fault {
            Fault::Indented if self.parts.sections.is_empty() => Fault::NoSection,
            other => other,
        };
        let column = at.saturating_sub(line.text.start) + 1;
        self.parts.problems.push(Problem { fault, line: line.number, column });
    }
}

/// What stands between the brackets, understood.
pub(super) struct Header {
    pub kind: SectionKind,
    pub name: Span,
    prefixed: bool,
    fault: Option<Fault>,
}

pub(super) fn name_of(file: FileKind, bytes: &[u8], whole: Span, closed: bool) -> Header {
    let text = whole.of(bytes);
    let other = |fault| Header { kind: SectionKind::Other, name: whole, prefixed: false, fault };
    if !closed {
        return other(Some(Fault::UnclosedHeader));
    }
    let profile = |prefixed, name| Header { kind: SectionKind::Profile, name, prefixed, fault: None };
    let Some(space) = text.iter().position(u8::is_ascii_whitespace) else {
        return match file {
            FileKind::Config if text == b"default" => profile(false, whole),
            FileKind::Config if matches!(text, b"plugins" | b"preview") => other(None),
            FileKind::Config => other(Some(Fault::NoPrefix)),
            FileKind::Credentials if is_identifier(text) => profile(false, whole),
            FileKind::Credentials => other(Some(Fault::InvalidName)),
        };
    };
    let name = Span { start: whole.start + offset(space), end: whole.end }.trimmed(bytes);
    let kind = match (file, &text[..space]) {
        (FileKind::Credentials, b"profile") => return other(Some(Fault::UnwantedPrefix)),
        (FileKind::Credentials, _) => return other(Some(Fault::InvalidName)),
        _ if !is_identifier(name.of(bytes)) => return other(Some(Fault::InvalidName)),
        (_, b"profile") => return profile(true, name),
        (_, b"sso-session") => SectionKind::SsoSession,
        (_, b"services") => SectionKind::Services,
        _ => return other(Some(Fault::NoPrefix)),
    };
    Header { kind, name, prefixed: true, fault: None }
}
