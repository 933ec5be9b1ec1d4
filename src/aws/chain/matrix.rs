//! All tools at once: which link each of them ends with, and which of them agree.

use std::fmt::Write as _;

use super::compare::{self, Comparison, Group, Outcome};
use super::trace::{Link, Trace, Verdict};
use crate::aws::text::clean;

/// One row a link, one column a tool, then what each tool ends with, those that agree together. The rows of the
/// matrix fit in 80 columns.
#[must_use]
pub fn print(traces: Vec<Trace>) -> String {
    let mut out = row("", (1..=traces.len()).map(|number| number.to_string()));
    for link in compare::links(&traces) {
        out += &row(link.label(), traces.iter().map(|trace| cell(trace, link).to_string()));
    }
    let _ = writeln!(out, "\n  {LEGEND}");
    let compared = Comparison(traces);
    for group in compared.groups() {
        out += &told(&compared, &group);
    }
    out
}

/// What the letters of the matrix stand for.
pub const LEGEND: &str = "W won  s shadowed  - absent  i incomplete  e expired  f failed  ? not asked";

/// The letter of a verdict.
#[must_use]
pub const fn letter(verdict: Verdict) -> char {
    match verdict {
        Verdict::Won => 'W',
        Verdict::Shadowed => 's',
        Verdict::Absent => '-',
        Verdict::Incomplete => 'i',
        Verdict::Expired => 'e',
        Verdict::Failed => 'f',
        Verdict::NotAsked => '?',
    }
}

fn row(label: &str, cells: impl Iterator<Item = String>) -> String {
    let mut row = format!("{label:<20}");
    for cell in cells {
        let _ = write!(row, "{cell:>3}");
    }
    format!("{}\n", row.trim_end())
}

fn cell(trace: &Trace, link: Link) -> char {
    compare::verdict(trace, link).map_or(' ', letter)
}

fn told(compared: &Comparison, group: &Group) -> String {
    let traces = || group.tools.iter().filter_map(|at| Some((at + 1, compared.0.get(*at)?)));
    let Some((_, first)) = traces().next() else { return String::new() };
    let mark = if matches!(group.outcome, Outcome::Keys(_)) { "W won: " } else { "" };
    let tools = if group.tools.len() == 1 { "tool" } else { "tools" };
    let mut out = format!("\n{mark}{} · {} {tools}\n", clean(&compare::ends(first)), group.tools.len());
    for (number, trace) in traces() {
        let region = trace.region.as_ref().map_or("no region", |region| &region.value);
        let error = trace.error.iter().map(|error| format!("  {error}"));
        let line = format!("{number:>3} {:<12} {region:<14}{}", trace.tool, error.collect::<String>());
        let _ = writeln!(out, "{}", clean(&line).trim_end());
    }
    out
}
