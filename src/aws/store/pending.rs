//! The note that is on the disk while files are being exchanged, and what is made of it after a crash.
//!
//! It holds the journal entry of the write, so both files' new sections. The next start puts every file
//! forward to them; if a section is by then neither what it was nor what it was to be, the files already
//! written are put back instead. Foreign edits to other sections stay either way.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::digest::digest;
use super::journal::Entry;
use super::plan::Record;
use super::settle::look;
use super::{StoreError, own, swap};

/// A write under way.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Pending {
    pub entry: Entry,
    pub record: Record,
    /// Digests of each text before and after: what a leftover temporary file may hold that is not foreign.
    pub known: Vec<String>,
}

/// What became of a write that a crash cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// There was none.
    Nothing,
    /// It is now written in full.
    Finished,
    /// It is now as if it had never begun.
    RolledBack,
}

pub(super) fn path(scope: &Path) -> PathBuf {
    scope.join("pending.json")
}

impl Pending {
    /// Foreign texts that an exchange brought out and a crash kept from being merged back.
    pub(super) fn stranded(&self, target: &Path) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut texts = Vec::new();
        for path in swap::leftovers(target) {
            let text = look(&path)?.text;
            if !text.is_empty() && !self.known.contains(&digest(&text)) {
                texts.push(text);
            }
        }
        Ok(texts)
    }

    /// Reads the note, if a crash left one.
    pub(super) fn load(scope: &Path) -> Result<Option<Self>, StoreError> {
        own::load(&path(scope))
    }
}
