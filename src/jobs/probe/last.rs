//! The two files as they were read last, for whoever works with what is shown of them. Who writes reads afresh.

use std::sync::{Arc, Mutex, PoisonError};

use crate::aws::profile::Estate;

/// Nothing until a screen has read the files; clones share it.
#[derive(Clone, Debug, Default)]
pub struct LastRead(Arc<Mutex<Option<Estate>>>);

impl LastRead {
    /// What was read last.
    #[must_use]
    pub fn get(&self) -> Option<Estate> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers it.
    pub fn set(&self, estate: &Estate) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(estate.clone());
    }
}
