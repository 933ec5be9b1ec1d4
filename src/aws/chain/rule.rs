//! What a tool's table holds for a link: the function that looks at it.

use super::finding::{Finding, Look};
use super::scene::Scene;

/// How a link is looked at. A type of its own, so that a tool's table can be public and the rules are not.
#[derive(Clone, Copy, Debug)]
pub struct Rule(Way);

#[derive(Clone, Copy, Debug)]
enum Way {
    Plain(fn(&Scene<'_>) -> Finding),
    Early(fn(&Scene<'_>) -> Look),
}

impl Rule {
    /// A rule that says what it sees.
    pub(super) const fn says(rule: fn(&Scene<'_>) -> Finding) -> Self {
        Self(Way::Plain(rule))
    }

    /// A rule that may leave early with `?`.
    pub(super) const fn looks(rule: fn(&Scene<'_>) -> Look) -> Self {
        Self(Way::Early(rule))
    }

    /// What the link comes to.
    pub(super) fn look(self, scene: &Scene<'_>) -> Finding {
        match self.0 {
            Way::Plain(rule) => rule(scene),
            Way::Early(rule) => Finding::of(rule(scene)),
        }
    }
}
