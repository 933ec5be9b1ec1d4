//! The page of writes that can be taken back.

use super::msg::JobId;
use crate::aws::store::{Recorded, State};

/// The page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Newest first; `None` until they were read.
    pub writes: Option<Vec<Recorded>>,
    pub selected: usize,
    /// Lines of the diff above the first one shown.
    pub scroll: usize,
    pub job: Option<JobId>,
}

impl Past {
    /// The write that is chosen.
    #[must_use]
    pub fn chosen(&self) -> Option<&Recorded> {
        self.writes.as_ref()?.get(self.selected)
    }

    /// Whether it stands: one that was taken back cannot be taken back again.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.chosen().is_some_and(|write| write.state == State::Done)
    }
}
