//! A sandbox and a client whose world points at it.

use std::time::Duration;

use awsprof::aws::chain::trace::Identity;
use awsprof::aws::secret::{Credentials, Secret};
use awsprof::aws::world::{Clock, Env, Fs, World};
use awsprof::net::client::Limits;
use awsprof::net::endpoint::{Endpoint, ProfileSettings, Service, endpoint};
use awsprof::net::retry::Policy;
use awsprof::net::sts::{Caller, Mfa, RoleRequest};
use awsprof::net::{Answer, Client, NetError, Stage, sts};
use awsprof::sandbox::Sandbox;
use awsprof::sandbox::cast::{Cast, User};
use jiff::{SignedDuration, Timestamp};

/// Tiny waits: the sandbox answers for real, so the clock cannot be paused.
pub const POLICY: Policy = Policy {
    attempts: 3,
    base: Duration::from_millis(1),
    throttled: Duration::from_millis(1),
    cap: Duration::from_secs(20),
};
pub const LIMITS: Limits =
    Limits { connect: Duration::from_secs(2), total: Duration::from_secs(10), body: 256 * 1024 };

pub fn start_time() -> Timestamp {
    "2026-11-22T12:00:05Z".parse().unwrap()
}

/// A sandbox, a client whose world points at it, and what the client said on the way.
pub struct Rig {
    pub sandbox: Sandbox,
    pub client: Client,
    pub env: Env,
    pub stages: Vec<Stage>,
}

impl Rig {
    pub fn new() -> Self {
        Self::with(&[], start_time())
    }

    /// With more variables and the client's clock at `now`; the sandbox's is at [`start_time`].
    pub fn with(more: &[(&str, &str)], now: Timestamp) -> Self {
        Self::with_cast(|_| (), more, now)
    }

    /// With other people in the sandbox.
    pub fn with_cast(change: impl FnOnce(&mut Cast), more: &[(&str, &str)], now: Timestamp) -> Self {
        let mut cast = Cast::demo().unwrap();
        change(&mut cast);
        let sandbox = Sandbox::start(cast, Clock::Fixed(start_time())).unwrap();
        let own = sandbox.env().into_iter().map(|(name, value)| (name.to_owned(), value));
        let more = more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let env: Env = own.chain(more).collect();
        let world = World { env: env.clone(), fs: Fs::Real, clock: Clock::Fixed(now) };
        let client = Client::new(&world).unwrap().with_policy(POLICY).with_limits(LIMITS);
        Self { sandbox, client, env, stages: Vec::new() }
    }

    pub fn endpoint(&self, service: Service) -> Endpoint {
        let profile = ProfileSettings { region: Some("eu-west-1"), ..Default::default() };
        endpoint(service, &self.env, profile, None).unwrap()
    }

    pub fn user(&self, name: &str) -> User {
        self.sandbox.cast().user(name).unwrap().clone()
    }

    pub fn keys(&self, name: &str) -> Credentials {
        let user = self.user(name);
        Credentials::long_term(user.access_key_id, user.secret_access_key)
    }

    pub fn code(&self) -> Secret {
        Secret::new(self.sandbox.authenticator("alice").unwrap().digits)
    }

    pub fn wait_for_the_next_code(&self) {
        let now = self.sandbox.now() + SignedDuration::from_secs(30);
        self.sandbox.set_clock(Clock::Fixed(now));
    }

    /// Renews alice's session with a code.
    pub fn renew(&mut self, code: &Secret) -> Result<Answer<Credentials>, NetError> {
        let keys = self.keys("alice");
        let mfa = Mfa { serial: "arn:aws:iam::111122223333:mfa/alice", code };
        self.session(&keys, 43200, Some(mfa))
    }

    pub fn session(
        &mut self,
        keys: &Credentials,
        seconds: u32,
        mfa: Option<Mfa<'_>>,
    ) -> Result<Answer<Credentials>, NetError> {
        let at = self.endpoint(Service::Sts);
        let caller = Caller { credentials: keys, endpoint: &at };
        let Self { client, stages, .. } = self;
        let mut observer = |stage| stages.push(stage);
        block_on(sts::get_session_token(client, caller, seconds, mfa, &mut observer))
    }

    pub fn who(&mut self, keys: &Credentials) -> Result<Answer<Identity>, NetError> {
        let at = self.endpoint(Service::Sts);
        let caller = Caller { credentials: keys, endpoint: &at };
        let Self { client, stages, .. } = self;
        block_on(sts::get_caller_identity(client, caller, &mut |stage| stages.push(stage)))
    }

    pub fn role(&mut self, keys: &Credentials, role: RoleRequest<'_>) -> Result<sts::RoleSession, NetError> {
        let at = self.endpoint(Service::Sts);
        let caller = Caller { credentials: keys, endpoint: &at };
        block_on(sts::assume_role(&self.client, caller, role, &mut |_| ())).map(|answer| answer.value)
    }
}

pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

pub fn role(arn: &str) -> RoleRequest<'_> {
    RoleRequest {
        role_arn: arn,
        session_name: "test",
        duration: None,
        external_id: None,
        extras: None,
        mfa: None,
    }
}
