//! Running a `credential_process`: no terminal, a session of its own, a limit, and an answer that is believed
//! only when it is whole.

use std::process::Output;
use std::time::Duration;

use secrecy::zeroize::Zeroize;
use serde_json::{Map, Value};

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

/// The schema of `credential_process` (sdkref guide, *Process credential provider*). What is wrong is named, never
/// shown: it may be a secret.
fn keys(output: &Output) -> Result<Credentials, String> {
    if let Some(complaint) = quiet::complaint(output) {
        return Err(complaint);
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

/// Where the JSON is wrong; never its text, which may hold a secret.
fn schema(error: &serde_json::Error) -> String {
    format!("its output is not the JSON it should be (line {}, column {})", error.line(), error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named_and_not_shown() {
        let refused = |text: &str| read(&serde_json::from_str(text).unwrap()).unwrap_err();
        let rows = [
            ("{}", "its output has no Version"),
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
