//! Profiles that are marked, for what is done to several at once: renewing, removing, copying export lines.

use std::collections::BTreeSet;

use super::enabled::{self, Enabled};
use super::intent::Intent;
use super::model::{Model, Pane};
use crate::aws::change::Change;

/// What the footer says while profiles are marked, the most important first.
pub const HINTS: [(Intent, &str); 8] = [
    (Intent::Renew, "renew all"),
    (Intent::Remove, "remove all"),
    (Intent::Copy, "export, copy"),
    (Intent::Back, "clear marks"),
    (Intent::Mark, "mark"),
    (Intent::MarkAll, "all or none"),
    (Intent::Help, "help"),
    (Intent::Filter, "filter"),
];

/// What several removals came to so far: each is looked at before one question is asked about all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Still to be looked at, the next one last.
    pub todo: Vec<Change>,
    /// Looked at, each with its diff.
    pub seen: Vec<(Change, String)>,
    /// The profiles that cannot be part of it, and why.
    pub left: Vec<(String, String)>,
}

/// What is done to several profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Several {
    /// The names that are marked.
    pub marks: BTreeSet<String>,
    /// Renewals that were agreed to and are still to come.
    pub queue: Vec<String>,
    /// Removals that are being looked at.
    pub batch: Option<Batch>,
}

/// What an act on the profiles pane is about: the marked profiles in the order of the files, if any.
#[must_use]
pub fn marked(model: &Model) -> Vec<String> {
    if model.pane == Pane::Sessions {
        return Vec::new();
    }
    let names = model.overview.rows.iter().map(|row| &row.name);
    names.filter(|name| model.several.marks.contains(*name)).cloned().collect()
}

/// The marked profiles, or the selected one, can be renewed.
///
/// # Errors
/// As [`enabled::can_renew`]; of marked profiles each says for itself.
pub fn can_renew(model: &Model) -> Enabled {
    if marked(model).is_empty() { enabled::can_renew(model) } else { enabled::can_write(model) }
}

/// The marked profiles, or the selected one, can be removed.
///
/// # Errors
/// As [`enabled::can_change`].
pub fn can_remove(model: &Model) -> Enabled {
    if marked(model).is_empty() { enabled::can_change(model) } else { enabled::can_write(model) }
}
