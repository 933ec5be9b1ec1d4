//! What several rows need to know about each other, worked out once so that 10,000 profiles stay linear:
//! which profiles share long-term keys, and which roles take their credentials from where.

use std::borrow::Cow;
use std::cell::RefCell;

use hashbrown::HashMap;

use super::SessionState;
use crate::aws::profile::{AccessKey, Estate, Profile};
use crate::aws::session;

/// Long-term keys with a device: what a session belongs to.
type Holder<'a> = (Cow<'a, str>, Option<Cow<'a, str>>);

/// An estate with its cross references.
pub(super) struct Facts<'a> {
    pub estate: &'a Estate,
    /// Every profile, looked up once.
    pub profiles: Vec<Profile<'a>>,
    /// Role profiles by the profile they name as their source.
    riders: HashMap<Cow<'a, str>, Vec<Profile<'a>>>,
    /// Profiles by the long-term access key id they hold, in file order: the first, and the others.
    sharing: HashMap<Cow<'a, str>, (&'a str, Vec<&'a str>)>,
    /// Session profiles already worked out.
    chosen: RefCell<HashMap<Holder<'a>, Option<String>>>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(estate: &'a Estate) -> Self {
        let profiles: Vec<Profile<'a>> = estate.profiles().collect();
        let mut riders: HashMap<_, Vec<_>> = HashMap::new();
        let mut sharing: HashMap<_, (&str, Vec<_>)> = HashMap::with_capacity(profiles.len());
        for profile in &profiles {
            if let Some(source) = profile.text("source_profile") {
                riders.entry(source).or_default().push(*profile);
            }
            if let Some(key) = long_term_key(profile) {
                let first = || (profile.name(), Vec::new());
                let known = sharing.entry(key);
                known.and_modify(|(_, others)| others.push(profile.name())).or_insert_with(first);
            }
        }
        Self { estate, profiles, riders, sharing, chosen: RefCell::default() }
    }

    /// The role profiles that name `source`.
    pub(super) fn riders(&self, source: &str) -> &[Profile<'a>] {
        self.riders.get(source).map(Vec::as_slice).unwrap_or_default()
    }

    /// The device of a profile: its own, else the only one that roles on it name.
    pub(super) fn serial(&self, profile: &Profile<'a>) -> Option<Cow<'a, str>> {
        session::serial(profile).or_else(|| {
            let mut named = self.riders(profile.name()).iter().filter_map(session::serial);
            let first = named.next()?;
            named.all(|other| other == first).then_some(first)
        })
    }

    /// The section the session of a profile's long-term keys is or would be stored in.
    pub(super) fn session_profile(&self, profile: &Profile<'a>) -> Option<String> {
        let key = long_term_key(profile)?;
        let (first, others) = self.sharing.get(&key)?;
        if others.is_empty() {
            return Some(session::default_name(first));
        }
        let holder = (key, self.serial(profile));
        if let Some(known) = self.chosen.borrow().get(&holder) {
            return known.clone();
        }
        let sharing: Vec<&str> = std::iter::once(first).chain(others).copied().collect();
        let chosen = session::session_profile_among(self.estate, &sharing, holder.1.as_deref());
        self.chosen.borrow_mut().insert(holder, chosen.clone());
        chosen
    }

    /// The session stored in `name`, if there is one.
    pub(super) fn stored(&self, name: &str) -> Option<SessionState> {
        let profile = self.estate.profile(name)?;
        profile.access_key().filter(|key| key.is_session)?;
        Some(session::expiry(&profile).map_or(SessionState::Unknown, SessionState::Until))
    }
}

/// The access key id of a profile's long-term keys.
fn long_term_key<'a>(profile: &Profile<'a>) -> Option<Cow<'a, str>> {
    profile.access_key().filter(AccessKey::is_long_term).map(|key| key.id)
}
