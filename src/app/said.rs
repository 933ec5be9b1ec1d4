//! What the screen has to say, as facts. The words for them stand in `ui::words`.

use jiff::{SignedDuration, Timestamp};

use super::effect::Copied;
use super::msg::Trouble;
use super::order::{Group, Order};
use super::settings::Setter;
use crate::aws::change::{Change, Written};

/// One message to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// What was asked for, and what came of it.
    Written {
        change: Change,
        written: Written,
    },
    Renewed {
        profile: String,
        session_profile: String,
        expires_at: Option<Timestamp>,
    },
    Assumed {
        profile: String,
        expires_at: Option<Timestamp>,
    },
    /// To this sso-session, or start URL.
    SignedIn {
        name: String,
    },
    /// A renewal makes its code without a person.
    CodeFrom {
        profile: String,
        source: &'static str,
    },
    /// A session has renewed itself.
    Kept {
        profile: String,
    },
    /// It has not, and will try again.
    NotKept {
        profile: String,
        trouble: Trouble,
    },
    /// A session ends and only a person can renew it. `why`: it was to renew itself and could not.
    NeedsCode {
        profile: String,
        /// What it had left when this was said; `None`: it was over.
        left: Option<SignedDuration>,
        why: Option<String>,
    },
    Trouble(Trouble),
    /// A key was pressed that does nothing now.
    Disabled(Why),
    Copied(Copied),
    /// Modes were set: that many.
    Restricted(usize),
    Cancelled,
    /// A setting was written.
    Set(Setter),
    /// Profiles stand in another order, or under other headings.
    Arranged(Order, Group),
    Reloaded,
    /// Whether clicks come to us.
    Mouse(bool),
    /// Quitting waits for a write.
    Finishing,
}

/// How loud it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Info,
    Done,
    /// Somebody is wanted; stays until a key is pressed.
    Call,
    /// Stays until a key is pressed.
    Error,
}

impl Level {
    /// Whether it stands until a key is pressed.
    #[must_use]
    pub const fn stays(self) -> bool {
        matches!(self, Self::Error | Self::Call)
    }
}

/// Why a key does nothing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    ReadOnly,
    NoProfile,
    /// The profile of `use` is the default already.
    AlreadyDefault,
    /// A job for this profile is under way.
    Busy,
    RoleHasNoSession,
    /// There is no session of awsprof's to forget.
    NothingToForget,
    /// `aws login` signs in to the console.
    LoginElsewhere,
    /// It signs in nowhere.
    NoSignIn,
    /// There is no sso-session.
    NoSsoSession,
    ProcessRenewsItself,
    NoLongTermKeys,
    /// Nothing in the profile gives credentials.
    NothingToRenew,
    NoFilter,
    NoPlace,
    NoLink,
    NoWarnings,
    /// The stage that writes cannot be cancelled.
    Writing,
    NothingLoaded,
    OneTool,
    /// The profile has no problem.
    NoProblem,
    /// It has to be mended by hand.
    NothingToMend,
    /// The profile's name must be typed first.
    NotTyped,
    /// Only a key of a section can be taken away.
    NothingToRemove,
    /// The key and its secret are needed to ask for their devices.
    NoKeysYet,
    /// It was taken back before.
    TakenBack,
    /// The setting has its default already.
    NotSet,
}

impl Said {
    /// How loud to say it.
    #[must_use]
    pub const fn level(&self) -> Level {
        match self {
            Self::Trouble(_) => Level::Error,
            Self::NeedsCode { .. } => Level::Call,
            Self::Written { .. }
            | Self::Renewed { .. }
            | Self::Assumed { .. }
            | Self::SignedIn { .. }
            | Self::Kept { .. }
            | Self::Restricted(_)
            | Self::Set(_)
            | Self::Copied(_) => Level::Done,
            _ => Level::Info,
        }
    }

    /// Whether an older word says nothing any more beside this one: it is the same, or was true until now. A write takes
    /// the offer to undo the one before off the screen.
    #[must_use]
    pub fn replaces(&self, older: &Self) -> bool {
        let one = matches!(
            self,
            Self::Written { .. } | Self::Arranged(..) | Self::Mouse(_) | Self::Disabled(_) | Self::Copied(_)
        );
        self == older || (one && std::mem::discriminant(self) == std::mem::discriminant(older))
    }

    /// How long it stands, in seconds; an error stands until a key is pressed.
    #[must_use]
    pub const fn seconds(&self) -> Option<i64> {
        match self {
            Self::Trouble(_) | Self::NeedsCode { .. } => None,
            Self::Written { .. }
            | Self::Renewed { .. }
            | Self::Assumed { .. }
            | Self::SignedIn { .. }
            | Self::Kept { .. }
            | Self::NotKept { .. } => Some(8),
            _ => Some(4),
        }
    }
}
