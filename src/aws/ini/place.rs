//! Where something new goes, and what goes with something old.

use super::document::Document;
use super::edit::{Splice, end_of};
use super::lex::{Span, offset};
use super::nested::blanks;
use super::parse::SectionSpan;
use super::{SectionId, SectionKind, style};

/// A new key behind the section's last one.
pub(super) fn new_entry(doc: &Document, section: usize, key: &str, raw: &[u8]) -> Splice {
    let bytes = doc.bytes();
    let span = &doc.parts().sections[section];
    let last = doc.entries_of(span).last();
    let at = last.map_or(span.content_end, |entry| entry.end);
    let indent = last.map_or_else(|| header_indent(doc, section + 1), |last| last.indent_text(bytes));
    let eol = style::eol(bytes, at);
    let mut text = Vec::new();
    if !style::at_line_start(bytes, at) {
        text.extend_from_slice(eol);
    }
    text.extend_from_slice(indent);
    text.extend(style::entry_text(doc, Some(span), key, raw, indent.len()));
    text.extend_from_slice(eol);
    Splice::insert(at, text)
}

/// A new section with its first key: behind `relative`, else at the end.
pub(super) fn new_section(
    doc: &Document,
    id: &SectionId,
    key: &str,
    raw: &[u8],
    relative: Option<usize>,
) -> Splice {
    let at = relative.map_or(end_of(doc.bytes()), |section| own_end(doc, section));
    let (before, rest) = doc.bytes().split_at(at as usize);
    let eol = style::eol(doc.bytes(), at);
    let gap = eol.repeat(style::blanks_between(doc));
    let mut text = Vec::new();
    if !style::at_line_start(doc.bytes(), at) {
        text.extend_from_slice(eol);
    }
    if style::has_text(before) && !style::ends_blank(before) {
        text.extend_from_slice(&gap);
    }
    let model = relative.map(|section| &doc.parts().sections[section]);
    let indent = relative.map_or(&b""[..], |section| header_indent(doc, section + 1));
    text.extend_from_slice(id.header(doc.kind()).as_bytes());
    text.extend_from_slice(eol);
    text.extend_from_slice(indent);
    text.extend(style::entry_text(doc, model, key, raw, indent.len()));
    text.extend_from_slice(eol);
    if !rest.is_empty() && !style::is_blank(style::first_line(rest)) {
        text.extend_from_slice(&gap);
    }
    Splice::insert(at, text)
}

/// How a header is indented. A key put above it must not stand less deep, or it would swallow the header.
fn header_indent(doc: &Document, section: usize) -> &[u8] {
    let header = doc.parts().sections.get(section).map(|next| next.header.of(doc.bytes()));
    header.map_or(b"", |header| &header[..blanks(header)])
}

/// The text of all sections of that name, each with the blank lines that set it apart. A header below that is indented
/// loses its indentation: else it would continue the value that then stands above it.
pub(super) fn whole_sections(doc: &Document, id: &SectionId) -> Vec<Span> {
    let named =
        |section: &SectionSpan| section.kind == id.kind && section.name.of(doc.bytes()) == id.name.as_bytes();
    let sections = &doc.parts().sections;
    let all = sections.iter().enumerate().filter(|(_, section)| named(section));
    let whole = |(at, section): (usize, &SectionSpan)| {
        let below = sections.get(at + 1).filter(|below| !named(below)).map(|below| below.header);
        let indent =
            below.map(|header| Span { end: header.start + offset(blanks(header.of(doc.bytes()))), ..header });
        let own = with_blanks(doc.bytes(), section.header.start, own_end(doc, at));
        std::iter::once(own).chain(indent.filter(|indent| !indent.is_empty()))
    };
    all.flat_map(whole).collect()
}

/// The section a new one belongs behind: the profile whose name it extends by `-…` (`work` for `work-mfa`),
/// else one that extends its name (`work-long-term` for `work`), else its source. Of duplicates the last.
pub(super) fn relative(doc: &Document, id: &SectionId, source: Option<&[u8]>) -> Option<usize> {
    if id.kind != SectionKind::Profile {
        return None;
    }
    let name = id.name.as_bytes();
    let names = || doc.parts().sections.iter().map(|s| (s.kind, s.name.of(doc.bytes()))).enumerate();
    let profiles = || names().filter(|(_, (kind, _))| *kind == SectionKind::Profile);
    let stems = profiles().filter(|(_, (_, stem))| extends(name, stem));
    let stem = stems.max_by_key(|(_, (_, stem))| stem.len());
    let longer = || profiles().rfind(|(_, (_, longer))| extends(longer, name));
    let source = || profiles().rfind(|(_, (_, name))| Some(*name) == source);
    stem.or_else(longer).or_else(source).map(|(at, _)| at)
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
        rest = &rest[style::first_line(rest).len()..];
    }
    let runs_into_next = rest.is_empty() && section + 1 < sections.len();
    if runs_into_next { end } else { limit - offset(rest.len()) }
}

/// A span with the blank lines below it; at the end of the text those above it. A header that then follows is
/// moved to column 0 if it stands deeper than the one that goes: nothing above may swallow it.
pub(super) fn with_blanks(bytes: &[u8], start: u32, end: u32) -> Span {
    let mut below = &bytes[end as usize..];
    while !below.is_empty() && style::is_blank(style::first_line(below)) {
        below = &below[style::first_line(below).len()..];
    }
    if !below.is_empty() {
        let depth = blanks(below);
        let deeper = below[depth..].starts_with(b"[") && depth > blanks(&bytes[start as usize..]);
        let kept = below.len() - if deeper { depth } else { 0 };
        return Span { start, end: end_of(bytes) - offset(kept) };
    }
    let mut above = &bytes[..start as usize];
    while style::ends_blank(above) {
        above = &above[..above.len() - style::last_line(above).len()];
    }
    Span { start: offset(above.len()), end }
}
