//! Repairs: edits that mend how a text is written and leave what it says to the SDKs.
//!
//! Each is one pass over the text. None asks whether it *should* be done: `aws::lint` finds what is wrong, and
//! `aws::store` reads the outcome back before it believes it.

use std::collections::HashSet;

use super::document::Document;
use super::edit::{Splice, end_of};
use super::lex::{BOM, Span};
use super::parse::{EntrySpan, SectionSpan};
use super::{SectionId, nested, place, style};

impl Document {
    /// Drops the byte order mark.
    pub fn strip_bom(&mut self) {
        if self.bytes().starts_with(BOM) {
            self.replace(self.bytes()[BOM.len()..].to_vec());
        }
    }

    /// Ends the last line with a line break.
    pub fn end_last_line(&mut self) {
        let at = end_of(self.bytes());
        if !style::at_line_start(self.bytes(), at) {
            let eol = style::eol(self.bytes(), at).to_vec();
            self.apply(vec![Splice::insert(at, eol)]);
        }
    }

    /// Makes all lines end the way most of them do.
    pub fn unify_line_ends(&mut self) {
        let (plain, returns) = self.line_ends();
        let eol: &[u8] = if returns > plain { b"\r\n" } else { b"\n" };
        let mut text = Vec::with_capacity(self.bytes().len() + plain);
        for line in self.bytes().split_inclusive(|byte| *byte == b'\n') {
            let Some(body) = line.strip_suffix(b"\n") else {
                text.extend_from_slice(line);
                continue;
            };
            let returns = body.iter().rev().take_while(|byte| **byte == b'\r').count();
            text.extend_from_slice(&body[..body.len() - returns]);
            text.extend_from_slice(eol);
        }
        self.replace(text);
    }

    /// How many lines end in a line feed alone, and how many in carriage return and line feed.
    #[must_use]
    pub fn line_ends(&self) -> (usize, usize) {
        let ends = memchr::memchr_iter(b'\n', self.bytes());
        let returns = |at: &usize| *at > 0 && self.bytes()[at - 1] == b'\r';
        let (all, returns) =
            ends.fold((0, 0), |(all, found), at| (all + 1, found + usize::from(returns(&at))));
        (all - returns, returns)
    }

    /// The first line that does not end the way most of them do; `None` where all end alike.
    #[must_use]
    pub fn odd_line_end(&self) -> Option<usize> {
        let (plain, returns) = self.line_ends();
        let mut lines = self.bytes().split_inclusive(|byte| *byte == b'\n');
        let odd = lines.position(|line| line.ends_with(b"\r\n") != (returns > plain));
        odd.filter(|_| plain > 0 && returns > 0).map(|at| at + 1)
    }

    /// Makes one section of those with this header: the keys of the later ones go below those of the first.
    /// Of a key that then stands more than once the last one stays: it is the one that counts.
    pub fn gather(&mut self, id: &SectionId, prefixed: bool) {
        let at = self.with_header(id, prefixed);
        let Some((first, later)) = at.split_first() else { return };
        let end = self.parts().sections[*first].content_end;
        let mut moved = Vec::new();
        let mut splices = Vec::new();
        for section in later.iter().map(|at| &self.parts().sections[*at]) {
            let body = Span { start: section.header.end, end: section.content_end };
            moved.extend(self.behind_header(section, end));
            moved.extend_from_slice(body.of(self.bytes()));
            if !body.is_empty() && !style::at_line_start(self.bytes(), body.end) {
                moved.extend_from_slice(style::eol(self.bytes(), end));
            }
            let whole = place::with_blanks(self.bytes(), section.header.start, section.content_end);
            splices.push(Splice::delete(whole));
        }
        // An insertion comes before a deletion that starts at the same place.
        splices.insert(0, Splice::insert(end, moved));
        self.apply(splices);
        self.drop_repeats(id, prefixed);
    }

    /// Of every key that stands more than once in the section only the last one stays.
    pub fn drop_repeats(&mut self, id: &SectionId, prefixed: bool) {
        let splices = self.with_header(id, prefixed).into_iter().flat_map(|at| {
            let mut seen = HashSet::new();
            let entries = self.entries_of(&self.parts().sections[at]).iter().rev().filter(|e| e.valid);
            let repeated = |entry: &&EntrySpan| !seen.insert(nested::lower(entry.key.of(self.bytes())));
            let spans = entries.filter(repeated).map(|e| Span { start: e.start, end: e.end });
            spans.collect::<Vec<_>>()
        });
        let splices = splices.map(Splice::delete).collect();
        self.apply(splices);
    }

    /// Gives all sections of one name another header.
    pub fn retitle(&mut self, id: &SectionId, to: &SectionId) {
        let header = to.header(self.kind());
        let inner = header.trim_start_matches('[').trim_end_matches(']');
        let sections = self.parts().sections.iter().filter(|section| self.is_named(section, id));
        let splices = sections.map(|s| Splice { at: s.name, text: inner.into() }).collect();
        self.apply(splices);
    }

    /// Gives a key of a section another name.
    pub fn rename_key(&mut self, id: &SectionId, from: &str, to: &str) {
        let sections = self.visible(id).map(|at| &self.parts().sections[at]);
        let entries = sections.flat_map(|section| self.entries_of(section));
        let named = entries.filter(|entry| entry.is(from, self.bytes()));
        let splices = named.map(|entry| Splice { at: entry.key, text: to.into() }).collect();
        self.apply(splices);
    }

    /// The comment behind a header that goes, as a line of its own.
    fn behind_header(&self, section: &SectionSpan, at: u32) -> Vec<u8> {
        let rest = Span { start: section.name.end, end: section.header.end }.of(self.bytes());
        let comment = rest.iter().position(|byte| matches!(byte, b'#' | b';'));
        let comment = comment.map(|start| rest[start..].trim_ascii_end());
        comment.map(|comment| [comment, style::eol(self.bytes(), at)].concat()).unwrap_or_default()
    }

    fn with_header(&self, id: &SectionId, prefixed: bool) -> Vec<usize> {
        let all = self.parts().sections.iter().enumerate();
        let same = all.filter(|(_, section)| self.is_named(section, id) && section.prefixed == prefixed);
        same.map(|(at, _)| at).collect()
    }

    fn is_named(&self, section: &SectionSpan, id: &SectionId) -> bool {
        section.kind == id.kind && String::from_utf8_lossy(section.name.of(self.bytes())) == id.name
    }
}

#[cfg(test)]
mod tests {
    use super::super::FileKind;
    use super::*;

    fn after(text: &str, repair: impl Fn(&mut Document)) -> String {
        let mut document = Document::parse(FileKind::Config, text.into());
        repair(&mut document);
        String::from_utf8(document.bytes().to_vec()).unwrap()
    }

    fn work() -> SectionId {
        SectionId::profile("work")
    }

    #[test]
    fn the_ends_of_a_text_are_mended() {
        assert_eq!(after("\u{feff}[a]\n", Document::strip_bom), "[a]\n");
        assert_eq!(after("[a]\r\nk = 1", Document::end_last_line), "[a]\r\nk = 1\r\n");
        assert_eq!(after("[a]\n", Document::end_last_line), "[a]\n");
        assert_eq!(after("a\r\nb\r\nc\nd", Document::unify_line_ends), "a\r\nb\r\nc\r\nd");
        assert_eq!(after("a\n\r\r\nc\n", Document::unify_line_ends), "a\n\nc\n");
    }

    #[test]
    fn sections_are_gathered_below_the_first() {
        let text = "[profile work]\na = 1\nb = 1\n\n# other\n[profile x]\n\n[profile work] ; why\nb = 2\n# mine\nc = 3";
        let mended = after(text, |document| document.gather(&work(), true));
        assert_eq!(mended, "[profile work]\na = 1\n; why\nb = 2\n# mine\nc = 3\n\n# other\n[profile x]\n");
    }

    #[test]
    fn neighbours_are_gathered_too() {
        let mended =
            after("[profile work]\na = 1\n[profile work]\nb = 2\n[x]\n", |d| d.gather(&work(), true));
        assert_eq!(mended, "[profile work]\na = 1\nb = 2\n[x]\n");
    }

    #[test]
    fn of_repeated_keys_the_last_stays_where_it_is() {
        let text = "[profile work]\nk = 1\ns3 =\n  x = 1\nK = 2\ns3 =\n  y = 2\n";
        let mended = after(text, |document| document.drop_repeats(&work(), true));
        assert_eq!(mended, "[profile work]\nK = 2\ns3 =\n  y = 2\n");
    }

    #[test]
    fn headers_and_keys_are_renamed_in_place() {
        let other = SectionId { kind: super::super::SectionKind::Other, name: "work".to_owned() };
        assert_eq!(after("[ work ] # c\n", |d| d.retitle(&other, &work())), "[ profile work ] # c\n");
        let mended = after("[profile work]\n regoin=x # c\n", |d| d.rename_key(&work(), "regoin", "region"));
        assert_eq!(mended, "[profile work]\n region=x # c\n");
    }
}
