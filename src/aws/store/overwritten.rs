//! Writes of ours that another program has put back.
//!
//! A program that read a file before our write and wrote it in place afterwards takes our edit away, and nothing in
//! our own process can see that. The journal can: the section is byte for byte what it was *before* our last write
//! of it. Somebody may have wanted that, so it is told and not mended, and only for a day.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::chunk::{self, SectionEdit};
use super::draft::BOTH;
use super::journal::{Entry, Journal, State};
use super::{StateDir, settle};
use crate::aws::overview::{Problem, Severity};
use crate::aws::profile::Estate;

/// After this nobody remembers what was meant.
const TOLD: SignedDuration = SignedDuration::from_hours(24);

/// One problem for each write that has a section which is as it was before, at the first such section.
#[must_use]
pub fn overwritten(estate: &Estate, state: &StateDir, now: Timestamp) -> Vec<Problem> {
    let since = now.checked_sub(TOLD).unwrap_or(Timestamp::MIN);
    let entries = Journal::at(&state.scope(estate.files())).since(since);
    if entries.is_empty() {
        return Vec::new();
    }
    let paths = BOTH.map(|file| settle::resolve(estate.path(file)));
    let now = BOTH.map(|file| chunk::split(estate.document(file).bytes()));
    let now = now.each_ref().map(|chunks| chunk::by_id(chunks));
    let (mut known, mut problems) = (HashSet::new(), Vec::new());
    for entry in &entries {
        // Only the newest write of a section says what it should be.
        let newest = edits(entry, &paths).filter(|(at, edit)| known.insert((*at, &edit.id)));
        let newest: Vec<_> = newest.filter(|_| entry.state == State::Done).collect();
        let lost = newest.into_iter().find(|(at, edit)| is_back(&now[*at], edit));
        problems.extend(lost.map(|(at, edit)| problem(estate, at, entry, edit)));
    }
    problems
}

/// What an entry did to each section of the two files.
fn edits<'a>(entry: &'a Entry, paths: &'a [PathBuf; 2]) -> impl Iterator<Item = (usize, &'a SectionEdit)> {
    let files =
        entry.files.iter().filter_map(|file| Some((paths.iter().position(|p| *p == file.path)?, file)));
    let all = files.flat_map(|(at, file)| file.edits.iter().map(move |edit| (at, edit)));
    all.filter(|(_, edit)| chunk::is_section(&edit.id))
}

fn is_back(now: &HashMap<&str, &Vec<u8>>, edit: &SectionEdit) -> bool {
    now.get(edit.id.as_str()).copied() == edit.before.as_ref().map(|raw| &raw.0)
}

/// A section we had made and that is gone is the likeliest to have been removed on purpose.
fn problem(estate: &Estate, at: usize, entry: &Entry, edit: &SectionEdit) -> Problem {
    let severity = if edit.before.is_some() { Severity::Warning } else { Severity::Info };
    let (verb, id, when) = (&entry.verb, entry.id, entry.at.strftime("%F %T UTC"));
    let mut message = format!(
        "[{}] is again what it was before `{}` ({when}): if another program did that, `awsprof redo {id}` writes it once more",
        edit.id,
        format!("{verb} {}", entry.profile).trim_end(),
    );
    message.retain(|c| !c.is_control());
    let header = |id: &str| id.strip_prefix("profile ").unwrap_or(id).to_owned();
    let line = estate.document(BOTH[at]).sections().find(|s| s.name() == header(&edit.id)).map(|s| s.line());
    Problem {
        code: "write-lost",
        severity,
        message,
        file: Some(estate.path(BOTH[at]).to_owned()),
        line,
        fixable: false,
        profile: Some(header(&edit.id)),
    }
}
