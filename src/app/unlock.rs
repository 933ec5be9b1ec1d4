//! The dialog for the passphrase of the sealed seeds: typed once per run, shown as a count of dots.

use super::hidden::Hidden;
use super::msg::JobId;

/// A passphrase being typed, for the renewal that needs it.
#[derive(Debug)]
pub struct Unlock {
    pub profile: String,
    pub typed: Hidden,
    /// The job that is using it.
    pub job: Option<JobId>,
    /// The last one did not open the seeds.
    pub wrong: bool,
}

impl Unlock {
    /// Nothing is typed yet.
    #[must_use]
    pub fn of(profile: String, wrong: bool) -> Self {
        Self { profile, typed: Hidden::default(), job: None, wrong }
    }
}
