//! From a name to its sections, so that 10,000 profiles are merged by as many hash lookups.
//!
//! The table holds section numbers only; names stay in the text. Sections of one name form a chain in file
//! order.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::SectionKind;
use super::lex::offset;
use super::parse::SectionSpan;

/// The end of a chain.
const NONE: u32 = u32::MAX;

/// The sections of a document by kind and name.
#[derive(Clone)]
pub(super) struct Index {
    firsts: HashTable<u32>,
    /// For each section the next one of its name.
    next: Vec<u32>,
    hasher: DefaultHashBuilder,
}

impl Index {
    /// Goes from the last section to the first, so that each name ends up with its first one.
    pub(super) fn of(sections: &[SectionSpan], bytes: &[u8]) -> Self {
        let hasher = DefaultHashBuilder::default();
        let key = |at: u32| sections.get(at as usize).map(|section| (section.kind, section.name.of(bytes)));
        let hash = |at: &u32| hasher.hash_one(key(*at));
        let mut firsts: HashTable<u32> = HashTable::with_capacity(sections.len());
        let mut next = vec![NONE; sections.len()];
        for at in (0..offset(sections.len())).rev() {
            match firsts.find_mut(hash(&at), |known| key(*known) == key(at)) {
                Some(later) => next[at as usize] = std::mem::replace(later, at),
                None => drop(firsts.insert_unique(hash(&at), at, hash)),
            }
        }
        Self { firsts, next, hasher }
    }

    /// The first section of that name.
    pub(super) fn first(
        &self,
        sections: &[SectionSpan],
        bytes: &[u8],
        wanted: (SectionKind, &[u8]),
    ) -> Option<u32> {
        let key = |at: u32| sections.get(at as usize).map(|section| (section.kind, section.name.of(bytes)));
        self.firsts.find(self.hasher.hash_one(Some(wanted)), |at| key(*at) == Some(wanted)).copied()
    }

    /// A section and those of its name below it.
    pub(super) fn chain(&self, first: Option<u32>) -> impl Iterator<Item = usize> {
        std::iter::successors(first, |at| self.next.get(*at as usize).copied().filter(|next| *next != NONE))
            .map(|at| at as usize)
    }

    /// For each section whether it is the first of its name.
    pub(super) fn firsts(&self) -> Vec<bool> {
        let mut firsts = vec![true; self.next.len()];
        for later in self.next.iter().filter(|next| **next != NONE) {
            firsts[*later as usize] = false;
        }
        firsts
    }
}
