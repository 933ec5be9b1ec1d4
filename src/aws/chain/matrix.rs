//! All tools at once: which link each of them ends with.

use std::fmt::Write as _;

use super::trace::{Link, Trace, Verdict};
use crate::aws::secret::masked;
use crate::aws::text::clean;

/// One row a link, one column a tool, then what each tool ends with.
#[must_use]
pub fn print(traces: &[Trace]) -> String {
    let mut out = row("", (1..=traces.len()).map(|number| number.to_string()));
    for link in links(traces) {
        out += &row(link.label(), traces.iter().map(|trace| cell(trace, link).to_string()));
    }
    out.push_str("\n  W won  s shadowed  - absent  i incomplete  e expired  f failed  ? not asked\n\n");
    for (number, trace) in (1..).zip(traces) {
        let _ = writeln!(out, "{number:>3} {:<12} {}", trace.tool, clean(&end(trace)));
    }
    out
}

fn row(label: &str, cells: impl Iterator<Item = String>) -> String {
    let mut row = format!("{label:<20}");
    for cell in cells {
        let _ = write!(row, "{cell:>3}");
    }
    format!("{}\n", row.trim_end())
}

/// Every link that any of the tools has, in the order of the contract.
fn links(traces: &[Trace]) -> Vec<Link> {
    let mut links: Vec<Link> =
        traces.iter().flat_map(|trace| &trace.links).map(|report| report.link).collect();
    links.sort_unstable();
    links.dedup();
    links
}

fn cell(trace: &Trace, link: Link) -> char {
    let mut reports = trace.links.iter().filter(|report| report.link == link);
    let first = reports.clone().next();
    let report = reports.find(|report| report.verdict == Verdict::Won).or(first);
    report.map_or(' ', |report| match report.verdict {
        Verdict::Won => 'W',
        Verdict::Shadowed => 's',
        Verdict::Absent => '-',
        Verdict::Incomplete => 'i',
        Verdict::Expired => 'e',
        Verdict::Failed => 'f',
        Verdict::NotAsked => '?',
    })
}

fn end(trace: &Trace) -> String {
    let won = trace.links.iter().find(|report| report.verdict == Verdict::Won);
    let key = won.and_then(|report| report.access_key_id.as_deref()).map(masked).unwrap_or_default();
    let ends = match (won, &trace.error, trace.would_ask) {
        (Some(report), ..) => format!("{} {key}", report.link.label()),
        (None, Some(error), _) => format!("error: {error}"),
        (None, None, Some(link)) => format!("would ask {}", link.label()),
        (None, None, None) => "no credentials".to_owned(),
    };
    let region = trace.region.as_ref().map_or("no region", |region| &region.value);
    format!("{ends} · {region}")
}
