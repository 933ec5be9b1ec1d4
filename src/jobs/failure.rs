//! How a job fails: a sentence, a hint, and the class that becomes an exit code.

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
    /// What happened, with file:line or request id.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// Set when the same request would go through once a person has agreed to it.
    pub confirm: Option<Confirmation>,
}

/// What a person must see before agreeing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Why it is asked.
    pub why: String,
    /// The unified diff with secrets masked.
    pub diff: String,
}

impl Failure {
    /// A failure without a hint.
    pub fn new(class: Class, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { class, code: code.into(), message: message.into(), hint: None, confirm: None }
    }

    /// The same with what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
