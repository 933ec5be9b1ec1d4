//! Credentials as a shell or a program reads them.
//!
//! Every value is quoted so that the shell gives back exactly its characters, and one that a format cannot carry
//! (a control character anywhere, a `%` in cmd) is refused instead of being sent half.

use serde_json::{Value, json};

use super::Done;
use super::args::Format;
use super::environment::{CLEARED, variables};
use super::obtain::Obtained;
use crate::aws::secret::Secret;
use crate::jobs::{Class, Failure};

/// The whole answer, with its last line break.
///
/// # Errors
/// A guard failure for a value that the format cannot carry.
pub fn write(obtained: &Obtained, format: Format) -> Done<String> {
    let variables = variables(obtained);
    for (name, value) in &variables {
        check(name, value, format)?;
    }
    let each = |line: fn(&str, &str) -> String| -> String {
        variables.iter().map(|(name, value)| line(name, value) + "\n").collect()
    };
    let cleared = || CLEARED.join(" ");
    Ok(match format {
        Format::Env => {
            let lines = each(|name, value| format!("export {name}={}", sh(value)));
            format!("unset {}\n{lines}", cleared())
        }
        Format::EnvNoExport => each(|name, value| format!("{name}={}", sh(value))),
        Format::Fish => {
            let lines = each(|name, value| format!("set -gx {name} {}", fish(value)));
            format!("set -e {}\n{lines}", cleared())
        }
        Format::Powershell => {
            let names = CLEARED.map(|name| format!("Env:{name}")).join(",");
            let lines = each(|name, value| format!("$Env:{name} = {}", powershell(value)));
            format!("Remove-Item -ErrorAction SilentlyContinue -Path {names}\n{lines}")
        }
        Format::WindowsCmd => {
            let gone = CLEARED.map(|name| format!("set \"{name}=\"\n")).concat();
            gone + &each(|name, value| format!("set \"{name}={value}\""))
        }
        Format::Process => line(&process(obtained)),
        Format::Json => line(&object(obtained)),
        Format::Ini => ini(obtained),
    })
}

fn line(value: &Value) -> String {
    format!("{value}\n")
}

/// The schema of `credential_process`: no token and no expiry for long-term keys.
fn process(obtained: &Obtained) -> Value {
    let Value::Object(mut all) = object(obtained) else { return Value::Null };
    all.retain(|name, value| !value.is_null() && name != "Profile" && name != "Region");
    Value::Object(all)
}

/// The same with profile and region; what is absent is null.
fn object(obtained: &Obtained) -> Value {
    let keys = &obtained.credentials;
    let token = keys.session_token.as_ref().map(Secret::expose).filter(|token| !token.is_empty());
    json!({
        "Version": 1,
        "Profile": obtained.profile,
        "Region": obtained.region,
        "AccessKeyId": keys.access_key_id,
        "SecretAccessKey": keys.secret_access_key.expose(),
        "SessionToken": token,
        "Expiration": keys.expires_at,
    })
}

fn ini(obtained: &Obtained) -> String {
    let key = |name: &str| match name {
        "AWS_REGION" => Some("region"),
        "AWS_ACCESS_KEY_ID" => Some("aws_access_key_id"),
        "AWS_SECRET_ACCESS_KEY" => Some("aws_secret_access_key"),
        "AWS_SESSION_TOKEN" => Some("aws_session_token"),
        "AWS_CREDENTIAL_EXPIRATION" => Some(crate::aws::session::NATIVE_EXPIRY),
        _ => None,
    };
    let lines = variables(obtained).into_iter().filter_map(|(name, value)| Some((key(name)?, value)));
    let lines: Vec<String> = lines.map(|(key, value)| format!("{key} = {value}\n")).collect();
    format!("[{}]\n{}", obtained.profile, lines.concat())
}

fn check(name: &str, value: &str, format: Format) -> Done {
    let bad = |c: char| match format {
        _ if c.is_control() => true,
        Format::WindowsCmd => matches!(c, '"' | '%' | '!'),
        Format::Ini => matches!(c, '[' | ']' | '#' | ';'),
        _ => false,
    };
    match value.chars().find(|c| bad(*c)) {
        None => Ok(()),
        Some(c) => Err(Failure::new(
            Class::Guard,
            "unquotable",
            format!("{name} holds {c:?}, which this format cannot carry"),
        )
        .hint("choose another --format, or use `awsprof exec`")),
    }
}

/// For sh, bash and zsh: bare where nothing in it means anything to a shell, so that it also reads as an env file.
fn sh(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=+@,".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

/// Between single quotes fish knows two escapes, `\\` and `\'`.
fn fish(value: &str) -> String {
    format!("'{}'", value.replace('\\', r"\\").replace('\'', r"\'"))
}

/// PowerShell takes four typographic quotes for a single quote too; doubled, each stands for itself.
fn powershell(value: &str) -> String {
    let mut text = String::from("'");
    for c in value.chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            text.push(c);
        }
        text.push(c);
    }
    text + "'"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::secret::Credentials;

    fn obtained(profile: &str, token: Option<&str>) -> Obtained {
        let keys = Credentials::long_term("AKIAX", "s/+=");
        let expires_at = token.and_then(|_| "2026-11-22T12:00:00Z".parse().ok());
        let credentials = Credentials { session_token: token.map(Secret::new), expires_at, ..keys };
        Obtained { profile: profile.to_owned(), credentials, region: None }
    }

    #[test]
    fn process_is_the_schema_and_nothing_else() {
        let text = |token| write(&obtained("p", token), Format::Process).unwrap();
        assert_eq!(text(None), "{\"AccessKeyId\":\"AKIAX\",\"SecretAccessKey\":\"s/+=\",\"Version\":1}\n");
        let session: Value = serde_json::from_str(&text(Some("t"))).unwrap();
        assert_eq!(
            session,
            json!({"Version": 1, "AccessKeyId": "AKIAX", "SecretAccessKey": "s/+=", "SessionToken": "t",
                "Expiration": "2026-11-22T12:00:00Z"})
        );
    }

    #[test]
    fn powershell_s_other_quotes_are_doubled_too() {
        assert_eq!(powershell("a'b\u{2019}c $x"), "'a''b\u{2019}\u{2019}c $x'");
    }

    #[test]
    fn cmd_lines_stand_between_quotes_and_what_they_cannot_carry_is_refused() {
        let text = write(&obtained("a&b", Some("t==")), Format::WindowsCmd).unwrap();
        assert!(text.contains("set \"AWS_PROFILE=\"\n") && text.ends_with("set \"AWSPROF_PROFILE=a&b\"\n"));
        for profile in ["50%", "a\"b", "wow!"] {
            let refused = write(&obtained(profile, None), Format::WindowsCmd).unwrap_err();
            assert_eq!(refused.class, Class::Guard, "{profile}");
        }
    }

    #[test]
    fn no_format_carries_a_control_character() {
        for format in [Format::Env, Format::Fish, Format::Process, Format::Ini, Format::EnvNoExport] {
            assert!(write(&obtained("a\nb", None), format).is_err(), "{format:?}");
        }
    }
}
