//! `awsprof demo`: the screen on a throw-away home and the embedded AWS.
//!
//! Nothing outside that home is read or written: the world handed to the screen has an environment made here, so the
//! caller's `AWS_*`, proxy and CA variables do not exist in it. Leaving the screen drops the folder and the server.

use std::process::ExitCode;
use std::sync::Arc;

use super::args::Demo;
use super::{Done, context};
use crate::aws::world::{Clock, Env, Fs, World};
use crate::config::{Folders, Settings};
use crate::jobs::{Class, Failure};
use crate::run::{self, Setup};
use crate::sandbox::Sandbox;
use crate::sandbox::cast::Cast;
use crate::sandbox::home;

/// What the demo keeps of the caller's environment: how to draw, and where programs are.
const KEPT: [&str; 11] = [
    "TERM", "COLORTERM", "NO_COLOR", "CLICOLOR_FORCE", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "EDITOR", "VISUAL",
    "TMUX",
];

/// Opens the screen on a home of its own and deletes it afterwards.
///
/// # Errors
/// No terminal, no temporary folder, no port on 127.0.0.1.
pub fn run(args: &Demo, caller: &World, read_only: bool) -> Done<ExitCode> {
    if !super::has_terminal() {
        return Err(Failure::new(Class::Guard, "no-terminal", "the demo needs a terminal").hint("run it in one"));
    }
    let cast = Cast::demo().map_err(|error| Failure::new(Class::General, "demo", error.to_string()))?;
    let sandbox = Arc::new(Sandbox::start(cast, Clock::System)?);
    let home = tempfile::Builder::new().prefix("awsprof-demo-").tempdir()?;
    home::lay(home.path(), &sandbox)?;
    let world = World { env: environment(caller, home.path(), &sandbox), fs: Fs::Real, clock: Clock::System };
    let folders = Folders::of(&world).ok_or_else(|| Failure::new(Class::General, "demo", "no home"))?;
    let settings = Settings::default();
    let authenticator = (!args.no_authenticator).then(|| run::Authenticator::new(Arc::clone(&sandbox)));
    let setup = Setup { context: context(world, folders, &settings), settings: settings.ui, read_only, authenticator };
    run::screen(setup).map_err(Failure::from)
}

fn environment(caller: &World, home: &std::path::Path, sandbox: &Sandbox) -> Env {
    let kept = KEPT.iter().filter_map(|name| Some(((*name).to_owned(), caller.env.get(name)?.to_owned())));
    let endpoints = sandbox.env().into_iter().map(|(name, value)| (name.to_owned(), value));
    let path = home.display().to_string();
    let own = [("HOME".to_owned(), path.clone()), ("AWSPROF_HOME".to_owned(), format!("{path}/.awsprof"))];
    kept.chain(endpoints).chain(own).collect()
}
