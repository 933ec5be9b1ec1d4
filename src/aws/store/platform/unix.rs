//! Unix: modes, owners, `fsync` of a directory, and the atomic exchange of two names where there is one.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
use rustix::fs::{CWD, RenameFlags};
use rustix::fs::{Gid, Uid};

use super::Stat;

/// What tells one state of a file from another.
pub(in super::super) fn stat(metadata: &Metadata) -> Stat {
    Stat {
        len: metadata.len(),
        modified: metadata.modified().ok(),
        inode: (metadata.dev(), metadata.ino()),
        links: metadata.nlink(),
        regular: metadata.is_file(),
    }
}

/// Opens (or makes, 0600) a file of ours without following a link.
pub(in super::super) fn open_own(path: &Path) -> io::Result<File> {
    let nofollow = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
    OpenOptions::new().read(true).write(true).create(true).mode(0o600).custom_flags(nofollow).open(path)
}

/// Makes a directory and its missing parents, 0700.
pub(in super::super) fn make_dirs(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Swaps two names in one step: `renameat2` on Linux, `renameatx_np` on macOS. `false`: this kernel or file system
/// cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(in super::super) fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    match rustix::fs::renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => Ok(false),
        Err(errno) => Err(errno.into()),
    }
}

/// The other Unixes have no such call.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(in super::super) fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Gives `file` the owner, the extended attributes (access lists among them) and the mode of the one it replaces.
pub(in super::super) fn dress(file: &File, replaced: &Path) -> io::Result<()> {
    let (own, like) = (file.metadata()?, std::fs::metadata(replaced)?);
    let uid = (own.uid() != like.uid()).then(|| Uid::from_raw(like.uid()));
    let gid = (own.gid() != like.gid()).then(|| Gid::from_raw(like.gid()));
    if uid.is_some() || gid.is_some() {
        rustix::fs::fchown(file, uid, gid)?;
    }
    super::attributes::copy(replaced, file)?;
    file.set_permissions(Permissions::from_mode(like.mode() & 0o7777))
}

/// Under `sudo` in somebody's home: a new file belongs to the owner of its directory, not to root, or they
/// could not open it afterwards.
pub(in super::super) fn hand_over(file: &File, dir: &Path) -> io::Result<()> {
    let (own, home) = (file.metadata()?, std::fs::metadata(dir)?);
    if own.uid() == 0 && home.uid() != 0 {
        rustix::fs::fchown(file, Some(Uid::from_raw(home.uid())), Some(Gid::from_raw(home.gid())))?;
    }
    Ok(())
}

/// Makes a rename in this directory survive a power cut.
pub(in super::super) fn sync_dir(dir: &Path) -> io::Result<()> {
    OpenOptions::new().read(true).open(dir)?.sync_all()
}

/// Leaves of a mode only what `mode` has, too.
pub(in super::super) fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    let now = std::fs::metadata(path)?.permissions().mode() & 0o7777;
    std::fs::set_permissions(path, Permissions::from_mode(now & mode))
}
