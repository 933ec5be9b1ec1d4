//! Sessions that are kept alive, as the screen knows them: what happens to each next, and how loudly a person is called.

use jiff::Timestamp;

use super::job::JobKind;
use super::model::{Job, Model};
use crate::aws::keep::{Keeper, Step};
use crate::aws::overview::SessionRow;

/// What keeps the sessions alive.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    pub keeper: Keeper,
    pub notify: Notify,
    /// The profiles that wait for a person's code.
    pub calling: Vec<String>,
}

/// How a person is called when a session needs a code; each way is a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Notify {
    /// A line above the footer.
    pub toast: bool,
    /// A word on the profile's row.
    pub mark: bool,
    pub bell: bool,
    /// The title of the terminal's window.
    pub title: bool,
    pub desktop: Option<Desktop>,
}

/// How the terminal is asked for a notification on the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desktop {
    /// iTerm2's, which Windows Terminal, `WezTerm`, kitty and Ghostty understand too.
    Osc9,
    /// urxvt's, which foot, `WezTerm` and Ghostty understand too.
    Osc777,
}

impl Default for Notify {
    fn default() -> Self {
        Self { toast: true, mark: true, bell: false, title: false, desktop: None }
    }
}

impl Model {
    /// What happens to each session next, in the order of the pane.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        self.kept.keeper.steps(self.now, &self.kept_busy())
    }

    /// The next moment at which the plan wants something.
    #[must_use]
    pub fn next_step(&self, now: Timestamp) -> Option<Timestamp> {
        let idle = !self.loaded || self.leaving.is_some();
        if idle { None } else { self.kept.keeper.next(now, &self.kept_busy()) }
    }

    /// The job that is at a session.
    #[must_use]
    pub fn job_at(&self, session: &SessionRow) -> Option<&Job> {
        let names = [Some(&session.profile), session.of.as_ref()];
        self.jobs.iter().find(|job| job.kind.renews() && names.contains(&Some(&job.profile)))
    }

    /// The profiles that renewals are at.
    #[must_use]
    pub(super) fn kept_busy(&self) -> Vec<&str> {
        let jobs = self.jobs.iter().filter(|job| job.kind.renews());
        jobs.map(|job| job.profile.as_str()).collect()
    }
}

impl JobKind {
    /// Whether it makes a session.
    #[must_use]
    pub const fn renews(self) -> bool {
        matches!(self, Self::Renew | Self::Keep)
    }
}
