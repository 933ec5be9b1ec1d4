//! One awsprof at a time: an advisory lock on `.NAME.awsprof.lock` beside the file itself.
//!
//! The lock file lies beside the *resolved* target, so two symlinks to one file share it; it is 0600 and
//! never unlinked (unlinking would let two holders lock two different inodes). The kernel drops the lock
//! when its holder dies, so there are no stale locks.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use super::{StoreError, platform, swap};

/// A held lock; dropping it gives it back.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "held for its drop")] File);

/// The lock file that stands for `target`.
pub(super) fn path_for(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.awsprof.lock"))
}

/// Takes the lock at `path`, waiting at most `limit`.
pub(super) fn take(path: &Path, limit: Duration) -> Result<Lock, StoreError> {
    let io = |source| StoreError::ReadOnly { path: path.to_owned(), source };
    let file = platform::open_own(path).map_err(io)?;
    platform::hand_over(&file, &swap::parent(path)).map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => wait(file, path, limit),
        Err(TryLockError::Error(source)) => Err(io(source)),
    }
}

/// Waits in the kernel, on a thread that gives the lock straight back if we have left by then.
fn wait(file: File, path: &Path, limit: Duration) -> Result<Lock, StoreError> {
    let (done, locked) = mpsc::channel();
    std::thread::spawn(move || {
        let outcome = file.lock();
        drop(done.send(outcome.map(|()| Lock(file))));
    });
    match locked.recv_timeout(limit) {
        Ok(Ok(lock)) => Ok(lock),
        Ok(Err(source)) => Err(StoreError::io("lock", path, source)),
        Err(_) => Err(StoreError::Locked { path: path.to_owned(), waited: limit }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lies_beside_the_file_under_its_own_name() {
        assert_eq!(path_for(Path::new("/a/credentials")), Path::new("/a/.credentials.awsprof.lock"));
    }

    #[test]
    fn is_private_and_stays() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".x.awsprof.lock");
        drop(take(&path, Duration::ZERO).unwrap());
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(take(&path, Duration::ZERO).is_ok());
    }

    #[test]
    fn a_second_holder_is_refused_after_the_limit() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".x.awsprof.lock");
        let _held = take(&path, Duration::ZERO).unwrap();
        let refused = take(&path, Duration::from_millis(30)).unwrap_err();
        assert!(matches!(refused, StoreError::Locked { .. }), "{refused}");
    }

    #[test]
    fn a_second_holder_gets_it_when_the_first_lets_go() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".x.awsprof.lock");
        let held = take(&path, Duration::ZERO).unwrap();
        let other = path.clone();
        let waiting = std::thread::spawn(move || take(&other, Duration::from_secs(10)).is_ok());
        drop(held);
        assert!(waiting.join().unwrap());
    }
}
