//! The operating system's keyring: macOS Keychain, Windows Credential Manager, the Secret Service elsewhere.
//!
//! A bus that never answers would hang us, and the first failed attempt is final for its process. So a call is made by
//! a short-lived child ([`child`]: our own program) that has two seconds; nothing of the keyring ever runs in this
//! process. Serial and seed travel through pipes, never in arguments. An item that is not found is no proof that it is
//! not there: a locked collection answers just so.

pub mod child;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use process_wrap::tokio::{CommandWrap, ProcessSession};
use secrecy::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::aws::secret::Secret;
use crate::aws::world::Env;

/// The hidden verb under which our own program is the child.
pub const VERB: &str = "__keyring";

/// How long a call may take.
const LIMIT: Duration = Duration::from_secs(2);

/// What is asked of the keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Whether it can be had at all.
    Check,
    Get,
    Set,
    Remove,
}

impl Ask {
    pub const ALL: [Self; 4] = [Self::Check, Self::Get, Self::Set, Self::Remove];

    /// Its word on the child's command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Get => "get",
            Self::Set => "set",
            Self::Remove => "remove",
        }
    }
}

/// Why the keyring did not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyringError {
    /// Nothing can be connected to.
    #[error("there is no session bus, so no keyring can be reached ({0})")]
    NoBus(String),
    #[error("the session bus has no keyring service (org.freedesktop.secrets)")]
    NoService,
    #[error("the keyring is locked and nobody unlocked it ({0})")]
    Locked(String),
    #[error("the keyring did not answer within {} s", LIMIT.as_secs())]
    Silent,
    /// It was reached and does not know the item, or does not say so.
    #[error("the keyring does not give the seed: it is locked, or the seed was removed there")]
    NotThere,
    #[error("the keyring failed: {0}")]
    Other(String),
}

impl KeyringError {
    /// A stable word.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoBus(_) => "keyring-no-bus",
            Self::NoService => "keyring-no-service",
            Self::Locked(_) => "keyring-locked",
            Self::Silent => "keyring-silent",
            Self::NotThere => "keyring-no-entry",
            Self::Other(_) => "keyring-failed",
        }
    }

    /// What to do next.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NoBus(_) | Self::NoService => {
                "`awsprof totp add PROFILE --store file` keeps the seed in an encrypted file instead"
            }
            Self::Locked(_) | Self::NotThere => {
                "unlock the keyring (log in to the desktop, or seahorse) and try again"
            }
            Self::Silent => {
                "it may be asking for its own password on the desktop: answer there, then try again"
            }
            Self::Other(_) => "`--store file` keeps the seed in an encrypted file instead",
        }
    }
}

/// The keyring of a world: which program asks it, and in which environment.
#[derive(Clone, Debug)]
pub struct Keyring {
    program: PathBuf,
    env: Env,
}

impl Keyring {
    /// Asked by our own program.
    #[must_use]
    pub fn of(env: &Env) -> Self {
        // The link is good also when the file was replaced by an update.
        let here = Path::new("/proc/self/exe");
        let program = if here.exists() { Some(here.to_owned()) } else { std::env::current_exe().ok() };
        Self::by(program.unwrap_or_default(), env)
    }

    /// Asked by this program.
    #[must_use]
    pub fn by(program: PathBuf, env: &Env) -> Self {
        Self { program, env: env.clone() }
    }

    /// Whether it can be reached. A locked one answers too.
    ///
    /// # Errors
    /// The exact reason.
    pub async fn check(&self) -> Result<(), KeyringError> {
        self.ask(Ask::Check, "", None).await.map(drop)
    }

    /// The text kept for `account`.
    ///
    /// # Errors
    /// The exact reason; [`KeyringError::NotThere`] also for a locked collection.
    pub async fn get(&self, account: &str) -> Result<Secret, KeyringError> {
        self.ask(Ask::Get, account, None).await?.ok_or(KeyringError::NotThere)
    }

    /// Keeps a text for `account`.
    ///
    /// # Errors
    /// The exact reason.
    pub async fn set(&self, account: &str, text: &Secret) -> Result<(), KeyringError> {
        self.ask(Ask::Set, account, Some(text)).await.map(drop)
    }

    /// Removes what is kept for `account`.
    ///
    /// # Errors
    /// As [`Keyring::get`].
    pub async fn remove(&self, account: &str) -> Result<(), KeyringError> {
        self.ask(Ask::Remove, account, None).await.map(drop)
    }

    async fn ask(
        &self,
        ask: Ask,
        account: &str,
        text: Option<&Secret>,
    ) -> Result<Option<Secret>, KeyringError> {
        let input = child::Question { account: account.to_owned(), text: text.cloned() }.written();
        let mut command = Command::new(&self.program);
        command.args([VERB, ask.word()]).env_clear().envs(self.env.iter());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut wrapped = CommandWrap::from(command);
        wrapped.wrap(ProcessSession);
        match tokio::time::timeout(LIMIT, talk(wrapped, &input)).await {
            Ok(answer) => child::read(&answer.map_err(|error| KeyringError::Other(error.to_string()))?),
            Err(_) => Err(KeyringError::Silent),
        }
    }
}

async fn talk(mut command: CommandWrap, input: &Secret) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin().take() {
        stdin.write_all(input.expose().as_bytes()).await?;
    }
    Ok(Zeroizing::new(Box::into_pin(child.wait_with_output()).await?.stdout))
}
