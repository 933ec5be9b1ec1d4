//! The question before production: a person types the profile's name on the terminal, or says `--yes`.

use super::tty::Tty;
use super::{Done, Verbs};
use crate::aws::text::clean;
use crate::jobs::production::is_guarded;
use crate::jobs::{Class, Failure};

/// Asks before `what` is done with a profile that a pattern of the user's calls production.
///
/// # Errors
/// A guard failure if the name was not typed, or if there is nobody to ask.
pub fn agreed(verbs: &Verbs, profile: &str, what: &str, yes: bool) -> Done {
    if yes || !is_guarded(&verbs.context, profile) {
        return Ok(());
    }
    let name = clean(profile);
    let hint = "add --yes where nobody can be asked; guard.production in config.toml says what is production";
    let mut tty = Tty::open(&format!("`{name}` is PRODUCTION: your consent"), hint)?;
    let typed = tty.ask(&format!("`{name}` is PRODUCTION. Type its name to {what}: "))?;
    if typed.expose() == profile {
        return Ok(());
    }
    Err(Failure::new(Class::Guard, "declined", "nothing was done: the name was not typed").hint(hint))
}
