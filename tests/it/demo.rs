//! A home that goes with a running sandbox: the demo's own, or one with a crowd in it.

use std::fmt::Write as _;

use awsprof::aws::world::Clock;
use awsprof::sandbox::Sandbox;
use awsprof::sandbox::cast::{ACME, Cast, Mfa, User};
use awsprof::sandbox::home::demo_home;
use awsprof::vault::totp::Device;

use crate::support::{Answer, Home};

pub struct Demo {
    pub sandbox: Sandbox,
    pub home: Home,
}

impl Demo {
    /// The demo's people and files.
    pub fn new() -> Self {
        let demo = Self::start(Cast::demo().unwrap());
        demo_home(demo.home.path(), &demo.sandbox).unwrap();
        demo
    }

    /// An empty home and a sandbox whose clock stands still: a code does not change between two lines of a test.
    fn start(cast: Cast) -> Self {
        let now = Clock::Fixed(Clock::System.now());
        let sandbox = Sandbox::start(cast, now).unwrap();
        let mut home = Home::empty();
        for (name, value) in sandbox.env() {
            home.set(name, &value);
        }
        Self { sandbox, home }
    }

    /// A sandbox with `count` users `p00`, `p01`, … each with a device, and their profiles after `[theirs]` and
    /// before `[last]`.
    pub fn crowd(count: usize) -> Self {
        let users: Vec<User> = (0..count).map(citizen).collect();
        let (mut config, mut credentials) = (String::from("# ours\n"), String::from(THEIRS));
        for user in &users {
            let serial = user.device.as_ref().unwrap().serial;
            let (id, secret) = (user.access_key_id, user.secret_access_key);
            writeln!(config, "[profile {}]\nregion = eu-west-1\nmfa_serial = {serial}\n", user.name).unwrap();
            let keys = format!("aws_access_key_id = {id}\naws_secret_access_key = {secret}\n");
            writeln!(credentials, "[{}]\n{keys}", user.name).unwrap();
        }
        credentials.push_str("[last]\n# kept\naws_access_key_id = AKIALAST\naws_secret_access_key = last\n");
        let demo = Self::start(Cast { users, ..Cast::demo().unwrap() });
        std::fs::create_dir(demo.home.file(".aws")).unwrap();
        demo.home.write(".aws/config", &config);
        demo.home.write(".aws/credentials", &credentials);
        demo
    }

    /// What the user's device shows.
    pub fn code(&self, user: &str) -> String {
        self.sandbox.authenticator(user).unwrap().digits
    }

    /// Renews with the right code of alice's (and bob's) device.
    pub fn renew(&self, profile: &str) -> Answer {
        self.home.awsprof(&["renew", profile, "--code", &self.code("alice"), "--json"])
    }

    /// Config and credentials.
    pub fn files(&self) -> [String; 2] {
        [".aws/config", ".aws/credentials"].map(|name| self.home.read(name))
    }

    /// The actions asked of the sandbox so far.
    pub fn actions(&self) -> Vec<String> {
        self.sandbox.requests().into_iter().map(|seen| seen.action).collect()
    }
}

/// A section another program writes, first in the file.
const THEIRS: &str = "[theirs]\naws_access_key_id = AKIATHEIRS0\naws_secret_access_key = not-ours\n\n";

fn citizen(at: usize) -> User {
    let text = |text: String| -> &'static str { text.leak() };
    let totp = Device::from_bytes(format!("the device of no. {at:02}").as_bytes()).unwrap();
    User {
        name: text(format!("p{at:02}")),
        account: ACME,
        user_id: text(format!("AIDASANDBOXCROWD0{at:03}")),
        access_key_id: text(format!("AKIASANDBOXCROWD0{at:03}")),
        secret_access_key: text(format!("sandbox+crowd/0123456789abcdefghijklm{at:03}")),
        device: Some(Mfa { serial: text(format!("arn:aws:iam::{ACME}:mfa/p{at:02}")), totp }),
    }
}

/// The lines of one section's body, up to the next header.
pub fn section<'a>(text: &'a str, header: &str) -> Vec<&'a str> {
    let mut lines = text.lines().skip_while(|line| *line != header).skip(1);
    std::iter::from_fn(|| lines.next().filter(|line| !line.starts_with('['))).collect()
}

/// The value of a key in a section of such a text.
pub fn value<'a>(text: &'a str, header: &str, key: &str) -> Option<&'a str> {
    let pairs = section(text, header).into_iter().filter_map(|line| line.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim())).find(|(name, _)| *name == key).map(|pair| pair.1)
}
