//! How long tmux waits after Esc for the rest of an escape sequence: until then the key does nothing.

use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::Context;
use crate::aws::overview::{Problem, Severity};

/// A tmux that does not answer by then is not waited for.
const LIMIT: Duration = Duration::from_secs(1);
/// Longer than this is felt (tmux before 3.6 had half a second).
const FELT: u32 = 100;

/// Says so where Esc is slow. Asks the tmux that the program runs in, and nothing outside one.
#[must_use]
pub fn tmux(context: &Context) -> Option<Problem> {
    let env = &context.world.env;
    env.non_empty("TMUX")?;
    let mut command = Command::new("tmux");
    command.args(["show-options", "-sv", "escape-time"]).env_clear().envs(env.iter());
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let (done, answer) = mpsc::channel();
    std::thread::spawn(move || done.send(child.wait_with_output()));
    let output = answer.recv_timeout(LIMIT).ok()?.ok()?;
    judged(String::from_utf8_lossy(&output.stdout).trim().parse().ok()?)
}

fn judged(wait: u32) -> Option<Problem> {
    let message = format!(
        "tmux holds the Esc key back for {wait} ms: `set -sg escape-time 10` in ~/.tmux.conf makes it answer at once"
    );
    let (code, severity) = ("tmux-escape-time", Severity::Info);
    let slow = Problem { code, severity, message, file: None, line: None, fixable: false, profile: None };
    (wait > FELT).then_some(slow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_felt_is_said() {
        assert_eq!(judged(10), None);
        assert!(judged(500).unwrap().message.contains("500 ms"));
    }
}
