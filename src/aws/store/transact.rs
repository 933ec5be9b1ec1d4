//! One write from the lock to the journal.

use std::path::PathBuf;

use super::journal::{Entry, FileEdits, Journal, State};
use super::managed::Managed;
use super::pending::{Pending, Recovery};
use super::plan::{Ground, Plan, Planner, Record};
use super::settle::{self, Reading, Seen};
use super::{
    Patience, Preview, StateDir, StoreError, chunk, commit, diff, ground, history, lock, order, own,
    platform, recovery, swap, verify,
};
use crate::aws::change::Written;
use crate::aws::ini::{Document, FileKind};
use crate::aws::world::{AwsFiles, Fs, World};

/// How often a plan is made again because the files changed under it.
const ATTEMPTS: u32 = 10;

/// Both files locked, their state loaded.
#[derive(Debug)]
pub(super) struct Held {
    pub files: AwsFiles,
    /// Config and credentials, symlinks followed.
    pub paths: [PathBuf; 2],
    /// The file that follows the two.
    pub follower: Option<PathBuf>,
    pub scope: PathBuf,
    pub patience: Patience,
    pub recovered: Recovery,
    /// Why a file could not be locked: then it must not be written either.
    refusals: [Option<StoreError>; 2],
    _locks: Vec<lock::Lock>,
}

impl Held {
    /// Locks the state, then config, then credentials, mends what a crash left and forgets what is too old.
    pub(super) fn take(world: &World, state: &StateDir, patience: Patience) -> Result<Self, StoreError> {
        let files = world.aws_files();
        let paths = real_paths(world, &files)?;
        platform::make_dirs(&state.dir).map_err(|source| StoreError::io("make", &state.dir, source))?;
        let mut locks = vec![lock::take(&state.lock_path(), patience.lock)?];
        let mut refusals = [None, None];
        for (path, refusal) in paths.iter().zip(&mut refusals) {
            match lock_file(path, patience) {
                Ok(lock) => locks.push(lock),
                Err(error @ StoreError::Locked { .. }) => return Err(error),
                Err(error) => *refusal = Some(error),
            }
        }
        let scope = state.scope(&files);
        let recovered = Recovery::Nothing;
        let mut held = Self {
            files,
            paths,
            follower: state.follower(),
            scope,
            patience,
            recovered,
            refusals,
            _locks: locks,
        };
        held.recovered = recovery::mend(&held)?;
        Journal::at(&held.scope).expire(state.horizon(world.now()))?;
        Ok(held)
    }

    /// Reads both files once they have settled.
    pub(super) fn read(&self) -> Result<[Reading; 2], StoreError> {
        settle::read(&self.paths, &Seen::load(&self.scope)?, &self.patience)
    }

    /// Remembers what the files are like now.
    pub(super) fn remember(&self) -> Result<(), StoreError> {
        let seen =
            [Seen::of(&settle::look(&self.paths[0])?.text), Seen::of(&settle::look(&self.paths[1])?.text)];
        own::save(&Seen::path(&self.scope), &seen)
    }

    fn check_writable(&mut self, readings: &[Reading; 2], plan: &Plan) -> Result<(), StoreError> {
        for at in (0..2).filter(|&at| plan.texts[at] != readings[at].text) {
            swap::check(&readings[at])?;
            if let Some(refusal) = self.refusals[at].take() {
                return Err(refusal);
            }
        }
        Ok(())
    }
}

/// A device or a directory has no lock file beside it: it is not going to be written.
fn lock_file(path: &std::path::Path, patience: Patience) -> Result<lock::Lock, StoreError> {
    let refused = |source| StoreError::ReadOnly { path: path.to_owned(), source };
    swap::check_kind(path)?;
    platform::make_dirs(&swap::parent(path)).map_err(refused)?;
    let lock = lock::path_for(path);
    match lock::take(&lock, patience.lock) {
        // No lock file could be made: it is the directory that is in the way, not the lock.
        Err(StoreError::ReadOnly { source, .. }) if !lock.exists() => Err(refused(source)),
        taken => taken,
    }
}

fn real_paths(world: &World, files: &AwsFiles) -> Result<[PathBuf; 2], StoreError> {
    if matches!(world.fs, Fs::Memory(_)) {
        return Err(StoreError::refused("this world is in memory", "nothing can be written in it"));
    }
    let paths = [settle::resolve(&files.config), settle::resolve(&files.credentials)];
    if paths[0] == paths[1] && swap::check_kind(&paths[0]).is_ok() {
        return Err(StoreError::SameFile { path: paths[0].clone() });
    }
    Ok(paths)
}

/// Works a plan out and shows it; nothing is locked or written.
pub(super) fn preview(world: &World, state: &StateDir, planner: Planner<'_>) -> Result<Preview, StoreError> {
    let files = world.aws_files();
    let paths = real_paths(world, &files)?;
    let readings = [settle::look(&paths[0])?, settle::look(&paths[1])?];
    let plan = planner(&ground::survey(world, &files, state, &readings)?)?;
    for at in changed(&readings, &plan) {
        swap::check(&readings[at])?;
    }
    Ok(Preview {
        profile: plan.profile.clone(),
        diff: difference(&readings, &plan),
        confirm: question(&plan),
        typed: plan.typed.clone(),
        changed: rewritten(&readings, &plan),
        notes: plan.notes,
    })
}

/// Does it.
pub(super) fn run(
    world: &World,
    state: &StateDir,
    confirmed: bool,
    planner: Planner<'_>,
) -> Result<Written, StoreError> {
    let mut held = Held::take(world, state, Patience::default())?;
    for _ in 0..ATTEMPTS {
        let readings = held.read()?;
        let ground = ground::survey(world, &held.files, state, &readings)?;
        let plan = planner(&ground)?;
        if let Some(why) = question(&plan).filter(|_| !confirmed) {
            let (diff, typed) = (difference(&readings, &plan), plan.typed);
            return Err(StoreError::NeedsConfirmation { why, diff, typed });
        }
        if let Some(written) = attempt(&mut held, &ground, &readings, plan)? {
            return Ok(written);
        }
    }
    Err(StoreError::Contended { path: held.paths[1].clone() })
}

/// `None`: the files changed meanwhile, and are as the other program left them.
fn attempt(
    held: &mut Held,
    ground: &Ground<'_>,
    readings: &[Reading; 2],
    plan: Plan,
) -> Result<Option<Written>, StoreError> {
    held.check_writable(readings, &plan)?;
    for (at, kind) in [FileKind::Config, FileKind::Credentials].into_iter().enumerate() {
        let [before, after] =
            [&readings[at].text, &plan.texts[at]].map(|text| Document::parse(kind, text.clone()));
        verify::verify(&readings[at].path, &before, &after, &plan.meant[at])?;
    }
    let files = rewritten(readings, &plan);
    let entry = entry_of(ground, readings, &plan, &Journal::at(&held.scope));
    if files.is_empty() {
        settle_default(held, &entry)?;
    } else if !commit::commit(held, readings, &plan, &entry, order::of(&ground.estate, readings, &plan))? {
        return Ok(None);
    }
    let Plan { verb, profile, previous, notes, .. } = plan;
    Ok(Some(Written { id: entry.id, verb, profile, previous, files, notes }))
}

fn entry_of(ground: &Ground<'_>, readings: &[Reading; 2], plan: &Plan, journal: &Journal) -> Entry {
    let edits = |at: usize| FileEdits {
        path: readings[at].path.clone(),
        edits: chunk::edits(&readings[at].text, &plan.texts[at]),
    };
    Entry {
        id: match plan.record {
            Record::Append => journal.next_id(),
            Record::Mark { id, .. } => id,
        },
        at: ground.now,
        verb: plan.verb.clone(),
        list: plan.list,
        profile: plan.profile.clone(),
        previous: plan.previous.clone(),
        state: State::Done,
        files: changed(readings, plan).map(edits).collect(),
        beside: plan.beside.clone(),
        default: plan.default.clone(),
    }
}

/// Puts a finished write on record. If it cannot be (a full disk), the record is as it was.
pub(super) fn record(held: &Held, pending: &Pending) -> Result<(), StoreError> {
    let journal = Journal::at(&held.scope);
    let was = journal.entries()?;
    let done = enter(&journal, pending, &was).and_then(|()| settle_default(held, &pending.entry));
    if done.is_err() {
        // Best effort on a bad disk: the first error is the one to tell.
        drop(strike_out(&journal, pending, &was));
        return done;
    }
    held.remember().or_else(|_| own::remove(&Seen::path(&held.scope)))
}

fn enter(journal: &Journal, pending: &Pending, was: &[Entry]) -> Result<(), StoreError> {
    match pending.record {
        Record::Append => journal.append(&pending.entry),
        Record::Mark { id, state } => was
            .iter()
            .filter(|entry| entry.id == id)
            .try_for_each(|entry| journal.save(&Entry { state, ..entry.clone() })),
    }
}

fn strike_out(journal: &Journal, pending: &Pending, was: &[Entry]) -> Result<(), StoreError> {
    match pending.record {
        Record::Append => journal.forget(Some(pending.entry.id)),
        Record::Mark { id, .. } => {
            was.iter().filter(|entry| entry.id == id).try_for_each(|entry| journal.save(entry))
        }
    }
}

fn settle_default(held: &Held, entry: &Entry) -> Result<(), StoreError> {
    entry.default.as_ref().map_or(Ok(()), |turn| Managed::save(turn.after.as_ref(), &held.scope))
}

fn changed(readings: &[Reading; 2], plan: &Plan) -> impl Iterator<Item = usize> {
    let differs = [0, 1].map(|at| plan.texts[at] != readings[at].text);
    (0..2).filter(move |&at| differs[at])
}

/// The files whose bytes change.
fn rewritten(readings: &[Reading; 2], plan: &Plan) -> Vec<PathBuf> {
    let both = changed(readings, plan).map(|at| readings[at].path.clone());
    both.chain(plan.beside.iter().map(|beside| beside.path.clone())).collect()
}

fn difference(readings: &[Reading; 2], plan: &Plan) -> String {
    let one = |at: usize| {
        diff::masked(&readings[at].path.display().to_string(), &readings[at].text, &plan.texts[at])
    };
    one(0) + &one(1) + &plan.beside.as_ref().map(history::difference).unwrap_or_default()
}

fn question(plan: &Plan) -> Option<String> {
    (!plan.confirm.is_empty()).then(|| plan.confirm.join("; "))
}
