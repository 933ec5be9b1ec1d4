//! Mending what a crash left: under the lock, before anything else is done.

use std::path::{Path, PathBuf};

use super::chunk::replay;
use super::commit::take_back;
use super::journal::{FileEdits, Journal};
use super::pending::{self, Pending, Recovery};
use super::settle::look;
use super::transact::{self, Held};
use super::{StoreError, own, swap};

/// Finishes the write that was under way, or rolls it back if a section is by now neither old nor new.
pub(super) fn mend(held: &Held) -> Result<Recovery, StoreError> {
    let recovery = match Pending::load(&held.scope)? {
        Some(pending) => mend_one(held, &pending)?,
        None => Recovery::Nothing,
    };
    leftovers(held.paths.iter().chain(&held.follower), &held.scope)
        .iter()
        .try_for_each(|path| own::remove(path))?;
    Ok(recovery)
}

/// Every temporary file a crash left: beside these files, among the state, in the journal.
pub(super) fn leftovers<'a>(paths: impl IntoIterator<Item = &'a PathBuf>, scope: &Path) -> Vec<PathBuf> {
    let beside = paths.into_iter().flat_map(|path| swap::leftovers(path));
    beside.chain(own::leftovers(scope)).chain(Journal::at(scope).leftovers()).collect()
}

fn mend_one(held: &Held, pending: &Pending) -> Result<Recovery, StoreError> {
    for file in pending.entry.all() {
        rescue(pending, file)?;
    }
    let recovery = if can_go_on(pending.entry.all())? {
        for file in pending.entry.all() {
            swap::insist(&file.path, |now| replay(now, &file.edits).ok())?;
        }
        transact::record(held, pending)?;
        Recovery::Finished
    } else {
        take_back(&pending.entry)?;
        Recovery::RolledBack
    };
    own::remove(&pending::path(&held.scope))?;
    Ok(recovery)
}

/// A foreign text that our exchange brought out and the crash kept from being merged back takes the file's
/// place again; our sections then go into it like into any other.
fn rescue(pending: &Pending, file: &FileEdits) -> Result<(), StoreError> {
    for text in pending.stranded(&file.path)? {
        swap::insist(&file.path, |_| Some(text.clone()))?;
    }
    Ok(())
}

/// Whether each file can still be made to hold the new sections.
fn can_go_on<'a>(files: impl Iterator<Item = &'a FileEdits>) -> Result<bool, StoreError> {
    for file in files {
        if replay(&look(&file.path)?.text, &file.edits).is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}
