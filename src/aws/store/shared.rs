//! A cache file that other tools read and replace too (`~/.aws/sso/cache`): one awsprof at a time may renew it.
//!
//! The lock file beside it also remembers when somebody last tried, because a refused refresh token must not be sent
//! again by twenty processes in a row. Nothing here is journalled: what is in the file is not the user's text.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{StoreError, lock, own, platform};

/// The right to renew a shared file, given back when dropped.
#[derive(Debug)]
pub struct Shared {
    target: PathBuf,
    lock: File,
}

impl Shared {
    /// Takes the right if nobody holds it; `None` if somebody does. The file's folder must exist.
    ///
    /// # Errors
    /// If the lock file cannot be made.
    pub fn try_take(path: &Path) -> io::Result<Option<Self>> {
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let lock = platform::open_own(&lock::path_for(&target))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { target, lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// The same, the file's folder made where there is none (0700).
    ///
    /// # Errors
    /// If folder or lock file cannot be made.
    pub fn try_take_in(path: &Path) -> io::Result<Option<Self>> {
        if let Some(dir) = path.parent() {
            platform::make_dirs(dir)?;
        }
        Self::try_take(path)
    }

    /// When a renewal was last tried without success.
    #[must_use]
    pub fn tried_at(&mut self) -> Option<Timestamp> {
        let mut text = String::new();
        self.lock.rewind().ok()?;
        self.lock.read_to_string(&mut text).ok()?;
        text.trim().parse().ok()
    }

    /// Remembers an attempt, or that there is none to remember.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn remember(&mut self, attempt: Option<Timestamp>) -> io::Result<()> {
        self.lock.set_len(0)?;
        self.lock.rewind()?;
        let text = attempt.map(|at| format!("{at}\n")).unwrap_or_default();
        self.lock.write_all(text.as_bytes())
    }

    /// Replaces the file whole, 0600, flushed to the disk before this returns.
    ///
    /// # Errors
    /// If it cannot be written; the old text then still stands.
    pub fn replace(&self, text: &[u8]) -> io::Result<()> {
        let dir = self.target.parent().unwrap_or_else(|| Path::new("."));
        let mut temp = tempfile::Builder::new().prefix(".awsprof-tmp-").suffix(".tmp").tempfile_in(dir)?;
        temp.write_all(text)?;
        temp.as_file().sync_all()?;
        temp.persist(&self.target).map_err(|error| error.error)?;
        platform::sync_dir(dir)
    }

    /// Removes the file.
    ///
    /// # Errors
    /// If it cannot be removed; one that is not there is gone already.
    pub fn remove(&self) -> Result<(), StoreError> {
        own::remove(&self.target)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "looks at what was written")]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn one_at_a_time_and_the_last_attempt_is_remembered() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.json");
        std::fs::write(&path, "old").unwrap();
        let mut held = Shared::try_take(&path).unwrap().unwrap();
        assert!(Shared::try_take(&path).unwrap().is_none());
        assert_eq!(held.tried_at(), None);
        let at = "2026-11-22T12:00:00Z".parse().unwrap();
        held.remember(Some(at)).unwrap();
        held.replace(b"new").unwrap();
        drop(held);
        let mut again = Shared::try_take(&path).unwrap().unwrap();
        assert_eq!(again.tried_at(), Some(at));
        again.remember(None).unwrap();
        assert_eq!(again.tried_at(), None);
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
