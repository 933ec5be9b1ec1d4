//! The passphrase of the sealed seeds, as long as this process lives.

use std::sync::{Arc, Mutex, PoisonError};

use crate::aws::secret::Secret;

/// Known once it has opened the file. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Passphrase(Arc<Mutex<Option<Secret>>>);

impl Passphrase {
    /// What is known.
    #[must_use]
    pub fn get(&self) -> Option<Secret> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers it.
    pub fn set(&self, passphrase: Secret) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(passphrase);
    }
}
