//! The headless twin of the screen: one file a verb.
//!
//! A verb gets [`Verbs`] (where to write, what to work on) and its own arguments, and ends with an exit code or a
//! [`Failure`]. [`main`] is all that the binary calls.

mod args;
mod assume;
mod chain;
mod code;
mod completions;
mod consent;
mod console;
mod demo;
mod doctor;
mod environment;
mod exec;
mod export;
mod forget;
mod formats;
mod imds;
mod import;
mod init;
mod keys;
mod list;
mod login;
mod names;
mod objects;
mod obtain;
mod out;
mod pick;
mod plain;
mod presign;
mod production;
mod prompt;
mod renew;
mod serve;
mod setup;
mod shell;
mod show;
mod show_all;
mod show_tool;
mod sso;
mod switch;
mod totp;
mod tty;
mod undo;
mod watch;
mod whoami;
mod words;

pub use args::Cli;
pub use out::columns;

use std::io::IsTerminal;
use std::process::ExitCode;

use self::args::Verb;
use self::out::Out;
use crate::app::Chooses;
use crate::aws::world::World;
use crate::config::{Folders, Settings, SettingsError};
use crate::jobs::{Class, Context, Failure};
use crate::run::{self, Setup};

/// How a verb ends.
pub type Done<T = ()> = Result<T, Failure>;

/// What every verb works with.
#[derive(Debug)]
pub struct Verbs {
    pub out: Out,
    pub context: Context,
    pub settings: Settings,
}

/// Runs the program: the screen without a verb, else the verb.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::read();
    let world = World::real();
    let out = Out::new(&cli.global, &world);
    match dispatch(cli, world, out) {
        Ok(code) => code,
        Err(failure) => {
            out.fail(&failure);
            ExitCode::from(failure.class.exit_code())
        }
    }
}

fn dispatch(cli: Cli, world: World, out: Out) -> Done<ExitCode> {
    let finished = |()| ExitCode::SUCCESS;
    let screens = matches!(cli.verb, None | Some(Verb::Demo(_) | Verb::Pick));
    if cli.global.read_only && !screens {
        return Err(Failure::new(Class::Usage, "read-only", "--read-only is for the screen")
            .hint("--dry-run shows what a verb would write"));
    }
    match cli.verb {
        Some(Verb::Completions { shell }) => return completions::run(out, shell).map(finished),
        Some(Verb::Man) => return completions::manual(out).map(finished),
        Some(Verb::Init(args)) => return init::run(out, &args).map(finished),
        Some(Verb::Prompt(args)) => return prompt::run(&args, &world, out, cli.global.color),
        Some(Verb::Keyring { ask }) => return totp::keyring(&ask),
        Some(Verb::Demo(args)) => return demo::run(&args, &world, &cli.global),
        _ => {}
    }
    let verbs = Verbs::new(world, out)?;
    match cli.verb {
        None if cli.global.plain => plain::run(&verbs, cli.global.read_only, None).map(finished),
        None => screen(&verbs, &cli.global),
        Some(Verb::Pick) => pick::run(verbs, &cli.global),
        Some(Verb::Exec(args)) => exec::run(&verbs, args),
        Some(Verb::Doctor(args)) => doctor::run(&verbs, &args),
        Some(Verb::Watch(args)) => watch::run(verbs, &args),
        Some(Verb::Serve(args)) => serve::run(verbs, args).map(finished),
        Some(Verb::Sso(args)) => sso::run(&verbs, args.what).map(finished),
        Some(Verb::Login(args)) => login::run(&verbs, &args).map(finished),
        Some(Verb::Logout(args)) => login::logout(&verbs, &args).map(finished),
        Some(verb) => ended(&verbs, verb).map(finished),
    }
}

/// The verbs that end well or with a failure; the others are done by who calls this.
fn ended(verbs: &Verbs, verb: Verb) -> Done {
    match verb {
        Verb::List(args) => list::run(verbs, &args),
        Verb::Show(args) => show::run(verbs, &args),
        Verb::Chain(args) => chain::run(verbs, &args),
        Verb::Use(args) => switch::run(verbs, &args),
        Verb::Renew(args) => renew::run(verbs, args),
        Verb::Assume(args) => assume::run(verbs, args),
        Verb::Forget(args) => forget::run(verbs, args),
        Verb::Whoami(args) => whoami::run(verbs, &args),
        Verb::Add(args) => objects::add(verbs, &args),
        Verb::Edit(args) => objects::edit(verbs, &args),
        Verb::Rename(args) => objects::rename(verbs, &args),
        Verb::Copy(args) => objects::copy(verbs, &args),
        Verb::Remove(args) => objects::remove(verbs, &args),
        Verb::Import(args) => import::run(verbs, &args),
        Verb::Undo(args) => undo::run(verbs, &args),
        Verb::Redo(args) => undo::redo(verbs, &args),
        Verb::Export(args) => export::run(verbs, args),
        Verb::Console(args) => console::run(verbs, args),
        Verb::Keys(args) => keys::run(verbs, args.what),
        Verb::Names => names::run(verbs),
        Verb::Presign(args) => presign::presign(verbs, args),
        Verb::EksToken(args) => presign::eks_token(verbs, args),
        Verb::Imds(args) => imds::run(verbs, args),
        Verb::Setup(args) => setup::run(verbs, args),
        Verb::Totp(args) => totp::run(verbs, args.what),
        #[rustfmt::skip]
        Verb::Exec(_) | Verb::Doctor(_) | Verb::Serve(_) | Verb::Demo(_) | Verb::Watch(_) | Verb::Pick | Verb::Init(_)
        | Verb::Prompt(_) | Verb::Completions { .. } | Verb::Man | Verb::Login(_) | Verb::Logout(_) | Verb::Sso(_)
        | Verb::Keyring { .. } => Ok(()),
    }
}

impl Verbs {
    /// Finds awsprof's folders, reads its settings, and finishes a write that an earlier run could not.
    fn new(world: World, out: Out) -> Done<Self> {
        let folders = Folders::of(&world).ok_or_else(|| {
            Failure::new(Class::General, "no-home", "no home directory is known")
                .hint("set HOME, or AWSPROF_HOME")
        })?;
        let settings = Settings::read(&world, &folders).map_err(|error| unread(&error))?;
        let context = run::context(world, folders, &settings);
        // Whoever only reads is not kept from it; a verb that writes will meet the failure again.
        if let Err(failure) = crate::jobs::recover(&context) {
            out.say(&format!("warning: an earlier write is not finished: {failure}"));
        }
        Ok(Self { out, context, settings })
    }
}

/// The screen, or the list where there is no terminal to draw it on.
fn screen(verbs: &Verbs, global: &args::Global) -> Done<ExitCode> {
    if !has_terminal() {
        list::run(verbs, &args::List::default())?;
        return Ok(ExitCode::SUCCESS);
    }
    let (context, settings) = (verbs.context.clone(), verbs.settings.clone());
    let (read_only, color) = (global.read_only, global.color.asked());
    let preferences = run::preferences(&settings, &context.settings).map_err(|error| unread(&error))?;
    let setup = Setup {
        context,
        settings,
        preferences,
        read_only,
        color,
        authenticator: None,
        chooses: Chooses::Default,
    };
    let left = run::screen(setup)?;
    if let Some(name) = left.chosen {
        shell::hand_over(verbs, &shell::Choice::Set(name), false)?;
    }
    Ok(left.code)
}

/// A settings file that cannot be followed.
fn unread(error: &SettingsError) -> Failure {
    Failure::new(Class::File, "settings", error.to_string()).hint("correct the line, or move the file away")
}

/// Whether there is a person at both ends.
fn has_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Runs a job to its end on a runtime of its own, made only when a verb needs the network.
///
/// # Errors
/// An operating system that gives no runtime.
fn block_on<F: Future>(job: F) -> Done<F::Output> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(job))
}
