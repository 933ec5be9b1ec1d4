//! What a section holds, for a form.

use super::{Context, Failure};
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
