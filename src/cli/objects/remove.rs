//! `awsprof remove`: a section goes from both files.
//!
//! The last copy of long-term keys goes only when the profile's name is typed, or given once more with
//! `--delete-keys`. Where nobody is asked (`--yes`) it is kept under another name.

use super::args::Remove;
use crate::aws::change::{Change, LastKeys, References};
use crate::aws::secret::Secrets;
use crate::cli::{Done, Verbs};
use crate::jobs::{Class, Failure};

/// Removes a section and does with what names it as told.
///
/// # Errors
/// An unknown name, something that still names it, a person who says no.
pub fn run(verbs: &Verbs, args: &Remove) -> Done {
    let section = args.which.section(&args.name);
    let change = Change::Remove { section, references: references(args), last_keys: last_keys(args)? };
    super::write(verbs, &change, &Secrets::default(), args.consent, &format!("`{}` is gone", args.name))
}

fn references(args: &Remove) -> References {
    match &args.retarget {
        Some(name) => References::Retarget(name.clone()),
        None if args.leave_references => References::Leave,
        None => References::Refuse,
    }
}

fn last_keys(args: &Remove) -> Done<LastKeys> {
    match args.delete_keys.as_deref() {
        Some(name) if name == args.name => Ok(LastKeys::Delete),
        Some(other) => Err(Failure::new(
            Class::Usage,
            "another-name",
            format!("--delete-keys names `{other}`, not `{}`", args.name),
        )),
        None if args.consent.yes => Ok(LastKeys::Keep),
        None => Ok(LastKeys::Delete),
    }
}
