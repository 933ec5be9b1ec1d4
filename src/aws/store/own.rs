//! awsprof's own small state files: JSON, 0600, in a directory 0700, replaced whole and flushed.
#![expect(clippy::disallowed_methods, reason = "the store is the only writer of files")]

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{StoreError, platform, swap};

/// How the names of half-written state files start.
const TEMP: &str = ".awsprof-tmp-";

/// Reads a state file; one that is not there is `None`.
pub(super) fn load<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, StoreError> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(StoreError::io("read", path, source)),
    };
    let bad = |source| StoreError::BadState { path: path.to_owned(), source };
    serde_json::from_slice(&bytes).map(Some).map_err(bad)
}

/// Replaces a state file, flushed to the disk before this returns.
pub(super) fn save<T: Serialize>(path: &Path, value: &T) -> Result<(), StoreError> {
    let io = |source| StoreError::io("write", path, source);
    let dir = path.parent().unwrap_or_else(|| Path::new("."));
    platform::make_dirs(dir).map_err(io)?;
    let json =
        serde_json::to_vec(value).map_err(|source| StoreError::BadState { path: path.to_owned(), source })?;
    let mut temp = tempfile::Builder::new().prefix(TEMP).tempfile_in(dir).map_err(io)?;
    temp.write_all(&json).map_err(io)?;
    temp.as_file().sync_all().map_err(io)?;
    temp.persist(path).map_err(|error| io(error.error))?;
    platform::sync_dir(dir).map_err(io)
}

/// What a crash left of state files in this directory. Meaningful under the lock, when none can be in use.
pub(super) fn leftovers(dir: &Path) -> Vec<PathBuf> {
    let mut paths = swap::list(dir);
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(TEMP)));
    paths
}

/// Removes a state file, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
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
    fn damage_is_named() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("x.json");
        std::fs::write(&path, "{").unwrap();
        assert!(matches!(load::<u8>(&path), Err(StoreError::BadState { .. })));
    }
}
