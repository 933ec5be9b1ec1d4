//! `awsprof setup`: has other programs get their credentials through awsprof.

use serde_json::json;

use super::args::{Setup, SetupProcess, SetupWhat};
use super::{Done, Verbs, consent};
use crate::aws::change::Change;

/// Sets up what was asked for.
///
/// # Errors
/// An unknown profile, a name that cannot be it, a file that cannot be written, a person who says no.
pub fn run(verbs: &Verbs, args: Setup) -> Done {
    match args.what {
        SetupWhat::Process(args) => process(verbs, args),
    }
}

fn process(verbs: &Verbs, args: SetupProcess) -> Done {
    let SetupProcess { profile, name, consent } = args;
    let name = name.unwrap_or_else(|| format!("{profile}-auto"));
    let change = Change::SetupProcess { profile: profile.clone(), name: name.clone() };
    let Some(written) = consent::write(verbs, &change, consent)? else { return Ok(()) };
    for note in &written.notes {
        verbs.out.say(&format!("note: {note}"));
    }
    if verbs.out.json {
        return verbs
            .out
            .answer_json(&json!({"profile": name, "exports": profile, "changed": written.files}));
    }
    let done = if written.files.is_empty() { "already gets" } else { "now gets" };
    verbs.out.say(&format!(
        "`{name}` {done} the credentials of `{profile}` by running awsprof, which must be on the PATH: \
         AWS_PROFILE={name} uses them"
    ));
    Ok(())
}
