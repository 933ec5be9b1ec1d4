//! `awsprof demo`: the screen on a throw-away home and the embedded AWS.
//!
//! Nothing outside that home is read or written: the world handed to the screen has an environment made here, so the
//! caller's `AWS_*`, proxy and CA variables do not exist in it. Leaving the screen drops the folder and the server.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::args::{Demo, Global};
use super::out::Out;
use super::{Done, Verbs, has_terminal};
use crate::app;
use crate::aws::world::{Clock, Fs, World};
use crate::config::{Folders, Settings};
use crate::jobs::{Class, Failure};
use crate::run::{self, Authenticator, Setup};
use crate::sandbox::cast::Cast;
use crate::sandbox::home::{demo_env, demo_home};
use crate::sandbox::sign_ins::Person;
use crate::sandbox::{Sandbox, Shown};

/// Whose device the demo's authenticator is.
const VISITOR: &str = "alice";

/// Opens the screen on a home of its own and deletes it afterwards.
///
/// # Errors
/// No terminal, no temporary folder, no port on 127.0.0.1.
pub fn run(args: &Demo, caller: &World, global: &Global) -> Done<ExitCode> {
    let (read_only, plain) = (args.read_only || global.read_only, args.plain || global.plain);
    if !has_terminal() && !plain {
        return Err(
            Failure::new(Class::Guard, "no-terminal", "the demo needs a terminal").hint("run it in one")
        );
    }
    let cast = Cast::demo().map_err(|error| Failure::new(Class::General, "demo", error.to_string()))?;
    let sandbox = Arc::new(Sandbox::start(cast, Clock::System)?);
    // Nobody needs a second browser to see a sign-in.
    sandbox.person(Person::Confirms { after: 4 });
    let home = tempfile::Builder::new().prefix("awsprof-demo-").tempdir()?;
    demo_home(home.path(), &sandbox)?;
    let env = demo_env(home.path(), &sandbox, &caller.env);
    let world = World { env, fs: Fs::Real, clock: Clock::System };
    let folders = Folders::of(&world).ok_or_else(|| Failure::new(Class::General, "demo", "no home"))?;
    let settings = Settings::default();
    let authenticator = (!args.no_authenticator).then(|| authenticator(Arc::clone(&sandbox)));
    if plain {
        signals_delete(home.path())?;
        let context = run::context(world, folders, &settings);
        let verbs = Verbs { out: Out::new(global, caller), context, settings };
        super::plain::run(&verbs, read_only, authenticator)?;
        return Ok(std::process::ExitCode::SUCCESS);
    }
    let context = run::context(world, folders, &settings);
    let color = global.color.asked();
    let preferences =
        run::preferences(&settings, &context.settings).map_err(|error| super::unread(&error))?;
    let chooses = app::Chooses::Default;
    let setup = Setup { context, settings, preferences, read_only, color, authenticator, chooses };
    let left = run::screen(setup)?;
    // Nothing outside the demo is changed, the shell it was called from neither.
    if let Some(name) = left.chosen {
        Out::new(global, caller).say(&format!("AWS_PROFILE would be `{name}` in your shell"));
    }
    Ok(left.code)
}

/// A conversation has no key that ends it at once. A signal does, and what was made for the demo goes with it.
fn signals_delete(home: &Path) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let home = home.to_owned();
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            let _ = std::fs::remove_dir_all(home);
            let _ = emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().name("awsprof-signals".to_owned()).spawn(wait).map(drop)
}

/// The device on the screen.
fn authenticator(sandbox: Arc<Sandbox>) -> Authenticator {
    Box::new(move |_| {
        let Shown { digits, seconds_left, used } = sandbox.authenticator(VISITOR)?;
        let seconds_left = u8::try_from(seconds_left).unwrap_or(u8::MAX);
        Some(app::Authenticator { digits, seconds_left, used })
    })
}
