//! `--set KEY=VALUE` and `--secrets-stdin`.

use std::io::Read;

use super::args::Values;
use crate::aws::change::Settings;
use crate::aws::secret::{Secret, Secrets, is_secret_key};
use crate::cli::Done;
use crate::cli::tty::Tty;
use crate::jobs::{Class, Failure};

/// No credential is longer; a pipe that never ends is not read to its end.
const LIMIT: u64 = 1 << 20;

/// What a profile is to hold.
#[derive(Debug, Default)]
pub struct Given {
    pub settings: Settings,
    pub secrets: Secrets,
}

impl Given {
    /// Reads flags and, if they say so, standard input.
    ///
    /// # Errors
    /// Something that is not `KEY=VALUE`, a secret among the arguments.
    pub fn read(profile: &str, values: &Values) -> Done<Self> {
        let mut given = Self::default();
        for text in &values.set {
            let (key, value) = pair(text).ok_or_else(|| not_a_pair("--set", text))?;
            if is_secret_key(&key) {
                return Err(in_arguments(&key));
            }
            given.settings.push((key, value.to_owned()));
        }
        if values.secrets_stdin {
            given.read_stdin(profile)?;
        }
        Ok(given)
    }

    /// Puts a value where it belongs: a secret beside the change, anything else into it.
    pub fn put(&mut self, profile: &str, key: &str, value: Secret) {
        if is_secret_key(key) {
            self.secrets.insert(profile, key, value);
        } else {
            self.settings.push((key.to_owned(), value.expose().to_owned()));
        }
    }

    /// The value of a key that is no secret.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.settings.iter().rfind(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// Asks for the secret of an access key that was given without it.
    ///
    /// # Errors
    /// No terminal to ask on.
    pub fn ask_missing_secret(&mut self, profile: &str) -> Done {
        let known = self.secrets.of(profile).any(|(key, _)| key == "aws_secret_access_key");
        if known || self.get("aws_access_key_id").is_none() {
            return Ok(());
        }
        let hint = "give it with --secrets-stdin, one KEY=VALUE a line";
        let secret = Tty::open("the secret access key", hint)?.ask_secret("AWS Secret Access Key: ")?;
        self.secrets.insert(profile, "aws_secret_access_key", secret);
        Ok(())
    }

    fn read_stdin(&mut self, profile: &str) -> Done {
        let mut text = String::new();
        std::io::stdin().lock().take(LIMIT).read_to_string(&mut text)?;
        let text = Secret::new(text);
        for (at, line) in text.expose().lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            // The line itself may be a secret: only its number is said.
            let (key, value) =
                pair(line).ok_or_else(|| not_a_pair("standard input, line", &(at + 1).to_string()))?;
            self.put(profile, &key, Secret::new(value));
        }
        Ok(())
    }
}

fn pair(text: &str) -> Option<(String, &str)> {
    let (key, value) = text.split_once('=')?;
    let key = key.trim().to_ascii_lowercase();
    (!key.is_empty()).then(|| (key, value.trim()))
}

fn not_a_pair(place: &str, text: &str) -> Failure {
    Failure::new(Class::Usage, "not-a-pair", format!("{place} {text}: not KEY=VALUE"))
        .hint("for example --set region=eu-west-1")
}

fn in_arguments(key: &str) -> Failure {
    let message = format!("{key} is a secret: every process on this machine can see arguments");
    Failure::new(Class::Usage, "secret-in-arguments", message).hint(
        "leave it out to be asked on the terminal, or use --secrets-stdin; and consider this value leaked",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(set: &[&str]) -> Done<Given> {
        let set = set.iter().map(|&text| text.to_owned()).collect();
        Given::read("p", &Values { set, secrets_stdin: false })
    }

    #[test]
    fn settings_are_pairs_and_never_secrets() {
        let pairs = given(&["Region=eu-west-1", "credential_process=a --b=c"]).unwrap();
        assert_eq!(pairs.get("region"), Some("eu-west-1"));
        assert_eq!(pairs.get("credential_process"), Some("a --b=c"));
        for wrong in ["region", "=x", "aws_secret_access_key=hush", "AWS_SESSION_TOKEN=hush"] {
            let failure = given(&[wrong]).unwrap_err();
            assert_eq!(failure.class, Class::Usage, "{wrong}");
            assert!(!failure.message.contains("hush"), "{}", failure.message);
        }
    }

    #[test]
    fn an_identifier_is_a_setting_wherever_it_comes_from() {
        let mut given = Given::default();
        given.put("p", "aws_access_key_id", Secret::new("AKIA1"));
        given.put("p", "aws_secret_access_key", Secret::new("hush"));
        assert_eq!(given.get("aws_access_key_id"), Some("AKIA1"));
        assert!(!format!("{given:?}").contains("hush"));
    }
}
