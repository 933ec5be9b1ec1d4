//! Everything that can happen. Nothing else changes the model.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::Input;
use super::doctor::Findings;
use super::model::Authenticator;
use super::portal::Offers;
use super::settings::{Listing, Preferences, Setter};
use super::sign_in::Invitation;
use crate::aws::chain::Comparison;
use crate::aws::chain::trace::{Identity, Region, Trace};
use crate::aws::change::{Change, Written};
use crate::aws::keep::Fault;
use crate::aws::metadata::Metadata;
use crate::aws::overview::{Overview, Problem, Shown};
use crate::aws::store::Recorded;

/// A piece of work the worker does. Numbers are never used twice in one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobId(pub u64);

impl JobId {
    /// The look around at the machine itself: nobody waits for it, and a later one takes its place.
    pub const AROUND: Self = Self(0);
}

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
    /// A trace; `job` is set when links were asked for it, `asked_at` is the age of the oldest answer in it.
    Traced {
        job: Option<JobId>,
        profile: String,
        explicit: bool,
        trace: Box<Trace>,
        asked_at: Option<Timestamp>,
    },
    /// The chains of all tools for one selection.
    Compared {
        job: JobId,
        profile: String,
        explicit: bool,
        comparison: Comparison,
    },
    /// The machine itself has answered what it was asked; the region of the default.
    LookedAround {
        region: Option<Region>,
    },
    /// A path of the instance metadata.
    Metadata {
        job: JobId,
        result: Result<Metadata, Trouble>,
    },
    /// Who the default credentials are.
    Identified {
        job: JobId,
        result: Result<Identity, Trouble>,
    },
    /// What Identity Center lets one enter.
    Offered {
        job: JobId,
        result: Result<Offers, Trouble>,
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
    /// awsprof's own settings were read again.
    Prefer(Box<Preferences>),
    /// A file changed on disk.
    Changed,
    /// The clock on the wall was set back by so much.
    SetBack(SignedDuration),
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
    Preferences(Listing),
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A code is being made without a person.
    CodeFrom(&'static str),
    /// The code of this moment was sent already: the next one goes out then.
    NextCode { at: Timestamp },
    /// Waiting for an answer.
    Asking,
    /// Waiting for another awsprof that makes the same session.
    Waiting,
    /// Asking again at that moment: AWS said slow down, or was not reached.
    Retrying { attempt: u32, at: Timestamp, throttled: bool },
    /// So many accounts are done.
    Counting { done: usize, of: usize },
    /// A person is asked to do something at a browser.
    Person(Box<Invitation>),
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
    Assumed {
        profile: String,
        expires_at: Option<Timestamp>,
    },
    SignedIn {
        profile: String,
        /// The sso-session, or the start URL.
        name: String,
        expires_at: Timestamp,
    },
    /// A session that was to be kept alive lasts longer now. `off`: what AWS's clock is ahead of ours.
    Kept {
        profile: String,
        renewed: bool,
        off: SignedDuration,
    },
    /// It does not, and why.
    NotKept {
        profile: String,
        fault: Fault,
        trouble: Trouble,
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
    /// Nothing was written: this is what the setting would change.
    AskSetting {
        setter: Setter,
        diff: String,
    },
    /// The setting is written.
    Set(Setter),
    /// The modes are set.
    Restricted(Vec<(PathBuf, u32)>),
    /// `keep_dialog`: another MFA code may help, so one is asked for.
    Failed {
        trouble: Trouble,
        keep_dialog: bool,
    },
    /// The seed is in the sealed file, and nobody gave its passphrase, or a `wrong` one.
    Sealed {
        wrong: bool,
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
