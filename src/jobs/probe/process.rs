//! Running a `credential_process`: no terminal, a session of its own, a limit, and an answer that is believed
//! only when it is whole.

use std::process::{Output, Stdio};
use std::time::Duration;

use process_wrap::tokio::{CommandWrap, ProcessSession};
use serde::Deserialize;
use tokio::process::Command;

use crate::aws::chain::tool::Run;
use crate::aws::chain::{Answer, moment, shell_words};
use crate::aws::secret::{Credentials, Secret};
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

/// The schema of `credential_process` (sdkref guide, *Process credential provider*).
fn keys(output: &Output) -> Result<Credentials, String> {
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said: String = said.trim().chars().take(SHOWN).collect();
        return Err(if said.is_empty() { output.status.to_string() } else { said });
    }
    let printed: Printed = serde_json::from_slice(&output.stdout).map_err(|error| schema(&error))?;
    match printed.version {
        Some(serde_json::Value::Number(one)) if one.as_u64() == Some(1) => {}
        Some(other) => {
            return Err(format!(
                "Unsupported version '{other}' for credential process provider, supported versions: 1"
            ));
        }
        None => return Err("its output has no Version".to_owned()),
    }
    let missing = |name: &str| format!("Missing required key in response: '{name}'");
    let expires_at = printed
        .expiration
        .map(|text| moment::parse(&text).ok_or_else(|| format!("Expiration is no RFC 3339 time: {text}")));
    Ok(Credentials {
        access_key_id: printed.access_key_id.ok_or_else(|| missing("AccessKeyId"))?,
        secret_access_key: Secret::new(printed.secret_access_key.ok_or_else(|| missing("SecretAccessKey"))?),
        session_token: printed.session_token.map(Secret::new),
        expires_at: expires_at.transpose()?,
        account: printed.account_id,
    })
}

/// Where the JSON is wrong; never its text, which may hold a secret.
fn schema(error: &serde_json::Error) -> String {
    format!("its output is not the JSON it should be (line {}, column {})", error.line(), error.column())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Printed {
    version: Option<serde_json::Value>,
    access_key_id: Option<String>,
    secret_access_key: Option<String>,
    session_token: Option<String>,
    expiration: Option<String>,
    account_id: Option<String>,
}
