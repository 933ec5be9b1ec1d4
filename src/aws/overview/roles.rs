//! Role sessions from awsprof's cache, put into an overview: names and ends, nothing else of them is known here.

use jiff::{SignedDuration, Timestamp};

use super::{Overview, Renewal, SessionRow, SessionState};

/// The cached session of a role's profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSession {
    pub profile: String,
    pub expires_at: Timestamp,
    pub lifetime: SignedDuration,
    /// The last characters of its access key id.
    pub access_key_tail: String,
    /// Somebody has had it since it was made.
    pub used: bool,
}

impl Overview {
    /// Adds the sessions of roles: their rows say until when, and the list of sessions has them behind the others.
    pub fn add_roles(&mut self, roles: Vec<RoleSession>) {
        for role in roles {
            let Some(row) = self.rows.iter_mut().find(|row| row.name == role.profile) else { continue };
            row.session = SessionState::Until(role.expires_at);
            let carrier = self.sessions.iter().find(|session| session.riders.contains(&role.profile));
            let on = carrier.map(|session| session.profile.clone()).or_else(|| row.source_profile.clone());
            self.sessions.push(SessionRow {
                profile: role.profile,
                of: None,
                expires_at: Some(role.expires_at),
                lifetime: role.lifetime,
                access_key_tail: role.access_key_tail,
                riders: Vec::new(),
                renewal: Renewal::Rides { on: on.unwrap_or_default() },
                ours: true,
                code_from: None,
                used: role.used,
            });
        }
    }

    /// Whether a role can be taken without a code: it wants none, or the session it rests on has `ttl` to live.
    #[must_use]
    pub fn rides_free(&self, role: &str, now: Timestamp, ttl: SignedDuration) -> bool {
        let row = |name: &str| self.rows.iter().find(|row| row.name == name);
        let Some(found) = row(role) else { return true };
        let fresh = |at: Timestamp| at.duration_since(now) >= ttl;
        let carrier = self.sessions.iter().find(|session| session.riders.iter().any(|rider| rider == role));
        let source = found.source_profile.as_deref().and_then(row).map(|source| source.session);
        found.mfa_serial.is_none()
            || carrier.and_then(|session| session.expires_at).is_some_and(fresh)
            || matches!(source, Some(SessionState::Until(at)) if fresh(at))
    }
}
