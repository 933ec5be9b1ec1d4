//! The arguments of the verbs that hand credentials on, or look for them on this machine.

use clap::{Args, Subcommand, ValueEnum};

use super::Consent;

/// Whose credentials, and how fresh.
#[derive(Clone, Debug, Args)]
pub struct Take {
    /// The profile
    pub profile: String,
    /// Renew a session that has less than this left [default: 15m, if somebody can be asked]
    #[arg(long, value_name = "TIME", value_parser = crate::config::parse_duration)]
    pub min_ttl: Option<jiff::SignedDuration>,
    /// The long-term keys instead of the MFA session
    #[arg(long)]
    pub no_session: bool,
    /// The six digits on the device, if they are needed; `-` reads them from standard input
    #[arg(long)]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub take: Take,
    /// For whom
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
}

/// Who is to read exported credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// `export` lines for sh, bash and zsh
    #[value(alias = "export-env")]
    Env,
    /// Plain `NAME=value` lines, as env files have them
    EnvNoExport,
    /// `set -gx` lines
    Fish,
    /// `$Env:` lines
    Powershell,
    /// `set` lines
    WindowsCmd,
    /// The answer of a `credential_process`
    Process,
    /// One JSON object
    Json,
    /// A section for a credentials file
    Ini,
}

#[derive(Debug, Args)]
pub struct Exec {
    #[command(flatten)]
    pub take: Take,
    /// Do not ask before production
    #[arg(short, long)]
    pub yes: bool,
    /// The program and its arguments
    #[arg(last = true, required = true, value_name = "CMD")]
    pub command: Vec<std::ffi::OsString>,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Whose credentials; each has a path of its own
    #[arg(required = true, value_name = "PROFILE")]
    pub profiles: Vec<String>,
    /// The port on 127.0.0.1 [default: a free one]
    #[arg(long)]
    pub port: Option<u16>,
}

#[derive(Debug, Args)]
pub struct Presign {
    #[command(flatten)]
    pub take: Take,
    /// How long the URL is good for
    #[arg(long, default_value = "15m", value_name = "TIME", value_parser = crate::config::parse_duration)]
    pub expires: jiff::SignedDuration,
}

#[derive(Debug, Args)]
pub struct EksToken {
    #[command(flatten)]
    pub take: Take,
    /// The cluster's name
    #[arg(long, alias = "cluster-name", value_name = "NAME")]
    pub cluster: String,
}

#[derive(Debug, Args)]
pub struct Imds {
    /// Below `latest/meta-data/`, or a whole path; an overview without one
    pub path: Option<String>,
    /// Ask without a token, as version 1 does
    #[arg(long)]
    pub v1: bool,
}

#[derive(Debug, Args)]
pub struct Setup {
    #[command(subcommand)]
    pub what: SetupWhat,
}

/// What can be set up.
#[derive(Debug, Subcommand)]
pub enum SetupWhat {
    /// A profile whose `credential_process` is `awsprof export`
    #[command(
        after_help = "Example: awsprof setup process work      then AWS_PROFILE=work-auto makes every SDK ask awsprof"
    )]
    Process(SetupProcess),
}

#[derive(Debug, Args)]
pub struct SetupProcess {
    /// The profile whose credentials are handed out
    pub profile: String,
    /// The profile to write, another one [default: PROFILE-auto]
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Leave out the line that shows the device's current code
    #[arg(long)]
    pub no_authenticator: bool,
    /// Open the screen without the power to write or to renew
    #[arg(long)]
    pub read_only: bool,
    /// No screen but a conversation, line by line: for screen readers and dumb terminals
    #[arg(long)]
    pub plain: bool,
}
