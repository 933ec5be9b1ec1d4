//! Windows: a rename replaces the target in one step; there is no exchange, no mode and no link count in
//! `std`. Compiled only there.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

use super::Stat;

/// What tells one state of a file from another.
pub(in super::super) fn stat(metadata: &Metadata) -> Stat {
    Stat {
        len: metadata.len(),
        modified: metadata.modified().ok(),
        inode: (0, 0),
        links: 1,
        regular: metadata.is_file(),
    }
}

/// Opens (or makes) a file of ours.
pub(in super::super) fn open_own(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// Makes a directory and its missing parents.
pub(in super::super) fn make_dirs(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(path)
}

/// There is no exchange here.
pub(in super::super) fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// The read-only mark is all there is to keep; access lists come from the directory.
pub(in super::super) fn dress(file: &File, replaced: &Path) -> io::Result<()> {
    file.set_permissions(std::fs::metadata(replaced)?.permissions())
}

/// A new file belongs to whom the directory's access list says.
pub(in super::super) fn hand_over(_file: &File, _dir: &Path) -> io::Result<()> {
    Ok(())
}

/// Directories cannot be flushed here; the rename is journaled by the file system.
pub(in super::super) fn sync_dir(_dir: &Path) -> io::Result<()> {
    Ok(())
}

/// Who may look is the directory's access list's to say.
pub(in super::super) fn restrict(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}
