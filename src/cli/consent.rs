//! How a writing verb asks: the diff and the question on the terminal.

use serde_json::json;

use super::args::Consent;
use super::tty::Tty;
use super::{Done, Verbs};
use crate::aws::change::{Change, Written};
use crate::aws::store::Preview;
use crate::jobs::{self, Class, Confirmation, Failure};

/// Writes a change: at once where the design allows it, after the question otherwise. `None` for a dry run.
///
/// # Errors
/// Whatever refuses the write; a guard failure when the person says no or there is nobody to ask.
pub fn write(verbs: &Verbs, change: &Change, consent: Consent) -> Done<Option<Written>> {
    if consent.dry_run {
        let preview = jobs::preview(&verbs.context, change)?;
        let Preview { diff, confirm, changed, notes } = preview;
        if verbs.out.json {
            let answer = json!({"diff": diff, "confirm": confirm, "changed": changed, "notes": notes});
            verbs.out.answer_json(&answer)?;
        } else {
            verbs.out.answer(&diff)?;
        }
        return Ok(None);
    }
    match jobs::write(&verbs.context, change, consent.yes) {
        Err(failure) => match failure.confirm.clone() {
            Some(ask) => {
                agree(&ask)?;
                jobs::write(&verbs.context, change, true).map(Some)
            }
            None => Err(failure),
        },
        done => done.map(Some),
    }
}

/// Shows the diff and asks, both on the terminal: one without the other would be no consent.
fn agree(ask: &Confirmation) -> Done {
    let mut tty =
        Tty::open("your consent", "add --yes to write without being asked, or --dry-run to only look")?;
    if tty.agrees(&format!("{}{}. Write this?", ask.diff, ask.why))? {
        return Ok(());
    }
    Err(Failure::new(Class::Guard, "declined", "nothing was written: you said no"))
}
