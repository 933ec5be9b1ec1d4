//! Who else may read the files: the AWS CLI makes credentials 0600 (`awscli/customizations/configure/writer.py`)
//! and nobody but their owner has business in `~/.aws`.

use std::path::PathBuf;

use super::Findings;
use crate::aws::ini::FileKind;
use crate::aws::overview::Severity;
use crate::aws::profile::Estate;
use crate::aws::world::World;

/// Files and directories that others may look into, with the mode each should have. A file elsewhere than in
/// `~/.aws` says nothing about its directory: that may be anybody's.
#[must_use]
pub fn too_wide(world: &World, estate: &Estate) -> Vec<(PathBuf, u32)> {
    let files = estate.files();
    let home = world.home().map(|home| home.join(".aws"));
    let inside = |dir: &PathBuf| [&files.config, &files.credentials].iter().any(|f| f.parent() == Some(dir));
    let dir = home.filter(inside).map(|dir| (dir, 0o700));
    let wide = |(path, mode): &(PathBuf, u32)| world.fs.mode(path).is_some_and(|now| now & !mode != 0);
    dir.into_iter().chain([(files.credentials.clone(), 0o600)]).filter(wide).collect()
}

pub(super) fn check(found: &mut Findings<'_>, world: &World) {
    for (path, mode) in too_wide(world, found.estate) {
        let now = world.fs.mode(&path).unwrap_or_default();
        let is_file = path == found.estate.path(FileKind::Credentials);
        let (code, what) = if is_file { ("file-mode", "file") } else { ("directory-mode", "directory") };
        let message =
            format!("others may look into the {what}: its mode is {now:04o} and should be {mode:04o}");
        let problem = found.add_outside(code, Severity::Warning, message);
        problem.file = Some(path);
        problem.fixable = true;
    }
}
