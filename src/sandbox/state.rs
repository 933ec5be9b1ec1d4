//! What the sandbox remembers: sessions it issued, codes that are used up, requests it saw.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::canonical::sha256_hex;
use super::cast::{Cast, Mfa, Role};
use super::faults::Fault;
use super::{Shown, keys::Key, sign_ins::SignIns, signin::Logins};
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
    /// Everybody's access keys.
    pub keys: Vec<Key>,
    /// How many requests find a new key unknown.
    pub lag: u32,
    /// What the machine itself was given, instance or task: it stays until it is about to end.
    pub machine: Option<Session>,
    /// Tokens of sign-ins at the portal that were issued here, and when they end.
    sign_ins: BTreeMap<String, Timestamp>,
    /// The token of the first sign-in has been given back.
    signed_out: bool,
    pub signing: SignIns,
    pub logins: Logins,
    /// The refresh token that works now.
    refresh_token: String,
    /// Access key ids of sessions that a role's session made.
    pub chained: BTreeSet<String>,
    /// Tokens for the console that nobody has used.
    signins: BTreeSet<String>,
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
    Role {
        arn: String,
        session_name: String,
    },
    /// Made by `GetFederationToken`; it may do nothing unless a policy came along.
    Federated {
        user: String,
        name: String,
        permits: bool,
    },
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
            sign_ins: BTreeMap::new(),
            signed_out: false,
            signing: SignIns::default(),
            logins: Logins::default(),
            refresh_token: cast.refresh_token.to_owned(),
            keys: first_keys(&cast),
            cast,
            clock,
            seen: Vec::new(),
            faults: VecDeque::new(),
            sessions: BTreeMap::new(),
            used: BTreeSet::new(),
            issued: 0,
            lag: 0,
            machine: None,
            chained: BTreeSet::new(),
            signins: BTreeSet::new(),
        }
    }

    /// The session with this key, expired ones included.
    #[must_use]
    pub fn session(&self, access_key_id: &str) -> Option<&Session> {
        self.sessions.get(access_key_id)
    }

    /// The long-term key with this id, if AWS takes it.
    #[must_use]
    pub fn key(&self, access_key_id: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.id == access_key_id && key.active && key.unheard == 0)
    }

    /// A key has been shown: its use is written down, or the news of it has come one part further.
    pub fn shown(&mut self, access_key_id: &str) {
        let now = self.clock.now();
        let Some(key) = self.keys.iter_mut().find(|key| key.id == access_key_id && key.active) else {
            return;
        };
        match key.unheard {
            0 => key.last_used = Some(now),
            left => key.unheard = left - 1,
        }
    }

    /// A new key for a user.
    pub fn new_key(&mut self, user: &str) -> Key {
        let (id, secret) = (self.random("key id"), self.random("key secret"));
        let key = Key {
            user: user.to_owned(),
            id: format!("AKIASANDBOX{}", id[..9].to_uppercase()),
            secret: format!("new/{}", &secret[..36]),
            active: true,
            created: self.clock.now(),
            last_used: None,
            unheard: self.lag,
        };
        self.keys.push(key.clone());
        key
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
        (!refresh_token.is_empty() && refresh_token == self.refresh_token).then(|| self.sign_in(seconds))
    }

    /// A new sign-in at the portal for `seconds`, and what renews it.
    pub fn sign_in(&mut self, seconds: u32) -> (String, String) {
        let now = self.clock.now();
        self.issued += 1;
        let access = format!("portal-{}", sha256_hex(format!("access {} {now}", self.issued).as_bytes()));
        self.refresh_token =
            format!("refresh-{}", sha256_hex(format!("refresh {} {now}", self.issued).as_bytes()));
        let until = now.checked_add(SignedDuration::from_secs(seconds.into())).unwrap_or(now);
        self.sign_ins.insert(access.clone(), until);
        (access, self.refresh_token.clone())
    }

    /// Whether a token is that of a sign-in at the portal that lives.
    #[must_use]
    pub fn is_signed_in(&self, token: &str) -> bool {
        let lives = self.sign_ins.get(token).is_some_and(|until| *until > self.clock.now());
        lives || (token == self.cast.portal_token && !self.signed_out)
    }

    /// A sign-in at the portal ends, and what renews it.
    pub fn sign_out(&mut self, token: &str) {
        self.sign_ins.remove(token);
        self.signed_out |= token == self.cast.portal_token;
        self.refresh_token.clear();
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

    /// A token that signs a browser in.
    pub fn signin_token(&mut self) -> String {
        let token = format!("signin-{}", self.random("signin"));
        self.signins.insert(token.clone());
        token
    }

    /// Uses such a token up; whether it was one.
    pub fn spend_signin_token(&mut self, token: &str) -> bool {
        self.signins.remove(token)
    }

    /// Sixty-four characters that were not there before.
    pub fn random(&mut self, what: &str) -> String {
        self.issued += 1;
        sha256_hex(format!("{what} {} {}", self.issued, self.clock.now()).as_bytes())
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

/// When the keys that are there from the start were made.
const FIRST: &str = "2026-01-15T09:30:00Z";

fn first_keys(cast: &Cast) -> Vec<Key> {
    let key = |user: &super::cast::User| Key {
        user: user.name.to_owned(),
        id: user.access_key_id.to_owned(),
        secret: user.secret_access_key.to_owned(),
        active: true,
        created: FIRST.parse().unwrap_or_default(),
        last_used: None,
        unheard: 0,
    };
    cast.users.iter().map(key).collect()
}
