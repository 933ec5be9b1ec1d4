//! Headers that some tools take for another name than the SDKs' grammar does, or for none.

use super::Findings;
use crate::aws::chain::headings;
use crate::aws::ini::{FileKind, Section, SectionKind};
use crate::aws::overview::Severity;

/// How many tools are named before the rest is counted.
const NAMED: usize = 3;

pub(super) fn check(found: &mut Findings<'_>, file: FileKind) {
    let document = found.estate.document(file);
    let known = |section: &Section<'_>| section.kind() != SectionKind::Other && !section.is_straight();
    for section in document.sections().filter(known) {
        let Some(straight) = section.straight() else { continue };
        let others = headings::read_otherwise(file, &section.header(), &straight.header);
        if others.is_empty() {
            continue;
        }
        let first: Vec<&str> = others.iter().take(NAMED).map(|tool| tool.name).collect();
        let more = match others.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "`{}` is not {} to {}{more}: write the header without anything else",
            section.header(),
            straight.header,
            first.join(", ")
        );
        let profile = (section.kind() == SectionKind::Profile).then(|| section.identifier());
        found
            .add("header-read-otherwise", Severity::Warning, profile, message, (file, section.line()))
            .fixable = document.may_straighten(section);
    }
}
