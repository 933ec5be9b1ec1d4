//! The `[default]` that `use` made: which profile it is a copy of, and how to tell that somebody edited it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::digest::digest;
use super::{StateDir, StoreError, own};
use crate::aws::ini::{Document, FileKind, SectionId};
use crate::aws::overview::{DefaultState, Problem, Severity};
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
    /// What the profile was when it was copied; unknown in state that an older awsprof wrote.
    #[serde(default)]
    pub source: Option<Source>,
}

/// A profile at the moment it was copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Source {
    pub at: Timestamp,
    /// Of its sections in both files.
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

/// A digest of what both `[default]` sections mean.
pub(super) fn default_digest(config: &Document, credentials: &Document) -> String {
    section_digest(&default_id(), [config, credentials])
}

/// A digest of what a section means in both files: keys and values, not comments or order.
pub(super) fn section_digest(id: &SectionId, both: [&Document; 2]) -> String {
    let mut text = Vec::new();
    for doc in both {
        let mut body = doc.body(id);
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

/// Whether the profile that `[default]` is a copy of is still what it was then.
pub(super) fn is_in_step(estate: &Estate, managed: &Managed) -> bool {
    let id = SectionId::profile(managed.profile.as_str());
    let now = || section_digest(&id, [estate.config(), estate.credentials()]);
    managed.source.as_ref().is_none_or(|source| source.digest == now())
}

/// The code of a `[default]` that is an old copy.
pub(super) const OUT_OF_STEP: &str = "default-out-of-step";

/// An untouched `[default]` whose profile somebody has changed since it was copied.
pub(super) fn stale(estate: &Estate, managed: Option<&Managed>) -> Option<Problem> {
    let managed = managed.filter(|managed| !is_in_step(estate, managed))?;
    let (name, at) = (managed.profile.as_str(), managed.source.as_ref()?.at.strftime("%F %H:%M UTC"));
    let copied = DefaultState::Managed { profile: name.to_owned() };
    if estate.profile(name).is_none() || state_of(estate, Some(managed)) != copied {
        return None;
    }
    let mut both = [FileKind::Credentials, FileKind::Config].into_iter();
    let (file, line) = both.find_map(|file| {
        let section = estate.document(file).sections_of(&default_id()).next()?;
        Some((estate.path(file).to_owned(), section.line()))
    })?;
    Some(Problem {
        code: OUT_OF_STEP,
        severity: Severity::Warning,
        message: format!(
            "default is a copy of {name} as it was on {at}; `awsprof use {name}` brings it up to date"
        ),
        file: Some(file),
        line: Some(line),
        fixable: true,
        profile: Some(name.to_owned()),
    })
}

/// A default profile that is not what `awsprof use` would make of its profile now.
#[must_use]
pub fn out_of_step(estate: &Estate, state: &StateDir) -> Option<Problem> {
    let managed = Managed::load(&state.scope(estate.files())).unwrap_or_default();
    stale(estate, managed.as_ref())
}

/// What `[default]` is. State that cannot be read counts as none: the section is then somebody's own.
#[must_use]
pub fn default_state(estate: &Estate, state: &StateDir) -> DefaultState {
    let managed = Managed::load(&state.scope(estate.files())).unwrap_or_default();
    state_of(estate, managed.as_ref())
}
