//! awsprof's own small state files: JSON mostly, 0600, in a directory 0700, replaced whole and flushed.
#![expect(clippy::disallowed_methods, reason = "the store is the only writer of files")]

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Patience, StoreError, lock, platform, swap};

/// What stands in the name of a half-written state file, behind a dot and the name of the file it was to be.
const TEMP: &str = ".awsprof-tmp-";

/// Reads a state file; one that is not there is `None`.
///
/// # Errors
/// A file that cannot be read, or is damaged.
pub fn load<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, StoreError> {
    let bad = |source| StoreError::BadState { path: path.to_owned(), source };
    load_bytes(path)?.map(|bytes| serde_json::from_slice(&bytes).map_err(bad)).transpose()
}

/// Reads a state file that is no JSON.
///
/// # Errors
/// A file that cannot be read.
pub fn load_bytes(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StoreError::io("read", path, source)),
    }
}

/// Replaces a state file, flushed to the disk before this returns.
///
/// # Errors
/// A folder that cannot be written.
pub fn save<T: Serialize>(path: &Path, value: &T) -> Result<(), StoreError> {
    let json =
        serde_json::to_vec(value).map_err(|source| StoreError::BadState { path: path.to_owned(), source })?;
    save_bytes(path, &json)
}

/// [`save`] of what is no JSON.
///
/// # Errors
/// As [`save`].
pub fn save_bytes(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    put(path, bytes, false)
}

/// [`save_bytes`] of a file that is the user's: a link to it is followed, and one that is there keeps owner and mode.
///
/// # Errors
/// As [`save`].
pub fn rewrite(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let target = path.canonicalize();
    put(target.as_deref().unwrap_or(path), bytes, target.is_ok())
}

fn put(path: &Path, bytes: &[u8], keeps: bool) -> Result<(), StoreError> {
    let io = |source| StoreError::io("write", path, source);
    let dir = path.parent().unwrap_or_else(|| Path::new("."));
    platform::make_dirs(dir).map_err(io)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut temp = tempfile::Builder::new().prefix(&format!(".{name}{TEMP}")).tempfile_in(dir).map_err(io)?;
    temp.write_all(bytes).map_err(io)?;
    if keeps {
        platform::dress(temp.as_file(), path).map_err(io)?;
    }
    temp.as_file().sync_all().map_err(io)?;
    temp.persist(path).map_err(|error| io(error.error))?;
    platform::sync_dir(dir).map_err(io)
}

/// Reads, decides and writes while no other awsprof does the same to this file.
///
/// # Errors
/// A lock that is not given back in time, and whatever `act` fails with.
pub fn alone<T, E: From<StoreError>>(path: &Path, act: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    folder(path)?;
    let _lock = lock::take(&lock::path_for(path), Patience::default().lock)?;
    act()
}

/// Makes the folder of a file, if it is not there.
///
/// # Errors
/// A folder that cannot be written.
pub fn folder(path: &Path) -> Result<(), StoreError> {
    let dir = path.parent().unwrap_or_else(|| Path::new("."));
    platform::make_dirs(dir).map_err(|source| StoreError::io("write", path, source))
}

/// Makes an empty file, if it is not there, for what its being there says. Nobody waits for it to reach the disk.
///
/// # Errors
/// A folder that cannot be written.
pub fn mark(path: &Path) -> Result<(), StoreError> {
    platform::open_own(path).map(drop).map_err(|source| StoreError::io("write", path, source))
}

/// What a crash left of state files in this directory. Meaningful under the lock, when none can be in use.
pub(super) fn leftovers(dir: &Path) -> Vec<PathBuf> {
    let mut paths = swap::list(dir);
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains(TEMP)));
    paths
}

/// Removes what a crash left of the files in this directory that are written [`alone`]: where the lock can be had,
/// nobody is writing. What cannot be removed now is removed the next time.
pub(super) fn sweep(dir: &Path) {
    for left in leftovers(dir) {
        let name = left.file_name().unwrap_or_default().to_string_lossy();
        let Some((of, _)) = name.strip_prefix('.').and_then(|name| name.split_once(TEMP)) else { continue };
        if let Ok(_lock) = lock::take(&lock::path_for(&dir.join(of)), Duration::ZERO) {
            let _ = remove(&left);
        }
    }
}

/// Removes a state file, if it is there.
///
/// # Errors
/// A folder that cannot be written.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::io("remove", path, error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn files_are_0600_in_a_directory_0700() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("state/deep/x.json");
        save(&path, &vec![1, 2]).unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        assert_eq!(load::<Vec<u8>>(&path).unwrap(), Some(vec![1, 2]));
        remove(&path).unwrap();
        remove(&path).unwrap();
        assert_eq!(load::<Vec<u8>>(&path).unwrap(), None);
    }

    #[test]
    fn a_file_of_the_user_keeps_its_mode_and_its_place_behind_a_link() {
        let home = tempfile::tempdir().unwrap();
        let (file, link) = (home.path().join("dotfiles/config.toml"), home.path().join("config.toml"));
        save_bytes(&file, b"a").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        rewrite(&link, b"b").unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&file).unwrap(), b"b");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o644);
        let new = home.path().join("new.toml");
        rewrite(&new, b"c").unwrap();
        assert_eq!(new.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_a_crash_left_goes_once_nobody_writes_that_file() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("x.json");
        let left = home.path().join(format!(".x.json{TEMP}1"));
        std::fs::write(&left, "hal").unwrap();
        let held = lock::take(&lock::path_for(&path), Duration::ZERO).unwrap();
        sweep(home.path());
        assert!(left.exists(), "somebody may be writing it");
        drop(held);
        // A child that another test starts at this moment holds a copy of the lock until it runs its program.
        let end = std::time::Instant::now() + Duration::from_secs(10);
        while left.exists() && std::time::Instant::now() < end {
            sweep(home.path());
        }
        assert!(!left.exists());
    }

    #[test]
    fn damage_is_named() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("x.json");
        std::fs::write(&path, "{").unwrap();
        assert!(matches!(load::<u8>(&path), Err(StoreError::BadState { .. })));
    }
}
