//! The protocol on real files: every test has a home of its own.
#![expect(clippy::disallowed_methods, reason = "tests play the other program")]

mod crash;
mod kill;
mod objects;
mod overwritten;
mod property;
mod protocol;
mod renewal;
mod repair;
mod repair_property;
mod switch;
mod undo;

use std::path::PathBuf;

use jiff::Timestamp;

use super::{StateDir, StoreError, apply, preview};
use crate::aws::change::{Change, Written};
use crate::aws::profile::Estate;
use crate::aws::secret::{Credentials, Secret};
use crate::aws::session::Target;
use crate::aws::world::{Clock, Env, Fs, World};

pub(super) const NOW: &str = "2026-11-22T12:00:00Z";
pub(super) const LATER: &str = "2026-11-23T00:00:00Z";

/// A throw-away home with both files.
pub(super) struct Home {
    pub dir: tempfile::TempDir,
    pub world: World,
    pub state: StateDir,
}

impl Home {
    /// A home with these texts; an empty one is a missing file.
    pub(super) fn with(config: &str, credentials: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let env: Env = [("HOME".to_owned(), dir.path().to_str().unwrap().to_owned())].into_iter().collect();
        let world = World { env, fs: Fs::Real, clock: Clock::Fixed(NOW.parse().unwrap()) };
        let state = StateDir::new(dir.path().join("state"));
        std::fs::create_dir(dir.path().join(".aws")).unwrap();
        let home = Self { dir, world, state };
        for (path, text) in [(home.config_path(), config), (home.credentials_path(), credentials)] {
            if !text.is_empty() {
                std::fs::write(path, text).unwrap();
            }
        }
        home
    }

    pub(super) fn config_path(&self) -> PathBuf {
        self.dir.path().join(".aws/config")
    }

    pub(super) fn credentials_path(&self) -> PathBuf {
        self.dir.path().join(".aws/credentials")
    }

    pub(super) fn config(&self) -> String {
        std::fs::read_to_string(self.config_path()).unwrap_or_default()
    }

    pub(super) fn credentials(&self) -> String {
        std::fs::read_to_string(self.credentials_path()).unwrap_or_default()
    }

    pub(super) fn both(&self) -> (String, String) {
        (self.config(), self.credentials())
    }

    pub(super) fn estate(&self) -> Estate {
        Estate::read(&self.world)
    }

    pub(super) fn get(&self, profile: &str, key: &str) -> Option<String> {
        self.estate().profile(profile)?.get(key).map(|setting| setting.text.into_owned())
    }

    pub(super) fn apply(&self, change: &Change) -> Result<Written, StoreError> {
        apply(&self.world, &self.state, change, false)
    }

    pub(super) fn confirmed(&self, change: &Change) -> Written {
        apply(&self.world, &self.state, change, true).unwrap()
    }

    pub(super) fn use_profile(&self, profile: &str) -> Written {
        self.confirmed(&Change::Use { profile: profile.to_owned() })
    }

    pub(super) fn preview(&self, change: &Change) -> super::Preview {
        preview(&self.world, &self.state, change).unwrap()
    }

    pub(super) fn target(&self, profile: &str) -> Target {
        Target::plan(&self.estate(), profile, None, None).unwrap()
    }

    pub(super) fn renew(&self, profile: &str, session: &Credentials) -> Written {
        super::write_session(&self.world, &self.state, &self.target(profile), session).unwrap()
    }

    /// Everything in `.aws`, our lock files apart.
    pub(super) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.dir.path().join(".aws")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| !name.ends_with(".awsprof.lock"));
        names.sort();
        names
    }

    pub(super) fn scope(&self) -> PathBuf {
        self.state.scope(&self.world.aws_files())
    }
}

/// Whose-ever session it is, until tomorrow.
pub(super) fn session(id: &str) -> Credentials {
    Credentials {
        access_key_id: id.to_owned(),
        secret_access_key: Secret::new(format!("secret-of-{id}")),
        session_token: Some(Secret::new(format!("token-of-{id}"))),
        expires_at: Some(LATER.parse::<Timestamp>().unwrap()),
        account: None,
    }
}

pub(super) const WORK: &str = "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = work-secret\n";
