//! Taking a write back, and doing it again: section by section, never over a later edit.

use std::collections::BTreeSet;

use super::chunk::{SectionEdit, replay, reversed, split};
use super::draft::{BOTH, Meant, Wanted};
use super::journal::{Entry, FileEdits, List, State, Turn};
use super::plan::{Ground, Plan, Record};
use super::{StoreError, diff, keep};
use crate::aws::ini::{Document, FileKind, SectionId, SectionKind};
use crate::aws::profile::Estate;
use crate::aws::secret::masked;
use crate::aws::session;

/// `undo`: the newest user write that stands, or the write with this id.
pub(super) fn plan_undo(ground: &Ground<'_>, id: Option<u64>) -> Result<Plan, StoreError> {
    let stands = |entry: &&Entry| match id {
        Some(id) => entry.id == id,
        None => entry.list == List::User && entry.state == State::Done,
    };
    let entry = ground.entries.iter().rev().find(stands).ok_or_else(|| nothing("undo"))?;
    if entry.state != State::Done {
        return Err(StoreError::refused(format!("write {} is already undone", entry.id), "`awsprof redo`"));
    }
    let turn = ground.entries.iter().filter_map(|entry| turn(entry.state)).max().unwrap_or(0) + 1;
    let record = Record::Mark { id: entry.id, state: State::Undone { turn } };
    let default = entry.default.as_ref().map(|turn| turn.before.clone());
    let mut plan = replayed(ground, entry, record, reversed)?;
    plan.default = default.map(|after| Turn { before: ground.managed.clone(), after });
    plan.confirm = doubts(ground, &plan);
    Ok(plan)
}

/// `redo`: reverses the newest undo.
pub(super) fn plan_redo(ground: &Ground<'_>) -> Result<Plan, StoreError> {
    let newest =
        ground.entries.iter().filter_map(|e| Some((turn(e.state)?, e))).max_by_key(|(turn, _)| *turn);
    let (_, entry) = newest.ok_or_else(|| nothing("redo"))?;
    forward(ground, entry)
}

/// `redo ID`: a write that stands by the journal, and that another program has overwritten, once more.
pub(super) fn plan_again(ground: &Ground<'_>, id: u64) -> Result<Plan, StoreError> {
    let entry = ground.entries.iter().find(|entry| entry.id == id).ok_or_else(|| nothing("redo"))?;
    if entry.state != State::Done {
        return Err(StoreError::refused(format!("write {id} was undone"), "`awsprof redo` puts it back"));
    }
    forward(ground, entry)
}

fn forward(ground: &Ground<'_>, entry: &Entry) -> Result<Plan, StoreError> {
    let record = Record::Mark { id: entry.id, state: State::Done };
    let default = entry.default.as_ref().map(|turn| turn.after.clone());
    let mut plan = replayed(ground, entry, record, <[SectionEdit]>::to_vec)?;
    plan.default = default.map(|after| Turn { before: ground.managed.clone(), after });
    plan.confirm = doubts(ground, &plan);
    Ok(plan)
}

const fn turn(state: State) -> Option<u64> {
    match state {
        State::Undone { turn } => Some(turn),
        State::Done | State::Dropped => None,
    }
}

fn nothing(verb: &str) -> StoreError {
    let hint = "`awsprof undo --list` shows what is remembered".to_owned();
    StoreError::NotFound { what: format!("there is nothing to {verb}"), hint }
}

/// The texts with an entry's edits replayed in one direction; the verb stays that of the write itself.
fn replayed(
    ground: &Ground<'_>,
    entry: &Entry,
    record: Record,
    direction: impl Fn(&[SectionEdit]) -> Vec<SectionEdit>,
) -> Result<Plan, StoreError> {
    let mut texts = BOTH.map(|file| ground.estate.document(file).bytes().to_vec());
    let mut meant = [Meant::new(), Meant::new()];
    for file in &entry.files {
        let Some(at) = ground.paths.iter().position(|path| *path == file.path) else {
            let hint = "point AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE at it again".to_owned();
            return Err(StoreError::NotFound {
                what: format!("{} was not found", file.path.display()),
                hint,
            });
        };
        let edits = direction(&since_renewed(ground, entry, at, &file.edits));
        texts[at] = replay(&texts[at], &edits).map_err(|id| changed(ground, at, &id, &edits))?;
        meant[at] = edits.iter().flat_map(|edit| sections(BOTH[at], edit)).collect();
    }
    let beside = entry.beside.as_ref();
    let beside = beside.map(|file| FileEdits { path: file.path.clone(), edits: direction(&file.edits) });
    Ok(Plan {
        verb: entry.verb.clone(),
        profile: entry.profile.clone(),
        previous: entry.previous.clone(),
        list: entry.list,
        texts,
        meant,
        beside,
        default: None,
        notes: Vec::new(),
        confirm: Vec::new(),
        typed: None,
        record,
    })
}

/// A section that only renewals have changed since still counts as what the write made it.
fn since_renewed(ground: &Ground<'_>, entry: &Entry, at: usize, edits: &[SectionEdit]) -> Vec<SectionEdit> {
    let later = ground
        .entries
        .iter()
        .filter(|e| e.id > entry.id && e.list == List::Renewal && e.state == State::Done);
    let later: Vec<&SectionEdit> =
        later.flat_map(|e| &e.files).filter(|f| f.path == ground.paths[at]).flat_map(|f| &f.edits).collect();
    let follow = |edit: &SectionEdit| {
        let now = later.iter().filter(|next| next.id == edit.id);
        let after =
            now.fold(&edit.after, |after, next| if next.before == *after { &next.after } else { after });
        SectionEdit { after: after.clone(), ..edit.clone() }
    };
    edits.iter().map(follow).collect()
}

/// The sections a piece of text holds are the ones an undo may change.
fn sections(file: FileKind, edit: &SectionEdit) -> Meant {
    let texts = [&edit.before, &edit.after].into_iter().flatten();
    let docs = texts.map(|raw| Document::parse(file, raw.0.clone()));
    docs.flat_map(|doc| doc.sections().map(|section| section.id()).collect::<Vec<_>>())
        .map(|id| (id, Wanted::Restored))
        .collect()
}

fn changed(ground: &Ground<'_>, at: usize, id: &str, edits: &[SectionEdit]) -> StoreError {
    let path = ground.paths[at].clone();
    let expected = edits.iter().find(|edit| edit.id == id).and_then(|edit| edit.before.clone());
    let chunks = split(ground.estate.document(BOTH[at]).bytes());
    let now = chunks.into_iter().find(|chunk| chunk.id == id).map(|chunk| chunk.bytes);
    let expected = expected.map(|raw| raw.0).unwrap_or_default();
    let diff = diff::masked(&path.display().to_string(), &expected, &now.unwrap_or_default());
    StoreError::SectionChanged { path, section: id.trim_matches('\0').to_owned(), diff }
}

/// Why a person should think twice: it would bring back what no longer works, or lose what still does.
fn doubts(ground: &Ground<'_>, plan: &Plan) -> Vec<String> {
    let [config, credentials] = plan.texts.clone();
    let after = Estate::from_texts(ground.estate.files().clone(), config, credentials);
    let ids: BTreeSet<&SectionId> = plan.meant.iter().flat_map(|meant| meant.keys()).collect();
    let profiles: Vec<SectionId> =
        ids.into_iter().filter(|id| id.kind == SectionKind::Profile).cloned().collect();
    let stale = profiles.iter().filter_map(|id| doubt(ground, &after, &id.name)).collect::<Vec<_>>();
    let docs = BOTH.map(|file| after.document(file).clone());
    let lost = keep::lost(&ground.estate, &docs).into_iter();
    let lost =
        lost.map(|keys| format!("it would delete the last copy of the long-term keys of [{}]", keys.id.name));
    stale.into_iter().chain(lost).collect()
}

fn doubt(ground: &Ground<'_>, after: &Estate, name: &str) -> Option<String> {
    let profile = after.profile(name)?;
    let keys = profile.credentials()?;
    let now = ground.estate.profile(name).and_then(|profile| profile.credentials());
    if now.as_ref().is_some_and(|now| now.access_key_id == keys.access_key_id) {
        return None;
    }
    if keys.is_session() {
        let expired = session::expiry(&profile).is_some_and(|at| at <= ground.now);
        return expired.then(|| format!("the session it would put back in [{name}] has expired"));
    }
    let known = |name: &str| {
        let found = ground.estate.profile(name).and_then(|profile| profile.credentials());
        found.is_some_and(|found| found.access_key_id == keys.access_key_id)
    };
    let gone = now.is_some() && !ground.estate.names().any(known);
    let tail = masked(&keys.access_key_id);
    gone.then(|| format!("the key {tail} it would put back in [{name}] may have been rotated away"))
}
