//! All tools compared for one selection: which of them end with the same keys, and why the others do not.

use super::trace::{Link, LinkReport, Trace, Verdict};
use super::{tool, tools};
use crate::aws::secret::masked;

/// What a tool ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// These keys, by their id.
    Keys(String),
    /// It would have to ask this link first.
    Asks(Link),
    /// No credentials: an error, or nothing anywhere.
    Nothing,
}

impl Outcome {
    /// What a trace comes to.
    #[must_use]
    pub fn of(trace: &Trace) -> Self {
        let key = winner(trace).and_then(|won| won.access_key_id.clone());
        match (key, trace.would_ask) {
            (Some(key), _) => Self::Keys(key),
            (None, Some(link)) if trace.error.is_none() => Self::Asks(link),
            _ => Self::Nothing,
        }
    }
}

/// Tools that end with the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub outcome: Outcome,
    /// Indices into the comparison's traces, ascending.
    pub tools: Vec<usize>,
}

/// The traces of all tools for one selection, in the contract's order. No secrets.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison(pub Vec<Trace>);

impl Comparison {
    /// Who agrees with whom: the largest group first.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (at, trace) in self.0.iter().enumerate() {
            let outcome = Outcome::of(trace);
            match groups.iter_mut().find(|group| group.outcome == outcome) {
                Some(group) => group.tools.push(at),
                None => groups.push(Group { outcome, tools: vec![at] }),
            }
        }
        groups.sort_by_key(|group| std::cmp::Reverse(group.tools.len()));
        groups
    }

    /// The tools in the order of the groups.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        self.groups().into_iter().flat_map(|group| group.tools).collect()
    }

    /// The groups that end with something else than this tool.
    #[must_use]
    pub fn others(&self, id: &str) -> Vec<Group> {
        let Some(mine) = self.trace(id).map(Outcome::of) else { return Vec::new() };
        self.groups().into_iter().filter(|group| group.outcome != mine).collect()
    }

    /// A tool's trace.
    #[must_use]
    pub fn trace(&self, id: &str) -> Option<&Trace> {
        self.0.iter().find(|trace| trace.tool == id)
    }

    /// Every link that any of the tools has, in the contract's order.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        links(&self.0)
    }
}

/// Every link that any of the traces has, in the contract's order.
#[must_use]
pub fn links(traces: &[Trace]) -> Vec<Link> {
    let mut links: Vec<Link> =
        traces.iter().flat_map(|trace| &trace.links).map(|report| report.link).collect();
    links.sort_unstable();
    links.dedup();
    links
}

/// What a link comes to in a trace: the winner where a tool looks there twice.
#[must_use]
pub fn verdict(trace: &Trace, link: Link) -> Option<Verdict> {
    let mut reports = trace.links.iter().filter(|report| report.link == link);
    let first = reports.clone().next();
    reports.find(|report| report.verdict == Verdict::Won).or(first).map(|report| report.verdict)
}

fn winner(trace: &Trace) -> Option<&LinkReport> {
    trace.links.iter().find(|report| Some(report.link) == trace.winner && report.verdict == Verdict::Won)
}

/// A tool's name without what all of them are.
#[must_use]
pub fn short(id: &str) -> String {
    tool(id).map_or_else(|| id.to_owned(), |tool| tool.name.replace(" SDK", "").replace("Tools for ", ""))
}

/// The longest of the short names, in characters.
#[must_use]
pub fn longest() -> usize {
    tools().iter().map(|tool| short(tool.id).chars().count()).max().unwrap_or(0)
}

/// What a tool ends with, in a few words; an error's text is not among them.
#[must_use]
pub fn ends(trace: &Trace) -> String {
    match (winner(trace), Outcome::of(trace)) {
        (Some(won), Outcome::Keys(key)) => format!("{} {}", won.link.label(), masked(&key)),
        (_, Outcome::Asks(link)) => format!("would ask {}", link.label()),
        _ => "no credentials".to_owned(),
    }
}

/// Why `other` does not end as `mine` does: what it does differently, in its own reasons.
#[must_use]
pub fn why(mine: &Trace, other: &Trace) -> String {
    let decides = |trace: &Trace| trace.winner.or(trace.would_ask);
    match (decides(mine), decides(other)) {
        (Some(here), there) => passed_over(other, here, there),
        (None, Some(there)) => match position(mine, there) {
            None => format!("only there is {}", there.label()),
            Some(_) => format!("it goes on to {}", there.label()),
        },
        (None, None) => stops(other),
    }
}

fn position(trace: &Trace, link: Link) -> Option<usize> {
    trace.links.iter().position(|report| report.link == link)
}

/// What became of the link that decides here, over there.
fn passed_over(other: &Trace, here: Link, there: Option<Link>) -> String {
    let label = here.label();
    match (position(other, here), there, there.and_then(|link| position(other, link))) {
        (None, ..) => format!("it has no link {label}"),
        (_, Some(there), _) if there == here => format!("{label} gives it other keys"),
        (Some(at), Some(there), Some(decided)) if at > decided => {
            format!("{} comes before {label} there", there.label())
        }
        (Some(at), ..) => match other.links.get(at) {
            Some(report) if report.verdict != Verdict::NotAsked || other.error.is_none() => {
                format!("{label}: {}", report.reason)
            }
            _ => stops(other),
        },
    }
}

fn stops(trace: &Trace) -> String {
    let words = trace.error.as_deref().unwrap_or("no link has credentials");
    format!("it stops: {words}")
}

#[cfg(test)]
mod tests {
    use super::super::{Facts, Selection, settle};
    use super::*;
    use crate::aws::world::{Env, World};

    const CONFIG: &[u8] = b"[profile work]\nregion = eu-west-1\naws_access_key_id = AKIACONFIG\n\
                            aws_secret_access_key = s\ncredential_process = false\n";
    const CREDENTIALS: &[u8] = b"[work]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s\n";

    fn compared(env: &[(&str, &str)]) -> Comparison {
        let home = [("HOME", "/h"), ("AWS_EC2_METADATA_DISABLED", "true")];
        let env: Env =
            home.iter().chain(env).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let files = [
            ("/h/.aws/config".into(), CONFIG.to_vec()),
            ("/h/.aws/credentials".into(), CREDENTIALS.to_vec()),
        ];
        let world = World::in_memory(env, files.into_iter().collect(), jiff::Timestamp::UNIX_EPOCH);
        let mut facts = Facts::of(&world);
        let mut trace = |tool| settle(&world, &mut facts, tool, &Selection::AsIf("work".to_owned())).trace;
        Comparison(tools().iter().map(|tool| trace(tool)).collect())
    }

    #[test]
    fn every_tool_is_in_one_group_and_the_largest_comes_first() {
        let compared = compared(&[("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s")]);
        let groups = compared.groups();
        assert!(groups.len() > 1 && groups.windows(2).all(|pair| pair[0].tools.len() >= pair[1].tools.len()));
        assert_eq!(groups.iter().map(|group| group.tools.len()).sum::<usize>(), tools().len());
    }

    #[test]
    fn a_tool_that_differs_says_what_it_does_otherwise() {
        let compared = compared(&[("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s")]);
        let (cli, js) = (compared.trace("aws-cli-v2").unwrap(), compared.trace("js-v3").unwrap());
        assert_eq!(why(cli, js), "environment: the profile work was named, which takes this link out");
        assert!(compared.others("aws-cli-v2").iter().any(|group| {
            group.tools.iter().any(|at| compared.0[*at].tool == "js-v3") && group.outcome == Outcome::of(js)
        }));
        for mine in &compared.0 {
            for other in &compared.0 {
                assert!(!why(mine, other).is_empty());
            }
        }
    }
}
