//! What a tool says when it asks STS for a role: which of the profile's settings it sends, and what it calls a session
//! that nobody named.

use jiff::Timestamp;

/// What goes into `AssumeRole` and `AssumeRoleWithWebIdentity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleAsks {
    /// The name of a role's session where the profile has none.
    pub session: SessionName,
    /// The same for a web identity from the environment, and from a profile.
    pub web: [SessionName; 2],
    pub external_id: bool,
    /// `duration_seconds`.
    pub duration: bool,
    /// [`RoleExtras`](super::probe::RoleExtras), which no SDK reads.
    pub extras: bool,
}

/// A name made from the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionName {
    pub prefix: &'static str,
    pub stamp: Stamp,
}

/// What follows the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    Nothing,
    Seconds,
    Millis,
    Nanos,
}

impl SessionName {
    const fn new(prefix: &'static str, stamp: Stamp) -> Self {
        Self { prefix, stamp }
    }

    /// The name at a moment.
    #[must_use]
    pub fn at(self, now: Timestamp) -> String {
        let Self { prefix, stamp } = self;
        match stamp {
            Stamp::Nothing => prefix.to_owned(),
            Stamp::Seconds => format!("{prefix}{}", now.as_second()),
            Stamp::Millis => format!("{prefix}{}", now.as_millisecond()),
            Stamp::Nanos => format!("{prefix}{}", now.as_nanosecond()),
        }
    }
}

impl RoleAsks {
    const fn usual(session: SessionName) -> Self {
        Self { session, web: [session; 2], external_id: true, duration: true, extras: false }
    }

    /// botocore: `AssumeRoleProvider._get_role_config`, `_generate_assume_role_name`.
    pub const BOTOCORE: Self = Self::usual(SessionName::new("botocore-session-", Stamp::Seconds));
    /// awsprof for itself: botocore's, and everything a profile can say.
    pub const EVERYTHING: Self = Self { extras: true, ..Self::BOTOCORE };
    /// JavaScript: `resolveAssumeRoleCredentials`, `fromWebToken`.
    pub const JS: Self = Self {
        web: [SessionName::new("aws-sdk-js-session-", Stamp::Millis); 2],
        ..Self::usual(SessionName::new("aws-sdk-js-", Stamp::Millis))
    };
    /// Go: `stscreds` `assume_role_provider.go`; a web identity's session is a bare number.
    pub const GO: Self = Self {
        web: [SessionName::new("", Stamp::Nanos); 2],
        ..Self::usual(SessionName::new("aws-go-sdk-", Stamp::Nanos))
    };
    /// Rust: `profile/credentials/exec.rs`, `web_identity_token.rs`; it passes `duration_seconds` over.
    pub const RUST: Self = Self {
        web: [
            SessionName::new("web-identity-token-", Stamp::Millis),
            SessionName::new("web-identity-token-profile-", Stamp::Millis),
        ],
        duration: false,
        ..Self::usual(SessionName::new("assume-role-from-profile-", Stamp::Millis))
    };
    /// Java: `StsProfileCredentialsProviderFactory`.
    pub const JAVA: Self =
        Self { duration: false, ..Self::usual(SessionName::new("aws-sdk-java-", Stamp::Millis)) };
    /// Kotlin: `StsAssumeRoleCredentialsProvider`.
    pub const KOTLIN: Self =
        Self { duration: false, ..Self::usual(SessionName::new("aws-sdk-kotlin-", Stamp::Millis)) };
    /// PHP: `CredentialProvider::loadRoleProfile` sends the role and its session's name alone.
    pub const PHP: Self = Self {
        duration: false,
        external_id: false,
        ..Self::usual(SessionName::new("aws-sdk-php-", Stamp::Millis))
    };
    /// Ruby: `SharedConfig#assume_role_from_profile`.
    pub const RUBY: Self = Self::usual(SessionName::new("default_session", Stamp::Nothing));
    /// .NET: `AWSCredentialsFactory`; its options have no duration.
    pub const DOTNET: Self =
        Self { duration: false, ..Self::usual(SessionName::new("aws-dotnet-sdk-session-", Stamp::Nanos)) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_without_a_name_is_called_as_the_tool_calls_it() {
        let now = "2026-11-22T12:00:00.5Z".parse().unwrap();
        let rows = [
            (RoleAsks::BOTOCORE, "botocore-session-1795348800"),
            (RoleAsks::JS, "aws-sdk-js-1795348800500"),
            (RoleAsks::RUST, "assume-role-from-profile-1795348800500"),
            (RoleAsks::GO, "aws-go-sdk-1795348800500000000"),
            (RoleAsks::RUBY, "default_session"),
        ];
        for (asks, name) in rows {
            assert_eq!(asks.session.at(now), name);
        }
    }
}
