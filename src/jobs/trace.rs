//! Tracing a chain: the trace of one tool or of all, with or without asking the outside.

use super::Context;
use super::probe::{Asking, Prober};
use crate::aws::chain::trace::Trace;
use crate::aws::chain::{Selection, Tool};

/// Which chain to trace.
#[derive(Clone, Debug)]
pub struct TraceRequest {
    pub selection: Selection,
    pub asking: Asking,
}

/// The chain of one tool.
pub async fn trace(context: &Context, tool: &Tool, request: &TraceRequest) -> Trace {
    Prober::of(context).trace(tool, &request.selection, request.asking).await
}

/// The chains of all tools; what one asks, the others know.
pub async fn traces(context: &Context, request: &TraceRequest) -> Vec<Trace> {
    Prober::of(context).traces(&request.selection, request.asking).await
}

/// The chain of one tool as far as it is known without asking anybody: files and environment.
#[must_use]
pub fn trace_now(context: &Context, tool: &Tool, selection: &Selection) -> Trace {
    Prober::of(context).resolve_now(tool, selection).trace
}
