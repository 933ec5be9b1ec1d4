//! What the doctor looks at, and the modes it sets: those are no text, so they are no change of the store's.

use std::path::PathBuf;

use super::{Context, Failure};
use crate::aws::lint;
use crate::aws::overview::Problem;
use crate::aws::profile::Estate;
use crate::aws::store;

/// Everything that is wrong.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    pub problems: Vec<Problem>,
    /// What others may look into, with the mode it should have.
    pub modes: Vec<(PathBuf, u32)>,
}

impl Diagnosis {
    /// Whether a problem is one of modes, which no edit mends.
    #[must_use]
    pub fn is_mode(&self, problem: &Problem) -> bool {
        matches!(problem.code, "file-mode" | "directory-mode")
    }
}

/// Looks at the files, at what may read them, and at the environment.
#[must_use]
pub fn diagnose(context: &Context) -> Diagnosis {
    let estate = Estate::read(&context.world);
    let mut problems = lint::diagnose(&context.world, &estate);
    problems.extend(store::overwritten(&estate, &context.store(), context.world.now()));
    problems.extend(store::out_of_step(&estate, &context.store()));
    Diagnosis { problems, modes: lint::too_wide(&context.world, &estate) }
}

/// Sets modes.
///
/// # Errors
/// A file or directory that belongs to somebody else.
pub fn restrict(modes: &[(PathBuf, u32)]) -> Result<(), Failure> {
    for (path, mode) in modes {
        store::restrict(path, *mode)?;
    }
    Ok(())
}
