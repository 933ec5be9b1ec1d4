//! What the jobs of one run share: learned by one, used by the next.

use std::sync::{Arc, Mutex, PoisonError};

/// A value that clones share.
#[derive(Clone, Debug, Default)]
pub struct Shared<T>(Arc<Mutex<T>>);

impl<T: Clone> Shared<T> {
    /// What is known.
    #[must_use]
    pub fn get(&self) -> T {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers it.
    pub fn set(&self, value: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = value;
    }
}
