//! Both files exchanged, or neither: the part of a write that other programs and crashes can cut into.

use tempfile::TempPath;

use super::chunk::{replay, reversed};
use super::digest::digest;
use super::journal::{Entry, FileEdits};
use super::pending::{self, Pending};
use super::plan::Plan;
use super::settle::{self, Reading, Seen, look};
use super::swap::{self, Put, Staged};
use super::transact::{self, Held};
use super::{StoreError, history, own};

/// Puts the plan's texts in place, files in the given order. `false`: another program was at it, and what
/// we had written is taken back.
pub(super) fn commit(
    held: &Held,
    readings: &[Reading; 2],
    plan: &Plan,
    entry: &Entry,
    order: [usize; 2],
) -> Result<bool, StoreError> {
    let changed: Vec<usize> = order.into_iter().filter(|&at| plan.texts[at] != readings[at].text).collect();
    // Every file is staged before the first is exchanged: a full disk or a read-only directory shows here.
    let beside = plan.beside.as_ref().map(following).transpose()?;
    let texts = changed.iter().map(|&at| (&readings[at], &plan.texts[at]));
    let texts: Vec<_> = texts.chain(beside.iter().map(|(now, text)| (now, text))).collect();
    let staged: Vec<Staged> =
        texts.iter().map(|(now, text)| swap::stage(now, text)).collect::<Result<_, _>>()?;
    let known = texts.iter().flat_map(|(now, text)| [digest(&now.text), digest(text)]).collect();
    let pending = Pending { entry: entry.clone(), record: plan.record.clone(), known };
    own::save(&pending::path(&held.scope), &pending)?;
    let stands = put_all(held, staged, entry).and_then(|put| Ok(put && stands(held, entry)?));
    // A write that cannot be put on record (a full disk) could not be undone: it is taken back too.
    let done = match stands {
        Ok(true) => transact::record(held, &pending).map(|()| true),
        other => other,
    };
    if !matches!(done, Ok(true)) {
        take_back(entry)?;
    }
    own::remove(&pending::path(&held.scope))?;
    done
}

/// The file that follows the two, as it is and as it is to be.
fn following(edits: &FileEdits) -> Result<(Reading, Vec<u8>), StoreError> {
    let now = look(&edits.path)?;
    let text = replay(&now.text, &edits.edits).map_err(|section| {
        let (path, diff) = (edits.path.clone(), history::difference(edits));
        StoreError::SectionChanged { path, section, diff }
    })?;
    Ok((now, text))
}

fn put_all(held: &Held, staged: Vec<Staged>, entry: &Entry) -> Result<bool, StoreError> {
    for one in staged {
        let at = one.target().to_owned();
        let done = match one.put()? {
            Put::Done => true,
            Put::Beaten => false,
            Put::Displaced(theirs) => merge(held, &theirs, &at, entry)?,
        };
        if !done {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Our text is in place and `theirs` holds what another program wrote in between: our sections go into
/// their text, and that goes in place. If they wrote the same section, theirs goes back unchanged.
fn merge(
    held: &Held,
    theirs: &TempPath,
    target: &std::path::Path,
    entry: &Entry,
) -> Result<bool, StoreError> {
    let ours = look(target)?;
    let text = finished(held, theirs, &ours)?;
    let edits = entry.all().find(|file| file.path == target).map(|file| &file.edits);
    let merged = edits.and_then(|edits| replay(&text, edits).ok());
    let put = swap::stage(&ours, merged.as_ref().unwrap_or(&text))?.put()?;
    Ok(merged.is_some() && matches!(put, Put::Done))
}

/// The other program may still be writing into the file we now hold.
fn finished(held: &Held, theirs: &TempPath, ours: &Reading) -> Result<Vec<u8>, StoreError> {
    let path = theirs.to_path_buf();
    let seen = Some(Seen::of(&ours.text));
    let [text, _] = settle::read(&[path.clone(), path], &[seen.clone(), seen], &held.patience)
        .or_else(|_| Ok::<_, StoreError>([look(theirs)?, look(theirs)?]))?;
    Ok(text.text)
}

/// Whether our sections are still there a moment later: a program that had read the file before our
/// exchange may have written its own version over it.
fn stands(held: &Held, entry: &Entry) -> Result<bool, StoreError> {
    let now = settle::read(&held.paths, &[None, None], &held.patience)?;
    Ok(entry.files.iter().all(|file| {
        let text = now.iter().find(|reading| reading.path == file.path).map(|reading| &reading.text);
        text.is_some_and(|text| replay(text, &file.edits).as_ref() == Ok(text))
    }))
}

/// Puts back what was before in every section that still holds what we wrote.
pub(super) fn take_back(entry: &Entry) -> Result<(), StoreError> {
    for file in entry.all() {
        let now = look(&file.path)?;
        if let Ok(text) = replay(&now.text, &reversed(&file.edits))
            && text != now.text
        {
            swap::stage(&now, &text)?.put()?;
        }
    }
    Ok(())
}
