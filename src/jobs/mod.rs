//! What awsprof does: renew a session, write a change, ask who we are, resolve a chain with its probes.
//!
//! One step above [`crate::net`] and [`crate::aws`], shared by the screen's worker and by the verbs, so that both
//! do the same thing. A job takes a [`Context`] (the world and where our own files are) and ends with plain data or
//! with a [`Failure`] that says what happened, what to do, and which exit code it stands for.

pub mod browser;
mod cached;
mod clock;
mod code;
pub mod console;
mod devices;
mod doctor;
pub mod effective;
pub mod endpoints;
mod failure;
mod files;
mod flight;
mod forget;
pub mod guard;
mod keep;
pub mod keys;
pub mod login;
pub mod metadata;
mod obtain;
pub mod portal;
mod possible;
mod presigned;
pub mod probe;
pub mod production;
mod quiet;
mod renew;
mod role;
mod settings;
mod settled;
mod shared;
mod shown;
mod signed;
pub mod source;
mod stage;
mod tmux;
mod trace;
mod turn;
mod used;
mod whoami;

pub use clock::clock;
pub use code::{Ask, Codes, Wanted, nobody};
pub use devices::mfa_devices;
pub use doctor::{Diagnosis, diagnose, restrict};
pub use effective::{AtHand, Stale, Wish};
pub use failure::{Class, Confirmation, Failure, STILL_NAMED};
pub use files::{
    forget_history, history, load, preview, preview_with, problems, recover, survey, write, write_with,
};
pub use keep::{KeepRequest, Lasting, fault, keep};
pub use metadata::{MetadataRequest, metadata};
pub use obtain::{AssumeRequest, Assumed, assume, obtain};
pub use presigned::presigned;
pub use renew::{RenewRequest, Renewed, renew};
pub use role::Role;
pub use shared::Shared;
pub use shown::settings;
pub use source::{CodeSettings, Source, Store};
pub use stage::Stage;
pub use tmux::tmux;
pub use trace::{TraceRequest, trace, trace_now, traces};
pub use turn::{until, was_sent};
pub use used::used;
pub use whoami::whoami;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::SignedDuration;

use crate::aws::production::Production;
use crate::aws::profile::Estate;
use crate::aws::secret::Secret;
use crate::aws::store::{Follower, StateDir};
use crate::aws::sync::Rules;
use crate::aws::world::World;

/// Everything a job needs to know about where it runs. Cheap to clone; `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct Context {
    pub world: World,
    /// The folder of the journal and the managed default.
    pub state: PathBuf,
    /// The folder of cached role sessions.
    pub cache: PathBuf,
    /// awsprof's own `config.toml`: it follows a profile that is renamed.
    pub settings: PathBuf,
    /// How long writes can be taken back.
    pub keep: SignedDuration,
    /// How long a new MFA session is asked for.
    pub duration: SignedDuration,
    /// The user's own names for session profiles when the settings were last read: profile to session profile.
    pub session_profiles: BTreeMap<String, String>,
    /// Which profiles are asked about before they are used.
    pub production: Production,
    /// How profiles are made of what Identity Center lists; without a region it is the sign-in's.
    pub sync: Rules,
    /// What was asked in this run.
    pub asked: probe::Kept,
    /// The two files as the screen has read them last; who writes reads afresh.
    pub last: Shared<Option<Estate>>,
    /// Where codes come from without a person.
    pub codes: CodeSettings,
    /// Of the sealed seeds, once it is known.
    pub passphrase: Shared<Option<Secret>>,
    /// AWS's clock minus ours; zero until a refused code has told.
    pub skew: Shared<SignedDuration>,
}

impl Context {
    /// The folder of the journal and the managed default, as [`crate::aws::store`] takes it.
    #[must_use]
    pub fn store(&self) -> StateDir {
        let follower = Follower { path: self.settings.clone(), renamed: settings::renamed };
        StateDir::new(self.state.clone()).keeping(self.keep).followed_by(follower)
    }

    /// The user's own name for the session profile of a profile, as the settings say now: while a screen runs, a rename
    /// changes them. A file that cannot be read counts as it was before.
    #[must_use]
    pub fn session_profile(&self, profile: &str) -> Option<String> {
        let text = self.world.fs.read(&self.settings).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let now = text.as_deref().and_then(settings::session_profiles);
        now.as_ref().unwrap_or(&self.session_profiles).get(profile).cloned()
    }
}
