//! How a job fails: a sentence, a hint, and the class that becomes an exit code.

use crate::aws::session::SessionError;
use crate::aws::store::{self, StoreError};
use crate::net::{self, NetError};

/// What kind of failure it is; the contract's exit codes hang on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Anything else.
    General,
    /// The command line asks for something that cannot be meant.
    Usage,
    /// No such profile, section or device.
    NotFound,
    /// AWS refused: wrong code, access denied, expired.
    Refused,
    /// AWS could not be reached.
    Unreachable,
    /// A file could not be read, locked, parsed or written.
    File,
    /// awsprof's own guard said no, or a person is needed and there is no terminal.
    Guard,
    /// A person pressed Ctrl-C.
    Interrupted,
}

impl Class {
    /// The exit code of the contract.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::General => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::Refused => 4,
            Self::Unreachable => 5,
            Self::File => 6,
            Self::Guard => 7,
            Self::Interrupted => 130,
        }
    }
}

/// Why a job ended without its result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    pub class: Class,
    /// A stable word for scripts: `profile-not-found`, `AccessDenied`, …
    pub code: String,
    /// What happened, with file and line or the request id.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// Set when the same request would go through once a person has agreed to it.
    pub confirm: Option<Box<Confirmation>>,
    /// What stands in the way, as a unified diff with secrets masked.
    pub diff: Option<String>,
}

/// What a person must see before agreeing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Why it is asked.
    pub why: String,
    /// The unified diff with secrets masked.
    pub diff: String,
    /// The name to type: yes is not enough.
    pub typed: Option<String>,
}

impl Failure {
    /// A failure without a hint.
    pub fn new(class: Class, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { class, code: code.into(), message: message.into(), hint: None, confirm: None, diff: None }
    }

    /// A profile that neither file has.
    #[must_use]
    pub fn no_profile(name: &str) -> Self {
        SessionError::NotFound { profile: name.to_owned() }.into()
    }

    /// The same with what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(Class::General, "io", error.to_string())
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::new(Class::General, "screen", format!("{error:#}"))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let class = match error.class() {
            store::Class::NotFound => Class::NotFound,
            store::Class::File => Class::File,
            store::Class::Guard => Class::Guard,
            store::Class::Usage => Class::Usage,
        };
        let hint = error.hint();
        let message = error.to_string();
        let confirm = match &error {
            StoreError::NeedsConfirmation { why, diff, typed } => {
                let (why, diff, typed) = (why.clone(), diff.clone(), typed.clone());
                Some(Box::new(Confirmation { why, diff, typed }))
            }
            _ => None,
        };
        let code = code(&error).to_owned();
        let diff = match error {
            StoreError::SectionChanged { diff, .. } => Some(diff),
            _ => None,
        };
        Self { class, code, message, hint, confirm, diff }
    }
}

/// The code of a refusal to remove what something still names: it goes once that is retargeted or left.
pub const STILL_NAMED: &str = "still-named";

/// A stable word for scripts.
const fn code(error: &StoreError) -> &'static str {
    match error {
        StoreError::NotFound { .. } => "not-found",
        StoreError::Locked { .. } => "locked",
        StoreError::Unsettled { .. } => "unsettled",
        StoreError::Contended { .. } => "contended",
        StoreError::ReadOnly { .. } => "read-only",
        StoreError::HardLinked { .. } => "hard-linked",
        StoreError::NotAFile { .. } => "not-a-file",
        StoreError::SameFile { .. } => "same-file",
        StoreError::Io { .. } => "io",
        StoreError::Verify { .. } => "verify",
        StoreError::SectionChanged { .. } => "section-changed",
        StoreError::BadState { .. } => "bad-state",
        StoreError::NeedsConfirmation { .. } => "needs-confirmation",
        StoreError::Refused { .. } => "refused",
        StoreError::StillNamed { .. } => STILL_NAMED,
        StoreError::Edit(_) => "edit",
        StoreError::Session(SessionError::NotFound { .. }) => "profile-not-found",
        StoreError::Session(SessionError::NotAUser { .. }) => "no-long-term-keys",
        StoreError::Session(SessionError::Taken { .. }) => "section-taken",
    }
}

impl From<NetError> for Failure {
    fn from(error: NetError) -> Self {
        let class = match error.kind.class() {
            net::error::Class::Setting => Class::General,
            net::error::Class::Refused => Class::Refused,
            net::error::Class::Unreachable => Class::Unreachable,
        };
        let (code, hint) = (error.code().to_owned(), error.hint());
        Self { hint, ..Self::new(class, code, error.to_string()) }
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        StoreError::from(error).into()
    }
}
