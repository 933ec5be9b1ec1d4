//! The profiles' names, a line each: what completions ask for while somebody waits for a Tab.

use super::{Done, Verbs};
use crate::aws::profile::Estate;

/// The hidden verb.
pub const VERB: &str = "profile-names";

/// Prints them; names that a shell could stumble over are left out.
///
/// # Errors
/// A stdout that cannot be written to.
pub fn run(verbs: &Verbs) -> Done {
    let estate = Estate::read(&verbs.context.world);
    let plain = estate.profiles().filter(|profile| !profile.name().chars().any(char::is_control));
    let names: String = plain.map(|profile| [profile.name(), "\n"].concat()).collect();
    verbs.out.answer(&names)
}
