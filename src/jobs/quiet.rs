//! Running somebody else's command: no terminal, nothing on standard input, a session of its own, a limit. Dropping
//! the wait kills it.

use std::process::{Output, Stdio};
use std::time::Duration;

use process_wrap::tokio::{CommandWrap, ProcessSession};
use tokio::process::Command;

use super::guard;
use crate::aws::world::Env;

/// How much of its error output is shown.
const SHOWN: usize = 400;

/// A command of these words in this environment; `chain` tells an awsprof below who asked.
pub(super) fn command(words: &[String], env: &Env, chain: &str) -> Result<Command, String> {
    let (program, arguments) = words.split_first().ok_or("it is empty")?;
    let mut built = Command::new(program);
    built.args(arguments).env_clear().envs(env.iter()).env(guard::VARIABLE, chain);
    built.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    Ok(built)
}

/// Runs it to its end.
pub(super) async fn output(command: Command, limit: Duration) -> Result<Output, String> {
    let program = command.as_std().get_program().to_string_lossy().into_owned();
    let mut wrapped = CommandWrap::from(command);
    wrapped.wrap(ProcessSession);
    let child = wrapped.spawn().map_err(|error| format!("{program}: {error}"))?;
    let waiting = Box::into_pin(child.wait_with_output());
    match tokio::time::timeout(limit, waiting).await {
        Ok(output) => output.map_err(|error| format!("{program}: {error}")),
        Err(_) => Err(format!("{program} did not end within {} s", limit.as_secs())),
    }
}

/// What it said if it failed.
pub(super) fn complaint(output: &Output) -> Option<String> {
    if output.status.success() {
        return None;
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said: String = said.trim().chars().take(SHOWN).collect();
    Some(if said.is_empty() { output.status.to_string() } else { said })
}
