//! The verbs on profiles: `add`, `edit`, `rename`, `copy`, `remove`.
//!
//! Each makes a [`Change`], has it asked about, and says what it came to. Secrets are read from the terminal or from
//! standard input, never from the arguments: those are seen by every process of the machine.

mod add;
pub mod args;
mod ask;
mod edit;
mod remove;
mod rename;
mod values;

pub use add::run as add;
pub use edit::run as edit;
pub use remove::run as remove;
pub use rename::{copy, rename};

use serde_json::json;

use super::args::Consent;
use super::{Done, Verbs, consent};
use crate::aws::change::Change;
use crate::aws::ini::is_identifier;
use crate::aws::secret::Secrets;
use crate::jobs::{self, Class, Failure};

/// Has the change asked about and written, and says what came of it.
///
/// # Errors
/// Whatever refuses the write; a person who says no.
pub fn write(verbs: &Verbs, change: &Change, secrets: &Secrets, consent: Consent, said: &str) -> Done {
    if consent.yes && !consent.dry_run {
        verbs.out.say(jobs::preview_with(&verbs.context, change, secrets)?.diff.trim_end());
    }
    let Some(written) = consent::write_with(verbs, change, secrets, consent)? else { return Ok(()) };
    for note in &written.notes {
        verbs.out.say(&format!("note: {note}"));
    }
    if verbs.out.json {
        return verbs.out.answer_json(&json!({
            "id": written.id, "verb": written.verb, "profile": written.profile, "changed": written.files,
            "notes": written.notes,
        }));
    }
    let unchanged = written.files.is_empty();
    verbs.out.say(&if unchanged {
        "nothing was written: it is like that already".to_owned()
    } else {
        format!("{said} (`awsprof undo` takes it back)")
    });
    Ok(())
}

/// Refuses a name that no SDK would read.
///
/// # Errors
/// Usage.
pub fn check_name(name: &str) -> Done {
    if is_identifier(name.as_bytes()) && !name.starts_with('-') {
        return Ok(());
    }
    Err(Failure::new(Class::Usage, "bad-name", format!("`{name}` cannot be the name of a profile"))
        .hint("letters, digits and _ - / . % @ : + are allowed"))
}
