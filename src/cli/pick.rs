//! `awsprof pick`: the screen on the terminal itself, the chosen name on stdout, so that it works inside `$(…)`.

use std::process::ExitCode;

use super::args::Global;
use super::{Done, Verbs};
use crate::app::Chooses;
use crate::jobs::{self, Class, Failure};
use crate::run::{self, Setup};

/// Shows the profiles and prints the one that was chosen.
///
/// # Errors
/// No terminal; nothing was chosen.
pub fn run(verbs: Verbs, global: &Global) -> Done<ExitCode> {
    let Verbs { out, context, settings } = verbs;
    let preferences =
        run::preferences(&settings, &context.settings).map_err(|error| super::unread(&error))?;
    let counts = context.clone();
    let (read_only, color) = (global.read_only, global.color.asked());
    let setup = Setup {
        context,
        settings,
        preferences,
        read_only,
        color,
        authenticator: None,
        chooses: Chooses::Name,
    };
    let left = on_terminal(|| run::screen(setup))?;
    if let Some(name) = &left.chosen {
        jobs::used(&counts, name);
    }
    match left.chosen {
        Some(name) if out.json => out.answer_json(&serde_json::json!({ "profile": name }))?,
        Some(name) => out.answer(&format!("{name}\n"))?,
        None => {
            return Err(Failure::new(Class::Interrupted, "nothing-chosen", "no profile was chosen"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Has the terminal stand in for stdout meanwhile.
#[cfg(unix)]
fn on_terminal(show: impl FnOnce() -> anyhow::Result<run::Left>) -> Done<run::Left> {
    let none = |_| {
        Failure::new(Class::Guard, "no-terminal", "a profile is chosen on a terminal, and there is none")
            .hint("name the profile instead; `awsprof list` shows them")
    };
    let tty = std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty").map_err(none)?;
    let io = |error: rustix::io::Errno| Failure::from(std::io::Error::from(error));
    let answer = rustix::io::dup(rustix::stdio::stdout()).map_err(io)?;
    rustix::stdio::dup2_stdout(&tty).map_err(io)?;
    let left = show();
    rustix::stdio::dup2_stdout(&answer).map_err(io)?;
    Ok(left?)
}

#[cfg(not(unix))]
fn on_terminal(show: impl FnOnce() -> anyhow::Result<run::Left>) -> Done<run::Left> {
    Ok(show()?)
}
