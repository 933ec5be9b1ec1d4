//! Text typed without an echo: a secret access key on its way to the one effect that writes it.
//!
//! It forgets itself when dropped, never grows (a string that grows leaves copies behind), and says nothing but how
//! long it is. [`Typed`] are such texts beside a change: data that can be compared and logged, and that shows nothing.

use secrecy::zeroize::Zeroize;

use crate::aws::secret::{Secret, Secrets};

/// Characters typed that are never shown.
#[derive(PartialEq, Eq)]
pub struct Hidden(String);

impl Hidden {
    /// Longer than any session token.
    const ROOM: usize = 8192;

    /// Adds a character, if there is room.
    pub fn push(&mut self, c: char) {
        if !c.is_control() && self.0.len() + c.len_utf8() <= Self::ROOM {
            self.0.push(c);
        }
    }

    /// Takes the last character back.
    pub fn pop(&mut self) {
        // Its bytes are wiped with the whole room.
        self.0.pop();
    }

    pub fn clear(&mut self) {
        self.0.zeroize();
    }

    /// Characters typed so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Moves the text out; what stays is empty.
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// A second one, for a question that comes before the write.
    #[must_use]
    pub fn copy(&self) -> Self {
        let mut copy = Self::default();
        copy.0.push_str(&self.0);
        copy
    }

    /// As a request needs it.
    #[must_use]
    pub fn secret(&self) -> Secret {
        Secret::new(self.0.as_str())
    }
}

impl Default for Hidden {
    fn default() -> Self {
        Self(String::with_capacity(Self::ROOM))
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} characters", self.len())
    }
}

/// Hidden texts beside a change: the keys they are for, and the profile.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub profile: String,
    pub values: Vec<(String, Hidden)>,
}

impl Typed {
    /// As the writer takes them.
    #[must_use]
    pub fn secrets(&self) -> Secrets {
        let mut secrets = Secrets::default();
        for (key, value) in &self.values {
            secrets.insert(&self.profile, key, value.secret());
        }
        secrets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_nothing_and_never_moves_in_memory() {
        let mut hidden = Hidden::default();
        let at = hidden.0.as_ptr();
        (0..=Hidden::ROOM).for_each(|_| hidden.push('x'));
        hidden.push('ü');
        assert_eq!((hidden.0.as_ptr(), format!("{hidden:?}").as_str()), (at, "8192 characters"));
        hidden.pop();
        assert_eq!(hidden.len(), Hidden::ROOM - 1);
        assert_eq!(hidden.copy(), hidden);
        let taken = hidden.take();
        assert!(hidden.is_empty() && !taken.is_empty());
    }
}
