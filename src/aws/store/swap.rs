//! Putting a new text in a file's place in one step, without losing what another program wrote meanwhile.
//!
//! The text goes to a temporary file in the same directory, is flushed, gets the file's own owner and mode,
//! and the two names are exchanged. What comes out is compared with what was read: if another program wrote
//! in between, the names are exchanged back at once, before it can read its own write away, and the write is planned
//! again. What came out unchanged is kept until the write stands: a program that had it open may write into it still.
//! Where no exchange exists, the file is compared right before a plain rename.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::settle::{Reading, look};
use super::{StoreError, platform};

/// A new text on the disk, ready to be put in place. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Staged {
    temp: NamedTempFile,
    was: Reading,
    text: Vec<u8>,
}

/// What came of it.
#[derive(Debug)]
pub(super) enum Put {
    /// With what had been in place, where an exchange brought it out.
    Done(Option<Old>),
    /// Ours is in place, and something of another program's in it; this file holds what had been written before.
    Displaced(Old),
    /// Another program was first; its text is in place.
    Beaten,
}

/// A file that has come out of an exchange.
#[derive(Debug)]
pub(super) struct Old {
    pub target: PathBuf,
    pub path: TempPath,
    /// What it held when it was read.
    pub text: Vec<u8>,
}

impl Old {
    /// Whether nobody has written into it since.
    pub(super) fn is_untouched(&self) -> bool {
        look(&self.path).is_ok_and(|now| now.text == self.text)
    }
}

/// How often a file is replaced that another program keeps writing.
const ATTEMPTS: u32 = 20;

/// Replaces what a file holds by what `make` makes of it, until that is in place; `None` leaves it as it is.
pub(super) fn insist(path: &Path, make: impl Fn(&[u8]) -> Option<Vec<u8>>) -> Result<(), StoreError> {
    for _ in 0..ATTEMPTS {
        let now = look(path)?;
        let Some(text) = make(&now.text).filter(|text| *text != now.text) else { return Ok(()) };
        if matches!(stage(&now, &text)?.put()?, Put::Done(_)) {
            return Ok(());
        }
    }
    Err(StoreError::Contended { path: path.to_owned() })
}

/// The prefix of temporary files beside `target`.
pub(super) fn temp_prefix(target: &Path) -> String {
    format!(".{}.awsprof-tmp-", target.file_name().unwrap_or_default().to_string_lossy())
}

/// Refuses what must not be replaced, before anything is touched.
pub(super) fn check(reading: &Reading) -> Result<(), StoreError> {
    let path = reading.path.clone();
    match &reading.stat {
        Some(stat) if !stat.regular => Err(StoreError::NotAFile { path }),
        Some(stat) if stat.links > 1 => Err(StoreError::HardLinked { path, links: stat.links }),
        _ => Ok(()),
    }
}

/// Refuses a device, a pipe or a directory in a file's place.
pub(super) fn check_kind(path: &Path) -> Result<(), StoreError> {
    match path.metadata() {
        Ok(metadata) if !metadata.is_file() => Err(StoreError::NotAFile { path: path.to_owned() }),
        _ => Ok(()),
    }
}

/// Writes `text` to a flushed temporary file beside the target, dressed like it.
pub(super) fn stage(was: &Reading, text: &[u8]) -> Result<Staged, StoreError> {
    check(was)?;
    let dir = parent(&was.path);
    let read_only = |source| StoreError::ReadOnly { path: was.path.clone(), source };
    platform::make_dirs(&dir).map_err(read_only)?;
    let mut builder = tempfile::Builder::new();
    let mut temp = builder.prefix(&temp_prefix(&was.path)).tempfile_in(&dir).map_err(read_only)?;
    let io = |source| StoreError::io("write beside", &was.path, source);
    temp.write_all(text).map_err(io)?;
    if was.stat.is_some() {
        platform::dress(temp.as_file(), &was.path).map_err(read_only)?;
    } else {
        platform::hand_over(temp.as_file(), &dir).map_err(io)?;
    }
    temp.as_file().sync_all().map_err(io)?;
    Ok(Staged { temp, was: was.clone(), text: text.to_vec() })
}

impl Staged {
    /// Puts the text in place.
    pub(super) fn put(self) -> Result<Put, StoreError> {
        let target = self.was.path.clone();
        let put = if self.was.stat.is_some() { self.replace() } else { self.create() }?;
        let io = |source| StoreError::io("flush the directory of", &target, source);
        platform::sync_dir(&parent(&target)).map_err(io)?;
        Ok(put)
    }

    /// For a file that was not there: never over one that has appeared.
    fn create(self) -> Result<Put, StoreError> {
        match self.temp.persist_noclobber(&self.was.path) {
            Ok(_) => Ok(Put::Done(None)),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(Put::Beaten),
            Err(error) => Err(StoreError::io("create", &self.was.path, error.error)),
        }
    }

    fn replace(self) -> Result<Put, StoreError> {
        let target = &self.was.path;
        match platform::exchange(self.temp.path(), target) {
            Ok(true) => self.compare(),
            Ok(false) => self.rename(),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Put::Beaten),
            Err(source) => Err(StoreError::io("replace", target, source)),
        }
    }

    /// After an exchange the temporary name holds what was in place.
    fn compare(self) -> Result<Put, StoreError> {
        let Self { temp, was, text } = self;
        let old = Old { target: was.path, path: temp.into_temp_path(), text: was.text };
        if old.is_untouched() {
            return Ok(Put::Done(Some(old)));
        }
        let exchange = || {
            let io = |source| StoreError::io("replace", &old.target, source);
            platform::exchange(&old.path, &old.target).map_err(io)
        };
        exchange()?;
        if look(&old.path)?.text == text {
            return Ok(Put::Beaten);
        }
        // Ours had been written into meanwhile: that is the newer one of two foreign texts.
        exchange()?;
        Ok(Put::Displaced(old))
    }

    fn rename(self) -> Result<Put, StoreError> {
        if look(&self.was.path)?.text != self.was.text {
            return Ok(Put::Beaten);
        }
        let io = |error: tempfile::PersistError| StoreError::io("replace", &self.was.path, error.error);
        self.temp.persist(&self.was.path).map_err(io)?;
        Ok(Put::Done(None))
    }
}

/// The temporary files a crash left beside `target`. Meaningful under the lock, when none can be in use.
pub(super) fn leftovers(target: &Path) -> Vec<PathBuf> {
    let prefix = temp_prefix(target);
    let ours = |path: &PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&prefix));
    list(&parent(target)).into_iter().filter(ours).collect()
}

/// What is in a directory; nothing if it does not exist.
pub(super) fn list(dir: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

pub(super) fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests play the other program")]

    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_keeping_the_mode_and_leaves_no_litter() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("credentials");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let put = stage(&look(&path).unwrap(), b"new").unwrap().put().unwrap();
        assert!(matches!(put, Put::Done(Some(old)) if old.is_untouched()));
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(path.metadata().unwrap().mode() & 0o777, 0o644);
        assert_eq!(names(dir.path()), ["credentials"]);
    }

    /// An access list in which user 12345 may read: version 2, then tag, permissions and id of each entry.
    #[cfg(target_os = "linux")]
    fn access_list() -> Vec<u8> {
        let entries: [(u16, u16, u32); 5] =
            [(1, 6, u32::MAX), (2, 4, 12345), (4, 0, u32::MAX), (16, 4, u32::MAX), (32, 0, u32::MAX)];
        let bytes = entries.iter().flat_map(|(tag, may, id)| {
            [&tag.to_le_bytes()[..], &may.to_le_bytes(), &id.to_le_bytes()].concat()
        });
        2_u32.to_le_bytes().into_iter().chain(bytes).collect()
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn extended_attributes_and_the_access_list_go_along() {
        use rustix::fs::{XattrFlags, getxattr, setxattr};
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("credentials");
        std::fs::write(&path, "old").unwrap();
        let list = access_list();
        let given: Vec<(&str, &[u8])> = [("user.note", &b"mine"[..]), ("system.posix_acl_access", &list)]
            .into_iter()
            .filter(|(name, value)| setxattr(&path, *name, value, XattrFlags::empty()).is_ok())
            .collect();
        stage(&look(&path).unwrap(), b"new").unwrap().put().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        for (name, value) in given {
            let mut found = [0; 64];
            let length = getxattr(&path, name, &mut found[..]).unwrap();
            assert_eq!(&found[..length], value, "{name}");
        }
    }

    #[test]
    fn a_new_file_is_0600_and_never_over_one_that_appeared() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("aws/credentials");
        let absent = look(&path).unwrap();
        assert!(matches!(stage(&absent, b"new").unwrap().put().unwrap(), Put::Done(None)));
        assert_eq!(path.metadata().unwrap().mode() & 0o777, 0o600);
        assert!(matches!(stage(&absent, b"other").unwrap().put().unwrap(), Put::Beaten));
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(names(&dir.path().join("aws")), ["credentials"]);
    }

    #[test]
    fn what_another_program_wrote_in_between_stays_in_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("credentials");
        std::fs::write(&path, "old").unwrap();
        let staged = stage(&look(&path).unwrap(), b"new").unwrap();
        std::fs::write(&path, "foreign").unwrap();
        let inode = path.metadata().unwrap().ino();
        assert!(matches!(staged.put().unwrap(), Put::Beaten));
        assert_eq!(std::fs::read(&path).unwrap(), b"foreign");
        assert_eq!(path.metadata().unwrap().ino(), inode, "whoever is still writing it writes into this one");
        assert_eq!(names(dir.path()), ["credentials"]);
        insist(&path, |now| Some([now, b" and ours"].concat())).unwrap();
    }

    #[test]
    fn a_write_into_what_has_come_out_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("credentials");
        std::fs::write(&path, "old").unwrap();
        let mut open = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
        let Put::Done(Some(old)) = stage(&look(&path).unwrap(), b"new").unwrap().put().unwrap() else {
            panic!("not done")
        };
        open.write_all(b"er").unwrap();
        assert!(!old.is_untouched());
    }

    #[test]
    fn hard_links_and_devices_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("credentials");
        std::fs::write(&path, "old").unwrap();
        std::fs::hard_link(&path, dir.path().join("other")).unwrap();
        let refused = stage(&look(&path).unwrap(), b"new").unwrap_err();
        assert!(matches!(refused, StoreError::HardLinked { links: 2, .. }));
        let null = look(Path::new("/dev/null")).unwrap();
        assert!(matches!(check(&null), Err(StoreError::NotAFile { .. })));
    }
}
