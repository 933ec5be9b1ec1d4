//! The dialog for the passphrase of the sealed seeds: typed once per run, shown as a count of dots.

use secrecy::zeroize::Zeroizing;

use super::msg::JobId;
use crate::aws::secret::Secret;

/// A passphrase being typed, for the renewal that needs it.
#[derive(Debug)]
pub struct Unlock {
    pub profile: String,
    pub typed: Hidden,
    /// The job that is using it.
    pub job: Option<JobId>,
    /// The last one did not open the seeds.
    pub wrong: bool,
}

impl Unlock {
    /// Nothing is typed yet.
    #[must_use]
    pub fn of(profile: String, wrong: bool) -> Self {
        Self { profile, typed: Hidden::default(), job: None, wrong }
    }
}

/// Text that is forgotten when dropped and never printed. As long as it will get, so that no copy is left behind.
#[derive(PartialEq, Eq)]
pub struct Hidden(Zeroizing<String>);

impl Default for Hidden {
    fn default() -> Self {
        Self(Zeroizing::new(String::with_capacity(Self::LONGEST)))
    }
}

impl Hidden {
    /// In bytes.
    pub const LONGEST: usize = 1024;

    /// Adds a character, if there is room.
    pub fn push(&mut self, c: char) {
        if !c.is_control() && self.0.len() + c.len_utf8() <= Self::LONGEST {
            self.0.push(c);
        }
    }

    pub fn pop(&mut self) {
        self.0.pop();
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// In characters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Moves the text out; what stays is empty.
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// The text as a request needs it.
    #[must_use]
    pub fn secret(&self) -> Secret {
        Secret::new(self.0.as_str())
    }
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} characters", self.len())
    }
}
