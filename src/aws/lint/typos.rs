//! Keys that no tool knows and that look like one it does. An unknown key that is like no other is somebody's
//! own and is left in peace.

use std::collections::HashMap;

use super::{Findings, known};
use crate::aws::ini::{FileKind, Section, SectionKind};
use crate::aws::overview::Severity;

/// How many different unknown keys are compared with the table: a file of nothing else stays quick to read.
const COMPARED: usize = 500;

/// How many places of a section are remembered.
const PLACES: usize = 16;

/// What was learned from the keys so far.
#[derive(Default)]
struct Seen {
    /// Unknown keys already compared, with the known one each looks like.
    compared: HashMap<(SectionKind, String), Option<&'static str>>,
    /// The known key last met at each place of a section: profiles mostly list the same keys in the same order.
    met: Vec<(SectionKind, &'static str)>,
}

impl Seen {
    /// Whether a table holds the key that stands at this place of a section.
    fn knows(&mut self, kind: SectionKind, at: usize, key: &str) -> bool {
        if self.met.get(at).is_some_and(|met| *met == (kind, key)) {
            return true;
        }
        let table = table(kind);
        let Ok(found) = table.binary_search(&key) else { return false };
        if at < PLACES {
            self.met.resize(self.met.len().max(at + 1), (kind, ""));
            self.met[at] = (kind, table[found]);
        }
        true
    }
}

pub(super) fn check(found: &mut Findings<'_>) {
    let mut seen = Seen::default();
    for file in [FileKind::Config, FileKind::Credentials] {
        for section in found.estate.document(file).sections() {
            one(found, file, section, &mut seen);
        }
    }
}

/// The keys known in sections of that kind, sorted; none where a section's keys are its author's own.
#[must_use]
pub const fn table(kind: SectionKind) -> &'static [&'static str] {
    match kind {
        SectionKind::Profile => known::PROFILE,
        SectionKind::SsoSession => known::SSO_SESSION,
        SectionKind::Services | SectionKind::Other => &[],
    }
}

/// The known key that an unknown one looks like.
#[must_use]
pub fn likely(kind: SectionKind, key: &str) -> Option<&'static str> {
    let known = table(kind).binary_search(&key).is_ok();
    if known { None } else { closest(key, table(kind)) }
}

fn one(found: &mut Findings<'_>, file: FileKind, section: Section<'_>, seen: &mut Seen) {
    let table = table(section.kind());
    for (at, entry) in section.entries().enumerate().filter(|_| !table.is_empty()) {
        let key = entry.key();
        if seen.knows(section.kind(), at, &key) {
            continue;
        }
        let compared = &mut seen.compared;
        let id = (section.kind(), key.clone().into_owned());
        if compared.len() >= COMPARED && !compared.contains_key(&id) {
            continue;
        }
        let Some(like) = *compared.entry(id).or_insert_with(|| closest(&key, table)) else { continue };
        let message = format!("no tool knows the key `{key}`: is `{like}` meant?");
        let place = (file, entry.line());
        let free = found.estate.document(file).get(&section.id(), like).is_none();
        let profile = (section.kind() == SectionKind::Profile).then(|| section.identifier());
        found.add("unknown-key", Severity::Warning, profile, message, place).fixable = free;
    }
}

/// The known key that a key looks like: one slip away, or two in a long one.
fn closest(key: &str, table: &[&'static str]) -> Option<&'static str> {
    let allowed = if key.len() < 8 { 1 } else { 2 };
    let near = table.iter().filter(|known| known.len() > 3 && known.len().abs_diff(key.len()) <= allowed);
    let rated = near.map(|known| (slips(key.as_bytes(), known.as_bytes()), *known));
    rated.filter(|(slips, _)| *slips <= allowed).min_by_key(|(slips, _)| *slips).map(|(_, known)| known)
}

/// How many letters are missing, too many, wrong, or changed round with their neighbour
/// (the *optimal string alignment* distance).
fn slips(one: &[u8], other: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut best = (above[j] + usize::from(a != b)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(known::PROFILE.is_sorted() && known::SSO_SESSION.is_sorted());
    }

    #[test]
    fn slips_are_counted() {
        let count = |one: &str, other: &str| slips(one.as_bytes(), other.as_bytes());
        assert_eq!(count("region", "region"), 0);
        assert_eq!(count("regoin", "region"), 1);
        assert_eq!(count("regin", "region"), 1);
        assert_eq!(count("rogoin", "region"), 2);
        assert_eq!(count("", "abc"), 3);
    }

    #[test]
    fn only_what_is_close_counts() {
        let like = |key| closest(key, known::PROFILE);
        assert_eq!(like("aws_acess_key_id"), Some("aws_access_key_id"));
        assert_eq!(like("role_am"), None);
        assert_eq!(like("role_arm"), Some("role_arn"));
        assert_eq!(like("regions"), Some("region"));
        assert_eq!(like("team"), None);
        assert_eq!(like("s4"), None);
    }
}
