//! Profiles made of what Identity Center lets somebody enter: one for each role of each account.
//!
//! They stand in a block of `~/.aws/config` that is ours alone ([`Block`]); everything else in the file stays as it is,
//! and a name that somebody else's profile has is not taken ([`named`]). The work is a pure function of what the portal
//! lists, the rules and the file, so a second run changes nothing.

mod block;
mod names;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use block::Block;
pub use names::named;

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
