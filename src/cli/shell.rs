//! Handing a choice to the calling shell.
//!
//! A program cannot change its parent's environment. The function of `awsprof init` names a file in [`OUT`]; what is
//! written there is a profile's name and nothing else, which the function reads as text: no name is ever run as code.

use std::io::Write;

use super::{Done, Verbs, production};
use crate::aws::profile::Estate;
use crate::config::UseMode;
use crate::jobs::{Class, Failure};

/// Names the file the function waits for.
pub const OUT: &str = "AWSPROF_SHELL_OUT";
/// The profile this shell had before the last choice.
pub const BEFORE: &str = "AWSPROF_PREVIOUS";

/// What a shell is to do with `AWS_PROFILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Set(String),
    Unset,
}

/// Whether choosing means the calling shell.
#[must_use]
pub fn is_meant(verbs: &Verbs) -> bool {
    verbs.settings.choose.mode == UseMode::Shell
}

/// The choice that an argument of `use` stands for.
///
/// # Errors
/// No such profile, no previous one.
pub fn choice(verbs: &Verbs, profile: Option<&str>) -> Done<Choice> {
    let env = &verbs.context.world.env;
    let name = match profile {
        None => return Ok(Choice::Unset),
        Some("-") => env.non_empty(BEFORE).ok_or_else(|| {
            Failure::new(Class::NotFound, "no-previous", "this shell has had no other profile")
        })?,
        Some(name) => name,
    };
    match Estate::read(&verbs.context.world).profile(name) {
        Some(_) => Ok(Choice::Set(name.to_owned())),
        None => Err(Failure::no_profile(name)),
    }
}

/// Hands a choice over, after the question that production asks.
///
/// # Errors
/// There is no function of ours around this run; the name was not typed.
pub fn hand_over(verbs: &Verbs, choice: &Choice, yes: bool) -> Done {
    let (name, said) = match choice {
        Choice::Set(name) => {
            production::agreed(verbs, name, "use it in this shell", yes)?;
            (name.as_str(), format!("AWS_PROFILE is `{name}` in this shell"))
        }
        Choice::Unset => ("", "AWS_PROFILE is unset in this shell".to_owned()),
    };
    let out = verbs.context.world.env.non_empty(OUT).ok_or_else(|| {
        Failure::new(
            Class::Guard,
            "no-shell",
            "use.mode is \"shell\", and no function of awsprof stands around this run",
        )
        .hint("put `eval \"$(awsprof init bash)\"` (or zsh, fish, powershell) into your shell's start file")
    })?;
    let mut file = std::fs::OpenOptions::new().write(true).truncate(true).open(out)?;
    file.write_all(format!("{name}\n").as_bytes())?;
    verbs.out.say(&said);
    Ok(())
}
