//! The command line of the verbs on profiles.

use std::path::PathBuf;

use clap::Args;

use crate::aws::ini::SectionId;
use crate::cli::args::Consent;

pub const ADD_EXAMPLE: &str = "\
Examples: awsprof add work                        asks for everything
          awsprof add admin --set role_arn=arn:aws:iam::111122223333:role/admin --set source_profile=work
          awsprof add ci --set aws_access_key_id=AKIA... --secrets-stdin <<< aws_secret_access_key=...";
pub const IMPORT_EXAMPLE: &str = "\
Examples: awsprof import ~/Downloads/alice_accessKeys.csv --as work
          aws-vault export --format=ini work | awsprof import -";

/// Keys and values for a profile.
#[derive(Debug, Args)]
pub struct Values {
    /// Set a key that is no secret (repeatable)
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Read secrets from standard input, one KEY=VALUE a line
    #[arg(long)]
    pub secrets_stdin: bool,
}

/// Which kind of section a name means; a profile without a flag.
#[derive(Clone, Copy, Debug, Args)]
pub struct Which {
    /// The name is that of an [sso-session ...]
    #[arg(long)]
    pub sso_session: bool,
    /// The name is that of a [services ...]
    #[arg(long, conflicts_with = "sso_session")]
    pub services: bool,
}

impl Which {
    /// The section of that name.
    #[must_use]
    pub fn section(self, name: &str) -> SectionId {
        match self {
            Self { sso_session: true, .. } => SectionId::sso_session(name),
            Self { services: true, .. } => SectionId::services(name),
            Self { .. } => SectionId::profile(name),
        }
    }
}

#[derive(Debug, Args)]
pub struct Add {
    /// The new profile
    pub name: String,
    #[command(flatten)]
    pub values: Values,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub struct Edit {
    /// The profile; without --set and --unset its keys are asked for
    pub name: String,
    #[command(flatten)]
    pub values: Values,
    /// Remove a key (repeatable)
    #[arg(long, value_name = "KEY")]
    pub unset: Vec<String>,
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub struct Rename {
    pub old: String,
    pub new: String,
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub struct Copy {
    pub old: String,
    pub new: String,
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub struct Remove {
    /// The profile
    pub name: String,
    /// What names it names this one from then on
    #[arg(long, value_name = "NAME")]
    pub retarget: Option<String>,
    /// What names it may go on naming nothing
    #[arg(long, conflicts_with = "retarget")]
    pub leave_references: bool,
    /// Let the last copy of long-term keys go: the profile's name again, in place of typing it
    #[arg(long, value_name = "NAME")]
    pub delete_keys: Option<String>,
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub struct Import {
    /// CSV of access keys, or another tool's INI file; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The profile's name, when one is found
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    #[command(flatten)]
    pub consent: Consent,
}
