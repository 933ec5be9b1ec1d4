//! The arguments of the verbs that reach beyond a process: to a browser, to IAM, into the calling shell.

use clap::{Args, Subcommand, ValueEnum};

use super::Take;

#[derive(Debug, Args)]
pub struct Console {
    #[command(flatten)]
    pub take: Take,
    /// The page to open: ec2, s3, cloudformation, … [default: the first one]
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// Another region than the profile's
    #[arg(long)]
    pub region: Option<String>,
    /// How long the console's session shall last, 15m to 12h (of an IAM user: to 36h)
    #[arg(long, value_name = "TIME", value_parser = crate::config::parse_duration)]
    pub duration: Option<jiff::SignedDuration>,
    /// Print the URL instead: whoever has it is signed in
    #[arg(long)]
    pub print: bool,
    /// Do not ask before production
    #[arg(short, long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Keys {
    #[command(subcommand)]
    pub what: KeysWhat,
}

/// What can be done about access keys.
#[derive(Debug, Subcommand)]
pub enum KeysWhat {
    /// Age, status and last use of a user's keys
    #[command(after_help = "Example: awsprof keys list work --json")]
    List(KeysList),
    /// A new key in the place of the profile's; the old one becomes inactive
    ///
    /// Made, written, tried, and only then the old one is made inactive; what fails before is taken back. `--finish`
    /// deletes the inactive one, once nothing misses it.
    #[command(after_help = "Examples: awsprof keys rotate work\n          awsprof keys rotate work --finish")]
    Rotate(Rotate),
}

#[derive(Debug, Args)]
pub struct KeysList {
    /// A profile of the user
    pub profile: String,
    /// The six digits on the device, if they are needed; `-` reads them from standard input
    #[arg(long)]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub struct Rotate {
    /// A profile of the user
    pub profile: String,
    /// Delete the key that was made inactive
    #[arg(long)]
    pub finish: bool,
    /// The six digits on the device, if they are needed; `-` reads them from standard input
    #[arg(long)]
    pub code: Option<String>,
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Init {
    /// The shell
    pub shell: Shell,
    /// Put the segment in front of the prompt, too
    #[arg(long)]
    pub prompt: bool,
}

/// A shell awsprof speaks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

#[derive(Debug, Args)]
pub struct Prompt {
    /// The shell whose prompt it is: its marks for colours
    #[arg(long)]
    pub shell: Option<Shell>,
}
