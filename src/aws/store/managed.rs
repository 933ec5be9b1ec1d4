//! The `[default]` that `use` made: which profile it is a copy of, and how to tell that somebody edited it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::digest::digest;
use super::{StateDir, StoreError, own};
use crate::aws::ini::{Document, SectionId};
use crate::aws::overview::DefaultState;
use crate::aws::profile::Estate;

/// What `use` wrote last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Managed {
    /// The profile `[default]` is a copy of.
    pub profile: String,
    /// What was used before it: for `use -`.
    pub previous: Option<String>,
    /// The profile that holds what was in `[default]` before awsprof; `None` if there was nothing.
    pub original: Option<String>,
    /// Digest of both sections as written.
    pub digest: String,
}

impl Managed {
    pub(super) fn path(scope: &Path) -> PathBuf {
        scope.join("default.json")
    }

    pub(super) fn load(scope: &Path) -> Result<Option<Self>, StoreError> {
        own::load(&Self::path(scope))
    }

    /// Writes the state, or removes it.
    pub(super) fn save(state: Option<&Self>, scope: &Path) -> Result<(), StoreError> {
        state.map_or_else(|| own::remove(&Self::path(scope)), |state| own::save(&Self::path(scope), state))
    }
}

/// The section that counts as the default profile.
pub(super) fn default_id() -> SectionId {
    SectionId::profile("default")
}

/// A digest of what both `[default]` sections mean: keys and values, not comments or order.
pub(super) fn default_digest(config: &Document, credentials: &Document) -> String {
    let mut text = Vec::new();
    for doc in [config, credentials] {
        let mut body = doc.body(&default_id());
        body.sort_by(|a, b| a.key.cmp(&b.key));
        for entry in body {
            text.extend_from_slice(entry.key.as_bytes());
            text.push(0);
            text.extend_from_slice(&entry.raw);
            text.push(0);
        }
        text.push(1);
    }
    digest(&text)
}

/// Whether any of the two files gives the default profile a key.
pub(super) fn has_default(estate: &Estate) -> bool {
    let filled = |doc: &Document| doc.sections_of(&default_id()).any(|section| section.entries().count() > 0);
    filled(estate.config()) || filled(estate.credentials())
}

/// What `[default]` is, given what `use` wrote last.
pub(super) fn state_of(estate: &Estate, managed: Option<&Managed>) -> DefaultState {
    let profile = |managed: &Managed| managed.profile.clone();
    match managed {
        _ if !has_default(estate) => DefaultState::Absent,
        None => DefaultState::Unmanaged,
        Some(was) if was.digest == default_digest(estate.config(), estate.credentials()) => {
            DefaultState::Managed { profile: profile(was) }
        }
        Some(was) => DefaultState::Drifted { profile: profile(was) },
    }
}

/// What `[default]` is. State that cannot be read counts as none: the section is then somebody's own.
#[must_use]
pub fn default_state(estate: &Estate, state: &StateDir) -> DefaultState {
    let managed = Managed::load(&state.scope(estate.files())).unwrap_or_default();
    state_of(estate, managed.as_ref())
}
