//! Which section a session goes into, and the way back.
//!
//! aws-mfa pairs `[work]` with `[work-long-term]`; everything else pairs `[work-mfa]` with `[work]`.

use std::borrow::Cow;

use crate::aws::profile::{AccessKey, Estate, Profile};

const LONG_TERM: &str = "-long-term";
const MFA: &str = "-mfa";
/// Where `use` keeps the `[default]` from before awsprof. Its session keeps the name it had: `default-mfa`.
pub const SAVED_DEFAULT: &str = "default-original";

/// The name a profile's session goes under when nobody chose one: `P` for `P-long-term`, else `P-mfa`.
#[must_use]
pub fn default_name(long_term: &str) -> String {
    match stem(long_term) {
        Some(stem) => stem.to_owned(),
        None if long_term == SAVED_DEFAULT => ["default", MFA].concat(),
        None => [long_term, MFA].concat(),
    }
}

/// `work` for `work-long-term`.
pub(super) fn stem(long_term: &str) -> Option<&str> {
    long_term.strip_suffix(LONG_TERM).filter(|stem| !stem.is_empty())
}

/// The long-term profile whose session `name` holds or would hold, by name: `work-long-term` or `work` for
/// `work`, `work` for `work-mfa`. `None` if there is no such profile with long-term keys.
#[must_use]
pub fn long_term_of(estate: &Estate, name: &str) -> Option<String> {
    let partner = format!("{name}{LONG_TERM}");
    let base = name.strip_suffix(MFA);
    let saved = base.filter(|base| *base == "default").map(|_| SAVED_DEFAULT);
    let candidates = [Some(partner.as_str()), base, saved];
    candidates.into_iter().flatten().find(|name| access_key(estate, name).is_some()).map(str::to_owned)
}

/// The section that holds or will hold the session of a profile's long-term keys. Profiles with the same key
/// and device share one: the existing one, else that of the first in file order, `default` last.
/// `None` if the profile has no long-term keys.
#[must_use]
pub fn session_profile_of(estate: &Estate, long_term: &str, serial: Option<&str>) -> Option<String> {
    let key = access_key(estate, long_term)?;
    if estate.mentions_once(&key) {
        return session_profile_among(estate, &[long_term], serial);
    }
    let is_it = |other: AccessKey<'_>| other.is_long_term() && other.id == key;
    let sharing = estate.profiles().filter(|profile| profile.access_key().is_some_and(is_it));
    let sharing: Vec<&str> = sharing.map(|profile| profile.name()).collect();
    session_profile_among(estate, &sharing, serial)
}

/// [`session_profile_of`] for a caller that knows which profiles hold the same long-term keys, in file order.
/// Those that name another device do not count.
#[must_use]
pub fn session_profile_among(estate: &Estate, sharing: &[&str], serial: Option<&str>) -> Option<String> {
    let same_device = |name: &&str| {
        let own = serial_of(estate, name);
        own.is_none() || serial.is_none() || own.as_deref() == serial
    };
    let mut sharing: Vec<&str> = sharing.iter().copied().filter(same_device).collect();
    sharing.sort_by_key(|name| *name == "default");
    let has_session = |name: &String| session_key(estate, name).is_some();
    let names: Vec<String> = sharing.into_iter().map(default_name).collect();
    names.iter().find(|name| has_session(name)).or_else(|| names.first()).cloned()
}

/// The device a profile names itself: `mfa_serial`, or aws-mfa's `aws_mfa_device`.
pub(super) fn serial_of<'a>(estate: &'a Estate, name: &str) -> Option<Cow<'a, str>> {
    serial(&estate.profile(name)?)
}

/// The device a profile names itself.
#[must_use]
pub fn serial<'a>(profile: &Profile<'a>) -> Option<Cow<'a, str>> {
    profile.text("mfa_serial").or_else(|| profile.text("aws_mfa_device"))
}

/// The access key id of a profile's long-term keys.
pub(super) fn access_key<'a>(estate: &'a Estate, name: &str) -> Option<Cow<'a, str>> {
    estate.profile(name)?.access_key().filter(AccessKey::is_long_term).map(|key| key.id)
}

/// The access key id of the session in a profile.
pub(super) fn session_key<'a>(estate: &'a Estate, name: &str) -> Option<Cow<'a, str>> {
    estate.profile(name)?.access_key().filter(|key| key.is_session).map(|key| key.id)
}
