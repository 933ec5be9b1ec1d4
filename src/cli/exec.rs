//! `awsprof exec`: another program in this one's place, with a profile's credentials in a clean environment.
//!
//! On Unix the program *replaces* awsprof: signals, job control and exit codes are its own, and nothing of ours is
//! left to wait for it. The rest of the environment is inherited as it is, also where it is not UTF-8.

use std::io::ErrorKind;
use std::process::{Command, ExitCode};

use super::args::Exec;
use super::environment::{CLEARED, variables};
use super::{Done, Verbs, obtain, production, shell};
use crate::jobs::{self, Class, Failure};

/// What a shell answers for a program that is not there, and for one it may not run (POSIX, *Exit status*).
const NOT_FOUND: u8 = 127;
const NOT_EXECUTABLE: u8 = 126;

/// Runs the program; comes back only if it could not be started.
///
/// # Errors
/// As [`obtain::obtain`].
pub fn run(verbs: &Verbs, args: Exec) -> Done<ExitCode> {
    let Some((program, arguments)) = args.command.split_first() else {
        return Err(Failure::new(Class::Usage, "no-command", "there is no program to run"));
    };
    production::agreed(verbs, &args.take.profile, "run a program", args.yes)?;
    let obtained = obtain::obtain(verbs, args.take)?;
    jobs::used(&verbs.context, &obtained.profile);
    let mut command = Command::new(program);
    command.args(arguments);
    for name in CLEARED {
        command.env_remove(name);
    }
    // What the program chooses is not this shell's business.
    command.env_remove(shell::OUT);
    command.envs(variables(&obtained));
    let error = match replace(command) {
        Ok(code) => return Ok(code),
        Err(error) => error,
    };
    let name = program.to_string_lossy();
    let (code, word) = match error.kind() {
        ErrorKind::NotFound => (NOT_FOUND, "command-not-found"),
        _ => (NOT_EXECUTABLE, "not-executable"),
    };
    verbs.out.fail(&Failure::new(Class::General, word, format!("{name}: {error}")));
    Ok(ExitCode::from(code))
}

#[cfg(unix)]
fn replace(mut command: Command) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

/// Where a process cannot be replaced, its code is passed on.
#[cfg(not(unix))]
fn replace(mut command: Command) -> std::io::Result<ExitCode> {
    let code = command.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}
