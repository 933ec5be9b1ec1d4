//! The demo's home and the sandbox that goes with it, for tests of the built program.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use awsprof::aws::world::Clock;
use awsprof::sandbox::Sandbox;
use awsprof::sandbox::cast::Cast;
use awsprof::sandbox::home::demo_home;

use crate::support::{Answer, Home};

pub struct Demo {
    pub sandbox: Sandbox,
    pub home: Home,
}

impl Demo {
    pub fn new() -> Self {
        // A clock that stands still: a code does not change between two lines of a test.
        let now = Clock::Fixed(Clock::System.now());
        let sandbox = Sandbox::start(Cast::demo().unwrap(), now).unwrap();
        let mut home = Home::empty();
        demo_home(home.path(), &sandbox).unwrap();
        for (name, value) in sandbox.env() {
            home.set(name, &value);
        }
        Self { sandbox, home }
    }

    /// What a user's device shows now.
    pub fn code(&self, user: &str) -> String {
        self.sandbox.authenticator(user).unwrap().digits
    }

    pub fn renew(&self, profile: &str) -> Answer {
        self.home.awsprof(&["renew", profile, "--code", &self.code("alice"), "--json"])
    }

    pub fn files(&self) -> [String; 2] {
        [".aws/config", ".aws/credentials"].map(|name| self.home.read(name))
    }

    /// The actions asked of the sandbox so far.
    pub fn actions(&self) -> Vec<String> {
        self.sandbox.requests().into_iter().map(|seen| seen.action).collect()
    }
}
