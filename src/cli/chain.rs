//! `awsprof chain`: every link a tool tries, its verdict, the reason and the winner.

use super::args::Chain;
use super::{Done, Verbs};
use crate::aws::chain::{self, Selection, Tool};
use crate::jobs::{self, Class, Failure, TraceRequest};

/// Prints one tool's trace, or all tools' (a matrix, or an array with `--json`).
///
/// # Errors
/// An unknown tool. A chain without a winner is an answer, not an error.
pub fn run(verbs: &Verbs, args: &Chain) -> Done {
    let selection = args.profile.clone().map_or(Selection::Environment, Selection::Explicit);
    let tools: Vec<&'static Tool> = if args.all_tools {
        chain::tools().to_vec()
    } else {
        vec![chain::tool(&args.tool).ok_or_else(|| unknown(&args.tool))?]
    };
    let request = TraceRequest { selection, tools, ask: !args.no_probe };
    let traces = super::block_on(jobs::traces(&verbs.context, &request))?;
    match (&traces[..], args.all_tools) {
        (traces, true) if verbs.out.json => Ok(verbs.out.answer_json(&traces)?),
        (traces, true) => Ok(verbs.out.answer(&chain::print::matrix(traces))?),
        ([trace], false) if verbs.out.json => Ok(verbs.out.answer_json(trace)?),
        (traces, false) => {
            let home = verbs.context.world.home();
            traces.iter().try_for_each(|trace| verbs.out.answer(&chain::print::text(trace, home.as_deref())))?;
            Ok(())
        }
    }
}

fn unknown(tool: &str) -> Failure {
    let known: Vec<&str> = chain::tools().iter().map(|tool| tool.id).collect();
    Failure::new(Class::Usage, "unknown-tool", format!("`{tool}` is not a tool awsprof knows"))
        .hint(format!("known tools: {}", known.join(" ")))
}
