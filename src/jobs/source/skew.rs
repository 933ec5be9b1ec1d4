//! How far this computer's clock is off, as a refused code has told: the codes of kept seeds go by AWS's clock then.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::SignedDuration;

/// AWS's clock minus ours, in whole seconds; zero until a refusal has told. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Skew(Arc<AtomicI64>);

impl Skew {
    /// What is known.
    #[must_use]
    pub fn get(&self) -> SignedDuration {
        SignedDuration::from_secs(self.0.load(Ordering::Relaxed))
    }

    /// Remembers it.
    pub fn set(&self, off: SignedDuration) {
        self.0.store(off.as_secs(), Ordering::Relaxed);
    }
}
