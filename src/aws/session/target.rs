//! Where a session comes from and where it goes.

use std::borrow::Cow;

use jiff::Timestamp;

use super::naming::{access_key, long_term_of, serial, serial_of, session_key, session_profile_of, stem};
use super::{Owner, SessionError, expiry, owner};
use crate::aws::overview::Kind;
use crate::aws::profile::{AccessKey, Estate, Profile};
use crate::aws::secret::Credentials;

/// How a session is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `x_security_token_expires`.
    Native,
    /// aws-mfa's full set, so that aws-mfa takes the section for its own.
    AwsMfa,
}

/// A session to be had: the keys that ask for it and the section it goes into.
#[derive(Clone, Debug)]
pub struct Target {
    /// The profile with the long-term keys.
    pub long_term: String,
    /// The section the session goes into.
    pub session_profile: String,
    /// The device's ARN or serial number; `None`: ask `iam:ListMFADevices`.
    pub serial: Option<String>,
    /// The long-term keys.
    pub credentials: Credentials,
    /// Of the long-term profile: where to ask.
    pub region: Option<String>,
    pub style: Style,
    /// The access key id and expiry of the session that is there now.
    pub current: Option<(String, Option<Timestamp>)>,
}

impl Target {
    /// Works out the target for a profile: one with long-term keys, or a session profile.
    /// `into` and `serial` are the user's own choices and win.
    ///
    /// # Errors
    /// [`SessionError`]: no such profile, no long-term keys behind it, or a section that is not ours to fill.
    pub fn plan(
        estate: &Estate,
        profile: &str,
        into: Option<&str>,
        serial: Option<&str>,
    ) -> Result<Self, SessionError> {
        let long_term = source(estate, profile)?;
        let found = estate.profile(&long_term).and_then(|p| Some((p.credentials()?, p)));
        let Some((credentials, keys)) = found else {
            return Err(SessionError::NotFound { profile: long_term });
        };
        let serial = serial.map(str::to_owned).or_else(|| Some(device(estate, &long_term)?.into_owned()));
        let shared = || session_profile_of(estate, &long_term, serial.as_deref());
        let session_profile = match into {
            Some(name) => name.to_owned(),
            None => shared().unwrap_or_else(|| super::default_name(&long_term)),
        };
        let style = style(&long_term, &session_profile);
        check(estate, &session_profile, style)?;
        let region = keys.text("region").map(Cow::into_owned);
        let current = current(estate, &session_profile);
        Ok(Self { long_term, session_profile, serial, credentials, region, style, current })
    }
}

/// The profile whose long-term keys stand behind `profile`.
fn source(estate: &Estate, profile: &str) -> Result<String, SessionError> {
    let pair = long_term_of(estate, profile);
    let Some(found) = estate.profile(profile) else {
        return pair.ok_or_else(|| SessionError::NotFound { profile: profile.to_owned() });
    };
    match found.kind() {
        Kind::Static if access_key(estate, profile).is_some() => Ok(profile.to_owned()),
        Kind::Static | Kind::Session | Kind::Empty => {
            pair.or_else(|| by_session_key(estate, profile)).ok_or_else(|| not_a_user(&found))
        }
        _ => Err(not_a_user(&found)),
    }
}

/// A copy of a session (`[default]` after `use`) leads to the profile whose session it is.
fn by_session_key(estate: &Estate, copy: &str) -> Option<String> {
    let key = session_key(estate, copy)?;
    let is_it = |twin: AccessKey<'_>| twin.is_session && twin.id == key;
    let twins = estate.profiles().filter(|p| p.name() != copy && p.access_key().is_some_and(is_it));
    twins.map(|twin| twin.name()).find_map(|name| long_term_of(estate, name))
}

fn not_a_user(profile: &Profile<'_>) -> SessionError {
    let kind = profile.kind();
    let what = match kind {
        Kind::AssumeRole | Kind::CredentialSource => "it is a role",
        Kind::Sso => "it signs in through Identity Center",
        Kind::WebIdentity => "it uses a web identity token",
        Kind::Process => "it runs a credential_process",
        Kind::Login => "it uses `aws login`",
        Kind::Session => "it holds a session whose long-term profile is not known",
        Kind::Static | Kind::Empty => "it has no complete access key",
    };
    SessionError::NotAUser { profile: profile.name().to_owned(), kind, what }
}

/// The device of the keys: named by their profile, else the only one named by roles that rest on it.
fn device<'a>(estate: &'a Estate, long_term: &str) -> Option<Cow<'a, str>> {
    serial_of(estate, long_term).or_else(|| {
        let rides = |p: &Profile<'_>| p.text("source_profile").is_some_and(|source| source == long_term);
        let mut serials: Vec<_> = estate.profiles().filter(rides).filter_map(|p| serial(&p)).collect();
        serials.dedup();
        if serials.len() == 1 { serials.pop() } else { None }
    })
}

fn style(long_term: &str, session_profile: &str) -> Style {
    if stem(long_term) == Some(session_profile) { Style::AwsMfa } else { Style::Native }
}

/// Keys with which a profile gets its credentials some other way.
const OTHER_WAYS: [&str; 9] = [
    "role_arn",
    "credential_source",
    "web_identity_token_file",
    "sso_session",
    "sso_start_url",
    "sso_account_id",
    "sso_role_name",
    "credential_process",
    "login_session",
];

/// Refuses a section that is not ours to fill.
fn check(estate: &Estate, name: &str, style: Style) -> Result<(), SessionError> {
    let taken = |why: String| Err(SessionError::Taken { section: name.to_owned(), why });
    let Some(profile) = estate.profile(name) else { return Ok(()) };
    if let Some(key) = OTHER_WAYS.into_iter().find(|key| profile.has(key)) {
        return taken(format!("it has {key}"));
    }
    if profile.text("assumed_role").is_some_and(|text| text.eq_ignore_ascii_case("true")) {
        return taken("aws-mfa keeps a role's session there".to_owned());
    }
    if access_key(estate, name).is_some() {
        return taken("it holds long-term keys".to_owned());
    }
    match owner(&profile) {
        Owner::AwsMfa if style == Style::AwsMfa => Ok(()),
        other => other.tool().map_or(Ok(()), |tool| taken(format!("it is kept by {tool}"))),
    }
}

fn current(estate: &Estate, name: &str) -> Option<(String, Option<Timestamp>)> {
    Some((session_key(estate, name)?.into_owned(), expiry(&estate.profile(name)?)))
}
