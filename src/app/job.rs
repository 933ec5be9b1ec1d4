//! Work under way, as the screen knows it.

use super::msg::{JobId, Stage};

/// Work under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub kind: JobKind,
    /// Empty for work that concerns no profile.
    pub profile: String,
    pub stage: Stage,
}

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    Renew,
    /// Signing in to Identity Center.
    SignIn,
    /// Asking Identity Center for accounts and roles.
    Portal,
    /// The same because it is time: nobody has asked.
    Keep,
    Write,
    Identify,
    Probe,
    /// Which devices typed keys have.
    Devices,
    /// Looking at the files for a form or a page.
    Look,
    Metadata,
}
