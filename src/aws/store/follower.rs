//! A file that is neither of the two and names profiles all the same: awsprof's own settings.
//!
//! The store knows nothing of what is in it. Whoever owns it says how its text reads when a profile is called
//! something else; the store writes it together with the two files, remembers it with them and takes it back with
//! them.

use std::path::{Path, PathBuf};

use super::chunk::{self, SectionEdit};
use super::journal::FileEdits;
use super::{StoreError, settle};
use crate::aws::ini::SectionId;

/// The text with one profile's name in place of another's; `None` if it does not name that profile.
pub type Renamed = fn(text: &str, from: &str, to: &str) -> Option<String>;

/// Where the file is and how it follows.
#[derive(Clone, Debug)]
pub struct Follower {
    pub path: PathBuf,
    pub renamed: Renamed,
}

/// The file as it is now.
#[derive(Clone, Debug)]
pub(super) struct Followed {
    path: PathBuf,
    text: String,
    renamed: Renamed,
}

impl Followed {
    /// Reads it; one that is missing or no text names nobody.
    pub(super) fn read(follower: &Follower) -> Result<Option<Self>, StoreError> {
        let path = settle::resolve(&follower.path);
        let text = String::from_utf8(settle::look(&path)?.text).ok();
        Ok(text.map(|text| Self { path, text, renamed: follower.renamed }))
    }

    /// Where it is, if it names a profile.
    pub(super) fn names(&self, profile: &str) -> Option<&Path> {
        // No profile is called that: the name is free in any case.
        let nobody = format!("{profile} ");
        (self.renamed)(&self.text, profile, &nobody).map(|_| self.path.as_path())
    }

    /// What has to change in it when these sections get other names.
    pub(super) fn follow(&self, names: &[(SectionId, SectionId)]) -> Option<FileEdits> {
        let rename = |text: String, (from, to): &(SectionId, SectionId)| {
            (self.renamed)(&text, &from.name, &to.name).unwrap_or(text)
        };
        let text = names.iter().fold(self.text.clone(), rename);
        let edits: Vec<SectionEdit> = chunk::edits(self.text.as_bytes(), text.as_bytes());
        (!edits.is_empty()).then(|| FileEdits { path: self.path.clone(), edits })
    }
}
