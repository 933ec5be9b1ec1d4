//! What the list of profiles looks like from afar, worked out when it changes: no frame walks ten thousand profiles to
//! draw forty.

use super::filter::Hit;
use super::order::Group;
use crate::aws::overview::Row;
use crate::aws::text;

/// The profiles that are shown.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// In order, as indices into the overview.
    pub hits: Vec<Hit>,
    /// The same with their headings.
    pub lines: Lines,
    /// Of all profiles, shown or not: no column jumps while somebody types.
    pub widest: Widest,
}

/// How wide the columns of the list want to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Widest {
    /// The longest name with its badges.
    pub name: usize,
    pub region: usize,
}

impl Widest {
    /// Measures every row.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        rows.iter().fold(Self::default(), |widest, row| Self {
            name: widest.name.max(text::width(&row.name) + badges(row)),
            region: widest.region.max(row.region.as_deref().map_or(0, text::width)),
        })
    }
}

/// Columns of what stands behind a name whatever the hour: a word of four letters, a mark.
#[must_use]
pub fn badges(row: &Row) -> usize {
    usize::from(row.production) * 5 + usize::from(!row.problems.is_empty()) * 2
}

/// One line of the list. Both hold the position of a hit: the first one under the heading, or the one itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Heading(usize),
    Hit(usize),
}

/// Hits with headings between them, as lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    hits: usize,
    /// Each heading's line, and the first hit under it.
    headings: Vec<(usize, usize)>,
}

impl Lines {
    /// The lines of hits that are in order.
    #[must_use]
    pub fn of(hits: &[Hit], rows: &[Row], group: Group) -> Self {
        let mut headings = Vec::new();
        let mut before = None;
        for (at, hit) in hits.iter().enumerate().filter(|_| group != Group::None) {
            let heading = rows.get(hit.row).and_then(|row| group.of(row));
            if before != Some(heading) {
                before = Some(heading);
                headings.push((at + headings.len(), at));
            }
        }
        Self { hits: hits.len(), headings }
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.hits + self.headings.len()
    }

    /// The line a hit stands on.
    #[must_use]
    pub fn of_hit(&self, hit: usize) -> usize {
        hit + self.headings.partition_point(|(_, first)| *first <= hit)
    }

    /// What stands on a line.
    #[must_use]
    pub fn at(&self, line: usize) -> Option<Line> {
        let above = self.headings.partition_point(|(heading, _)| *heading <= line);
        match self.headings[..above].last() {
            _ if line >= self.count() => None,
            Some((heading, first)) if *heading == line => Some(Line::Heading(*first)),
            _ => Some(Line::Hit(line - above)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::filter::Filter;
    use crate::aws::overview::{Kind, SessionState};

    fn row(account: Option<&str>) -> Row {
        Row {
            name: "p".to_owned(),
            kind: Kind::Empty,
            account: account.map(str::to_owned),
            alias: None,
            role: None,
            sso_session: None,
            used: None,
            region: None,
            production: false,
            is_default: false,
            session_of: None,
            session_profile: None,
            session: SessionState::NotNeeded,
            mfa_serial: None,
            code_from: None,
            source_profile: None,
            problems: Vec::new(),
            place: None,
        }
    }

    #[test]
    fn headings_stand_between_hits() {
        let rows: Vec<Row> = [Some("1"), Some("1"), Some("2"), None].map(row).into();
        let hits = Filter::default().apply(&rows);
        let lines = Lines::of(&hits, &rows, Group::Account);
        let all: Vec<Line> = (0..lines.count()).map_while(|line| lines.at(line)).collect();
        let (heading, hit) = (Line::Heading, Line::Hit);
        assert_eq!(all, [heading(0), hit(0), hit(1), heading(2), hit(2), heading(3), hit(3)]);
        assert_eq!([0, 1, 2, 3].map(|hit| lines.of_hit(hit)), [1, 2, 4, 6]);
        assert_eq!(lines.at(7), None);
        let plain = Lines::of(&hits, &rows, Group::None);
        assert_eq!((plain.count(), plain.of_hit(3), plain.at(3)), (4, 3, Some(hit(3))));
    }
}
