//! `awsprof watch`: sessions that stay alive without a screen, and the service that runs it.
//!
//! It has no terminal to ask on, also where it was started from one: what needs a person is said and left.

mod install;
mod service;

use std::process::ExitCode;

use super::args::Watch;
use super::{Done, Verbs};
use crate::run::{self, Headless};

/// Watches, or installs what watches.
///
/// # Errors
/// Threads or signals cannot be had; a service file that cannot be written, or that a person wants to keep.
pub fn run(verbs: Verbs, args: &Watch) -> Done<ExitCode> {
    if args.install {
        install::install(&verbs, args.consent)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Verbs { out, context, settings } = verbs;
    let say = Box::new(move |line: &str| out.say(line));
    Ok(run::watch(Headless { context, settings, once: args.once, say })?)
}
