//! The only writer of the two AWS files. It does not lose a byte that is not its own.
//!
//! Every write goes the same way (`transact`): `lock` both files, read them once they have `settle`d,
//! make a `plan` from what they hold, `verify` the new text by two readers, leave a `pending` note,
//! `swap` the texts in, see that they stand, and remember the change in the `journal`. A foreign edit at
//! any moment is merged back or makes the plan be made again; a crash at any moment is finished or rolled
//! back by the next start.
//!
//! What is written is decided by pure planners: `switch` (`use`), `renewal` (a session), `objects` (profiles),
//! `setup` (a profile that runs awsprof), `sync` (the profiles of Identity Center), `undo`, `repair` (`doctor --fix`).

mod chunk;
mod commit;
mod diff;
mod digest;
mod draft;
mod error;
mod flight;
mod follower;
mod ground;
mod header;
mod headings;
mod history;
mod journal;
mod keep;
mod lock;
mod managed;
mod objects;
mod order;
mod overwritten;
pub mod own;
mod pending;
mod plan;
mod planner;
mod platform;
mod raw;
mod recovery;
mod renewal;
mod repair;
mod roles;
mod settle;
mod setup;
mod shared;
mod swap;
mod switch;
mod sync;
#[cfg(test)]
mod tests;
mod transact;
mod undo;
mod verify;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

pub use diff::{masked as diff, unified as unified_diff};
pub use digest::digest;
pub use error::{Class, StoreError};
pub use flight::{Boarding, Flight, Queue, board};
pub use follower::{Follower, Renamed};
pub use headings::readable;
pub use history::Recorded;
pub use journal::{List, State};
pub use managed::{default_state, out_of_step};
pub use overwritten::overwritten;
pub use pending::Recovery;
pub use roles::{
    CachedRole, cache_role, cached_role, cached_role_facts, cached_roles, forget_role, role_key, use_role,
};
pub use settle::resolve;
pub use shared::Shared;

use super::change::{Change, Written};
use super::profile::Estate;
use super::secret::{Credentials, Secrets};
use super::session::Target;
use super::world::{AwsFiles, Fs, World};

/// The folder for the journal and the managed default.
#[derive(Clone, Debug)]
pub struct StateDir {
    dir: PathBuf,
    keep: Option<SignedDuration>,
    follower: Option<Follower>,
}

impl StateDir {
    /// Writes are remembered until newer ones push them out.
    #[must_use]
    pub const fn new(dir: PathBuf) -> Self {
        Self { dir, keep: None, follower: None }
    }

    /// Writes are forgotten after this long: looked at at every start and every write.
    #[must_use]
    pub fn keeping(self, keep: SignedDuration) -> Self {
        Self { keep: Some(keep), ..self }
    }

    /// This file names profiles, too, and follows when one is renamed.
    #[must_use]
    pub fn followed_by(self, follower: Follower) -> Self {
        Self { follower: Some(follower), ..self }
    }

    fn follower(&self) -> Option<PathBuf> {
        self.follower.as_ref().map(|follower| settle::resolve(&follower.path))
    }

    /// What is older than this is forgotten.
    fn horizon(&self, now: Timestamp) -> Timestamp {
        let oldest = self.keep.and_then(|keep| now.checked_sub(keep).ok());
        oldest.unwrap_or(Timestamp::MIN)
    }

    /// Each pair of AWS files has a journal and a default of its own.
    fn scope(&self, files: &AwsFiles) -> PathBuf {
        let both = format!("{}\n{}", files.config.display(), files.credentials.display());
        self.dir.join(&digest::digest(both.as_bytes())[..16])
    }

    fn lock_path(&self) -> PathBuf {
        lock::path_for(&self.dir.join("state"))
    }
}

/// How long things are waited for.
#[derive(Clone, Copy, Debug)]
struct Patience {
    lock: Duration,
    /// Between two looks at a file.
    look: Duration,
    /// For another program to finish its write.
    settle: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            lock: Duration::from_secs(10),
            look: Duration::from_millis(20),
            settle: Duration::from_secs(2),
        }
    }
}

/// What a change would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Whose keys it is about: for `use` the new default.
    pub profile: String,
    /// Unified, secret values as `****`; empty if nothing would change.
    pub diff: String,
    /// Why it must be asked; `None` if it may be done at once.
    pub confirm: Option<String>,
    /// The name that must be typed to agree; `None` if yes is enough.
    pub typed: Option<String>,
    /// The files whose bytes would change.
    pub changed: Vec<PathBuf>,
    /// What the user should know.
    pub notes: Vec<String>,
}

/// Reads both files for a decision that cannot be taken back (an MFA code is good once): only when nobody is
/// in the middle of writing them.
///
/// # Errors
/// [`StoreError::Unsettled`] if another program does not come to an end, [`StoreError::Io`] for a file that
/// cannot be read.
pub fn settled(world: &World, state: &StateDir) -> Result<Estate, StoreError> {
    if matches!(world.fs, Fs::Memory(_)) {
        return Ok(Estate::read(world));
    }
    let files = world.aws_files();
    let paths = [&files.config, &files.credentials].map(|path| settle::resolve(path));
    let seen = settle::Seen::load(&state.scope(&files))?;
    let [config, credentials] = settle::read(&paths, &seen, &Patience::default())?;
    Ok(Estate::from_texts(files, config.text, credentials.text))
}

/// Shows a change without a lock and without writing.
///
/// # Errors
/// Whatever would keep it from being applied, as far as it can be seen now.
pub fn preview(world: &World, state: &StateDir, change: &Change) -> Result<Preview, StoreError> {
    preview_with(world, state, change, &Secrets::default())
}

/// [`preview`] of a change that comes with secret values.
///
/// # Errors
/// As [`preview`].
pub fn preview_with(
    world: &World,
    state: &StateDir,
    change: &Change,
    secrets: &Secrets,
) -> Result<Preview, StoreError> {
    transact::preview(world, state, &|ground| planner::plan(ground, change, secrets))
}

/// Does a change by the whole protocol.
///
/// # Errors
/// [`StoreError::NeedsConfirmation`] when it must be asked and was not `confirmed`; any other variant when it
/// cannot or must not be done. Nothing is written then.
pub fn apply(
    world: &World,
    state: &StateDir,
    change: &Change,
    confirmed: bool,
) -> Result<Written, StoreError> {
    apply_with(world, state, change, &Secrets::default(), confirmed)
}

/// [`apply`] of a change that comes with secret values.
///
/// # Errors
/// As [`apply`].
pub fn apply_with(
    world: &World,
    state: &StateDir,
    change: &Change,
    secrets: &Secrets,
    confirmed: bool,
) -> Result<Written, StoreError> {
    transact::run(world, state, confirmed, &|ground| planner::plan(ground, change, secrets))
}

/// Writes a session into its session profile, and into `[default]` if that is a managed copy of it.
///
/// # Errors
/// As [`apply`]; a section that another tool owns is refused.
pub fn write_session(
    world: &World,
    state: &StateDir,
    target: &Target,
    session: &Credentials,
) -> Result<Written, StoreError> {
    transact::run(world, state, true, &|ground| {
        let plan = renewal::plan(ground, target, session)?;
        headings::check(ground, &plan).map(|()| plan)
    })
}

/// Finishes or rolls back a write that a crash cut off, removes what it left and forgets what is too old. Call
/// it once at start; every write does it too. While another awsprof is writing there is nothing to mend.
///
/// # Errors
/// Whatever keeps the files from being written.
pub fn recover(world: &World, state: &StateDir) -> Result<Recovery, StoreError> {
    own::sweep(&state.dir);
    let files = world.aws_files();
    let paths = [&files.config, &files.credentials].map(|path| settle::resolve(path));
    let scope = state.scope(&files);
    let crashed = is_file(&pending::path(&scope))
        || !recovery::leftovers(paths.iter().chain(&state.follower()), &scope).is_empty();
    if !crashed && !journal::Journal::at(&scope).reaches_before(state.horizon(world.now())) {
        return Ok(Recovery::Nothing);
    }
    let at_once = Patience { lock: Duration::ZERO, ..Patience::default() };
    match transact::Held::take(world, state, at_once) {
        Err(StoreError::Locked { .. }) => Ok(Recovery::Nothing),
        held => held.map(|held| held.recovered),
    }
}

/// The writes that are remembered, newest first.
///
/// # Errors
/// [`StoreError::BadState`] if the journal is damaged.
pub fn history(world: &World, state: &StateDir) -> Result<Vec<Recorded>, StoreError> {
    let journal = journal::Journal::at(&state.scope(&world.aws_files()));
    Ok(journal.entries()?.iter().rev().map(history::recorded).collect())
}

/// Erases what is remembered: one write, or all of them. The AWS files stay as they are.
///
/// # Errors
/// [`StoreError::Io`] if the state directory cannot be written.
pub fn forget_history(world: &World, state: &StateDir, id: Option<u64>) -> Result<(), StoreError> {
    journal::Journal::at(&state.scope(&world.aws_files())).forget(id)
}

/// Takes away from others what they may do with a file or directory: not a write, and not undone by `undo`.
///
/// # Errors
/// [`StoreError::Io`] if it belongs to somebody else.
pub fn restrict(path: &Path, mode: u32) -> Result<(), StoreError> {
    platform::restrict(path, mode).map_err(|source| StoreError::io("restrict", path, source))
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file())
}
