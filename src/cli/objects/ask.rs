//! What a person is asked for a profile, on the terminal, in the words of `aws configure`.

use super::values::Given;
use crate::aws::profile::Estate;
use crate::aws::secret::{Credentials, masked};
use crate::cli::tty::Tty;
use crate::cli::{Done, Verbs, block_on};
use crate::jobs::{self, Class, Failure};

const HINT: &str = "give what the profile shall hold with --set KEY=VALUE and --secrets-stdin";
const KINDS: &str = "\
What is it?
  1  an IAM user's access key
  2  a role, on top of another profile
  3  a sign-in through IAM Identity Center (SSO)
  4  a program that prints credentials
";

/// Asks for a new profile.
///
/// # Errors
/// No terminal; an answer that is needed and did not come.
pub fn new(verbs: &Verbs, name: &str) -> Done<Given> {
    let mut form = Form::open(name)?;
    form.tty.say(KINDS)?;
    match form.tty.ask("1-4 [1]: ")?.expose() {
        "" | "1" => form.user(verbs)?,
        "2" => form.role(verbs)?,
        "3" => form.sign_in(verbs)?,
        "4" => form.need("credential_process", "Command")?,
        other => {
            return Err(Failure::new(Class::Usage, "no-such-kind", format!("`{other}` is none of 1 to 4")));
        }
    }
    if form.given.get("region").is_none() {
        form.region_and_output()?;
    }
    Ok(form.given)
}

/// Asks for the keys `aws configure` asks for; Enter keeps what is there.
///
/// # Errors
/// No such profile; no terminal; nothing changed.
pub fn again(verbs: &Verbs, name: &str) -> Done<Given> {
    let estate = Estate::read(&verbs.context.world);
    let profile = estate.profile(name).ok_or_else(|| {
        Failure::new(Class::NotFound, "not-found", format!("profile `{name}` was not found"))
            .hint("`awsprof list` shows the profiles")
    })?;
    let mut form = Form::open(name)?;
    if let Some(keys) = profile.credentials().filter(|keys| !keys.is_session()) {
        form.keep("aws_access_key_id", "AWS Access Key ID", Some(&masked(&keys.access_key_id)))?;
    }
    for (key, label) in [("region", "Default region name"), ("output", "Default output format")] {
        form.keep(key, label, profile.text(key).as_deref())?;
    }
    if form.given.settings.is_empty() {
        return Err(Failure::new(Class::Guard, "declined", "nothing was written: nothing is to change"));
    }
    Ok(form.given)
}

/// The questions and what was answered.
struct Form<'a> {
    tty: Tty,
    name: &'a str,
    given: Given,
}

impl<'a> Form<'a> {
    fn open(name: &'a str) -> Done<Self> {
        Ok(Self { tty: Tty::open("a terminal to ask you on", HINT)?, name, given: Given::default() })
    }

    fn user(&mut self, verbs: &Verbs) -> Done {
        self.need("aws_access_key_id", "AWS Access Key ID")?;
        let secret = self.tty.ask_secret("AWS Secret Access Key: ")?;
        if secret.is_empty() {
            return Err(missing("AWS Secret Access Key"));
        }
        let id = self.given.get("aws_access_key_id").unwrap_or_default().to_owned();
        let keys = Credentials { secret_access_key: secret.clone(), ..Credentials::long_term(id, "") };
        self.given.secrets.insert(self.name, "aws_secret_access_key", secret);
        self.region_and_output()?;
        let offered = self.offered(verbs, &keys)?;
        self.may("mfa_serial", "MFA device (ARN)", offered.as_deref())
    }

    /// The device to offer, where the new keys may list exactly one; of several the person chooses.
    fn offered(&mut self, verbs: &Verbs, keys: &Credentials) -> Done<Option<String>> {
        self.tty.say("asking AWS for the MFA devices of these keys ...\n")?;
        let region = self.given.get("region").map(str::to_owned);
        match block_on(jobs::mfa_devices(&verbs.context, keys, region.as_deref()))? {
            Err(failure) => {
                self.tty.say(&format!("no list of devices: {}\n", failure.message))?;
                Ok(None)
            }
            Ok(devices) => {
                for device in &devices {
                    self.tty.say(&format!("  {device}\n"))?;
                }
                Ok(devices.into_iter().next())
            }
        }
    }

    fn role(&mut self, verbs: &Verbs) -> Done {
        let estate = Estate::read(&verbs.context.world);
        let names: Vec<&str> = estate.names().collect();
        self.need("role_arn", "Role ARN")?;
        self.tty.say(&format!("profiles: {}\n", names.join(", ")))?;
        self.need("source_profile", "Source profile")?;
        let source = self.given.get("source_profile").and_then(|name| estate.profile(name));
        let serial = source.and_then(|source| source.text("mfa_serial").map(std::borrow::Cow::into_owned));
        self.may("mfa_serial", "MFA device (ARN), if the role asks for one", serial.as_deref())
    }

    fn sign_in(&mut self, verbs: &Verbs) -> Done {
        let estate = Estate::read(&verbs.context.world);
        self.need("sso_session", "SSO session name")?;
        let known = self.given.get("sso_session").is_some_and(|name| estate.sso_session(name).is_some());
        if !known {
            self.need("sso_start_url", "SSO start URL")?;
            self.need("sso_region", "SSO region")?;
            self.may("sso_registration_scopes", "SSO registration scopes", Some("sso:account:access"))?;
        }
        self.need("sso_account_id", "Account id")?;
        self.need("sso_role_name", "Role name (permission set)")
    }

    fn region_and_output(&mut self) -> Done {
        self.may("region", "Default region name", None)?;
        self.may("output", "Default output format", None)
    }

    /// An answer without which there is no profile.
    fn need(&mut self, key: &str, label: &str) -> Done {
        let answer = self.tty.ask(&format!("{label}: "))?;
        if answer.is_empty() {
            return Err(missing(label));
        }
        self.given.put(self.name, key, answer);
        Ok(())
    }

    /// Enter takes what is offered; `-` takes nothing.
    fn may(&mut self, key: &str, label: &str, offered: Option<&str>) -> Done {
        let hint = offered.map_or("None".to_owned(), |offered| format!("{offered}, - for none"));
        let answer = self.tty.ask(&format!("{label} [{hint}]: "))?;
        match (answer.expose(), offered) {
            ("-", _) | ("", None) => {}
            ("", Some(offered)) => self.given.settings.push((key.to_owned(), offered.to_owned())),
            _ => self.given.put(self.name, key, answer),
        }
        Ok(())
    }

    /// Enter keeps what is there.
    fn keep(&mut self, key: &str, label: &str, now: Option<&str>) -> Done {
        let answer = self.tty.ask(&format!("{label} [{}]: ", now.unwrap_or("None")))?;
        if !answer.is_empty() {
            self.given.put(self.name, key, answer);
        }
        Ok(())
    }
}

fn missing(label: &str) -> Failure {
    Failure::new(Class::Guard, "no-answer", format!("nothing was written: {label} is needed"))
}
