//! `awsprof undo` and `redo`: take back the last user write, or put it back.

use clap::Args;
use serde_json::json;

use super::args::Consent;
use super::out::columns;
use super::{Done, Verbs, consent};
use crate::aws::change::{Change, Written};
use crate::aws::store::{List, Recorded, State};
use crate::aws::text::clean;
use crate::jobs;

#[derive(Debug, Args)]
pub struct Redo {
    /// A write to do once more that another program has overwritten; what was last undone otherwise
    pub id: Option<u64>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub struct Undo {
    /// The write to take back (see --list); the newest user write otherwise
    pub id: Option<u64>,
    /// Show what can be taken back
    #[arg(long, conflicts_with = "id")]
    pub list: bool,
    /// Erase the journal
    #[arg(long, conflicts_with_all = ["id", "list"])]
    pub forget: bool,
    #[command(flatten)]
    pub consent: Consent,
}

/// Takes back a write, lists what can be taken back, or erases the journal.
///
/// # Errors
/// Nothing to take back, a section that changed since, a file that cannot be written.
pub fn run(verbs: &Verbs, args: &Undo) -> Done {
    if args.forget {
        jobs::forget_history(&verbs.context)?;
        verbs.out.say("the journal is erased: earlier writes can no longer be taken back");
        return Ok(());
    }
    if args.list {
        return list(verbs);
    }
    let written = consent::write(verbs, &Change::Undo { id: args.id }, args.consent)?;
    report(verbs, written, "took back")
}

/// Puts back what the last undo took.
///
/// # Errors
/// As [`run`].
pub fn redo(verbs: &Verbs, args: &Redo) -> Done {
    let written = consent::write(verbs, &Change::Redo { id: args.id }, args.consent)?;
    report(verbs, written, "put back")
}

fn report(verbs: &Verbs, written: Option<Written>, did: &str) -> Done {
    let Some(written) = written else { return Ok(()) };
    for note in &written.notes {
        verbs.out.say(&format!("note: {note}"));
    }
    if verbs.out.json {
        let answer = json!({
            "id": written.id, "verb": written.verb, "profile": written.profile, "files": written.files,
        });
        return verbs.out.answer_json(&answer);
    }
    verbs.out.say(&format!("{did} `{} {}`", written.verb, written.profile));
    Ok(())
}

/// What can be taken back, newest first: when, what, for whom, and in JSON the masked diff.
fn list(verbs: &Verbs) -> Done {
    let records = jobs::history(&verbs.context)?;
    if verbs.out.json {
        let answer: Vec<_> = records.iter().map(as_json).collect();
        return verbs.out.answer_json(&answer);
    }
    let rows: Vec<Vec<String>> = records.iter().map(cells).collect();
    verbs.out.answer(&columns(&rows))?;
    for record in &records {
        verbs.out.tell(&record.diff);
    }
    Ok(())
}

fn cells(record: &Recorded) -> Vec<String> {
    let state = match (record.list, record.state) {
        (_, State::Undone { .. } | State::Dropped) => "undone",
        (List::Renewal, State::Done) => "renewal: taken back only by its id",
        (List::User, State::Done) => "",
    };
    vec![
        record.id.to_string(),
        record.at.strftime("%F %T UTC").to_string(),
        record.verb.clone(),
        clean(&record.profile),
        state.to_owned(),
    ]
}

fn as_json(record: &Recorded) -> serde_json::Value {
    json!({
        "id": record.id, "at": record.at, "verb": record.verb, "profile": record.profile, "files": record.files,
        "renewal": record.list == List::Renewal, "undone": record.state != State::Done, "diff": record.diff,
    })
}
