//! `awsprof undo` and `redo`: take back the last user write, or put it back.

use serde_json::json;

use super::args::{Consent, Undo};
use super::out::columns;
use super::{Done, Verbs, consent};
use crate::aws::change::{Change, Written};
use crate::jobs;

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
pub fn redo(verbs: &Verbs) -> Done {
    let written = consent::write(verbs, &Change::Redo, Consent { yes: false, dry_run: false })?;
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
        return Ok(verbs.out.answer_json(&answer)?);
    }
    verbs.out.say(&format!("{did} `{} {}`", written.verb, written.profile));
    Ok(())
}
