//! Who wrote a section, and until when it says it holds.
//!
//! Two writers use the same key `expiration` with the same pattern in different zones: aws-mfa means UTC,
//! awsume local time. The other marks of the section decide (`reference/peers.md` 4.4).

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::aws::profile::Profile;

/// Our own mark, RFC 3339: Starship and saml2aws read it, awsume leaves it alone.
pub const NATIVE_EXPIRY: &str = "x_security_token_expires";
/// aws-mfa's mark: `%Y-%m-%d %H:%M:%S` in UTC.
pub const AWS_MFA_EXPIRY: &str = "expiration";

/// The pattern that aws-mfa and awsume share.
pub(super) const NAIVE: &str = "%Y-%m-%d %H:%M:%S";

/// Who keeps a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It holds no keys.
    Nobody,
    /// Long-term keys: a person's.
    Person,
    /// A session with awsprof's mark.
    Awsprof,
    /// A session that nobody has marked: pasted, or written by a tool that leaves no mark.
    Unmarked,
    AwsMfa,
    Awsume,
    Saml2aws,
    /// `aws-mfa` by jhandguy.
    Jhandguy,
}

impl Owner {
    /// The other tool's name, if another tool it is.
    #[must_use]
    pub const fn tool(self) -> Option<&'static str> {
        match self {
            Self::AwsMfa => Some("aws-mfa"),
            Self::Awsume => Some("awsume"),
            Self::Saml2aws => Some("saml2aws"),
            Self::Jhandguy => Some("aws-mfa (jhandguy)"),
            Self::Nobody | Self::Person | Self::Awsprof | Self::Unmarked => None,
        }
    }
}

/// Who keeps this profile's section.
#[must_use]
pub fn owner(profile: &Profile<'_>) -> Owner {
    let is = |key: &str, value: &str| profile.text(key).is_some_and(|text| text.eq_ignore_ascii_case(value));
    let keys = profile.access_key();
    match keys {
        _ if is("manager", "awsume") || profile.has("autoawsume") => Owner::Awsume,
        _ if profile.has("x_principal_arn") => Owner::Saml2aws,
        _ if profile.has("assumed_role") => Owner::AwsMfa,
        _ if profile.has("aws_session_expiration_timestamp") => Owner::Jhandguy,
        _ if profile.has(NATIVE_EXPIRY) => Owner::Awsprof,
        None => Owner::Nobody,
        Some(keys) if !keys.is_long_term() => Owner::Unmarked,
        Some(_) => Owner::Person,
    }
}

/// Until when the session in this profile holds, by the marks of whoever wrote it last; naive local times are
/// read in the system's zone.
#[must_use]
pub fn expiry(profile: &Profile<'_>) -> Option<Timestamp> {
    let local = if owner(profile) == Owner::Awsume { TimeZone::system() } else { TimeZone::UTC };
    expiry_in(profile, &local)
}

/// [`expiry`] with the zone that awsume's local times are in.
#[must_use]
pub fn expiry_in(profile: &Profile<'_>, local: &TimeZone) -> Option<Timestamp> {
    let instant = |key: &str| profile.text(key)?.parse::<Timestamp>().ok();
    let zone = if owner(profile) == Owner::Awsume { local } else { &TimeZone::UTC };
    let naive = || naive(&profile.text(AWS_MFA_EXPIRY)?, zone);
    let seconds = || {
        let text = profile.text("aws_session_expiration_timestamp")?;
        Timestamp::from_second(text.trim().parse().ok()?).ok()
    };
    // The tools that write `expiration` do not know the other marks, so theirs is the newer one.
    instant(AWS_MFA_EXPIRY)
        .or_else(naive)
        .or_else(|| instant(NATIVE_EXPIRY))
        .or_else(|| instant("aws_credential_expiration"))
        .or_else(seconds)
}

fn naive(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let civil = DateTime::strptime(NAIVE, text.trim()).ok()?;
    zone.to_ambiguous_timestamp(civil).compatible().ok()
}
