//! Headers as they should be written.
//!
//! The SDKs' grammar drops blanks inside the brackets, cuts a comment wherever it starts and knows no quotes; other
//! readers keep the blanks, look for the last `]` of the line, or take quotes away. What stands behind the first `]`
//! is kept: as a comment where it is one that nobody takes for part of the header, else on a line of its own above.

use super::document::Document;
use super::edit::Splice;
use super::lex::{Span, offset};
use super::nested::{blanks, readable};
use super::section::Section;
use super::{FileKind, SectionId, SectionKind, style};

/// A header every tool reads alike, and what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Straight {
    pub id: SectionId,
    /// With its brackets, without what stands behind them.
    pub header: String,
}

impl Section<'_> {
    /// Its header line as it stands, without blanks at both ends.
    #[must_use]
    pub fn header(&self) -> String {
        readable(self.span.header.of(self.doc.bytes()).trim_ascii()).into_owned()
    }

    /// Whether nothing but the brackets, at most one prefix, one blank and the name stands in its header line.
    #[must_use]
    pub fn is_straight(&self) -> bool {
        let line = self.span.header.of(self.doc.bytes()).trim_ascii_end();
        let inner = line.strip_prefix(b"[").and_then(|line| line.strip_suffix(b"]"));
        let prefix: &[u8] = match (self.span.prefixed, self.span.kind) {
            (false, SectionKind::Profile) => b"",
            (true, SectionKind::Profile) => b"profile ",
            (true, SectionKind::SsoSession) => b"sso-session ",
            (true, SectionKind::Services) => b"services ",
            _ => return false,
        };
        let name = inner.and_then(|inner| inner.strip_prefix(prefix));
        name.is_some_and(|name| name.len() == self.span.name.of(self.doc.bytes()).len())
    }

    /// Its header as it should be written; `None` where that names nothing.
    #[must_use]
    pub fn straight(&self) -> Option<Straight> {
        straight(self.doc.kind(), &self.header()).map(|(straight, _)| straight)
    }
}

/// What a header line is meant to be, and what stands behind its first `]`.
fn straight(file: FileKind, line: &str) -> Option<(Straight, &str)> {
    let (inner, tail) = line.strip_prefix('[')?.split_once(']')?;
    let header = match inner.trim().split_once(char::is_whitespace) {
        Some((prefix, name)) => format!("[{prefix} {}]", unquoted(name.trim())),
        None => format!("[{}]", inner.trim()),
    };
    let alone = Document::parse(file, header.clone().into_bytes());
    let id = alone.sections().next().filter(Section::is_straight)?.id();
    Some((Straight { id, header }, tail.trim()))
}

fn unquoted(name: &str) -> &str {
    let inside = |quote| name.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(name)
}

impl Document {
    /// Whether a header written as it should be would be the only one of its name.
    #[must_use]
    pub fn may_straighten(&self, section: Section<'_>) -> bool {
        let Some(straight) = section.straight().filter(|_| !section.is_straight()) else { return false };
        let named = |other: &Section<'_>| {
            other.id() == straight.id || other.straight().is_some_and(|it| it.id == straight.id)
        };
        self.sections().filter(|other| other.line() != section.line()).all(|other| !named(&other))
    }

    /// Writes the first header line that reads so as it should be.
    pub fn straighten(&mut self, text: &str) {
        let Some(section) = self.sections().find(|section| section.header() == text) else { return };
        let Some((straight, tail)) = straight(self.kind(), text) else { return };
        let stays = tail.starts_with(['#', ';']) && !tail.contains(']');
        let start = section.span.header.start;
        let at = start + offset(blanks(section.span.header.of(self.bytes())));
        let mut header = straight.header;
        let mut splices = Vec::new();
        if stays {
            header = format!("{header} {tail}");
        } else if !tail.is_empty() {
            let mark = if tail.starts_with(['#', ';']) { "" } else { "# " };
            let above = [mark.as_bytes(), tail.as_bytes(), style::eol(self.bytes(), start)].concat();
            splices.push(Splice::insert(start, above));
        }
        let whole = Span { start: at, end: at + offset(text.len()) };
        splices.push(Splice { at: whole, text: header.into_bytes() });
        self.apply(splices);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(file: FileKind, text: &str) -> String {
        let mut document = Document::parse(file, text.into());
        let header = document.sections().next().unwrap().header();
        document.straighten(&header);
        String::from_utf8(document.bytes().to_vec()).unwrap()
    }

    #[test]
    fn headers_are_straightened_and_lose_nothing() {
        for (odd, straight) in [
            ("[ default ]\r\nk = v\r\n", "[default]\r\nk = v\r\n"),
            ("[\tprofile\t \"x\" ]\n", "[profile x]\n"),
            ("[profile 'x'] # mine \n", "[profile x] # mine \n"),
            ("[default] ; see [x]\n", "; see [x]\n[default]\n"),
            (" [default]#c\n", " [default] #c\n"),
            ("[default] x\r\n", "# x\r\n[default]\r\n"),
            ("[sso-session  \"s\"]", "[sso-session s]"),
        ] {
            assert_eq!(mended(FileKind::Config, odd), straight);
        }
        assert_eq!(mended(FileKind::Credentials, "[ a ]\n"), "[a]\n");
    }

    #[test]
    fn what_names_nothing_stays() {
        for odd in ["[profile \"my prof\"]\n", "[dev]\n", "[default\n", "[profile \"x']\n", "[]\n"] {
            assert_eq!(mended(FileKind::Config, odd), odd);
        }
    }

    #[test]
    fn a_second_section_of_one_name_is_not_made() {
        let may = |text: &str| {
            let document = Document::parse(FileKind::Config, text.into());
            let first = document.sections().next().unwrap();
            document.may_straighten(first)
        };
        assert!(may("[ default ]\n[profile x]\n"));
        assert!(!may("[ default ]\n[profile default]\n"));
        assert!(!may("[profile \"x\"]\n[profile 'x']\n"));
        assert!(!may("[profile x]\n"), "it is straight");
    }
}
