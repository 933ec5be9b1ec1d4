//! `awsprof forget`: the sessions that awsprof wrote and cached go.

use serde_json::json;

use super::args::Forget;
use super::{Done, Verbs, consent};
use crate::aws::change::Change;

/// Removes sessions from the files (asked about, undoable) and from the role cache.
///
/// # Errors
/// No such profile, nothing to forget, a person who says no.
pub fn run(verbs: &Verbs, args: Forget) -> Done {
    let change = Change::Forget { profile: args.profile.filter(|_| !args.all) };
    let Some(written) = consent::write(verbs, &change, args.consent)? else { return Ok(()) };
    if verbs.out.json {
        return verbs.out.answer_json(&json!({
            "id": written.id, "verb": written.verb, "profile": written.profile, "changed": written.files,
            "notes": written.notes,
        }));
    }
    for note in &written.notes {
        verbs.out.say(&format!("note: {note}"));
    }
    let undo = if written.files.is_empty() { "" } else { " (`awsprof undo` takes it back)" };
    verbs.out.say(&format!("forgotten{undo}"));
    Ok(())
}
