//! Extended attributes go along to the file that replaces another: the user's own, the access list
//! (`system.posix_acl_access`), the `SELinux` and Smack labels.
//!
//! What the kernel derives from a file's content (`security.ima`, `security.evm`, `security.capability`) would be
//! wrong on another and is left out. A file system that has no attributes is no failure; an access list that cannot
//! be set is one, because the mode alone would let others in whom the list keeps out.

use std::fs::File;
use std::io;
use std::path::Path;

use rustix::fs::{XattrFlags, fsetxattr, getxattr, listxattr};
use rustix::io::Errno;

/// Linux's limit for a list of names and for a value (`XATTR_LIST_MAX`, `XATTR_SIZE_MAX`).
const LARGEST: usize = 1 << 16;
const ACCESS_LIST: &str = "system.posix_acl_access";

/// Gives `to` what `from` has.
pub(super) fn copy(from: &Path, to: &File) -> io::Result<()> {
    let mut names = vec![0; LARGEST];
    let length = match listxattr(from, &mut names[..]) {
        Err(Errno::NOTSUP | Errno::NOSYS) => return Ok(()),
        length => length?,
    };
    let names = String::from_utf8_lossy(&names[..length]);
    names.split_terminator('\0').filter(|name| is_kept(name)).try_for_each(|name| copy_one(from, to, name))
}

fn copy_one(from: &Path, to: &File, name: &str) -> io::Result<()> {
    let mut value = vec![0; LARGEST];
    let length = match getxattr(from, name, &mut value[..]) {
        // Gone meanwhile, or not for us to see.
        Err(Errno::NODATA | Errno::ACCESS | Errno::PERM) if name != ACCESS_LIST => return Ok(()),
        length => length?,
    };
    match fsetxattr(to, name, &value[..length], XattrFlags::empty()) {
        // A label is the system's to give; it gave the new file one already.
        Err(Errno::PERM | Errno::ACCESS | Errno::NOTSUP) if name != ACCESS_LIST => Ok(()),
        set => Ok(set?),
    }
}

fn is_kept(name: &str) -> bool {
    let label = name == "security.selinux" || name.starts_with("security.SMACK64");
    label || !(name.starts_with("security.") || name.starts_with("trusted."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_something_of_the_content_is_left_out() {
        let kept = ["user.note", ACCESS_LIST, "security.selinux", "com.apple.metadata"];
        assert!(kept.into_iter().all(is_kept));
        assert!(!["security.ima", "security.capability", "trusted.overlay.opaque"].into_iter().any(is_kept));
    }
}
