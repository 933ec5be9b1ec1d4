//! In which order profiles stand, and under which headings.

use std::cmp::Reverse;

use hashbrown::HashMap;

use super::filter::Hit;
use crate::aws::overview::Row;

/// The order within a heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As in the files.
    #[default]
    File,
    Name,
    /// What was used often and lately first.
    Frecency,
}

/// What profiles stand under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    None,
    #[default]
    Account,
    /// Their sign-in to Identity Center.
    Sso,
}

impl Order {
    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::File => Self::Name,
            Self::Name => Self::Frecency,
            Self::Frecency => Self::File,
        }
    }
}

impl Group {
    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::None => Self::Account,
            Self::Account => Self::Sso,
            Self::Sso => Self::None,
        }
    }

    /// What a profile stands under.
    #[must_use]
    pub fn of(self, row: &Row) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Account => row.account.as_deref(),
            Self::Sso => row.sso_session.as_deref(),
        }
    }
}

/// Puts hits in order. Headings stand in the order of their first profile, those without one last.
pub fn arrange<'a>(hits: &mut [Hit], rows: &'a [Row], order: Order, group: Group) {
    match order {
        Order::File => {}
        Order::Name => hits.sort_by_cached_key(|hit| rows[hit.row].name.to_lowercase()),
        Order::Frecency => hits.sort_by_key(|hit| Reverse(rows[hit.row].used)),
    }
    if group == Group::None {
        return;
    }
    let mut seen = HashMap::with_capacity(hits.len());
    let mut rank = |heading: Option<&'a str>| match heading {
        None => usize::MAX,
        Some(heading) => {
            let next = seen.len();
            *seen.entry(heading).or_insert(next)
        }
    };
    hits.sort_by_cached_key(|hit| rank(group.of(&rows[hit.row])));
}
