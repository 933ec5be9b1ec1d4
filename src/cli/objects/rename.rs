//! `awsprof rename` and `copy`: a section under another name, or a second one.

use super::args::{Copy, Rename};
use crate::aws::change::Change;
use crate::aws::secret::Secrets;
use crate::cli::{Done, Verbs};

/// Renames in both files; what names the section follows, awsprof's settings too.
///
/// # Errors
/// An unknown or a taken name, a person who says no.
pub fn rename(verbs: &Verbs, args: &Rename) -> Done {
    super::check_name(&args.new)?;
    let change = Change::Rename { section: args.which.section(&args.old), to: args.new.clone() };
    let said = format!("`{}` is called `{}` now", args.old, args.new);
    super::write(verbs, &change, &Secrets::default(), args.consent, &said)
}

/// Copies in both files.
///
/// # Errors
/// An unknown or a taken name, a person who says no.
pub fn copy(verbs: &Verbs, args: &Copy) -> Done {
    super::check_name(&args.new)?;
    let change = Change::Copy { section: args.which.section(&args.old), to: args.new.clone() };
    let said = format!("`{}` has the keys of `{}`", args.new, args.old);
    super::write(verbs, &change, &Secrets::default(), args.consent, &said)
}
