//! Profiles made of what Identity Center lets somebody enter: one for each role of each account.
//!
//! They stand in a block of `~/.aws/config` that is ours alone ([`Block`]); everything else in the file stays as it is,
//! and a name that somebody else's profile has is not taken ([`named`]). The work is a pure function of what the portal
//! lists, the rules and the file, so a second run changes nothing.

mod block;
mod names;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

pub use block::Block;
pub use names::named;

use super::profile::Estate;

/// A role that may be entered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// Twelve digits.
    pub account: String,
    pub account_name: String,
    pub email: String,
    pub role: String,
}

/// How profiles are made of grants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// `{account_name}`, `{account_id}`, `{role_name}`, `{email}` and `{session}` stand for what they say.
    pub template: String,
    /// Other names for accounts, by their number.
    pub accounts: BTreeMap<String, String>,
    /// What `region` says in each profile.
    pub region: String,
}

/// The profiles of a session by account and role, among those whose names `count`.
#[must_use]
pub fn entering(
    estate: &Estate,
    session: &str,
    count: impl Fn(&str) -> bool,
) -> HashMap<(String, String), String> {
    let mut entering = HashMap::new();
    let own = |name: &str| name == session;
    let profiles = estate.profiles().filter(|profile| count(profile.name()));
    for profile in profiles.filter(|profile| profile.text("sso_session").is_some_and(|name| own(&name))) {
        if let (Some(account), Some(role)) = (profile.text("sso_account_id"), profile.text("sso_role_name")) {
            let role = (account.into_owned(), role.into_owned());
            entering.entry(role).or_insert_with(|| profile.name().to_owned());
        }
    }
    entering
}

/// How a profile is called unless somebody says otherwise.
pub const TEMPLATE: &str = "{account_name}-{role_name}";

/// A profile of the block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub name: String,
    pub account: String,
    pub role: String,
}

impl Wanted {
    /// Its keys as they are written.
    #[must_use]
    pub fn settings<'a>(&'a self, session: &'a str, region: &'a str) -> [(&'static str, &'a str); 4] {
        [
            ("sso_session", session),
            ("sso_account_id", &self.account),
            ("sso_role_name", &self.role),
            ("region", region),
        ]
    }
}
