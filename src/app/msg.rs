//! Everything that can happen. Nothing else changes the model.

use std::path::PathBuf;

use jiff::Timestamp;

use super::Input;
use super::doctor::Findings;
use super::model::Authenticator;
use crate::aws::chain::trace::{Identity, Trace};
use crate::aws::change::{Change, Written};
use crate::aws::overview::{Overview, Problem, Shown};
use crate::aws::store::Recorded;

/// A piece of work the worker does. Numbers are never used twice in one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobId(pub u64);

/// What the loop tells the core.
#[derive(Debug)]
pub enum Msg {
    Input(Input),
    /// The moment named by `next_wake` has come.
    Woke,
    /// The two files were read; what is wrong with them comes later.
    Loaded(Box<Overview>),
    /// What is wrong with the files last read.
    Linted(Vec<Problem>),
    /// A trace; `job` is set when links were asked.
    Traced {
        job: Option<JobId>,
        profile: String,
        explicit: bool,
        trace: Box<Trace>,
    },
    /// Who the default credentials are.
    Identified {
        job: JobId,
        result: Result<Identity, Trouble>,
    },
    /// What a form or a page asked to look at.
    Seen {
        job: JobId,
        seen: Result<Seen, Trouble>,
    },
    /// The MFA devices of keys typed into a form.
    Devices {
        job: JobId,
        result: Result<Vec<String>, Trouble>,
    },
    Progress {
        job: JobId,
        stage: Stage,
    },
    Done {
        job: JobId,
        outcome: Outcome,
    },
    /// A file changed on disk.
    Changed,
    /// The demo's authenticator shows another code.
    Authenticator(Option<Authenticator>),
    /// A failure of the edge itself: no clipboard, no editor.
    Failed(Trouble),
    Terminate(Signal),
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Settings(Vec<Shown>),
    Problems(Findings),
    Past(Vec<Recorded>),
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Waiting for an answer.
    Asking,
    /// Waiting for another awsprof that makes the same session.
    Waiting,
    /// Asking again.
    Retrying { attempt: u32, reason: String },
    /// Files are being written: this part cannot be cancelled.
    Writing,
}

/// What a job came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Renewed {
        profile: String,
        session_profile: String,
        expires_at: Option<Timestamp>,
    },
    Written {
        change: Change,
        written: Written,
    },
    /// Nothing was written: this is what would be, and why it is asked.
    NeedsConfirmation {
        change: Change,
        why: String,
        diff: String,
        /// The name that must be typed.
        typed: Option<String>,
    },
    /// Nothing was removed: something names it, or rests on it.
    StillNamed {
        change: Change,
        trouble: Trouble,
    },
    /// The modes are set.
    Restricted(Vec<(PathBuf, u32)>),
    /// `keep_dialog`: another MFA code may help.
    Failed {
        trouble: Trouble,
        keep_dialog: bool,
    },
    Cancelled,
}

/// Something went wrong: what happened, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub message: String,
    pub hint: Option<String>,
}

/// What asks the program to end from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Interrupt,
    Terminate,
    /// The terminal is gone.
    HangUp,
}

impl Stage {
    /// Whether the job may still be cancelled.
    #[must_use]
    pub const fn cancellable(&self) -> bool {
        !matches!(self, Self::Writing)
    }
}
