//! Our block in the config file: between two comment lines that name the sso-session.
//!
//! A section in it that is none of ours (somebody's `copy` landed there, or a key was added by hand) is kept: it moves
//! behind the block, byte for byte.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use super::Wanted;
use crate::aws::ini::{Document, Entry, Section, SectionKind};

const BEGIN: &str = "# BEGIN awsprof sso sync ";
const END: &str = "# END awsprof sso sync ";
const OURS: [&str; 4] = ["sso_session", "sso_account_id", "sso_role_name", "region"];

/// The block of one session, as it stands in a file.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    document: &'a Document,
    session: &'a str,
    /// From the first byte of its first line to behind its last line break; empty where it is not there yet.
    span: Range<usize>,
}

impl<'a> Block<'a> {
    /// Finds it. A beginning without an end is no block: what follows may be anybody's.
    #[must_use]
    pub fn find(document: &'a Document, session: &'a str) -> Self {
        let bytes = document.bytes();
        let (begin, end) = (format!("{BEGIN}{session}"), format!("{END}{session}"));
        let span = line(bytes, 0, &begin).and_then(|first| {
            let last = line(bytes, first.end, &end)?;
            Some(first.start..last.end)
        });
        Self { document, session, span: span.unwrap_or(bytes.len()..bytes.len()) }
    }

    /// The profiles in it that are ours.
    #[must_use]
    pub fn ours(&self) -> BTreeSet<String> {
        self.inside()
            .filter(|(section, _)| self.is_ours(section))
            .map(|(section, _)| section.id().name)
            .collect()
    }

    /// The profiles of this file that are not.
    #[must_use]
    pub fn theirs(&self) -> BTreeSet<String> {
        let foreign = |section: &Section<'_>| !self.span.contains(&section.start()) || !self.is_ours(section);
        self.document.sections().filter(foreign).map(|section| section.id().name).collect()
    }

    /// The whole file with these profiles in the block; the same bytes if they are in it already.
    #[must_use]
    pub fn with(&self, entries: &[Wanted], region: &str) -> Vec<u8> {
        let bytes = self.document.bytes();
        let newline = if memchr::memmem::find(bytes, b"\r\n").is_some() { "\r\n" } else { "\n" };
        let (before, after) = (&bytes[..self.span.start], &bytes[self.span.end..]);
        let mut text = before.to_vec();
        if !entries.is_empty() {
            if self.span.is_empty() && !before.is_empty() {
                let open = !before.ends_with(b"\n");
                text.extend(newline.repeat(1 + usize::from(open)).bytes());
            }
            text.extend(self.text(entries, region, newline).into_bytes());
        }
        for (_, span) in self.inside().filter(|(section, _)| !self.is_ours(section)) {
            text.extend(newline.bytes());
            text.extend(bytes[span].trim_ascii_end());
            text.extend(newline.bytes());
        }
        text.extend(after);
        text
    }

    fn text(&self, entries: &[Wanted], region: &str, newline: &str) -> String {
        let mut text = format!("{BEGIN}{}{newline}", self.session);
        text.push_str("# Made by `awsprof sso sync`, which writes it anew. Your own profiles stand outside.");
        text.push_str(newline);
        for entry in entries {
            text.push_str(newline);
            let _ = write!(text, "[profile {}]{newline}", entry.name);
            for (key, value) in entry.settings(self.session, region) {
                let _ = write!(text, "{key} = {value}{newline}");
            }
        }
        text.push_str(newline);
        let _ = write!(text, "{END}{}{newline}", self.session);
        text
    }

    /// The sections whose headers stand in the block, each with its bytes up to the next or to the block's last line.
    fn inside(&self) -> impl Iterator<Item = (Section<'_>, Range<usize>)> {
        let last = self.document.bytes()[self.span.clone()].trim_ascii_end();
        let end = self.span.start + memchr::memrchr(b'\n', last).map_or(0, |at| at + 1);
        let inside = |section: &Section<'_>| self.span.contains(&section.start());
        let inside: Vec<Section<'_>> = self.document.sections().filter(inside).collect();
        let ends: Vec<usize> = inside.iter().skip(1).map(Section::start).chain([end]).collect();
        inside.into_iter().zip(ends).map(|(section, end)| {
            let start = section.start();
            (section, start..end.max(start))
        })
    }

    fn is_ours(&self, section: &Section<'_>) -> bool {
        let of_session =
            |entry: &Entry<'_>| entry.key() == "sso_session" && entry.value().text == self.session;
        section.kind() == SectionKind::Profile
            && section.entries().any(|entry| of_session(&entry))
            && section.entries().all(|entry| OURS.contains(&entry.key().as_ref()))
    }
}

/// The line that says exactly this, from `at` on.
fn line(bytes: &[u8], at: usize, text: &str) -> Option<Range<usize>> {
    let mut start = at;
    for line in bytes[at..].split_inclusive(|byte| *byte == b'\n') {
        if line.trim_ascii_end() == text.as_bytes() {
            return Some(start..start + line.len());
        }
        start += line.len();
    }
    None
}
