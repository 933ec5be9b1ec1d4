//! The journal as it is shown: what was written when, with secrets masked.

use std::path::PathBuf;

use jiff::Timestamp;

use super::diff;
use super::journal::{Entry, FileEdits, List, State};
use super::raw::Raw;

/// One remembered write, fit to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub id: u64,
    pub at: Timestamp,
    pub verb: String,
    pub profile: String,
    pub list: List,
    pub state: State,
    pub files: Vec<PathBuf>,
    /// Unified, per section; secret values as `****`.
    pub diff: String,
}

/// Leaves out what must not be seen.
pub(super) fn recorded(entry: &Entry) -> Recorded {
    Recorded {
        id: entry.id,
        at: entry.at,
        verb: entry.verb.clone(),
        profile: entry.profile.clone(),
        list: entry.list,
        state: entry.state,
        files: entry.all().map(|file| file.path.clone()).collect(),
        diff: entry.all().map(difference).collect(),
    }
}

/// What happened to one file, section by section.
pub(super) fn difference(file: &FileEdits) -> String {
    let text = |side: fn(&super::chunk::SectionEdit) -> &Option<Raw>| -> Vec<u8> {
        file.edits.iter().filter_map(|edit| side(edit).as_ref()).flat_map(|raw| raw.0.clone()).collect()
    };
    diff::masked(&file.path.display().to_string(), &text(|edit| &edit.before), &text(|edit| &edit.after))
}
