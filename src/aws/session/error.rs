//! Why there is no session to be had, or no place to put it.

use crate::aws::overview::Kind;

/// Why a session cannot be renewed or stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    #[error("profile `{profile}` was not found")]
    NotFound { profile: String },
    #[error("profile `{profile}` has no long-term keys: {what}")]
    NotAUser { profile: String, kind: Kind, what: &'static str },
    #[error("the session cannot be stored in [{section}]: {why}")]
    Taken { section: String, why: String },
}

impl SessionError {
    /// Whether it is a profile that does not exist.
    #[must_use]
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotFound { .. } => "`awsprof list` shows the profiles",
            Self::Taken { .. } => "choose another section with --into NAME",
            Self::NotAUser { kind: Kind::AssumeRole, .. } => {
                "renew the profile it rests on (source_profile): its session carries the role"
            }
            Self::NotAUser { kind: Kind::Sso, .. } => "`awsprof login` signs in to Identity Center",
            Self::NotAUser { .. } => "an MFA session needs an IAM user's access key (AKIA…)",
        };
        Some(hint.to_owned())
    }
}
