//! The guard against profiles that ask for themselves: `credential_process = awsprof export …` in the very
//! profile that is exported, or two that export each other.
//!
//! A process that is run for a profile finds the profiles being resolved above it in [`VARIABLE`], as the AWS CLI
//! does with `_AWS_CLI_PROFILE_CHAIN`. What is refused deep down travels up as words only, through whatever programs
//! stand in between; `refused` knows them again, so that every awsprof on the way ends with the same exit code.

use super::{Class, Failure};
use crate::aws::world::Env;

/// The profiles being resolved, outermost first, with commas between them.
pub const VARIABLE: &str = "_AWSPROF_PROFILE_CHAIN";
/// How many may be resolved inside each other.
const DEPTH: usize = 4;
const CYCLE: &str = "is already being resolved: its command asks for itself";
const DEEP: &str = "commands call each other, more than";

/// The profiles so far with this one.
///
/// # Errors
/// In words, if it is among them or if they are too many.
pub(super) fn enter(running: Option<&str>, profile: &str) -> Result<String, String> {
    let running: Vec<&str> = running.map(|chain| chain.split(',').collect()).unwrap_or_default();
    if running.contains(&profile) {
        return Err(format!("the profile `{profile}` {CYCLE} ({} → {profile})", running.join(" → ")));
    }
    if running.len() >= DEPTH {
        return Err(format!("{DEEP} {DEPTH} deep: {} → {profile}", running.join(" → ")));
    }
    Ok(running.into_iter().chain([profile]).collect::<Vec<_>>().join(","))
}

/// Refuses a profile that is being resolved already by a process above this one.
///
/// # Errors
/// A guard failure.
pub fn check(env: &Env, profile: &str) -> Result<(), Failure> {
    enter(env.non_empty(VARIABLE), profile).map(drop).map_err(failure)
}

/// Whether a tool's error is this guard's refusal, somewhere below.
pub(super) fn refused(words: &str) -> bool {
    words.contains(CYCLE) || words.contains(DEEP)
}

/// The refusal as a failure.
pub(super) fn failure(words: String) -> Failure {
    Failure::new(Class::Guard, "profile-cycle", words).hint(
        "credential_process must export another profile than its own: see `awsprof setup process --help`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_may_not_ask_for_itself() {
        assert_eq!(enter(None, "a").unwrap(), "a");
        assert_eq!(enter(Some("a"), "b").unwrap(), "a,b");
        assert!(refused(&enter(Some("a,b"), "a").unwrap_err()));
        assert!(refused(&enter(Some("a,b,c,d"), "e").unwrap_err()));
        assert!(!refused("the profile `a` does not exist"));
    }
}
