//! The ground a plan stands on: the files as read, what `use` wrote last, and the journal.

use std::path::Path;

use super::StoreError;
use super::journal::Journal;
use super::managed::Managed;
use super::plan::Ground;
use super::settle::Reading;
use crate::aws::profile::Estate;
use crate::aws::world::{AwsFiles, World};

/// Looks at everything once.
pub(super) fn survey<'a>(
    world: &'a World,
    files: &AwsFiles,
    scope: &Path,
    readings: &[Reading; 2],
) -> Result<Ground<'a>, StoreError> {
    let [config, credentials] = readings.each_ref().map(|reading| reading.text.clone());
    Ok(Ground {
        estate: Estate::from_texts(files.clone(), config, credentials),
        managed: Managed::load(scope)?,
        entries: Journal::at(scope).entries()?,
        paths: readings.each_ref().map(|reading| reading.path.clone()),
        env: &world.env,
        now: world.now(),
    })
}
