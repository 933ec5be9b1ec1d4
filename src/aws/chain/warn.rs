//! Warnings: what works today and will surprise tomorrow.

use super::scene::Scene;
use super::trace::{Trace, Warning};

pub(super) fn of(_scene: &Scene<'_>, _trace: &Trace) -> Vec<Warning> {
    Vec::new()
}
