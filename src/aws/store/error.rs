//! Why nothing was written, in words a person can act on.
//!
//! Whatever the reason, both AWS files are as they were (or, after a crash in between, will be after
//! [`super::recover`]). [`StoreError::class`] is what an exit code is made of.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::aws::ini::EditError;
use crate::aws::session::SessionError;

/// Why a write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{what}")]
    NotFound { what: String, hint: String },
    #[error("{} has been locked by another awsprof for {} s", path.display(), waited.as_secs())]
    Locked { path: PathBuf, waited: Duration },
    #[error("{} is being written by another program: {what}", path.display())]
    Unsettled { path: PathBuf, what: String },
    #[error("{} kept changing while awsprof tried to write it", path.display())]
    Contended { path: PathBuf },
    #[error("{} cannot be written: {source}", path.display())]
    ReadOnly { path: PathBuf, source: io::Error },
    #[error("{} has {links} hard links: replacing one would split them", path.display())]
    HardLinked { path: PathBuf, links: u64 },
    #[error("{} is not a regular file", path.display())]
    NotAFile { path: PathBuf },
    #[error("config and credentials are the same file: {}", path.display())]
    SameFile { path: PathBuf },
    #[error("could not {doing} {}: {source}", path.display())]
    Io { doing: &'static str, path: PathBuf, source: io::Error },
    #[error("{}: read back by {reader}, section [{section}] {what}; nothing was written", path.display())]
    Verify { path: PathBuf, section: String, reader: &'static str, what: String },
    #[error("[{section}] in {} has changed since", path.display())]
    SectionChanged { path: PathBuf, section: String, diff: String },
    #[error("{}: {source}", path.display())]
    BadState { path: PathBuf, source: serde_json::Error },
    #[error("{why}")]
    NeedsConfirmation {
        why: String,
        diff: String,
        /// The name a person must type.
        typed: Option<String>,
    },
    #[error("{what}")]
    Refused { what: String, hint: String },
    /// A section that was to go and that something still names or rests on.
    #[error("{what}")]
    StillNamed { what: String, hint: String },
    #[error(transparent)]
    Edit(#[from] EditError),
    #[error(transparent)]
    Session(#[from] SessionError),
}

/// What kind of failure it is: each maps to one exit code of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A profile, section or journal entry that does not exist (exit 3).
    NotFound,
    /// Parse, permission, locked, changed (exit 6).
    File,
    /// Refused by awsprof's own guard (exit 7).
    Guard,
    /// Asked for something no file can say (exit 2).
    Usage,
}

impl StoreError {
    pub(super) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { doing, path: path.to_owned(), source }
    }

    pub(super) fn refused(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused { what: what.into(), hint: hint.into() }
    }

    /// A profile that neither file has: the same failure whatever was to be done with it.
    pub(super) fn no_profile(profile: &str) -> Self {
        Self::Session(SessionError::NotFound { profile: profile.to_owned() })
    }

    /// Which exit code it deserves.
    #[must_use]
    pub fn class(&self) -> Class {
        match self {
            Self::NotFound { .. } => Class::NotFound,
            Self::Session(error) if error.is_not_found() => Class::NotFound,
            Self::NeedsConfirmation { .. }
            | Self::Refused { .. }
            | Self::StillNamed { .. }
            | Self::Session(_) => Class::Guard,
            Self::Edit(_) => Class::Usage,
            _ => Class::File,
        }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let text = match self {
            Self::NotFound { hint, .. } | Self::Refused { hint, .. } | Self::StillNamed { hint, .. } => hint,
            Self::Locked { .. } => "wait for the other awsprof, or end it",
            Self::Unsettled { .. } => "if you made that change yourself, run the command again",
            Self::Contended { .. } => "another program writes it in a loop; stop it and try again",
            Self::ReadOnly { .. } => {
                "check the permissions of the file's directory, or of the symlink's target"
            }
            Self::HardLinked { .. } => "keep one name for the file, or make the other a symlink",
            Self::NotAFile { .. } => "point AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE at files",
            Self::SameFile { .. } => {
                "give AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE files of their own"
            }
            Self::Verify { .. } => {
                "the file has a construct that two readers understand differently; simplify it"
            }
            Self::SectionChanged { .. } => "edit the section by hand, or undo a later write by its id",
            Self::BadState { .. } => "awsprof's own state is damaged; remove that file",
            Self::NeedsConfirmation { .. } => "confirm it, or pass --yes",
            Self::Session(error) => return error.hint(),
            Self::Edit(error) => return error.hint(),
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                "make room on that disk"
            }
            Self::Io { .. } => return None,
        };
        Some(text.to_owned())
    }
}
