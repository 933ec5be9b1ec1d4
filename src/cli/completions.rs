//! `awsprof completions` and `awsprof man`: what clap makes of the command line's types.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Done;
use super::args::Cli;
use super::out::Out;

/// Prints a shell's completions.
///
/// # Errors
/// A stdout that cannot be written to.
pub fn run(out: Out, shell: Shell) -> Done {
    out.answer(&script(shell))
}

/// A shell's completions.
#[must_use]
pub fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "awsprof", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Prints the manual page.
///
/// # Errors
/// A stdout that cannot be written to.
pub fn manual(out: Out) -> Done {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    out.answer(&String::from_utf8_lossy(&page))
}
