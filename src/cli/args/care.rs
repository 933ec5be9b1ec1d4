//! The arguments of the verbs that look after files and sessions.

use clap::Args;

use super::Consent;

#[derive(Debug, Args)]
pub struct Watch {
    /// Do what is due now, and end: 0 if every session lasts
    #[arg(long, conflicts_with = "install")]
    pub once: bool,
    /// Write a systemd user unit (Linux) or a launchd agent (macOS) that watches from login on
    #[arg(long)]
    pub install: bool,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub struct Doctor {
    /// Mend what can be mended, after showing how
    #[arg(long)]
    pub fix: bool,
    /// Ask no network: the clock is not compared with that of AWS
    #[arg(long)]
    pub no_probe: bool,
    #[command(flatten)]
    pub consent: Consent,
}
