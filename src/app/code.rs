//! The six digits of an MFA device while they are typed and sent.

use secrecy::zeroize::Zeroize;

use crate::aws::secret::Secret;

/// Up to six digits that are forgotten when dropped and never printed.
#[derive(PartialEq, Eq, Default)]
pub struct Code {
    digits: [u8; Self::LEN],
    len: usize,
}

impl Code {
    pub const LEN: usize = 6;

    /// Adds a digit; false if it is full or `c` is none.
    pub fn push(&mut self, c: char) -> bool {
        let fits = c.is_ascii_digit() && self.len < Self::LEN;
        if fits {
            self.digits[self.len] = c as u8;
            self.len += 1;
        }
        fits
    }

    pub fn pop(&mut self) {
        self.len = self.len.saturating_sub(1);
        self.digits[self.len] = 0;
    }

    pub fn clear(&mut self) {
        self.digits.zeroize();
        self.len = 0;
    }

    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.len == Self::LEN
    }

    /// The digit typed last: the only one the screen echoes.
    #[must_use]
    pub fn last(&self) -> Option<char> {
        self.len.checked_sub(1).map(|at| char::from(self.digits[at]))
    }

    /// Moves the digits out; what stays is empty.
    #[must_use]
    pub fn take(&mut self) -> Self {
        let taken = Self { digits: self.digits, len: self.len };
        self.clear();
        taken
    }

    /// The code as a request needs it.
    #[must_use]
    pub fn secret(&self) -> Secret {
        Secret::new(self.digits[..self.len].iter().map(|digit| char::from(*digit)).collect::<String>())
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        self.digits.zeroize();
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} digits", self.len)
    }
}
