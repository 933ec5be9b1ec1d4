//! What several rows need to know about each other, worked out once so that 10,000 profiles stay linear:
//! which profiles share long-term keys, and which roles take their credentials from where.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use hashbrown::HashMap;

use super::SessionState;
use crate::aws::beside::from_both_ends;
use crate::aws::profile::{AccessKey, Estate, Profile};
use crate::aws::session;

/// Long-term keys with a device: what a session belongs to.
type Holder<'a> = (Cow<'a, str>, Option<Cow<'a, str>>);

/// A profile, and the access key id of its long-term keys.
pub(super) struct Known<'a> {
    pub profile: Profile<'a>,
    pub key: Option<Cow<'a, str>>,
}

/// An estate with its cross references.
pub(super) struct Facts<'a> {
    pub estate: &'a Estate,
    /// Every profile, looked up once.
    pub known: Vec<Known<'a>>,
    /// Role profiles by the profile they name as their source.
    riders: HashMap<Cow<'a, str>, Vec<Profile<'a>>>,
    /// The profiles that hold the same long-term access key id, in file order, where there is more than one.
    sharing: HashMap<Cow<'a, str>, Vec<&'a str>>,
    /// Session profiles already worked out.
    chosen: Mutex<HashMap<Holder<'a>, Option<String>>>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(estate: &'a Estate) -> Self {
        let known = from_both_ends(estate.count(), |at| {
            let profile = estate.nth(at);
            Known { profile, key: long_term_key(&profile) }
        });
        let mut riders: HashMap<_, Vec<_>> = HashMap::new();
        let mut first = HashMap::with_capacity(known.len());
        let mut sharing: HashMap<_, Vec<_>> = HashMap::new();
        for Known { profile, key } in &known {
            if let Some(source) = profile.text("source_profile") {
                riders.entry(source).or_default().push(*profile);
            }
            if let Some(key) = key
                && let Err(known) = first.try_insert(key.clone(), profile.name())
            {
                let first = *known.entry.get();
                sharing.entry(key.clone()).or_insert_with(|| vec![first]).push(profile.name());
            }
        }
        Self { estate, known, riders, sharing, chosen: Mutex::default() }
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
        self.session_profile_of(profile, &long_term_key(profile)?)
    }

    /// The same of keys that are known.
    pub(super) fn session_profile_of(&self, profile: &Profile<'a>, key: &str) -> Option<String> {
        let Some((key, sharing)) = self.sharing.get_key_value(key) else {
            return Some(session::default_name(profile.name()));
        };
        let holder = (key.clone(), self.serial(profile));
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = chosen.get(&holder) {
            return known.clone();
        }
        let of_these = session::session_profile_among(self.estate, sharing, holder.1.as_deref());
        chosen.insert(holder, of_these.clone());
        of_these
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
