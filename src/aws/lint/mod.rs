//! Problems in the two files and round them, each with its place: what some tool refuses, ignores or reads
//! differently. One pass over both files.
//!
//! Every check says the same whichever tool is in use; what a *tool* makes of it is the chain's to tell. A
//! problem that is `fixable` has a repair of the same code in `aws::store`.
//!
//! | file | looks at |
//! |---|---|
//! | `text`, `headers` | grammar, duplicates, line ends, headers that tools disagree about |
//! | `keys`, `values` | static keys, tokens, devices |
//! | `shadows`, `sso` | sources of credentials that hide each other, Identity Center settings |
//! | `references` | sections that name sections |
//! | `typos`, `known` | keys that nobody knows |
//! | `expired` | what depends on the clock |
//! | `modes`, `environment`, `terminal` | what is round the files |

mod environment;
mod expired;
mod headers;
mod keys;
mod known;
mod modes;
mod references;
mod shadows;
mod sso;
mod terminal;
mod text;
mod typos;
mod values;

#[cfg(test)]
mod tests;

use jiff::Timestamp;

use crate::aws::ini::FileKind;
use crate::aws::overview::{Problem, Severity};
use crate::aws::profile::{Estate, FileState};
use crate::aws::world::World;

pub use modes::too_wide;
pub use text::meant;
pub use typos::{likely, table as known_keys};

/// Everything wrong with an estate at any time, by file and line.
#[must_use]
pub fn lint(estate: &Estate) -> Vec<Problem> {
    timeless(estate).sorted()
}

/// [`lint`], and what is wrong at this moment.
#[must_use]
pub fn lint_at(estate: &Estate, now: Timestamp) -> Vec<Problem> {
    let mut found = timeless(estate);
    expired::check(&mut found, now);
    found.sorted()
}

/// Everything: the files, what may read them, and the environment.
#[must_use]
pub fn diagnose(world: &World, estate: &Estate) -> Vec<Problem> {
    let mut found = timeless(estate);
    expired::check(&mut found, world.now());
    modes::check(&mut found, world);
    environment::check(&mut found, world);
    terminal::check(&mut found, &world.env);
    found.sorted()
}

fn timeless(estate: &Estate) -> Findings<'_> {
    let mut found = Findings { estate, problems: Vec::new() };
    for file in [FileKind::Config, FileKind::Credentials] {
        if let FileState::Unreadable(why) = estate.state(file) {
            let message = format!("the file cannot be read: {why}");
            found.add("unreadable-file", Severity::Error, None, message, (file, 0));
        }
        text::check(&mut found, file);
        headers::check(&mut found, file);
        keys::comments(&mut found, file);
    }
    typos::check(&mut found);
    references::loops(&mut found);
    for profile in estate.profiles() {
        keys::check(&mut found, &profile);
        references::dangling(&mut found, &profile);
        values::check(&mut found, &profile);
        shadows::check(&mut found, &profile);
        sso::check(&mut found, &profile);
    }
    found
}

/// What has been found so far.
struct Findings<'a> {
    estate: &'a Estate,
    problems: Vec<Problem>,
}

impl Findings<'_> {
    /// Adds a problem at a file and line (0: the whole file); not fixable unless the caller says so.
    fn add(
        &mut self,
        code: &'static str,
        severity: Severity,
        profile: Option<&str>,
        message: impl Into<String>,
        (file, line): (FileKind, u32),
    ) -> &mut Problem {
        let path = self.estate.path(file).to_owned();
        let problem = self.add_outside(code, severity, message);
        problem.file = Some(path);
        problem.line = (line > 0).then_some(line);
        problem.profile = profile.map(str::to_owned);
        problem
    }

    /// Adds a problem that is in neither file.
    fn add_outside(
        &mut self,
        code: &'static str,
        severity: Severity,
        message: impl Into<String>,
    ) -> &mut Problem {
        let mut message = message.into();
        message.retain(|c| !c.is_control());
        let nowhere =
            Problem { code, severity, message, file: None, line: None, fixable: false, profile: None };
        let at = self.problems.len();
        self.problems.push(nowhere);
        &mut self.problems[at]
    }

    /// By file and line; what is in no file comes last.
    fn sorted(self) -> Vec<Problem> {
        let mut problems = self.problems;
        problems
            .sort_by(|a, b| (a.file.is_none(), &a.file, a.line).cmp(&(b.file.is_none(), &b.file, b.line)));
        problems
    }
}
