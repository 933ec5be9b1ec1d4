//! Running a `credential_process`: no terminal, a session of its own, a limit, and an answer that is believed
//! only when it is whole.

use std::process::Output;
use std::time::Duration;

use serde::Deserialize;

use crate::aws::chain::tool::Run;
use crate::aws::chain::{Answer, moment, shell_words};
use crate::aws::secret::{Credentials, Secret};
use crate::aws::world::Env;
use crate::jobs::{guard, quiet};

/// Go's limit (`processcreds`, one minute); botocore has none.
const LIMIT: Duration = Duration::from_mins(1);

/// Runs `command` for `profile` in `env`, and reads the keys it prints.
pub(super) async fn run(env: &Env, command: &str, run: Run, profile: &str) -> Answer {
    let answer = async {
        let chain = guard::enter(env.non_empty(guard::VARIABLE), profile)?;
        let command = quiet::command(&words(command, run)?, env, &chain)?;
        keys(&quiet::output(command, LIMIT).await?)
    };
    answer.await.map_or_else(Answer::Failed, Answer::Keys)
}

fn words(command: &str, run: Run) -> Result<Vec<String>, String> {
    match run {
        Run::Shell => Ok(vec!["sh".to_owned(), "-c".to_owned(), command.to_owned()]),
        Run::Argv => shell_words(command).ok_or_else(|| "its quotes do not match".to_owned()),
    }
}

/// The schema of `credential_process` (sdkref guide, *Process credential provider*).
fn keys(output: &Output) -> Result<Credentials, String> {
    if let Some(complaint) = quiet::complaint(output) {
        return Err(complaint);
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
