//! What was written: every change with its sections before and after, for `undo` and for a crash.
//!
//! One file an entry, 0600 in a directory 0700, because it holds what the credentials file held. The last 50
//! user writes and the last 10 renewals are kept. An entry is never edited but for its state.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::chunk::SectionEdit;
use super::managed::Managed;
use super::{StoreError, own, swap};

/// How many writes of each list are kept.
const KEPT: [(List, usize); 2] = [(List::User, 50), (List::Renewal, 10)];

/// Who asked for a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum List {
    /// A person: `undo` takes these back, newest first.
    User,
    /// A session renewed: undone only by its id.
    Renewal,
}

/// Whether a write stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Done,
    /// Taken back; `turn` counts the undos, so that `redo` reverses the newest.
    Undone {
        turn: u64,
    },
    /// Taken back, and another write has followed: no longer redone.
    Dropped,
}

/// One write.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub id: u64,
    pub at: Timestamp,
    pub verb: String,
    pub list: List,
    pub profile: String,
    pub previous: Option<String>,
    pub state: State,
    pub files: Vec<FileEdits>,
    /// The file that followed the two, if it did.
    #[serde(default)]
    pub beside: Option<FileEdits>,
    /// The managed default before and after, when the write changed it.
    pub default: Option<Turn>,
}

impl Entry {
    /// What it did to every file.
    pub(super) fn all(&self) -> impl Iterator<Item = &FileEdits> {
        self.files.iter().chain(&self.beside)
    }
}

/// What a write did to one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct FileEdits {
    pub path: PathBuf,
    pub edits: Vec<SectionEdit>,
}

/// The managed default on both sides of a write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Turn {
    pub before: Option<Managed>,
    pub after: Option<Managed>,
}

/// The folder of entries.
#[derive(Clone, Debug)]
pub(super) struct Journal(PathBuf);

impl Journal {
    pub(super) fn at(scope: &Path) -> Self {
        Self(scope.join("journal"))
    }

    /// Every entry, oldest first.
    pub(super) fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::new();
        for path in self.paths() {
            entries.extend(own::load::<Entry>(&path)?);
        }
        entries.sort_by_key(|entry| entry.id);
        Ok(entries)
    }

    /// The entries from a moment on, newest first; of a damaged journal none. Reads no older ones than one.
    pub(super) fn since(&self, moment: Timestamp) -> Vec<Entry> {
        let mut paths = self.paths();
        paths.sort();
        let newest = paths.iter().rev().map_while(|path| own::load::<Entry>(path).ok()).flatten();
        newest.take_while(|entry| entry.at >= moment).collect()
    }

    /// The id the next entry gets.
    pub(super) fn next_id(&self) -> u64 {
        let id = |path: &PathBuf| path.file_stem()?.to_str()?.parse::<u64>().ok();
        self.paths().iter().filter_map(id).max().unwrap_or(0) + 1
    }

    /// Adds an entry; a new user write ends what `redo` could bring back; what is too old goes.
    pub(super) fn append(&self, entry: &Entry) -> Result<(), StoreError> {
        self.save(entry)?;
        if entry.list == List::User {
            self.drop_undone(entry.id)?;
        }
        self.prune()
    }

    /// Writes an entry in its new state.
    pub(super) fn save(&self, entry: &Entry) -> Result<(), StoreError> {
        own::save(&self.path(entry.id), entry)
    }

    /// Erases every entry, or one.
    pub(super) fn forget(&self, id: Option<u64>) -> Result<(), StoreError> {
        let paths = id.map_or_else(|| self.paths(), |id| vec![self.path(id)]);
        paths.iter().try_for_each(|path| own::remove(path))
    }

    /// Erases what is older. Reads the oldest entry and no more when there is nothing to erase.
    pub(super) fn expire(&self, before: Timestamp) -> Result<(), StoreError> {
        let mut paths = self.paths();
        paths.sort();
        for path in paths {
            if own::load::<Entry>(&path)?.is_some_and(|entry| entry.at >= before) {
                break;
            }
            own::remove(&path)?;
        }
        Ok(())
    }

    /// Whether anything is that old. What cannot be read is not: it is a write's to complain of.
    pub(super) fn reaches_before(&self, moment: Timestamp) -> bool {
        let oldest = self.paths().into_iter().min();
        oldest.is_some_and(|path| own::load::<Entry>(&path).ok().flatten().is_some_and(|e| e.at < moment))
    }

    /// What a crash left of an entry.
    pub(super) fn leftovers(&self) -> Vec<PathBuf> {
        own::leftovers(&self.0)
    }

    fn drop_undone(&self, newest: u64) -> Result<(), StoreError> {
        for mut entry in self.entries()?.into_iter().filter(|entry| entry.id != newest) {
            if matches!(entry.state, State::Undone { .. }) {
                entry.state = State::Dropped;
                self.save(&entry)?;
            }
        }
        Ok(())
    }

    fn prune(&self) -> Result<(), StoreError> {
        let entries = self.entries()?;
        for (list, kept) in KEPT {
            let of_list: Vec<u64> = entries.iter().filter(|e| e.list == list).map(|e| e.id).collect();
            let old = of_list.len().saturating_sub(kept);
            of_list[..old].iter().try_for_each(|&id| own::remove(&self.path(id)))?;
        }
        Ok(())
    }

    fn path(&self, id: u64) -> PathBuf {
        self.0.join(format!("{id:08}.json"))
    }

    fn paths(&self) -> Vec<PathBuf> {
        let mut paths = swap::list(&self.0);
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: u64, list: List) -> Entry {
        Entry {
            id,
            at: Timestamp::UNIX_EPOCH,
            verb: "use".into(),
            list,
            profile: "work".into(),
            previous: None,
            state: State::Done,
            files: Vec::new(),
            beside: None,
            default: None,
        }
    }

    #[test]
    fn the_lists_are_kept_apart() {
        let home = tempfile::tempdir().unwrap();
        let journal = Journal::at(home.path());
        for _ in 0..60 {
            journal.append(&entry(journal.next_id(), List::User)).unwrap();
            journal.append(&entry(journal.next_id(), List::Renewal)).unwrap();
        }
        let entries = journal.entries().unwrap();
        let count = |list| entries.iter().filter(|e| e.list == list).count();
        assert_eq!((count(List::User), count(List::Renewal)), (50, 10));
        assert_eq!(entries.last().unwrap().id, 120);
        journal.expire(Timestamp::UNIX_EPOCH).unwrap();
        assert!(!journal.reaches_before(Timestamp::UNIX_EPOCH));
        assert!(journal.reaches_before(Timestamp::MAX));
        assert_eq!(journal.entries().unwrap().len(), 60);
        journal.expire(Timestamp::MAX).unwrap();
        assert!(journal.entries().unwrap().is_empty());
        journal.append(&entry(1, List::User)).unwrap();
        journal.forget(None).unwrap();
        assert!(journal.entries().unwrap().is_empty());
    }

    #[test]
    fn a_new_user_write_ends_redo_and_a_renewal_does_not() {
        let home = tempfile::tempdir().unwrap();
        let journal = Journal::at(home.path());
        journal.append(&Entry { state: State::Undone { turn: 1 }, ..entry(1, List::User) }).unwrap();
        journal.append(&entry(2, List::Renewal)).unwrap();
        assert_eq!(journal.entries().unwrap()[0].state, State::Undone { turn: 1 });
        journal.append(&entry(3, List::User)).unwrap();
        assert_eq!(journal.entries().unwrap()[0].state, State::Dropped);
    }
}
