//! The page of Identity Center: what a sign-in may enter, as a tree that typing narrows.

use super::msg::{JobId, Trouble};
use crate::aws::change::Settings;
use crate::aws::sync::{Grant, Rules};

/// A role that may be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub grant: Grant,
    /// What its profile is, or would be, called.
    pub name: String,
    /// There is a profile for it.
    pub is_there: bool,
    /// What a new profile would say.
    pub settings: Settings,
}

/// Everything a session offers, and how its profiles are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers {
    pub offers: Vec<Offer>,
    pub rules: Rules,
}

/// The page.
#[derive(Debug, Default)]
pub struct Portal {
    pub session: String,
    pub filter: String,
    /// Among the roles shown.
    pub selected: usize,
    pub asking: Option<JobId>,
    pub found: Option<Result<Offers, Trouble>>,
}

impl Portal {
    /// The roles that the filter leaves: each of its words stands in account, number, role or profile.
    #[must_use]
    pub fn shown(&self) -> Vec<&Offer> {
        let Some(Ok(found)) = &self.found else { return Vec::new() };
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let fits = |offer: &&Offer| {
            let grant = &offer.grant;
            let text = format!("{} {} {} {}", grant.account, grant.account_name, grant.role, offer.name);
            let text = text.to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        found.offers.iter().filter(fits).collect()
    }

    /// The role under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Option<&Offer> {
        self.shown().get(self.selected).copied()
    }

    /// Changes the filter; the cursor goes to the first match.
    pub fn narrow(&mut self, change: impl FnOnce(&mut String)) {
        change(&mut self.filter);
        self.selected = 0;
    }

    /// Moves the cursor.
    pub fn step(&mut self, by: isize) {
        let last = self.shown().len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }
}
