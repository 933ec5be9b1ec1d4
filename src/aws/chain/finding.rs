//! What one link comes to when it is looked at by itself, before it is known whether another one wins.

use super::probe::Probe;
use super::tool::ToolError;
use super::trace::{Evidence, Hop, Verdict};
use crate::aws::secret::Credentials;

/// One link's state, a sentence about it and where to see it.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub state: State,
    pub reason: String,
    pub evidence: Option<Evidence>,
    pub hops: Vec<Hop>,
}

/// What a link came to.
#[derive(Clone, Debug)]
pub(super) enum State {
    /// Nothing here: the tool goes on.
    Absent,
    /// Not part of the chain this time.
    Removed,
    /// Credentials.
    Found(Box<Credentials>),
    /// Something is wrong, and the tool goes on nevertheless.
    Passed(Verdict),
    /// Something is wrong, and the tool goes on behind the profile: its other links are not looked at.
    Left(Verdict),
    /// Something is wrong, and the tool stops with this error.
    Stopped(Verdict, ToolError),
    /// Only an answer from outside can tell.
    Asks(Box<Probe>),
}

/// A look at a link. `Err` is the same as `Ok`, reached early: it lets `?` leave a rule as soon as the
/// link's state is settled.
pub(super) type Look = Result<Finding, Box<Finding>>;

impl Finding {
    fn new(state: State, reason: impl Into<String>) -> Self {
        Self { state, reason: reason.into(), evidence: None, hops: Vec::new() }
    }

    pub fn absent(reason: impl Into<String>) -> Self {
        Self::new(State::Absent, reason)
    }

    pub fn removed(reason: impl Into<String>) -> Self {
        Self::new(State::Removed, reason)
    }

    pub fn found(credentials: Credentials, reason: impl Into<String>) -> Self {
        Self::new(State::Found(Box::new(credentials)), reason)
    }

    pub fn passed(verdict: Verdict, reason: impl Into<String>) -> Self {
        Self::new(State::Passed(verdict), reason)
    }

    pub fn left(verdict: Verdict, reason: impl Into<String>) -> Self {
        Self::new(State::Left(verdict), reason)
    }

    /// The tool stops; its own message is the reason.
    pub fn stopped(verdict: Verdict, error: ToolError) -> Self {
        let reason = error.message.clone();
        Self::new(State::Stopped(verdict, error), reason)
    }

    pub fn asks(probe: Probe, reason: impl Into<String>) -> Self {
        Self::new(State::Asks(Box::new(probe)), reason)
    }

    pub fn at(self, evidence: Evidence) -> Self {
        Self { evidence: Some(evidence), ..self }
    }

    /// Evidence, unless there is better already.
    pub fn or_at(self, evidence: &Evidence) -> Self {
        if self.evidence.is_some() { self } else { self.at(evidence.clone()) }
    }

    pub fn because(self, reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), ..self }
    }

    /// One more role on top of this one's sources.
    pub fn under(mut self, hop: Hop) -> Self {
        self.hops.insert(0, hop);
        self
    }

    /// What this finding is, taken out of a box it left a rule in.
    pub fn of(look: Look) -> Self {
        look.unwrap_or_else(|early| *early)
    }

    /// Leaves a rule early.
    pub fn early<T>(self) -> Result<T, Box<Self>> {
        Err(Box::new(self))
    }

    /// Whether the tool looks no further: it has credentials, an error, or waits for an answer.
    pub const fn settles(&self) -> bool {
        matches!(self.state, State::Found(_) | State::Stopped(..) | State::Asks(_))
    }
}
