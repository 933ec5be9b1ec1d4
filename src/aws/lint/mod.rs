//! Problems in the two files, each with its place: what some tool refuses, ignores or reads differently.
//!
//! Every check says the same whichever tool is in use; what a *tool* makes of it is the chain's to tell.
//! All of it is one pass over both files.

mod keys;
mod references;
mod text;
mod values;

#[cfg(test)]
mod tests;

use crate::aws::ini::FileKind;
use crate::aws::overview::{Problem, Severity};
use crate::aws::profile::{Estate, FileState};

/// Everything wrong with an estate, by file and line.
#[must_use]
pub fn lint(estate: &Estate) -> Vec<Problem> {
    let mut found = Findings { estate, problems: Vec::new() };
    for file in [FileKind::Config, FileKind::Credentials] {
        if let FileState::Unreadable(why) = estate.state(file) {
            found.add(
                "unreadable-file",
                Severity::Error,
                None,
                format!("the file cannot be read: {why}"),
                (file, 0),
            );
        }
        text::check(&mut found, file);
    }
    keys::check(&mut found);
    references::check(&mut found);
    values::check(&mut found);
    let mut problems = found.problems;
    problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    problems
}

/// What has been found so far.
struct Findings<'a> {
    estate: &'a Estate,
    problems: Vec<Problem>,
}

impl Findings<'_> {
    /// Adds a problem at a file and line (0: the whole file).
    fn add(
        &mut self,
        code: &'static str,
        severity: Severity,
        profile: Option<&str>,
        mut message: String,
        (file, line): (FileKind, u32),
    ) {
        message.retain(|c| !c.is_control());
        self.problems.push(Problem {
            code,
            severity,
            message,
            file: Some(self.estate.path(file).to_owned()),
            line: (line > 0).then_some(line),
            profile: profile.map(str::to_owned),
        });
    }
}
