//! A sign-in to Identity Center, while a person is at a browser for it.

use jiff::Timestamp;

use super::model::Model;
use super::msg::{JobId, Stage};

/// What the person is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The address to open, the code in it where it can be.
    pub url: String,
    /// What to confirm there; without it this machine's browser was started.
    pub code: Option<String>,
    /// Until when the code may be confirmed.
    pub expires_at: Option<Timestamp>,
}

/// The dialog that waits for them.
#[derive(Debug, PartialEq, Eq)]
pub struct SignIn {
    pub profile: String,
    pub job: JobId,
    /// It was asked for on the page of this session, and leads back there.
    pub page: Option<String>,
}

impl SignIn {
    /// What the person is asked to do, once that is known.
    #[must_use]
    pub fn invitation<'a>(&self, model: &'a Model) -> Option<&'a Invitation> {
        let job = model.jobs.iter().find(|job| job.id == self.job)?;
        match &job.stage {
            Stage::Person(invitation) => Some(invitation),
            _ => None,
        }
    }
}
