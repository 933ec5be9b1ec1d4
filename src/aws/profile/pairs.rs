//! Which sections of the two files are one profile.
//!
//! The credentials file mostly has its profiles in the order of the config file, so the next one there is tried
//! before the index is asked: merging 10,000 profiles then reads both files once from top to bottom.

use crate::aws::ini::{Document, Found, SectionKind};

/// A profile's sections: in config, in credentials.
pub(super) type Pair = (Option<Found>, Option<Found>);

/// Every profile once: those of the config file in its order, then those only the credentials file has.
pub(super) fn of(config: &Document, credentials: &Document) -> Vec<Pair> {
    let mut there = Vec::with_capacity(credentials.sections().count());
    there.extend(credentials.profiles());
    let mut taken = vec![false; there.len()];
    let mut next = 0;
    let mut pairs = Vec::with_capacity(there.len());
    for here in config.profiles() {
        let name = config.spelled(here);
        let follows = there.get(next).is_some_and(|found| credentials.spelled(*found) == name);
        let elsewhere = || {
            let found = credentials.find_named(SectionKind::Profile, name)?;
            there.binary_search(&found).ok()
        };
        let at = if follows { Some(next) } else { elsewhere() };
        if let Some(at) = at {
            taken[at] = true;
            next = at + 1;
        }
        pairs.push((Some(here), at.map(|at| there[at])));
    }
    let only_there = there.iter().zip(taken).filter(|(_, taken)| !taken);
    pairs.extend(only_there.map(|(found, _)| (None, Some(*found))));
    pairs
}
