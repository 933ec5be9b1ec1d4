//! What the operating systems do differently when a file is replaced: one small door for each.
//!
//! Linux and macOS can exchange two names in one step and keep extended attributes; elsewhere a rename replaces.
//! Owners, modes and link counts are Unix ideas; Windows keeps its access lists on the directory, which a new file
//! inherits.

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod attributes;
#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(super) use unix::*;
/// Systems without extended attributes.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))))]
mod attributes {
    pub(super) fn copy(_from: &std::path::Path, _to: &std::fs::File) -> std::io::Result<()> {
        Ok(())
    }
}
#[cfg(not(unix))]
mod other;
#[cfg(not(unix))]
pub(super) use other::*;

/// What tells one state of a file from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stat {
    pub len: u64,
    pub modified: Option<std::time::SystemTime>,
    /// Device and inode; zeros where there are none.
    pub inode: (u64, u64),
    pub links: u64,
    pub regular: bool,
}
