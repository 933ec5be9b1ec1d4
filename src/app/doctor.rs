//! The doctor's page: every problem that was found, which of them is chosen, and what mends it.

use std::path::{Path, PathBuf};

use super::msg::JobId;
use super::settings::Setter;
use crate::aws::change::{Change, Spot};
use crate::aws::overview::Problem;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub problems: Vec<Problem>,
    /// What others may look into, with the mode each should have.
    pub modes: Vec<(PathBuf, u32)>,
}

/// The page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Doctor {
    /// `None` until the doctor has looked.
    pub found: Option<Findings>,
    pub selected: usize,
    /// The chosen problem is shown in full.
    pub open: bool,
    /// Only what concerns this profile.
    pub only: Option<String>,
    /// The job that is looking.
    pub job: Option<JobId>,
    /// Everything is to be mended: after the files come the modes.
    pub all: bool,
}

/// What mends a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cure {
    Change(Change),
    Modes(Vec<(PathBuf, u32)>),
    /// Several changes, one after the other.
    Changes(Vec<Change>),
    /// Several renewals, each with a code if it needs one.
    Renew(Vec<String>),
    /// A setting of awsprof's own.
    Setting(Setter),
}

impl Doctor {
    /// The problems shown, in the order they were found: by file and line.
    #[must_use]
    pub fn problems(&self) -> Vec<&Problem> {
        let all = self.found.iter().flat_map(|found| &found.problems);
        all.filter(|problem| self.only.is_none() || self.only == problem.profile).collect()
    }

    /// The one that is chosen.
    #[must_use]
    pub fn chosen(&self) -> Option<&Problem> {
        self.problems().get(self.selected).copied()
    }

    /// Where it is, as an editor takes it.
    #[must_use]
    pub fn place(&self) -> Option<(&Path, u32)> {
        let problem = self.chosen().filter(|problem| !is_mode(problem))?;
        Some((problem.file.as_deref()?, problem.line.unwrap_or(1)))
    }

    /// What mends the chosen problem.
    #[must_use]
    pub fn cure(&self) -> Option<Cure> {
        self.cure_of(&[self.chosen()?])
    }

    /// What mends everything that can be mended: the files first, then the modes.
    #[must_use]
    pub fn cure_all(&self) -> Option<Cure> {
        let (modes, texts): (Vec<_>, Vec<_>) =
            self.problems().into_iter().partition(|problem| is_mode(problem));
        self.cure_of(&texts).or_else(|| self.cure_of(&modes))
    }

    /// The modes that are left to set.
    #[must_use]
    pub fn modes(&self) -> Option<Cure> {
        let modes = self.problems().into_iter().filter(|problem| is_mode(problem));
        self.cure_of(&modes.collect::<Vec<_>>())
    }

    fn cure_of(&self, problems: &[&Problem]) -> Option<Cure> {
        let fixable = || problems.iter().filter(|problem| problem.fixable);
        let spots: Vec<Spot> =
            fixable().filter(|one| !is_mode(one)).filter_map(|one| Spot::of(one)).collect();
        if !spots.is_empty() {
            return Some(Cure::Change(Change::Mend { problems: spots }));
        }
        let wide = |path: &PathBuf| fixable().any(|one| is_mode(one) && one.file.as_ref() == Some(path));
        let modes = &self.found.as_ref()?.modes;
        let modes: Vec<_> = modes.iter().filter(|(path, _)| wide(path)).cloned().collect();
        (!modes.is_empty()).then_some(Cure::Modes(modes))
    }

    /// Takes in what was found, and stays on the problem that was chosen.
    pub fn take(&mut self, found: Findings) {
        let before = self.chosen().cloned();
        self.found = Some(found);
        let problems = self.problems();
        let same = before.and_then(|before| problems.iter().position(|problem| **problem == before));
        let last = problems.len().saturating_sub(1);
        let kept = same.is_some();
        self.selected = same.unwrap_or(self.selected).min(last);
        self.open &= kept;
    }
}

/// Modes are no text: no edit mends them (`jobs::Diagnosis::is_mode` says the same of a diagnosis).
#[must_use]
pub fn is_mode(problem: &Problem) -> bool {
    matches!(problem.code, "file-mode" | "directory-mode")
}
