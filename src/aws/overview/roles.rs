//! Role sessions from awsprof's cache, put into an overview: names and ends, nothing else of them is known here.

use jiff::{SignedDuration, Timestamp};

use super::{Kind, Overview, Renewal, SessionRow, SessionState};

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
            // What a sign-in gave is asked for anew when something needs it, and not before.
            let asked_for = (row.kind == Kind::Sso).then_some(Renewal::Other { tool: "Identity Center" });
            let on = carrier.map(|session| session.profile.clone()).or_else(|| row.source_profile.clone());
            self.sessions.push(SessionRow {
                profile: role.profile,
                of: None,
                expires_at: Some(role.expires_at),
                lifetime: role.lifetime,
                access_key_tail: role.access_key_tail,
                riders: Vec::new(),
                renewal: asked_for.unwrap_or_else(|| Renewal::Rides { on: on.unwrap_or_default() }),
                ours: true,
                code_from: None,
                used: role.used,
            });
        }
    }

    /// Whether a role can be taken without a code: it wants none, or the session it rests on has `ttl` to live.
    #[must_use]
    pub fn rides_free(&self, role: &str, now: Timestamp, ttl: SignedDuration) -> bool {
        let Some(found) = self.row(role) else { return true };
        let fresh = |at: Timestamp| at.duration_since(now) >= ttl;
        let carrier = self.sessions.iter().find(|session| session.riders.iter().any(|rider| rider == role));
        let source =
            found.source_profile.as_deref().and_then(|name| self.row(name)).map(|source| source.session);
        found.mfa_serial.is_none()
            || carrier.and_then(|session| session.expires_at).is_some_and(fresh)
            || matches!(source, Some(SessionState::Until(at)) if fresh(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::overview::DefaultState;
    use crate::aws::profile::Estate;
    use crate::aws::world::AwsFiles;

    #[test]
    fn what_a_sign_in_gave_is_shown_and_not_renewed_ahead() {
        let config = "[profile lab]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n\
            [profile role]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = lab\n";
        let files = AwsFiles { config: "/c".into(), credentials: "/d".into() };
        let estate = Estate::from_texts(files, config.into(), Vec::new());
        let now = Timestamp::UNIX_EPOCH;
        let mut overview = Overview::survey(&estate, &DefaultState::Absent, now);
        let session = |profile: &str| RoleSession {
            profile: profile.to_owned(),
            expires_at: now + SignedDuration::from_hours(1),
            lifetime: SignedDuration::from_hours(1),
            access_key_tail: "0001".to_owned(),
            used: true,
        };
        overview.add_roles(vec![session("lab"), session("role")]);
        let renewals: Vec<_> = overview.sessions.iter().map(|session| session.renewal.clone()).collect();
        let on = "lab".to_owned();
        assert_eq!(renewals, [Renewal::Other { tool: "Identity Center" }, Renewal::Rides { on }]);
    }
}
