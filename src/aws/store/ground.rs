//! The ground a plan stands on: the files as read, what `use` wrote last, and the journal.

use super::follower::Followed;
use super::journal::Journal;
use super::managed::Managed;
use super::plan::Ground;
use super::settle::Reading;
use super::{StateDir, StoreError};
use crate::aws::profile::Estate;
use crate::aws::world::{AwsFiles, World};

/// Looks at everything once.
pub(super) fn survey<'a>(
    world: &'a World,
    files: &AwsFiles,
    state: &StateDir,
    readings: &[Reading; 2],
) -> Result<Ground<'a>, StoreError> {
    let scope = state.scope(files);
    let [config, credentials] = readings.each_ref().map(|reading| reading.text.clone());
    Ok(Ground {
        estate: Estate::from_texts(files.clone(), config, credentials),
        managed: Managed::load(&scope)?,
        entries: Journal::at(&scope).entries()?,
        paths: readings.each_ref().map(|reading| reading.path.clone()),
        followed: state.follower.as_ref().map_or(Ok(None), Followed::read)?,
        env: &world.env,
        now: world.now(),
    })
}
