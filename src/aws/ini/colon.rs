//! `key: value`: an entry to boto3, the AWS CLI and Go, and no entry to the SDKs' grammar.
//!
//! Such a key counts for the tools most people use, so a key set beside it would be the second of its name (boto3
//! then refuses the whole file), and a copy of its section would lack it.

use super::dialect::Dialect;
use super::document::Document;
use super::edit::Splice;
use super::lex::{Line, Span, lex, offset};
use super::problem::Fault;
use super::{SectionId, SectionKind};

/// A line with `:` where `=` should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colon {
    pub section: SectionId,
    /// Lower-cased.
    pub key: String,
    /// From 1.
    pub line: u32,
    /// With `=` in place of `:` every tool reads the value that boto3 reads now.
    pub may_be_equals: bool,
    /// The colon with the blanks round it.
    at: Span,
}

impl Document {
    /// The lines of all sections that have a `:` for their `=`.
    #[must_use]
    pub fn colons(&self) -> Vec<Colon> {
        let faults = self.problems().iter();
        let odd = faults.filter(|p| matches!(p.fault, Fault::NoDelimiter | Fault::InvalidKey));
        let lines: Vec<u32> = odd.map(|problem| problem.line).collect();
        if lines.is_empty() {
            return Vec::new();
        }
        let odd = |line: &Line| lines.binary_search(&line.number).is_ok();
        lex(self.bytes(), &Dialect::SDK).filter(odd).filter_map(|line| self.colon(&line)).collect()
    }

    fn colon(&self, line: &Line) -> Option<Colon> {
        let text = line.text.of(self.bytes());
        let colon = memchr::memchr2(b':', b'=', text).filter(|at| text[*at] == b':')?;
        let (before, behind) = (text[..colon].trim_ascii_end(), text[colon + 1..].trim_ascii_start());
        let key = std::str::from_utf8(before.trim_ascii_start()).ok()?.to_ascii_lowercase();
        let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let section = self.sections().take_while(|section| section.line() < line.number).last()?.id();
        let comment = behind.windows(2).any(|pair| pair[0].is_ascii_whitespace() && b"#;".contains(&pair[1]));
        let at =
            Span { start: line.text.start + offset(before.len()), end: line.text.end - offset(behind.len()) };
        let may_be_equals = section.kind != SectionKind::Other
            && self.get(&section, &key).is_none()
            && !comment
            && !behind.starts_with(b"#")
            && !behind.starts_with(b";");
        plain.then_some(Colon { section, key, line: line.number, may_be_equals, at })
    }

    /// Writes `=` for the `:` behind that key. False if there is none, or more than one.
    pub fn equate(&mut self, id: &SectionId, key: &str) -> bool {
        let mut colons = self.colons();
        colons.retain(|colon| colon.section == *id && colon.key == key && colon.may_be_equals);
        let [colon] = colons.as_slice() else { return false };
        let empty = colon.at.end >= offset(self.bytes().len())
            || self.bytes()[colon.at.end as usize].is_ascii_whitespace();
        let sign: &[u8] = if empty { b" =" } else { b" = " };
        self.apply(vec![Splice { at: colon.at, text: sign.to_vec() }])
    }
}

#[cfg(test)]
mod tests {
    use super::super::FileKind;
    use super::*;

    fn document(text: &str) -> Document {
        Document::parse(FileKind::Config, text.into())
    }

    #[test]
    fn colons_become_equals_signs() {
        let work = SectionId::profile("work");
        for (before, after) in [
            ("region: x\r\n", "region = x\r\n"),
            ("Region :x", "Region = x"),
            ("  region:x\n", "  region = x\n"),
            ("region: a=b\n", "region = a=b\n"),
            ("region:\n  n = 1\n", "region =\n  n = 1\n"),
        ] {
            let mut document = document(&format!("[profile work]\n{before}"));
            assert!(document.equate(&work, "region"), "{before:?}");
            assert_eq!(document.bytes(), format!("[profile work]\n{after}").as_bytes());
            assert_eq!(document.colons(), []);
        }
    }

    #[test]
    fn what_would_read_differently_stays() {
        for text in ["region: x # c\n", "region: x\nregion = y\n", "region: x\nregion: y\n", "region:#x\n"] {
            let text = format!("[profile work]\n{text}");
            let mut document = document(&text);
            assert!(!document.equate(&SectionId::profile("work"), "region"), "{text}");
            assert_eq!(document.colons()[0].line, 2);
        }
        assert_eq!(document("[profile work]\nhttp://x\njunk\nk k: v\nrole = a:b\n").colons().len(), 1);
    }
}
