//! Reading a file that nobody is in the middle of writing.
//!
//! The AWS CLI and most tools truncate the file and write it again in place, without a lock. So a file is
//! believed only when its size, time and inode are equal across two looks 20 ms apart; and one that has
//! *just* become empty, lost sections that were there at our last write, or ends mid-line where it did not,
//! is given 2 s to come back and is then refused.
#![expect(clippy::disallowed_methods, reason = "the store reads what it is about to replace itself")]

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::platform::{self, Stat};
use super::{Patience, StoreError, chunk, own};

/// What one file holds. A file that is not there has no `stat` and an empty text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Where the bytes are: symlinks followed.
    pub path: PathBuf,
    pub stat: Option<Stat>,
    pub text: Vec<u8>,
}

/// What a file was like after our last write, without any of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    sections: BTreeSet<String>,
    whole_lines: bool,
}

impl Seen {
    pub(super) fn of(text: &[u8]) -> Self {
        Self { sections: chunk::names(text), whole_lines: text.is_empty() || text.ends_with(b"\n") }
    }

    /// Where both files' are kept.
    pub(super) fn path(scope: &Path) -> PathBuf {
        scope.join("seen.json")
    }

    /// Those of config and credentials, if we have ever written them.
    pub(super) fn load(scope: &Path) -> Result<[Option<Self>; 2], StoreError> {
        let seen: Option<[Self; 2]> = own::load(&Self::path(scope))?;
        Ok(seen.map_or([None, None], |seen| seen.map(Some)))
    }

    /// What is missing from `text`, in words.
    fn misses(&self, text: &[u8]) -> Option<String> {
        let now = Self::of(text);
        let lost: Vec<&str> = self.sections.difference(&now.sections).map(String::as_str).collect();
        match (text.is_empty(), lost.len()) {
            (true, 1..) => Some("it is suddenly empty".to_owned()),
            (_, 1..) => Some(format!("it has lost [{}]", lost.join("], ["))),
            _ => (self.whole_lines && !now.whole_lines).then(|| "it ends in the middle of a line".to_owned()),
        }
    }
}

/// The file a path stands for: symlinks followed, also to a file that does not exist yet.
#[must_use]
pub fn resolve(path: &Path) -> PathBuf {
    let mut at = path.to_owned();
    for _ in 0..40 {
        let Ok(target) = std::fs::read_link(&at) else { break };
        at = at.parent().unwrap_or_else(|| Path::new("")).join(target);
    }
    std::fs::canonicalize(&at).unwrap_or_else(|_| in_real_parent(&at))
}

fn in_real_parent(path: &Path) -> PathBuf {
    let real = path.parent().and_then(|parent| std::fs::canonicalize(parent).ok());
    real.zip(path.file_name()).map_or_else(|| path.to_owned(), |(parent, name)| parent.join(name))
}

/// Reads both files once they have settled.
pub(super) fn read(
    paths: &[PathBuf; 2],
    seen: &[Option<Seen>; 2],
    patience: &Patience,
) -> Result<[Reading; 2], StoreError> {
    let deadline = Instant::now() + patience.settle;
    loop {
        let first = look_at_both(paths)?;
        std::thread::sleep(patience.look);
        let second = look_at_both(paths)?;
        let Some(trouble) = trouble(&first, &second, seen, patience.settle) else { return Ok(second) };
        if Instant::now() >= deadline {
            return Err(trouble);
        }
    }
}

fn trouble(
    first: &[Reading; 2],
    second: &[Reading; 2],
    seen: &[Option<Seen>; 2],
    wait: Duration,
) -> Option<StoreError> {
    let why = |at: usize| -> Option<String> {
        if first[at].stat != second[at].stat {
            return Some("it changes from one look to the next".to_owned());
        }
        let missing = seen[at].as_ref()?.misses(&second[at].text)?;
        is_young(&second[at], wait).then_some(missing)
    };
    let at = (0..2).find(|&at| why(at).is_some())?;
    Some(StoreError::Unsettled { path: second[at].path.clone(), what: why(at)? })
}

/// Whether the file was written so lately that somebody may still be at it. Twice the wait, so that a file
/// caught in the act is still young when the wait ends; what is older is nobody's half-done work.
fn is_young(reading: &Reading, wait: Duration) -> bool {
    let modified = reading.stat.as_ref().and_then(|stat| stat.modified);
    modified.is_some_and(|at| at.elapsed().map_or(true, |age| age < 2 * wait))
}

fn look_at_both(paths: &[PathBuf; 2]) -> Result<[Reading; 2], StoreError> {
    Ok([look(&paths[0])?, look(&paths[1])?])
}

/// Reads one file as it is now.
pub(super) fn look(path: &Path) -> Result<Reading, StoreError> {
    let found = match open_and_read(path) {
        Ok(found) => Some(found),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => None,
        Err(source) => return Err(StoreError::io("read", path, source)),
    };
    let (stat, text) = found.map_or((None, Vec::new()), |(stat, text)| (Some(stat), text));
    Ok(Reading { path: path.to_owned(), stat, text })
}

/// A device such as `/dev/null` reads as empty; a pipe is never opened (that would wait for its writer).
fn open_and_read(path: &Path) -> io::Result<(Stat, Vec<u8>)> {
    let stat = platform::stat(&std::fs::metadata(path)?);
    if !stat.regular {
        return Ok((stat, Vec::new()));
    }
    let mut file = File::open(path)?;
    let stat = platform::stat(&file.metadata()?);
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    Ok((stat, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patience() -> Patience {
        Patience { look: Duration::from_millis(2), settle: Duration::from_millis(60), ..Patience::default() }
    }

    fn pair(dir: &Path) -> [PathBuf; 2] {
        [dir.join("config"), dir.join("credentials")]
    }

    #[test]
    fn what_is_missing_is_said() {
        let seen = Seen::of(b"[a]\n[b]\nx=1\n");
        assert_eq!(seen.misses(b"[a]\n[b]\n[c]\n"), None);
        assert_eq!(seen.misses(b"").unwrap(), "it is suddenly empty");
        assert_eq!(seen.misses(b"[a]\n").unwrap(), "it has lost [b]");
        assert_eq!(seen.misses(b"[a]\n[b]\nx=").unwrap(), "it ends in the middle of a line");
    }

    #[test]
    fn a_file_just_emptied_is_refused_after_the_wait_and_an_old_one_is_believed() {
        let dir = tempfile::tempdir().unwrap();
        let paths = pair(dir.path());
        std::fs::write(&paths[1], "").unwrap();
        let seen = [None, Some(Seen::of(b"[a]\n"))];
        let refused = read(&paths, &seen, &patience()).unwrap_err();
        assert!(matches!(refused, StoreError::Unsettled { .. }), "{refused}");
        let long_ago = std::time::SystemTime::UNIX_EPOCH;
        File::options().write(true).open(&paths[1]).unwrap().set_modified(long_ago).unwrap();
        assert_eq!(read(&paths, &seen, &patience()).unwrap()[1].text, b"");
    }

    #[test]
    fn absent_files_read_as_empty_and_links_are_followed() {
        let dir = tempfile::tempdir().unwrap();
        let real = dir.path().join("real");
        std::os::unix::fs::symlink(&real, dir.path().join("config")).unwrap();
        let resolved = resolve(&dir.path().join("config"));
        assert_eq!(resolved, std::fs::canonicalize(dir.path()).unwrap().join("real"));
        assert_eq!(look(&resolved).unwrap().stat, None);
        std::fs::write(&real, "[a]\n").unwrap();
        assert_eq!(look(&resolve(&dir.path().join("config"))).unwrap().text, b"[a]\n");
    }
}
