//! Both files exchanged, or neither: the part of a write that other programs and crashes can cut into.

use super::chunk::{self, replay, reversed};
use super::digest::digest;
use super::journal::{Entry, FileEdits};
use super::pending::{self, Pending};
use super::plan::Plan;
use super::settle::{self, Reading, Seen, look};
use super::swap::{self, Old, Put, Staged};
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
    let stands = put_all(held, staged).and_then(|old| match old {
        Some(old) => stands(held, entry, &old),
        None => Ok(false),
    });
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

/// Puts them in place, one after the other: with what has come out. `None`: another program was first at one of them.
fn put_all(held: &Held, staged: Vec<Staged>) -> Result<Option<Vec<Old>>, StoreError> {
    let mut all = Vec::new();
    for one in staged {
        match one.put()? {
            Put::Done(old) => all.extend(old),
            Put::Beaten => return Ok(None),
            Put::Displaced(old) => merge(held, &old)?,
        }
    }
    Ok(Some(all))
}

/// What another program has written into `old` goes into what is in place now; all of its text does if that has become
/// another one in the same section.
fn merge(held: &Held, old: &Old) -> Result<(), StoreError> {
    let theirs = finished(held, old)?;
    let edits = chunk::edits(&old.text, &theirs);
    swap::insist(&old.target, |now| Some(replay(now, &edits).unwrap_or_else(|_| theirs.clone())))
}

/// The other program may still be writing into the file we now hold.
fn finished(held: &Held, old: &Old) -> Result<Vec<u8>, StoreError> {
    let path = old.path.to_path_buf();
    let seen = Some(Seen::of(&old.text));
    let [text, _] = settle::read(&[path.clone(), path], &[seen.clone(), seen], &held.patience)
        .or_else(|_| Ok::<_, StoreError>([look(&old.path)?, look(&old.path)?]))?;
    Ok(text.text)
}

/// Whether our sections are still there a moment later: a program that had read the file before our
/// exchange may have written its own version over it, or into what came out.
fn stands(held: &Held, entry: &Entry, old: &[Old]) -> Result<bool, StoreError> {
    settle::read(&held.paths, &[None, None], &held.patience)?;
    old.iter().filter(|old| !old.is_untouched()).try_for_each(|old| merge(held, old))?;
    let ours = |file: &FileEdits| {
        look(&file.path).map(|now| replay(&now.text, &file.edits).as_ref() == Ok(&now.text))
    };
    entry.files.iter().try_fold(true, |all, file| Ok(all && ours(file)?))
}

/// Puts back what was before in every section that still holds what we wrote.
pub(super) fn take_back(entry: &Entry) -> Result<(), StoreError> {
    for file in entry.all() {
        let before = reversed(&file.edits);
        swap::insist(&file.path, |now| replay(now, &before).ok())?;
    }
    Ok(())
}
