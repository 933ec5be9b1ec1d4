//! What several rows need to know about each other, worked out once so that 10,000 profiles stay linear:
//! which profiles share long-term keys, and which roles take their credentials from where.

use std::cell::RefCell;
use std::collections::HashMap;

use super::SessionState;
use crate::aws::profile::{Estate, Profile};
use crate::aws::secret::Credentials;
use crate::aws::session;

/// Long-term keys with a device: what a session belongs to.
type Holder = (String, Option<String>);

/// An estate with its cross references.
pub(super) struct Facts<'a> {
    pub estate: &'a Estate,
    /// Role profiles by the profile they name as their source.
    riders: HashMap<String, Vec<&'a str>>,
    /// Profiles by the long-term access key id they hold, in file order.
    sharing: HashMap<String, Vec<&'a str>>,
    /// Session profiles already worked out.
    chosen: RefCell<HashMap<Holder, Option<String>>>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(estate: &'a Estate) -> Self {
        let mut riders: HashMap<String, Vec<&str>> = HashMap::new();
        let mut sharing: HashMap<String, Vec<&str>> = HashMap::new();
        for name in estate.names() {
            let Some(profile) = estate.profile(name) else { continue };
            if let Some(source) = profile.text("source_profile") {
                riders.entry(source.into_owned()).or_default().push(name);
            }
            if let Some(key) = long_term_key(&profile) {
                sharing.entry(key).or_default().push(name);
            }
        }
        Self { estate, riders, sharing, chosen: RefCell::default() }
    }

    /// The role profiles that name `source`.
    pub(super) fn riders(&self, source: &str) -> &[&'a str] {
        self.riders.get(source).map(Vec::as_slice).unwrap_or_default()
    }

    /// The device of a profile: its own, else the only one that roles on it name.
    pub(super) fn serial(&self, profile: &Profile<'_>) -> Option<String> {
        serial(profile).or_else(|| {
            let riders = self.riders(profile.name()).iter().filter_map(|name| self.estate.profile(name));
            let mut named: Vec<String> = riders.filter_map(|rider| serial(&rider)).collect();
            named.sort();
            named.dedup();
            if named.len() == 1 { named.pop() } else { None }
        })
    }

    /// The section the session of a profile's long-term keys is or would be stored in.
    pub(super) fn session_profile(&self, profile: &Profile<'_>) -> Option<String> {
        let holder = (long_term_key(profile)?, self.serial(profile));
        if let Some(known) = self.chosen.borrow().get(&holder) {
            return known.clone();
        }
        let sharing = self.sharing.get(&holder.0).map(Vec::as_slice).unwrap_or_default();
        let chosen = session::session_profile_among(self.estate, sharing, holder.1.as_deref());
        self.chosen.borrow_mut().insert(holder, chosen.clone());
        chosen
    }

    /// The session stored in `name`, if there is one.
    pub(super) fn stored(&self, name: &str) -> Option<SessionState> {
        let profile = self.estate.profile(name)?;
        profile.credentials().filter(Credentials::is_session)?;
        Some(session::expiry(&profile).map_or(SessionState::Unknown, SessionState::Until))
    }
}

/// The device a profile names itself.
fn serial(profile: &Profile<'_>) -> Option<String> {
    profile.text("mfa_serial").or_else(|| profile.text("aws_mfa_device")).map(std::borrow::Cow::into_owned)
}

/// The access key id of a profile's long-term keys.
fn long_term_key(profile: &Profile<'_>) -> Option<String> {
    let keys = profile.credentials()?;
    let is_long_term = !keys.is_session() && !keys.access_key_id.starts_with("ASIA");
    is_long_term.then_some(keys.access_key_id)
}
