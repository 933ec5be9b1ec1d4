//! Reading the command line, the daily verbs first.
//!
//! `export` runs at every command of other tools and `prompt` at every prompt, and the screen is to be there at once:
//! describing all the other verbs took a fifth of their time.

use clap::{Args, Command, FromArgMatches as _, Parser as _};

use super::{Cli, Global, Verb};

impl Cli {
    /// What this process was called with. Ends it where that is no command line, or asks for help.
    #[must_use]
    pub fn read() -> Self {
        Self::of_daily().unwrap_or_else(Self::parse)
    }

    fn of_daily() -> Option<Self> {
        let Some(first) = std::env::args_os().nth(1) else { return Self::of_screen() };
        match first.to_str()? {
            "export" => Self::of("export", Verb::Export),
            "prompt" => Self::of("prompt", Verb::Prompt),
            _ => None,
        }
    }

    /// The screen's, when nothing is said.
    fn of_screen() -> Option<Self> {
        let matches = Global::augment_args(Command::new("awsprof")).try_get_matches().ok()?;
        Some(Self { verb: None, global: Global::from_arg_matches(&matches).ok()? })
    }

    /// One verb's command line. What cannot be read so is left to who knows everything.
    fn of<A: Args>(name: &'static str, verb: fn(A) -> Verb) -> Option<Self> {
        let known = A::augment_args(Command::new(name));
        let matches =
            Global::augment_args(Command::new("awsprof")).subcommand(known).try_get_matches().ok()?;
        let (_, of_verb) = matches.subcommand()?;
        let global = Global::from_arg_matches(&matches).ok()?;
        Some(Self { verb: Some(verb(A::from_arg_matches(of_verb).ok()?)), global })
    }
}
