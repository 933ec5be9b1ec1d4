//! The only writer of the two AWS files. It does not lose a byte that is not its own.
//!
//! Every write goes the same way (`transact`): `lock` both files, read them once they have `settle`d,
//! make a `plan` from what they hold, `verify` the new text by two readers, leave a `pending` note,
//! `swap` the texts in, see that they stand, and remember the change in the `journal`. A foreign edit at
//! any moment is merged back or makes the plan be made again; a crash at any moment is finished or rolled
//! back by the next start.
//!
//! What is written is decided by pure planners: `switch` (`use`), `renewal` (a session), `setup` (a profile that runs awsprof), `undo`.

mod chunk;
mod commit;
mod diff;
mod digest;
mod draft;
mod error;
mod ground;
mod history;
mod journal;
mod keep;
mod lock;
mod managed;
mod order;
mod own;
mod pending;
mod plan;
mod platform;
mod raw;
mod recovery;
mod renewal;
mod settle;
mod setup;
mod swap;
mod switch;
#[cfg(test)]
mod tests;
mod transact;
mod undo;
mod verify;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

pub use error::{Class, StoreError};
pub use history::Recorded;
pub use journal::{List, State};
pub use managed::default_state;
pub use pending::Recovery;

use super::change::{Change, Written};
use super::secret::Credentials;
use super::session::Target;
use super::world::{AwsFiles, World};
use plan::{Ground, Plan};

/// The folder for the journal and the managed default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateDir(pub PathBuf);

impl StateDir {
    /// Each pair of AWS files has a journal and a default of its own.
    fn scope(&self, files: &AwsFiles) -> PathBuf {
        let both = format!("{}\n{}", files.config.display(), files.credentials.display());
        self.0.join(&digest::digest(both.as_bytes())[..16])
    }

    fn lock_path(&self) -> PathBuf {
        lock::path_for(&self.0.join("state"))
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
    /// Unified, secret values as `****`; empty if nothing would change.
    pub diff: String,
    /// Why it must be asked; `None` if it may be done at once.
    pub confirm: Option<String>,
    /// The files whose bytes would change.
    pub changed: Vec<PathBuf>,
    /// What the user should know.
    pub notes: Vec<String>,
}

/// Shows a change without a lock and without writing.
///
/// # Errors
/// Whatever would keep it from being applied, as far as it can be seen now.
pub fn preview(world: &World, state: &StateDir, change: &Change) -> Result<Preview, StoreError> {
    transact::preview(world, state, &|ground| plan_of(ground, change))
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
    transact::run(world, state, confirmed, &|ground| plan_of(ground, change))
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
    transact::run(world, state, true, &|ground| renewal::plan(ground, target, session))
}

/// Finishes or rolls back a write that a crash cut off, and removes what it left. Call it once at start;
/// every write does it too. While another awsprof is writing there is nothing to mend.
///
/// # Errors
/// Whatever keeps the files from being written.
pub fn recover(world: &World, state: &StateDir) -> Result<Recovery, StoreError> {
    let files = world.aws_files();
    let litter = [&files.config, &files.credentials].map(|path| swap::leftovers(&settle::resolve(path)));
    if !is_file(&pending::path(&state.scope(&files))) && litter.iter().all(Vec::is_empty) {
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

/// Erases what was written before a moment.
///
/// # Errors
/// [`StoreError::BadState`] if the journal is damaged, [`StoreError::Io`] if it cannot be written.
pub fn expire_history(world: &World, state: &StateDir, before: Timestamp) -> Result<(), StoreError> {
    journal::Journal::at(&state.scope(&world.aws_files())).expire(before)
}

fn plan_of(ground: &Ground<'_>, change: &Change) -> Result<Plan, StoreError> {
    match change {
        Change::Use { profile } => switch::plan(ground, profile),
        Change::UsePrevious => switch::plan_previous(ground),
        Change::UseClear => switch::plan_clear(ground),
        Change::SetupProcess { profile, name } => setup::plan(ground, profile, name),
        Change::Undo { id } => undo::plan_undo(ground, *id),
        Change::Redo => undo::plan_redo(ground),
    }
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file())
}
