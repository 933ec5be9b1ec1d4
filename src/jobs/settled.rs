//! A look at the files that is not taken in by a file somebody is writing.
//!
//! Most tools cut a file short and write it again in place. Whoever reads in that moment finds a profile without its keys,
//! or no profile. So what a first look refuses is looked at once more when the files have settled; a look that finds
//! what it wants costs nothing.

use super::{Context, Failure};
use crate::aws::profile::Estate;
use crate::aws::store;

/// What `find` makes of the files.
///
/// # Errors
/// What `find` refuses also of files that have settled.
pub(super) fn look<T>(context: &Context, find: impl Fn(&Estate) -> Result<T, Failure>) -> Result<T, Failure> {
    find(&Estate::read(&context.world)).or_else(|first| {
        let settled = store::settled(&context.world, &context.store());
        settled.map_or(Err(first), |estate| find(&estate))
    })
}
