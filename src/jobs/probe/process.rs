//! Running a `credential_process`: no terminal, a session of its own, a limit, and an answer that is believed
//! only when it is whole.

use std::process::{Output, Stdio};
use std::time::Duration;

use process_wrap::tokio::{CommandWrap, ProcessSession};
use secrecy::zeroize::Zeroize;
use serde_json::{Map, Value};
use tokio::process::Command;

use crate::aws::chain::tool::Run;
use crate::aws::chain::{Answer, moment, shell_words};
use crate::aws::secret::{Credentials, Secret};
use crate::aws::text::clean;
use crate::aws::world::Env;
use crate::jobs::guard;

/// Go's limit (`processcreds`, one minute); botocore has none.
const LIMIT: Duration = Duration::from_mins(1);
/// How much of its error output is shown.
const SHOWN: usize = 400;
/// Runs `command` for `profile` in `env`, and reads the keys it prints.
pub(super) async fn run(env: &Env, command: &str, run: Run, profile: &str) -> Answer {
    let answer = async {
        let chain = guard::enter(env.non_empty(guard::VARIABLE), profile)?;
        let command = built(env, command, run, &chain)?;
        keys(&output(command).await?)
    };
    answer.await.map_or_else(Answer::Failed, Answer::Keys)
}

fn built(env: &Env, command: &str, run: Run, chain: &str) -> Result<Command, String> {
    let words = match run {
        Run::Shell => vec!["sh".to_owned(), "-c".to_owned(), command.to_owned()],
        Run::Argv => shell_words(command).ok_or("its quotes do not match")?,
    };
    let (program, arguments) = words.split_first().ok_or("it is empty")?;
    let mut built = Command::new(program);
    built.args(arguments).env_clear().envs(env.iter()).env(guard::VARIABLE, chain);
    built.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    Ok(built)
}

async fn output(command: Command) -> Result<Output, String> {
    let program = command.as_std().get_program().to_string_lossy().into_owned();
    let mut wrapped = CommandWrap::from(command);
    wrapped.wrap(ProcessSession);
    let child = wrapped.spawn().map_err(|error| format!("{program}: {error}"))?;
    let waiting = Box::into_pin(child.wait_with_output());
    match tokio::time::timeout(LIMIT, waiting).await {
        Ok(output) => output.map_err(|error| format!("{program}: {error}")),
        Err(_) => Err(format!("{program} did not end within {} s", LIMIT.as_secs())),
    }
}

/// The schema of `credential_process` (sdkref guide, *Process credential provider*). What is wrong is named, never
/// shown: it may be a secret.
fn keys(output: &Output) -> Result<Credentials, String> {
    if !output.status.success() {
        let said = complaint(&output.stderr);
        return Err(if said.is_empty() { output.status.to_string() } else { said });
    }
    let mut printed: Map<String, Value> =
        serde_json::from_slice(&output.stdout).map_err(|error| schema(&error))?;
    let read = read(&printed);
    scrub(&mut printed);
    read
}

fn read(printed: &Map<String, Value>) -> Result<Credentials, String> {
    match printed.get("Version") {
        Some(Value::Number(one)) if one.as_u64() == Some(1) => {}
        Some(Value::Number(_) | Value::String(_)) => {
            return Err(format!(
                "Unsupported version '{}' for credential process provider, supported versions: 1",
                printed["Version"]
            ));
        }
        Some(_) => return Err("Version is no number".to_owned()),
        None => return Err("its output has no Version".to_owned()),
    }
    let text = |name: &str| match printed.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("{name} is no text")),
    };
    let needed =
        |name: &str| text(name)?.ok_or_else(|| format!("Missing required key in response: '{name}'"));
    let expires_at = text("Expiration")?
        .map(|text| moment::parse(&text).ok_or("Expiration is no RFC 3339 time".to_owned()))
        .transpose()?;
    Ok(Credentials {
        access_key_id: needed("AccessKeyId")?,
        secret_access_key: Secret::new(needed("SecretAccessKey")?),
        session_token: text("SessionToken")?.map(Secret::new),
        expires_at,
        account: text("AccountId")?,
    })
}

fn scrub(printed: &mut Map<String, Value>) {
    printed.values_mut().for_each(|value| {
        if let Value::String(text) = value {
            text.zeroize();
        }
    });
}

/// What it wrote to its error output: one clean line, not too long, and without anything that looks like a secret.
fn complaint(stderr: &[u8]) -> String {
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

/// Where the JSON is wrong; never its text, which may hold a secret.
fn schema(error: &serde_json::Error) -> String {
    format!("its output is not the JSON it should be (line {}, column {})", error.line(), error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_is_one_clean_line_without_secrets() {
        assert_eq!(complaint(b"  not\n today\x1b[31m \n"), "not today\u{fffd}[31m");
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        let said = complaint(format!("bad answer: {{\"SecretAccessKey\":\"{secret}\"}}").as_bytes());
        assert_eq!(said, "bad answer: {\"SecretAccessKey\":\"****\"}");
        let plain =
            "cannot open /home/somebody/with-a/rather-long.name/credentials.json: https://a.example/x";
        assert_eq!(complaint(plain.as_bytes()), plain);
        assert_eq!(complaint("x ".repeat(4000).as_bytes()).chars().count(), SHOWN);
    }

    #[test]
    fn what_is_wrong_is_named_and_not_shown() {
        let refused = |text: &str| read(&serde_json::from_str(text).unwrap()).unwrap_err();
        let rows = [
            (r#"{}"#, "its output has no Version"),
            (r#"{"Version":[1]}"#, "Version is no number"),
            (r#"{"Version":1,"AccessKeyId":5}"#, "AccessKeyId is no text"),
            (r#"{"Version":1,"AccessKeyId":"a"}"#, "Missing required key in response: 'SecretAccessKey'"),
            (r#"{"Version":1,"AccessKeyId":"a","SecretAccessKey":["hush"]}"#, "SecretAccessKey is no text"),
            (
                r#"{"Version":1,"AccessKeyId":"a","SecretAccessKey":"h","SessionToken":{}}"#,
                "SessionToken is no text",
            ),
            (
                r#"{"Version":1,"AccessKeyId":"a","SecretAccessKey":"h","Expiration":"hush"}"#,
                "Expiration is no RFC 3339 time",
            ),
        ];
        for (text, why) in rows {
            assert_eq!(refused(text), why);
        }
    }
}
