//! What a write comes to: worked out from the files as they are, before anything is touched.
//!
//! A planner is a pure function of the [`Ground`]; it is asked again whenever the files turn out to have
//! changed, so nothing it decides is ever written over somebody else's edit.

use std::path::PathBuf;

use jiff::Timestamp;

use super::StoreError;
use super::draft::{BOTH, Draft, Meant};
use super::follower::Followed;
use super::journal::{Entry, FileEdits, List, State, Turn};
use super::managed::{Managed, Source, is_in_step, section_digest, state_of};
use crate::aws::ini::SectionId;
use crate::aws::overview::DefaultState;
use crate::aws::profile::Estate;
use crate::aws::world::Env;

/// Everything a planner may look at.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    pub estate: Estate,
    pub managed: Option<Managed>,
    pub entries: Vec<Entry>,
    /// Config and credentials, symlinks followed: as the journal names them.
    pub paths: [PathBuf; 2],
    /// A file beside the two that names profiles.
    pub followed: Option<Followed>,
    pub env: &'a Env,
    pub now: Timestamp,
}

impl Ground<'_> {
    pub(super) fn default_state(&self) -> DefaultState {
        state_of(&self.estate, self.managed.as_ref())
    }
}

/// A write that can be shown, refused or done.
#[derive(Debug)]
pub(super) struct Plan {
    pub verb: String,
    pub profile: String,
    pub previous: Option<String>,
    pub list: List,
    /// The new config and the new credentials.
    pub texts: [Vec<u8>; 2],
    pub meant: [Meant; 2],
    /// What changes in the file that follows the two.
    pub beside: Option<FileEdits>,
    /// The managed default afterwards, when the write changes it.
    pub default: Option<Turn>,
    pub notes: Vec<String>,
    /// Why a person must agree first.
    pub confirm: Vec<String>,
    /// The name a person must type to agree: yes is not enough.
    pub typed: Option<String>,
    pub record: Record,
}

/// How the journal remembers a write.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) enum Record {
    /// As an entry of its own.
    Append,
    /// As another state of an entry it has.
    Mark { id: u64, state: State },
}

impl Plan {
    pub(super) fn new(verb: &str, profile: &str, list: List, draft: Draft) -> Self {
        let (texts, meant) = draft.finish();
        Self {
            verb: verb.to_owned(),
            profile: profile.to_owned(),
            previous: None,
            list,
            texts,
            meant,
            beside: None,
            default: None,
            notes: Vec::new(),
            confirm: Vec::new(),
            typed: None,
            record: Record::Append,
        }
    }
}

/// Something that makes a plan of the ground as it is.
pub(super) type Planner<'a> = &'a dyn Fn(&Ground<'_>) -> Result<Plan, StoreError>;

/// The managed state for the default profile as `draft` leaves it. A copy that was out of step with its profile is so
/// still.
pub(super) fn managed_as(ground: &Ground<'_>, draft: &Draft, like: Managed) -> Managed {
    let was_in_step = ground.managed.as_ref().is_none_or(|was| is_in_step(&ground.estate, was));
    let same = |source: Source| Source { digest: profile_digest(draft, &like.profile), ..source };
    let source = like.source.clone().map(|source| if was_in_step { same(source) } else { source });
    Managed { digest: profile_digest(draft, "default"), source, ..like }
}

/// The same where `draft` has just made it a copy of its profile.
pub(super) fn managed_copy(ground: &Ground<'_>, draft: &Draft, like: Managed) -> Managed {
    let source = Source { at: ground.now, digest: profile_digest(draft, &like.profile) };
    Managed { digest: profile_digest(draft, "default"), source: Some(source), ..like }
}

fn profile_digest(draft: &Draft, profile: &str) -> String {
    section_digest(&SectionId::profile(profile), BOTH.map(|file| draft.doc(file)))
}
