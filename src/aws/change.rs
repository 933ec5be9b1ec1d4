//! A change: an edit to the two files as data. It can be previewed, refused, applied, undone.
//!
//! A change names what the user wants, never a secret: what it means for the bytes is worked out by
//! [`crate::aws::store`] under the lock, from the text as it is at that moment.

use std::path::PathBuf;

/// What a user can ask to be written. Comparable and loggable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Make a profile the default one.
    Use { profile: String },
    /// Make the previously used profile the default one again.
    UsePrevious,
    /// Give back the `[default]` that was there before awsprof.
    UseClear,
    /// Make `name` get its credentials by running `awsprof export profile`.
    SetupProcess { profile: String, name: String },
    /// Take back the newest user write not yet undone, or the write with this id.
    Undo { id: Option<u64> },
    /// Reverse the newest undo.
    Redo,
}

/// What a write came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The journal entry.
    pub id: u64,
    /// `use`, `renew`, …; for an undo or a redo that of the write it concerns.
    pub verb: String,
    pub profile: String,
    /// What the default profile was before, for `use`.
    pub previous: Option<String>,
    /// The files whose bytes changed; empty if nothing had to.
    pub files: Vec<PathBuf>,
    /// What the user should know: where the old `[default]` was saved, which variables still win, …
    pub notes: Vec<String>,
}
