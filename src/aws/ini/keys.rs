//! Which keys a section may have, in 32 bits: most look-ups ask for a key that is not there, and end here.

/// A set of keys that may say yes to a key it does not hold, and never no to one it does. Case does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeySet(u32);

impl KeySet {
    /// The set of one key. Length, first and last byte tell the usual keys apart: of those a section mostly has,
    /// none shares its bit with more than one of those that are looked for.
    #[must_use]
    pub const fn of(key: &[u8]) -> Self {
        let (first, last) = match key {
            [] => (0, 0),
            [only] => (*only, *only),
            [first, .., last] => (*first, *last),
        };
        let (first, last) = ((first | 0x20) as usize, (last | 0x20) as usize);
        Self(1 << ((key.len() + 5 * first + 8 * last) % 32))
    }

    /// The set of several.
    #[must_use]
    pub const fn of_all(keys: &[&str]) -> Self {
        let (mut all, mut at) = (0, 0);
        while at < keys.len() {
            all |= Self::of(keys[at].as_bytes()).0;
            at += 1;
        }
        Self(all)
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it may hold a key that the other holds.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_in_its_set_in_any_case() {
        let set = KeySet::of_all(&["region", "mfa_serial"]);
        for key in ["region", "REGION", "Mfa_Serial"] {
            assert!(set.meets(KeySet::of(key.as_bytes())), "{key}");
        }
        for key in ["sso_session", "role_arn", "source_profile", "aws_session_token", ""] {
            assert!(!set.meets(KeySet::of(key.as_bytes())), "{key}");
        }
        assert!(!KeySet::default().meets(set));
    }
}
