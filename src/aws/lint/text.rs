//! What is wrong with the text of one file: grammar, headers, duplicates.

use hashbrown::HashMap;

use super::Findings;
use crate::aws::ini::{self, Fault, FileKind, Section, SectionKind};
use crate::aws::overview::Severity;

/// How many faults of one file are told one by one: a file that is no INI at all has one a line.
const SHOWN: usize = 200;

pub(super) fn check(found: &mut Findings<'_>, file: FileKind) {
    grammar(found, file);
    duplicates(found, file);
}

fn grammar(found: &mut Findings<'_>, file: FileKind) {
    let document = found.estate.document(file);
    let sections: Vec<Section<'_>> = document.sections().collect();
    for problem in document.problems().iter().take(SHOWN) {
        let above = sections.partition_point(|section| section.line() <= problem.line);
        let section = above.checked_sub(1).map(|at| sections[at]);
        let profile = section.filter(|s| s.kind() == SectionKind::Profile).map(|s| s.identifier());
        let message = message(problem, section);
        found.add(problem.code(), severity(problem.fault), profile, message, (file, problem.line));
    }
    let more = document.problems().len().saturating_sub(SHOWN);
    if more > 0 {
        let message = format!("{more} more lines of this file cannot be understood");
        found.add("more-problems", Severity::Info, None, message, (file, 0));
    }
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
        Fault::InvalidName => {
            format!("[{name}] is ignored by most tools: its name has characters no SDK accepts")
        }
        _ => format!("{} (column {})", problem.message(), problem.column),
    }
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
    let mut seen: HashMap<_, u32> = HashMap::new();
    for section in found.estate.document(file).sections() {
        let name = section.name();
        let profile = (section.kind() == SectionKind::Profile).then(|| section.identifier());
        if let Some(first) = seen.get(&(section.kind(), section.is_prefixed(), name.clone())) {
            let message = format!(
                "[{name}] stands a second time (first on line {first}): boto3 and the AWS CLI refuse the file"
            );
            found.add("duplicate-section", Severity::Error, profile, message, (file, section.line()));
        }
        if section.is_hidden() {
            let message = "[profile default] hides this [default] from the SDKs".to_owned();
            found.add("default-twice", Severity::Warning, profile, message, (file, section.line()));
        }
        seen.entry((section.kind(), section.is_prefixed(), name)).or_insert_with(|| section.line());
        duplicate_keys(found, file, section, profile);
    }
}

fn duplicate_keys(found: &mut Findings<'_>, file: FileKind, section: Section<'_>, profile: Option<&str>) {
    let mut keys: Vec<_> = section.entries().map(|entry| (entry.key(), entry.line())).collect();
    keys.sort();
    for pair in keys.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let (key, line) = &pair[1];
        let section = section.name();
        let message = format!("`{key}` stands twice in [{section}]: boto3 and the AWS CLI refuse the file");
        found.add("duplicate-key", Severity::Error, profile, message, (file, *line));
    }
}
