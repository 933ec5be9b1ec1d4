//! Which profiles are used often and lately (*frecency*): what a list in that order is sorted by.
//!
//! Each use counts one, and a count halves every week. So that no count has to be brought up to date, what is kept is
//! the count as a moment: the time at which a single use would count as much as all of them do. Later is more.
//! What a script does every few seconds is one use.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Context, Failure};
use crate::aws::overview::Row;
use crate::aws::store::own;

/// In this many seconds a count halves: a week.
const HALF_LIFE: f64 = 7.0 * 86_400.0;

/// Profiles that are remembered; those used longest ago are forgotten.
const KEPT: usize = 500;

/// Uses that are this close together are one.
const APART: SignedDuration = SignedDuration::from_mins(10);

/// The uses of a profile.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Use {
    /// All of them, as a moment.
    count: Timestamp,
    last: Timestamp,
}

type Uses = BTreeMap<String, Use>;

fn path(context: &Context) -> PathBuf {
    context.state.join("uses.json")
}

fn read(context: &Context) -> Uses {
    own::load(&path(context)).ok().flatten().unwrap_or_default()
}

/// Counts a use. Nobody is kept from anything by a count that cannot be kept.
pub fn used(context: &Context, profile: &str) {
    let now = context.world.now();
    let just_now = |uses: &Uses| {
        uses.get(profile).is_some_and(|one| now >= one.last && now.duration_since(one.last) < APART)
    };
    if just_now(&read(context)) {
        return;
    }
    let count = || -> Result<(), Failure> {
        let mut uses = read(context);
        let count = counted(uses.get(profile).map(|one| one.count), now);
        uses.insert(profile.to_owned(), Use { count, last: now });
        while uses.len() > KEPT {
            let oldest = uses.iter().min_by_key(|(_, one)| one.count).map(|(name, _)| name.clone());
            oldest.and_then(|name| uses.remove(&name));
        }
        Ok(own::save(&path(context), &uses)?)
    };
    let _ = own::alone(&path(context), count);
}

/// One more use at `now`.
fn counted(before: Option<Timestamp>, now: Timestamp) -> Timestamp {
    let count = before.map_or(0.0, |before| {
        let apart = before.duration_since(now).as_secs_f64() / HALF_LIFE;
        // A clock that ran ahead once must not count for ever.
        apart.min(10.0).exp2()
    });
    let ahead = HALF_LIFE * (1.0 + count).log2();
    now.checked_add(SignedDuration::from_secs_f64(ahead)).unwrap_or(now)
}

/// Tells the rows how often and lately they were used.
pub fn mark(context: &Context, rows: &mut [Row]) {
    let uses = read(context);
    for row in rows {
        row.used = uses.get(&row.name).map(|one| one.count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn often_and_lately_come_first() {
        let week = |weeks: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(weeks * 7 * 24);
        let uses =
            |weeks: &[i64]| weeks.iter().fold(None, |before, at| Some(counted(before, week(*at)))).unwrap();
        assert_eq!(uses(&[5]), week(5));
        assert!(uses(&[5, 5, 5]) > uses(&[5, 5]) && uses(&[5, 5]) > uses(&[5]));
        assert!(uses(&[5]) > uses(&[1, 1, 1]), "three uses of a month ago count less than one of today");
        assert!(uses(&[4, 4, 4]) > uses(&[5]), "three of last week count more");
    }
}
