//! `awsprof edit`: sets and removes keys of a profile.

use super::args::Edit;
use super::ask;
use super::values::Given;
use crate::aws::change::Change;
use crate::aws::ini::SectionKind;
use crate::cli::{Done, Verbs};
use crate::jobs::{Class, Failure};

/// Sets what `--set` and standard input say, removes what `--unset` says; without any of them asks as
/// `aws configure` does.
///
/// # Errors
/// An unknown profile or key, half a key, a reference to nothing, a person who says no.
pub fn run(verbs: &Verbs, args: &Edit) -> Done {
    let section = args.which.section(&args.name);
    let scripted = args.values.secrets_stdin || !args.values.set.is_empty() || !args.unset.is_empty();
    let mut given = match scripted {
        true => Given::read(&args.name, &args.values)?,
        false if section.kind == SectionKind::Profile => ask::again(verbs, &args.name)?,
        false => return Err(nothing()),
    };
    given.ask_missing_secret(&args.name)?;
    let unset = args.unset.iter().map(|key| key.to_ascii_lowercase()).collect();
    let change = Change::Edit { section, settings: given.settings, unset };
    super::write(verbs, &change, &given.secrets, args.consent, &format!("`{}` is changed", args.name))
}

fn nothing() -> Failure {
    Failure::new(Class::Usage, "nothing-to-do", "nothing to change was given")
        .hint("--set KEY=VALUE or --unset KEY")
}
