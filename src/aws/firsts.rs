//! Which of many numbered texts is the first of its kind, in a table of numbers only: the texts stay where they are.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

/// The first of each kind so far, by its number.
#[derive(Debug)]
pub struct Firsts {
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Firsts {
    /// Room for so many texts.
    #[must_use]
    pub fn of(texts: usize) -> Self {
        Self { table: HashTable::with_capacity(texts), hasher: DefaultHashBuilder::default() }
    }

    /// The number of the first text that is equal to that of the number `at`, which may be `at` itself.
    pub fn first<'t>(&mut self, at: u32, text: impl Fn(u32) -> &'t str) -> u32 {
        let hash = |at: &u32| self.hasher.hash_one(text(*at));
        let entry = self.table.entry(hash(&at), |known| text(*known) == text(at), hash);
        *entry.or_insert(at).get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_equal_texts_stands_for_all() {
        let texts = ["a", "b", "a", "", "b", "c", ""];
        let mut firsts = Firsts::of(2);
        let found = (0..7).map(|at| firsts.first(at, |at| texts[at as usize])).collect::<Vec<_>>();
        assert_eq!(found, [0, 1, 0, 3, 1, 5, 3]);
    }
}
