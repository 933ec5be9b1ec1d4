//! What is wrong with the text of one file: grammar, headers, duplicates.

use super::Findings;
use crate::aws::ini::{
    self, Colon, Document, Fault, FileKind, Section, SectionId, SectionKind, is_identifier, lex,
};
use crate::aws::overview::Severity;

/// How many faults of one file are told one by one: a file that is no INI at all has one a line.
const SHOWN: usize = 200;

pub(super) fn check(found: &mut Findings<'_>, file: FileKind) {
    grammar(found, file);
    duplicates(found, file);
    ends(found, file);
}

/// How the lines end, and whether the last one does.
fn ends(found: &mut Findings<'_>, file: FileKind) {
    let document = found.estate.document(file);
    let (plain, returns) = document.line_ends();
    if plain > 0 && returns > 0 {
        let message = format!("{returns} of {} lines end in a carriage return as well", plain + returns);
        let first = document.odd_line_end().and_then(|line| u32::try_from(line).ok()).unwrap_or_default();
        found.add("mixed-line-ends", Severity::Warning, None, message, (file, first)).fixable = true;
    }
    if !document.bytes().is_empty() && !document.bytes().ends_with(b"\n") {
        let last = u32::try_from(lex::count_lines(document.bytes()) + 1).unwrap_or(u32::MAX);
        let message = "the last line has no line break: what is next appended to the file becomes part of it";
        found.add("missing-final-newline", Severity::Warning, None, message, (file, last)).fixable = true;
    }
}

fn grammar(found: &mut Findings<'_>, file: FileKind) {
    let document = found.estate.document(file);
    if document.problems().is_empty() {
        return;
    }
    let sections: Vec<Section<'_>> = document.sections().collect();
    let colons = document.colons();
    for problem in document.problems().iter().take(SHOWN) {
        let above = sections.partition_point(|section| section.line() <= problem.line);
        let section = above.checked_sub(1).map(|at| sections[at]);
        let profile = section.filter(|s| s.kind() == SectionKind::Profile).map(|s| s.identifier());
        let colon = colons.iter().find(|colon| colon.line == problem.line);
        let message = colon.map_or_else(|| message(problem, section), set_by_colon);
        let place = (file, problem.line);
        found.add(problem.code(), severity(problem.fault), profile, message, place).fixable =
            colon.map_or_else(|| is_fixable(document, problem.fault, section), |colon| colon.may_be_equals);
    }
    let more = document.problems().len().saturating_sub(SHOWN);
    if more > 0 {
        let message = format!("{more} more lines of this file cannot be understood");
        found.add("more-problems", Severity::Info, None, message, (file, 0));
    }
}

fn set_by_colon(colon: &Colon) -> String {
    format!("`{}` is set by `:`, which boto3, the AWS CLI and Go take for `=` and no other tool", colon.key)
}

fn message(problem: &ini::Problem, section: Option<Section<'_>>) -> String {
    let name = section.map(|section| section.name()).unwrap_or_default();
    match problem.fault {
        Fault::NoPrefix if !name.contains(char::is_whitespace) => {
            format!("[{name}] is ignored: the config file wants [profile {name}]")
        }
        Fault::NoPrefix => format!("[{name}] is of a kind no SDK knows"),
        Fault::UnwantedPrefix => {
            let bare = name.trim_start_matches("profile").trim();
            format!("[{name}] is ignored: the credentials file wants [{bare}]")
        }
        Fault::InvalidName if let Some(straight) = section.and_then(|section| section.straight()) => {
            format!("[{name}] is read by boto3 and the AWS CLI only: write {}", straight.header)
        }
        Fault::InvalidName => {
            format!("[{name}] is ignored by most tools: its name has characters no SDK accepts")
        }
        _ => format!("{} (column {})", problem.message(), problem.column),
    }
}

/// A header is mended only where that makes no second section of one name.
fn is_fixable(document: &Document, fault: Fault, section: Option<Section<'_>>) -> bool {
    match (fault, section) {
        (Fault::Bom, _) => true,
        (Fault::NoPrefix | Fault::UnwantedPrefix, Some(section)) => {
            meant(&section).is_some_and(|id| !document.contains(&id))
        }
        (Fault::InvalidName | Fault::UnclosedHeader, Some(section)) => document.may_straighten(section),
        _ => false,
    }
}

/// The profile a header names that has a prefix too few or too many.
pub fn meant(section: &Section<'_>) -> Option<SectionId> {
    let name = section.name();
    let bare = name.strip_prefix("profile").filter(|rest| rest.starts_with(char::is_whitespace));
    let bare = bare.map_or(name.as_ref(), str::trim);
    (section.kind() == SectionKind::Other && is_identifier(bare.as_bytes())).then(|| SectionId::profile(bare))
}

/// An error if some tool refuses the file for it, a warning if a part is ignored.
const fn severity(fault: Fault) -> Severity {
    match fault {
        Fault::NotUtf8 => Severity::Error,
        _ if fault.sdk_error().is_some() => Severity::Error,
        _ => Severity::Warning,
    }
}

fn duplicates(found: &mut Findings<'_>, file: FileKind) {
    let document = found.estate.document(file);
    for (section, is_first) in document.sections().zip(document.firsts()) {
        let profile = (section.kind() == SectionKind::Profile).then(|| section.identifier());
        let first = if is_first { None } else { first_with_header(document, section) };
        if let Some(first) = first {
            let name = section.name();
            let message = format!(
                "[{name}] stands a second time (first on line {first}): boto3 and the AWS CLI refuse the file"
            );
            found
                .add("duplicate-section", Severity::Error, profile, message, (file, section.line()))
                .fixable = true;
        }
        if section.is_hidden() {
            let message = "[profile default] hides this [default] from the SDKs".to_owned();
            found.add("default-twice", Severity::Warning, profile, message, (file, section.line()));
        }
        if section.may_repeat() {
            duplicate_keys(found, file, section, profile);
        }
    }
}

/// The line of the first section above with the very same header.
fn first_with_header(document: &Document, section: Section<'_>) -> Option<u32> {
    let header = (section.kind(), section.is_prefixed(), section.name());
    let mut same = document
        .namesakes(section)
        .filter(|other| (other.kind(), other.is_prefixed(), other.name()) == header);
    same.next().map(|first| first.line()).filter(|line| *line < section.line())
}

fn duplicate_keys(found: &mut Findings<'_>, file: FileKind, section: Section<'_>, profile: Option<&str>) {
    let mut keys: Vec<_> = section.entries().map(|entry| (entry.key(), entry.line())).collect();
    keys.sort();
    for pair in keys.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let (key, line) = &pair[1];
        let section = section.name();
        let message = format!("`{key}` stands twice in [{section}]: boto3 and the AWS CLI refuse the file");
        found.add("duplicate-key", Severity::Error, profile, message, (file, *line)).fixable = true;
    }
}
