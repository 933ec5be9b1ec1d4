//! `awsprof export`: a profile's credentials for a shell or another program.

use super::args::{Export, Format};
use super::{Done, Verbs, formats, obtain};

/// Prints them in the format asked for; a session that has run out is renewed first.
///
/// # Errors
/// As [`obtain::obtain`]; a value that the format cannot carry.
pub fn run(verbs: &Verbs, args: Export) -> Done {
    let usual = if verbs.out.json { Format::Json } else { Format::Env };
    let obtained = obtain::obtain(verbs, args.take)?;
    verbs.out.answer(&formats::write(&obtained, args.format.unwrap_or(usual))?)
}
