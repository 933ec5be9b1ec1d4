//! A change: an edit to the two files as data. It can be previewed, refused, applied, undone.
//!
//! A change names what the user wants, never a secret: what it means for the bytes is worked out by
//! [`crate::aws::store`] under the lock, from the text as it is at that moment. Secret values that go with a
//! change travel beside it, in [`crate::aws::secret::Secrets`].

use std::path::PathBuf;

use super::ini::SectionId;
use super::overview::Problem;
use super::sync::{Grant, Rules};

/// Keys and values in the order they are to be written; no secrets among them.
pub type Settings = Vec<(String, String)>;

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
    /// Reverse the newest undo; with an id, write again what another program has put back.
    Redo { id: Option<u64> },
    /// Make a profile that is not there yet, and with it the `[sso-session]` it names where that is missing.
    Add { profile: String, settings: Settings, sso_session: Option<(String, Settings)> },
    /// Set and remove keys of a section.
    Edit { section: SectionId, settings: Settings, unset: Vec<String> },
    /// Give a section another name, in both files, and have everything that names it follow.
    Rename { section: SectionId, to: String },
    /// Make a second section with the same keys.
    Copy { section: SectionId, to: String },
    /// Remove a section from both files.
    Remove { section: SectionId, references: References, last_keys: LastKeys },
    /// Remove the sessions that awsprof wrote: those of one profile, or all.
    Forget { profile: Option<String> },
    /// Put a new access key in the place of an old one, wherever that stands; its secret goes beside.
    Rotate { profile: String, from: String, to: String },
    /// Write profiles found in another tool's file.
    Import { profiles: Vec<(String, Settings)> },
    /// Make the profiles of an sso-session's block those that these grants come to.
    Sync { session: String, grants: Vec<Grant>, rules: Rules },
    /// Mend these problems.
    Mend { problems: Vec<Spot> },
}

/// What becomes of settings that name a section which goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum References {
    /// Nothing goes while something names it.
    #[default]
    Refuse,
    /// They are left to name nothing.
    Leave,
    /// They name this section from then on.
    Retarget(String),
}

/// What becomes of the last copy of long-term keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastKeys {
    /// It is saved under another name.
    #[default]
    Keep,
    /// It goes: a person has typed, or will be asked to type, the profile's name.
    Delete,
}

/// A problem by its code and place: what `doctor --fix` asks to be mended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spot {
    pub code: String,
    pub file: PathBuf,
    /// From 1; `None` for the whole file.
    pub line: Option<u32>,
}

impl Spot {
    /// The place of a problem in one of the files; `None` for one that is elsewhere.
    #[must_use]
    pub fn of(problem: &Problem) -> Option<Self> {
        let file = problem.file.clone()?;
        Some(Self { code: problem.code.to_owned(), file, line: problem.line })
    }
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
