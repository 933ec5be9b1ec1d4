//! What the sandbox remembers: sessions it issued, codes that are used up, requests it saw.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::Shown;
use super::canonical::sha256_hex;
use super::cast::{Cast, Mfa, Role, User};
use super::faults::Fault;
use crate::aws::world::Clock;

/// Everything behind the lock.
#[derive(Debug)]
pub struct State {
    pub cast: Cast,
    pub clock: Clock,
    pub seen: Vec<Seen>,
    pub faults: VecDeque<Fault>,
    sessions: BTreeMap<String, Session>,
    /// Serial and time step of every code that was accepted.
    used: BTreeSet<(String, u64)>,
    issued: u64,
    /// What the machine itself was given, instance or task: it stays until it is about to end.
    pub machine: Option<Session>,
    /// Tokens of sign-ins at the portal that were issued here, and when they end.
    sign_ins: BTreeMap<String, Timestamp>,
    /// The refresh token that works now.
    refresh_token: String,
}

/// A request as a test counts it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub method: String,
    pub path: String,
    /// `GetSessionToken`, …; empty where there is none.
    pub action: String,
    pub access_key_id: Option<String>,
    /// What else was asked for, without the secrets among it.
    pub fields: Vec<(String, String)>,
    /// What it was answered with; 0 if it never was.
    pub status: u16,
}

/// Who a key acts as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    User(String),
    Role { arn: String, session_name: String },
}

/// Temporary credentials the sandbox gave out.
#[derive(Clone, Debug)]
pub struct Session {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub token: String,
    pub expires_at: Timestamp,
    pub principal: Principal,
    /// It was made with a code.
    pub mfa: bool,
}

/// Who signed a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub principal: Principal,
    /// Signed by a session.
    pub session: bool,
    pub mfa: bool,
}

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeVerdict {
    Accepted,
    WrongOrUsed,
    NoSuchDevice,
}

impl State {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new(cast: Cast, clock: Clock) -> Self {
        Self {
            refresh_token: cast.refresh_token.to_owned(),
            sign_ins: BTreeMap::new(),
            cast,
            clock,
            seen: Vec::new(),
            faults: VecDeque::new(),
            sessions: BTreeMap::new(),
            used: BTreeSet::new(),
            issued: 0,
            machine: None,
        }
    }

    /// The session with this key, expired ones included.
    #[must_use]
    pub fn session(&self, access_key_id: &str) -> Option<&Session> {
        self.sessions.get(access_key_id)
    }

    /// The user with this long-term key.
    #[must_use]
    pub fn owner(&self, access_key_id: &str) -> Option<&User> {
        self.cast.users.iter().find(|user| user.access_key_id == access_key_id)
    }

    /// The role with this ARN.
    #[must_use]
    pub fn role(&self, arn: &str) -> Option<&Role> {
        self.cast.roles.iter().find(|role| role.arn == arn)
    }

    /// The ARN of the role with this name.
    #[must_use]
    pub fn role_arn(&self, name: &str) -> Option<String> {
        self.cast.roles.iter().find(|role| role.name() == name).map(|role| role.arn.to_owned())
    }

    /// Gives out a session that will sign later requests.
    pub fn issue(&mut self, principal: Principal, seconds: u32, mfa: bool) -> Session {
        self.issued += 1;
        let now = self.clock.now();
        let expires_at = now.checked_add(SignedDuration::from_secs(seconds.into())).unwrap_or(now);
        // Whole seconds, as AWS gives them.
        let expires_at = Timestamp::from_second(expires_at.as_second()).unwrap_or(expires_at);
        let random = |what: &str| sha256_hex(format!("{what} {} {now}", self.issued).as_bytes());
        let session = Session {
            access_key_id: format!("ASIASANDBOX{}", random("key")[..9].to_uppercase()),
            secret_access_key: format!("{}/+", &random("secret")[..38]),
            token: format!("IQoJb3JpZ2luX2Vj/{}+{}/{}==", random("a"), random("b"), random("c")),
            expires_at,
            principal,
            mfa,
        };
        self.sessions.insert(session.access_key_id.clone(), session.clone());
        session
    }

    /// A new sign-in at the portal for `seconds`, and the next refresh token; `None` for a token that does not work.
    pub fn sign_in_again(&mut self, refresh_token: &str, seconds: u32) -> Option<(String, String)> {
        if refresh_token != self.refresh_token {
            return None;
        }
        let now = self.clock.now();
        self.issued += 1;
        let access = format!("portal-{}", sha256_hex(format!("access {} {now}", self.issued).as_bytes()));
        self.refresh_token =
            format!("refresh-{}", sha256_hex(format!("refresh {} {now}", self.issued).as_bytes()));
        let until = now.checked_add(SignedDuration::from_secs(seconds.into())).ok()?;
        self.sign_ins.insert(access.clone(), until);
        Some((access, self.refresh_token.clone()))
    }

    /// Whether a token is that of a sign-in at the portal that lives.
    #[must_use]
    pub fn is_signed_in(&self, token: &str) -> bool {
        let lives = self.sign_ins.get(token).is_some_and(|until| *until > self.clock.now());
        lives || token == self.cast.portal_token
    }

    /// Tries a code of a user's device; an accepted one is used up.
    pub fn try_code(&mut self, user: &str, serial: &str, digits: &str) -> CodeVerdict {
        let now = self.clock.now();
        let Some(device) = self.device(user).filter(|device| device.serial == serial) else {
            return CodeVerdict::NoSuchDevice;
        };
        match device.totp.step_of(digits, now) {
            Some(step) if self.used.insert((serial.to_owned(), step)) => CodeVerdict::Accepted,
            _ => CodeVerdict::WrongOrUsed,
        }
    }

    /// What a user's device shows.
    #[must_use]
    pub fn authenticator(&self, user: &str) -> Option<Shown> {
        let device = self.device(user)?;
        let code = device.totp.code(self.clock.now());
        Some(Shown {
            digits: code.digits.expose().to_owned(),
            seconds_left: code.seconds_left,
            used: self.used.contains(&(device.serial.to_owned(), code.step)),
        })
    }

    /// A request id like AWS's, a different one each time.
    #[must_use]
    pub fn request_id(&self) -> String {
        let hash = sha256_hex(format!("request {}", self.seen.len()).as_bytes());
        format!("{}-{}-4{}-8{}-{}", &hash[..8], &hash[8..12], &hash[12..15], &hash[15..18], &hash[18..30])
    }

    fn device(&self, user: &str) -> Option<&Mfa> {
        self.cast.user(user)?.device.as_ref()
    }
}
