//! Running somebody else's command: no terminal, nothing on standard input, a session of its own, a limit. Dropping
//! the wait kills it.

use std::process::{Output, Stdio};
use std::time::Duration;

use process_wrap::tokio::{CommandWrap, ProcessSession};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

use super::guard;
use crate::aws::text::clean;
use crate::aws::world::Env;

/// How much of its error output is shown.
const SHOWN: usize = 400;

/// How much it may write: no credentials come near it, and a program gone wrong does not fill the memory. botocore reads
/// on and on.
const MOST: u64 = 1 << 20;

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
    let mut child = wrapped.spawn().map_err(|error| format!("{program}: {error}"))?;
    let (stdout, stderr) = (child.stdout().take(), child.stderr().take());
    let waiting = async {
        let (stdout, stderr, status) = tokio::try_join!(whole(stdout), whole(stderr), child.wait())?;
        Ok::<_, std::io::Error>(Output { status, stdout, stderr })
    };
    match tokio::time::timeout(limit, waiting).await {
        Ok(output) => output.map_err(|error| format!("{program}: {error}")),
        Err(_) => Err(format!("{program} did not end within {} s", limit.as_secs())),
    }
}

/// All that comes out of a pipe, if it is not more than [`MOST`].
async fn whole(pipe: Option<impl AsyncRead + Unpin>) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        pipe.take(MOST + 1).read_to_end(&mut bytes).await?;
    }
    if bytes.len() as u64 > MOST {
        return Err(std::io::Error::other("it wrote more than 1 MiB, which no keys are"));
    }
    Ok(bytes)
}

/// What it said if it failed.
pub(super) fn complaint(output: &Output) -> Option<String> {
    if output.status.success() {
        return None;
    }
    let said = words(&output.stderr);
    Some(if said.is_empty() { output.status.to_string() } else { said })
}

/// What it wrote to its error output: one clean line, not too long, and without anything that looks like a secret.
fn words(stderr: &[u8]) -> String {
    let said = String::from_utf8_lossy(stderr);
    let words: Vec<String> = said.split_whitespace().map(|word| clean(&hushed(word))).collect();
    words.join(" ").chars().take(SHOWN).collect()
}

/// A word in which every long run of a secret's letters is hidden. Names of files and URLs have dots, colons and
/// dashes in them and are short between those.
fn hushed(word: &str) -> String {
    let secret = |run: &&str| run.len() >= 38 && run.bytes().any(|b| b.is_ascii_digit());
    let runs: Vec<&str> = word.split(|c: char| !(c.is_ascii_alphanumeric() || "/+=".contains(c))).collect();
    let hidden = runs.iter().filter(|run| secret(run));
    hidden.fold(word.to_owned(), |word, run| word.replace(*run, "****"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_flood_is_cut_off_and_a_megabyte_is_not() {
        let env: Env = [("PATH".to_owned(), "/usr/bin:/bin".to_owned())].into_iter().collect();
        let run = async |script: &str| {
            let words = ["sh", "-c", script].map(str::to_owned);
            output(command(&words, &env, "").unwrap(), Duration::from_secs(20)).await
        };
        for endless in ["yes", "yes >&2"] {
            assert_eq!(run(endless).await.unwrap_err(), "sh: it wrote more than 1 MiB, which no keys are");
        }
        assert_eq!(run("head -c 1048576 /dev/zero").await.unwrap().stdout.len(), 1 << 20);
    }

    #[test]
    fn a_complaint_is_one_clean_line_without_secrets() {
        assert_eq!(words(b"  not\n today\x1b[31m \n"), "not today\u{fffd}[31m");
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        let said = words(format!("bad answer: {{\"SecretAccessKey\":\"{secret}\"}}").as_bytes());
        assert_eq!(said, "bad answer: {\"SecretAccessKey\":\"****\"}");
        let plain =
            "cannot open /home/somebody/with-a/rather-long.name/credentials.json: https://a.example/x";
        assert_eq!(words(plain.as_bytes()), plain);
        assert_eq!(words("x ".repeat(4000).as_bytes()).chars().count(), SHOWN);
    }
}
