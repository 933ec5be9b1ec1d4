//! Mending what a crash left: under the lock, before anything else is done.

use std::path::{Path, PathBuf};

use super::chunk::replay;
use super::commit::take_back;
use super::journal::{FileEdits, Journal};
use super::pending::{self, Pending, Recovery};
use super::settle::{Reading, look};
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
    let recovery = if let Some(texts) = forward(pending.entry.all())? {
        for (now, text) in texts {
            swap::stage(&now, &text)?.put()?;
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
        swap::stage(&look(&file.path)?, &text)?.put()?;
    }
    Ok(())
}

/// New texts for files as they are now.
type Texts = Vec<(Reading, Vec<u8>)>;

/// What each file must become to hold the new sections; `None` if one of them no longer can.
fn forward<'a>(files: impl Iterator<Item = &'a FileEdits>) -> Result<Option<Texts>, StoreError> {
    let mut texts = Vec::new();
    for file in files {
        let now = look(&file.path)?;
        let Ok(text) = replay(&now.text, &file.edits) else { return Ok(None) };
        if text != now.text {
            texts.push((now, text));
        }
    }
    Ok(Some(texts))
}
