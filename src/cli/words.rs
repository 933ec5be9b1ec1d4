//! The words a table uses for kinds, states and lengths of time.

use std::path::Path;

use jiff::Timestamp;

use crate::aws::overview::{Kind, SessionState};

/// A profile's kind as a person says it.
#[must_use]
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Static => "IAM user",
        Kind::Session => "session",
        Kind::AssumeRole | Kind::CredentialSource => "role",
        Kind::Sso => "SSO",
        Kind::WebIdentity => "web identity",
        Kind::Process => "process",
        Kind::Login => "login",
        Kind::Empty => "settings only",
    }
}

/// What is left of a session: `11h32m`, `expired`, `no session`.
#[must_use]
pub fn session(state: SessionState, now: Timestamp) -> String {
    match state {
        SessionState::NotNeeded => "-".to_owned(),
        SessionState::None => "no session".to_owned(),
        SessionState::Unknown => "no expiry known".to_owned(),
        SessionState::Until(at) if at <= now => "expired".to_owned(),
        SessionState::Until(at) => remaining(at.duration_since(now).as_secs()),
    }
}

/// `2d3h`, `11h32m`, `12m`, `45s`.
#[must_use]
pub fn remaining(seconds: i64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds}s"),
        (0, 0, _) => format!("{minutes}m"),
        (0, _, _) => format!("{hours}h{minutes:02}m"),
        _ => format!("{days}d{hours}h"),
    }
}

/// A path as a person writes it: `~` for the home directory.
#[must_use]
pub fn short(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_use_two_units_at_most() {
        assert_eq!(remaining(45), "45s");
        assert_eq!(remaining(60 * 12), "12m");
        assert_eq!(remaining(3600 * 11 + 60 * 2), "11h02m");
        assert_eq!(remaining(86_400 * 2 + 3600 * 3), "2d3h");
    }

    #[test]
    fn an_expiry_in_the_past_is_a_word() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(session(SessionState::Until(now), now), "expired");
    }
}
