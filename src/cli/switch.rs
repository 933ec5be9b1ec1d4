//! `awsprof use`: makes a profile the default one.

use serde_json::json;

use super::args::Use;
use super::{Done, Verbs, consent, shell};
use crate::aws::change::Change;

/// Switches the default profile, back to the previous one with `-`, or gives back the original with `--clear`.
///
/// # Errors
/// An unknown profile, a file that cannot be written, a person who says no.
pub fn run(verbs: &Verbs, args: &Use) -> Done {
    if shell::is_meant(verbs) {
        return in_shell(verbs, args);
    }
    let change = match args.profile.as_deref() {
        None => Change::UseClear,
        Some("-") => Change::UsePrevious,
        Some(name) => Change::Use { profile: name.to_owned() },
    };
    let Some(written) = consent::write(verbs, &change, args.consent)? else { return Ok(()) };
    for note in &written.notes {
        verbs.out.say(&format!("note: {note}"));
    }
    if verbs.out.json {
        let answer = json!({
            "profile": written.profile, "previous": written.previous, "changed": written.files,
        });
        return verbs.out.answer_json(&answer);
    }
    verbs.out.say(&sentence(&change, &written.profile, written.files.is_empty()));
    Ok(())
}

/// For the calling shell alone: no file of AWS's changes.
fn in_shell(verbs: &Verbs, args: &Use) -> Done {
    let choice = shell::choice(verbs, args.profile.as_deref())?;
    if !args.consent.dry_run {
        shell::hand_over(verbs, &choice, args.consent.yes)?;
    }
    if !verbs.out.json {
        return Ok(());
    }
    let profile = match &choice {
        shell::Choice::Set(name) => Some(name),
        shell::Choice::Unset => None,
    };
    let previous = verbs.context.world.env.non_empty("AWS_PROFILE");
    verbs.out.answer_json(&json!({"profile": profile, "previous": previous, "changed": []}))
}

fn sentence(change: &Change, profile: &str, unchanged: bool) -> String {
    match change {
        _ if unchanged => format!("the default profile already is `{profile}`: nothing was written"),
        Change::UseClear => "the default profile is again what it was before awsprof".to_owned(),
        _ => format!("the default profile is now `{profile}` (`awsprof undo` takes it back)"),
    }
}
