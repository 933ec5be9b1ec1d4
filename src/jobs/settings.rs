//! What a section holds, for a form; and the names that awsprof's own settings use.

use super::{Class, Context, Failure};
use crate::aws::ini::{SectionId, SectionKind};
use crate::aws::overview::Shown;
use crate::aws::profile::Estate;

/// The keys of a section with their places; no secret among the values.
///
/// # Errors
/// Neither file has it.
pub fn settings(context: &Context, section: &SectionId) -> Result<Vec<Shown>, Failure> {
    let estate = Estate::read(&context.world);
    let found = match section.kind {
        SectionKind::SsoSession => estate.sso_session(&section.name),
        SectionKind::Services => estate.services(&section.name),
        SectionKind::Profile | SectionKind::Other => estate.profile(&section.name),
    };
    found.map(|found| Shown::of(&found)).ok_or_else(|| Failure::no_profile(&section.name))
}

/// Refuses to take a name away that awsprof's own settings use.
///
/// # Errors
/// A guard failure.
pub fn free_of_settings(context: &Context, name: &str) -> Result<(), Failure> {
    if context.session_profiles.iter().all(|(profile, session)| profile != name && session != name) {
        return Ok(());
    }
    Err(Failure::new(Class::Guard, "named-in-settings", format!("awsprof's settings name `{name}`"))
        .hint("change session.profiles in config.toml first"))
}
