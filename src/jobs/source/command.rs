//! Commands that print a code: the profile's `mfa_process`, and Yubico's `ykman`. Run like a `credential_process`: no
//! shell, no terminal, nothing on standard input, a session of their own, thirty seconds.

use std::time::Duration;

use super::Source;
use crate::aws::chain::shell_words;
use crate::aws::secret::Secret;
use crate::jobs::{Class, Context, Failure, guard, quiet};

const LIMIT: Duration = Duration::from_secs(30);

/// Runs the command of a source and takes the code it prints.
pub(super) async fn code(context: &Context, source: &Source, profile: &str) -> Result<Secret, Failure> {
    let words = words(source).map_err(|why| failed(source, &why))?;
    let env = &context.world.env;
    let chain = guard::enter(env.non_empty(guard::VARIABLE), profile).map_err(guard::failure)?;
    let command = quiet::command(&words, env, &chain).map_err(|why| failed(source, &why))?;
    let output = quiet::output(command, LIMIT).await.map_err(|why| failed(source, &why))?;
    if let Some(why) = quiet::complaint(&output) {
        return Err(failed(source, &why));
    }
    let printed = Secret::new(String::from_utf8_lossy(&output.stdout).into_owned());
    last_code(printed.expose()).ok_or_else(|| failed(source, "it printed no six digits"))
}

fn words(source: &Source) -> Result<Vec<String>, String> {
    let Source::Yubikey { name, device } = source else {
        let Source::Process(command) = source else { return Err("it is no command".to_owned()) };
        return shell_words(command).ok_or_else(|| "its quotes do not match".to_owned());
    };
    let device = device.iter().flat_map(|serial| ["--device", serial]);
    let words = ["ykman"].into_iter().chain(device).chain(["oath", "accounts", "code", "--single", name]);
    Ok(words.map(str::to_owned).collect())
}

fn failed(source: &Source, why: &str) -> Failure {
    let (what, hint) = match source {
        Source::Yubikey { .. } => {
            ("ykman", "is the YubiKey plugged in, and does `ykman oath accounts list` show the name?")
        }
        _ => ("mfa_process", "run the command by hand: it must print six digits and end with 0"),
    };
    Failure::new(Class::Guard, "code-command", format!("{what} gave no code: {why}")).hint(hint)
}

/// The last group of exactly six digits.
fn last_code(printed: &str) -> Option<Secret> {
    printed.rsplit(|c: char| !c.is_ascii_digit()).find(|group| group.len() == 6).map(Secret::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_six_digits_are_the_code() {
        let code = |text| last_code(text).map(|code| code.expose().to_owned());
        assert_eq!(code("123456\n").as_deref(), Some("123456"));
        assert_eq!(code("alice@111122223333: 654321 (old 123456 of 1234567)").as_deref(), Some("123456"));
        assert_eq!(code("touch your key\n000111").as_deref(), Some("000111"));
        assert_eq!(code("12345 1234567 "), None);
    }

    #[test]
    fn ykman_is_told_which_key_only_where_that_is_set() {
        let words = |device: Option<&str>| {
            words(&Source::Yubikey { name: "AWS:me".to_owned(), device: device.map(str::to_owned) })
                .unwrap()
                .join(" ")
        };
        assert_eq!(words(None), "ykman oath accounts code --single AWS:me");
        assert_eq!(words(Some("42")), "ykman --device 42 oath accounts code --single AWS:me");
    }
}
