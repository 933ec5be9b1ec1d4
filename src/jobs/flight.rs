//! Waiting for one's turn at a session: one process asks AWS (and the person), the others wait and look again.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use super::{Class, Context, Failure, Stage};
use crate::aws::store::{self, Boarding, Flight};

/// A wait this long says so.
const QUIET: Duration = Duration::from_secs(1);
/// How long somebody else may take: a person looks for a phone.
const LIMIT: Duration = Duration::from_mins(5);

/// Waits for the sole right to make the session that `words` name.
///
/// # Errors
/// Whoever has it does not come to an end; a state folder that cannot be written.
pub(super) async fn enter(
    context: &Context,
    words: &[&str],
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Flight, Failure> {
    let queue = match store::board(&context.store(), words)? {
        Boarding::Ours(flight) => return Ok(flight),
        Boarding::Taken(queue) => queue,
    };
    let (send, mut receive) = oneshot::channel();
    queue.wait(move |got| drop(send.send(got)));
    let early = tokio::select! {
        got = &mut receive => Some(got),
        () = sleep(QUIET) => None,
    };
    let got = if let Some(got) = early {
        got
    } else {
        watch(Stage::Waiting);
        timeout(LIMIT, receive).await.map_err(|_| endless())?
    };
    Ok(got.map_err(|_| endless())??)
}

fn endless() -> Failure {
    let message =
        format!("another awsprof has been renewing this session for {} minutes", LIMIT.as_secs() / 60);
    Failure::new(Class::Guard, "busy", message)
        .hint("it may be waiting for a code on another terminal: answer or end it there")
}
