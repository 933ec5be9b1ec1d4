//! Answers that outlive the question: what was asked in this run, and when.
//!
//! An answer is kept by its question ([`Probe::key`]), which names everything it hangs on: so a second tool or a second
//! look asks nothing, and what changes in the files leads to another question by itself. Credentials that have run out
//! since are let go. Files are never kept here: they are read afresh.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::aws::chain::{Answer, Probe};

/// What was asked so far; clones share it. `Debug` shows questions only.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<BTreeMap<String, One>>>);

struct One {
    answer: Arc<Answer>,
    at: Timestamp,
}

impl One {
    /// Credentials that were good when they were given and no longer are. Those of an instance may come expired, and
    /// are used all the same.
    fn has_run_out(&self, now: Timestamp) -> bool {
        match &*self.answer {
            Answer::Keys(keys) => keys.expires_at.is_some_and(|end| end > self.at && end <= now),
            _ => false,
        }
    }
}

impl Kept {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, One>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps an answer that came at this moment.
    pub fn put(&self, probe: &Probe, answer: Answer, at: Timestamp) {
        self.lock().insert(probe.key(), One { answer: Arc::new(answer), at });
    }

    /// Lets go of these questions' answers: they are to be asked again.
    pub fn forget(&self, keys: &BTreeSet<String>) {
        self.lock().retain(|key, _| !keys.contains(key));
    }

    /// Everything that still holds.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Vec<(String, Arc<Answer>)> {
        let mut kept = self.lock();
        kept.retain(|_, one| !one.has_run_out(now));
        kept.iter().map(|(key, one)| (key.clone(), Arc::clone(&one.answer))).collect()
    }

    /// When the oldest of these questions was asked.
    #[must_use]
    pub fn asked_at(&self, keys: &BTreeSet<String>) -> Option<Timestamp> {
        let kept = self.lock();
        keys.iter().filter_map(|key| kept.get(key)).map(|one| one.at).min()
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.lock().keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::aws::secret::Credentials;

    #[test]
    fn an_answer_is_kept_until_it_is_forgotten_or_has_run_out() {
        let (kept, start) = (Kept::default(), Timestamp::UNIX_EPOCH);
        let container = |url: &str| Probe::Container { url: url.to_owned(), authorization: None };
        let ends = |minutes| {
            let end = start + SignedDuration::from_mins(minutes);
            Answer::Keys(Credentials { expires_at: Some(end), ..Credentials::long_term("ASIA", "s") })
        };
        kept.put(&container("soon"), ends(1), start);
        kept.put(&container("came expired"), ends(-1), start);
        kept.put(&container("later"), Answer::Failed("no".to_owned()), start + SignedDuration::from_mins(1));
        let keys = |minutes| -> BTreeSet<String> {
            kept.at(start + SignedDuration::from_mins(minutes)).into_iter().map(|(key, _)| key).collect()
        };
        assert_eq!((keys(0).len(), keys(2).len()), (3, 2));
        assert_eq!(kept.asked_at(&keys(2)), Some(start));
        kept.forget(&keys(2));
        assert!(keys(0).is_empty() && kept.asked_at(&keys(2)).is_none());
    }
}
