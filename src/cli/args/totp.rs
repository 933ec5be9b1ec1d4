//! The arguments of `totp`. A seed is never one of them.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
pub struct Totp {
    #[command(subcommand)]
    pub what: TotpWhat,
}

/// What to do with seeds.
#[derive(Debug, Subcommand)]
pub enum TotpWhat {
    /// Keep a seed: base32, an otpauth:// URL, or the text of the QR image
    ///
    /// The seed is read from the terminal without showing it, or from standard input. Whoever has this computer has
    /// both factors then: it is asked before anything is kept.
    #[command(
        after_help = "Examples: awsprof totp add work\n          zbarimg -q --raw qr.png | awsprof totp add work --secret-stdin --yes"
    )]
    Add(TotpAdd),
    /// Print the code of this moment
    #[command(after_help = "Example: awsprof totp code work --wait")]
    Code(TotpCode),
    /// The devices whose seeds are kept
    #[command(visible_alias = "ls", after_help = "Example: awsprof totp list --json")]
    List,
    /// Remove a kept seed
    #[command(visible_alias = "rm", after_help = "Example: awsprof totp remove work")]
    Remove(TotpRemove),
}

#[derive(Debug, Args)]
pub struct TotpAdd {
    /// A profile of the user whose device it is
    pub profile: String,
    /// Read the seed from standard input
    #[arg(long)]
    pub secret_stdin: bool,
    /// The device, when the profile does not name it
    #[arg(long, value_name = "ARN")]
    pub serial: Option<String>,
    /// Where to keep it [default: the setting totp.store]
    #[arg(long, value_enum, value_name = "WHERE")]
    pub store: Option<KeepIn>,
    /// The code another device with this seed shows now: nothing is kept unless the seed makes it too
    #[arg(long, value_name = "CODE")]
    pub verify: Option<String>,
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
}

/// Where a seed can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KeepIn {
    Keyring,
    File,
}

#[derive(Debug, Args)]
pub struct TotpCode {
    /// A profile of the user whose device it is
    pub profile: String,
    /// Wait for the next code if AWS was sent this one
    #[arg(long)]
    pub wait: bool,
    /// The device, when the profile does not name it
    #[arg(long, value_name = "ARN")]
    pub serial: Option<String>,
}

#[derive(Debug, Args)]
pub struct TotpRemove {
    /// A profile of the user whose device it is
    pub profile: String,
    /// The device, when the profile does not name it
    #[arg(long, value_name = "ARN")]
    pub serial: Option<String>,
}
