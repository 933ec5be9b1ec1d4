//! Which profiles are shown, in which order, and which of their letters matched.
//!
//! Fuzzy as in fzf (`nucleo-matcher`); `!` in front shows what does not match. The order stays that of the
//! list, so that rows do not dance while somebody types.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::order::{self, Group, Order};
use crate::aws::overview::Row;

/// The filter's text, and how what it leaves stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub text: String,
    /// Keys go into the text.
    pub editing: bool,
    pub order: Order,
    pub group: Group,
}

/// A row that is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// Index into the overview's rows.
    pub row: usize,
    /// Which characters of the name matched, ascending.
    pub letters: Vec<u32>,
    score: u32,
}

impl Filter {
    /// Whether there is something to see of it.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        self.editing || !self.text.is_empty()
    }

    /// The rows that match, in order and under their headings.
    #[must_use]
    pub fn apply(&self, rows: &[Row]) -> Vec<Hit> {
        let mut hits = self.matching(rows);
        order::arrange(&mut hits, rows, self.order, self.group);
        hits
    }

    fn matching(&self, rows: &[Row]) -> Vec<Hit> {
        let (inverse, wanted) = match self.text.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, self.text.as_str()),
        };
        if wanted.is_empty() {
            return (0..rows.len()).map(|row| Hit { row, ..Hit::default() }).collect();
        }
        let pattern = Pattern::parse(wanted, CaseMatching::Smart, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let hit = |row: usize| hit(row, &rows[row], &pattern, &mut matcher);
        let found: Vec<Option<Hit>> = (0..rows.len()).map(hit).collect();
        let keep = |(row, hit): (usize, Option<Hit>)| match (inverse, hit) {
            (false, hit) => hit,
            (true, None) => Some(Hit { row, ..Hit::default() }),
            (true, Some(_)) => None,
        };
        found.into_iter().enumerate().filter_map(keep).collect()
    }
}

/// Matches the name first, so that its letters can be marked, then everything else a person may remember.
fn hit(index: usize, row: &Row, pattern: &Pattern, matcher: &mut Matcher) -> Option<Hit> {
    let mut buffer = Vec::new();
    let mut letters = Vec::new();
    let name = Utf32Str::new(&row.name, &mut buffer);
    if let Some(score) = pattern.indices(name, matcher, &mut letters) {
        letters.sort_unstable();
        letters.dedup();
        return Some(Hit { row: index, letters, score });
    }
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let more = [&row.account, &row.role, &row.alias, &row.region, &row.sso_session, &row.source_profile];
    let more = more.map(text).join(" ");
    let score = pattern.score(Utf32Str::new(&more, &mut Vec::new()), matcher)?;
    Some(Hit { row: index, letters: Vec::new(), score: score / 2 })
}

/// The position of the best match.
#[must_use]
pub fn best(hits: &[Hit]) -> usize {
    let best = |(at, hit): &(usize, &Hit)| (hit.score, std::cmp::Reverse(*at));
    hits.iter().enumerate().max_by_key(best).map_or(0, |(at, _)| at)
}
