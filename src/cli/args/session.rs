//! The arguments of the verbs that make sessions and end them.

use clap::{Args, Subcommand};

use super::Consent;

#[derive(Debug, Args)]
pub struct Renew {
    /// The profile with the long-term keys, or its session profile
    pub profile: String,
    /// The six digits on the device; `-` reads them from standard input
    #[arg(long)]
    pub code: Option<String>,
    /// How long the session shall last, 15m to 36h
    #[arg(long, value_parser = crate::config::parse_duration)]
    pub duration: Option<jiff::SignedDuration>,
    /// The device, when the profile does not name it
    #[arg(long, value_name = "ARN")]
    pub serial: Option<String>,
    /// The session profile to write
    #[arg(long, value_name = "NAME")]
    pub into: Option<String>,
    /// Renew although the session is fresh
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Assume {
    /// The role's profile
    pub profile: String,
    /// The six digits on the device, if they are needed; `-` reads them from standard input
    #[arg(long)]
    pub code: Option<String>,
    /// How long the session shall last, 15m to 12h
    #[arg(long, value_parser = crate::config::parse_duration)]
    pub duration: Option<jiff::SignedDuration>,
    /// Take it anew although the session is fresh
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Login {
    /// A profile of Identity Center, or an sso-session
    pub name: String,
    /// A code to confirm in any browser, instead of this machine's
    #[arg(long)]
    pub device_code: bool,
}

#[derive(Debug, Args)]
pub struct Sso {
    #[command(subcommand)]
    pub what: SsoWhat,
}

#[derive(Debug, Subcommand)]
pub enum SsoWhat {
    /// Make the profiles of a block in ~/.aws/config those of all accounts and roles; nothing outside it is touched
    #[command(after_help = "Example: awsprof sso sync acme-sso --template '{account_name}.{role_name}'")]
    Sync(SsoSync),
    /// Accounts and roles, as Identity Center lists them
    #[command(after_help = "Example: awsprof sso list acme-sso")]
    List(SsoList),
    /// Credentials of a role that has no profile
    #[command(after_help = "Example: eval \"$(awsprof sso env acme-sso 444455556666 reader)\"")]
    Env(SsoEnv),
}

#[derive(Debug, Args)]
pub struct SsoSync {
    /// The sso-session, where there are several
    pub session: Option<String>,
    /// What the profiles are called, instead of the setting `sso.template`
    #[arg(long)]
    pub template: Option<String>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub struct SsoEnv {
    /// The sso-session
    pub session: String,
    /// The account's number
    pub account: String,
    /// The role's name
    pub role: String,
    /// For whom
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<super::Format>,
}

#[derive(Debug, Args)]
pub struct SsoList {
    /// The sso-session, where there are several
    pub session: Option<String>,
}

#[derive(Debug, Args)]
pub struct Logout {
    /// A profile of Identity Center, or an sso-session; without it every sign-in
    pub name: Option<String>,
}

#[derive(Debug, Args)]
pub struct Forget {
    /// Whose: a user, a session profile or a role; with it go the cached roles that rest on it
    #[arg(required_unless_present = "all")]
    pub profile: Option<String>,
    /// Everybody's
    #[arg(long, conflicts_with = "profile")]
    pub all: bool,
    #[command(flatten)]
    pub consent: Consent,
}
