//! How a writing verb asks: the diff and the question on the terminal.

use serde_json::json;

use super::args::Consent;
use super::tty::Tty;
use super::{Done, Verbs};
use crate::aws::change::{Change, Written};
use crate::aws::secret::Secrets;
use crate::aws::store::Preview;
use crate::jobs::{self, Class, Confirmation, Failure};

/// Writes a change: at once where the design allows it, after the question otherwise. `None` for a dry run.
///
/// # Errors
/// Whatever refuses the write; a guard failure when the person says no or there is nobody to ask.
pub fn write(verbs: &Verbs, change: &Change, consent: Consent) -> Done<Option<Written>> {
    write_with(verbs, change, &Secrets::default(), consent)
}

/// [`write`] of a change that comes with secret values.
///
/// # Errors
/// As [`write`].
pub fn write_with(
    verbs: &Verbs,
    change: &Change,
    secrets: &Secrets,
    consent: Consent,
) -> Done<Option<Written>> {
    if consent.dry_run {
        show(verbs, jobs::preview_with(&verbs.context, change, secrets)?)?;
        return Ok(None);
    }
    match jobs::write_with(&verbs.context, change, secrets, consent.yes) {
        Err(failure) => match failure.confirm.clone() {
            Some(ask) => {
                agree(&ask)?;
                jobs::write_with(&verbs.context, change, secrets, true).map(Some)
            }
            None => Err(failure),
        },
        done => done.map(Some),
    }
}

/// A dry run's answer.
fn show(verbs: &Verbs, preview: Preview) -> Done {
    if !verbs.out.json {
        return verbs.out.answer(&preview.diff);
    }
    let Preview { diff, confirm, typed, changed, notes, .. } = preview;
    verbs.out.answer_json(&json!({
        "diff": diff, "confirm": confirm, "type_to_confirm": typed, "changed": changed, "notes": notes,
    }))
}

/// Shows the diff and asks, both on the terminal: one without the other would be no consent.
fn agree(ask: &Confirmation) -> Done {
    let hint = "add --yes to write without being asked, or --dry-run to only look";
    let mut tty = Tty::open("your consent", hint)?;
    let question = format!("{}{}", ask.diff, ask.why);
    let agreed = match &ask.typed {
        None => tty.agrees(&format!("{question}. Write this?"))?,
        Some(name) => {
            tty.ask(&format!("{question}.\nType the name `{name}` to agree: "))?.expose() == name.as_str()
        }
    };
    if agreed {
        return Ok(());
    }
    Err(Failure::new(Class::Guard, "declined", "nothing was written: you said no"))
}
