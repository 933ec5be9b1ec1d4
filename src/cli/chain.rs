//! `awsprof chain`: every link a tool tries, its verdict, the reason and the winner.

use super::args::Chain;
use super::{Done, Verbs};
use crate::aws::chain::{self, Selection, matrix, text};
use crate::jobs::probe::Asking;
use crate::jobs::{self, Class, Failure, TraceRequest};

/// Prints one tool's trace, or all tools' (a matrix, or an array with `--json`).
///
/// # Errors
/// An unknown tool. A chain without a winner is an answer, not an error.
pub fn run(verbs: &Verbs, args: &Chain) -> Done {
    let selection = args.profile.clone().map_or(Selection::Environment, Selection::Explicit);
    let asking = if args.no_probe { Asking::Nothing } else { Asking::LinksAndIdentity };
    let json = verbs.out.json;
    let request = TraceRequest { selection, asking };
    if args.all_tools {
        let traces = super::block_on(jobs::traces(&verbs.context, &request))?;
        return if json { verbs.out.answer_json(&traces) } else { verbs.out.answer(&matrix::print(traces)) };
    }
    let tool = chain::tool(&args.tool).ok_or_else(|| unknown(&args.tool))?;
    let trace = super::block_on(jobs::trace(&verbs.context, tool, &request))?;
    if json {
        verbs.out.answer_json(&trace)
    } else {
        verbs.out.answer_lines(&text::print(&trace), |_, line| line.contains(" WON "))
    }
}

/// The failure for a tool there is no table of.
#[must_use]
pub fn unknown(tool: &str) -> Failure {
    let known: Vec<&str> = chain::tools().iter().map(|tool| tool.id).collect();
    Failure::new(Class::Usage, "unknown-tool", format!("`{tool}` is not a tool awsprof knows"))
        .hint(format!("known tools: {}", known.join(" ")))
}
