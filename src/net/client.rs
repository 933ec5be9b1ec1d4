//! The HTTP client: routes made when first needed, limits, and the clock as AWS sees it.
//!
//! There are six routes (TLS or not; through a proxy, without one, or to a neighbour), each a `reqwest::Client` built on first use:
//! a plain one needs no roots, so the demo and the instance metadata never load them. No route follows a
//! redirect, keeps a connection (a stale one would blur "was it sent?") or retries by itself.

use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::{Proxy, Url, redirect};

use super::error::NetError;
use super::proxy::Proxies;
use super::retry::Policy;
use super::tls;
use crate::aws::world::World;

/// How long and how much, at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub connect: Duration,
    /// From the first packet to the last byte of the answer.
    pub total: Duration,
    /// The longest body believed, in bytes.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(15), body: 256 * 1024 }
    }
}

/// How long a connection to a neighbour (instance metadata, a container endpoint) may take.
pub const DIRECT_CONNECT: Duration = Duration::from_secs(1);

/// Which way a request goes.
#[derive(Clone, Copy, Debug)]
enum Way {
    Proxied,
    Open,
    /// To a neighbour: never by proxy, and there at once or not at all.
    Direct,
}

/// Talks to AWS. Cheap to make; connections and certificates wait for the first request.
pub struct Client {
    world: World,
    proxies: Proxies,
    ca_bundle: Option<PathBuf>,
    pub(super) limits: Limits,
    pub(super) policy: Policy,
    /// AWS's clock minus ours, once a refused signature has taught it.
    skew: Mutex<SignedDuration>,
    routes: [OnceLock<reqwest::Client>; 6],
}

impl Client {
    /// A client of this world: its proxies, its `AWS_CA_BUNDLE`, its clock.
    ///
    /// # Errors
    /// [`super::Kind::Setting`] if a proxy variable cannot be understood.
    pub fn new(world: &World) -> Result<Self, NetError> {
        Ok(Self {
            world: world.clone(),
            proxies: Proxies::from_env(&world.env)?,
            ca_bundle: world.env.non_empty("AWS_CA_BUNDLE").map(PathBuf::from),
            limits: Limits::default(),
            policy: Policy::default(),
            skew: Mutex::new(SignedDuration::ZERO),
            routes: Default::default(),
        })
    }

    /// Trusts the profile's `ca_bundle`, unless `AWS_CA_BUNDLE` is set (which wins, as in botocore).
    #[must_use]
    pub fn or_ca_bundle(self, profile: Option<PathBuf>) -> Self {
        Self { ca_bundle: self.ca_bundle.or(profile), ..self }
    }

    /// Other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Another retry policy.
    #[must_use]
    pub fn with_policy(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// The environment, files and clock this client works in.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The time as AWS sees it, as far as known.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = self.world.now();
        now.checked_add(self.clock_offset()).unwrap_or(now)
    }

    /// AWS's clock minus ours; zero until AWS has refused a signature for its time.
    #[must_use]
    pub fn clock_offset(&self) -> SignedDuration {
        *self.skew.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds to the offset what another refusal taught.
    pub(super) fn correct_clock(&self, by: SignedDuration) {
        let mut skew = self.skew.lock().unwrap_or_else(PoisonError::into_inner);
        *skew = skew.saturating_add(by);
    }

    /// The route to a URL. `direct` keeps it from any proxy; what is local never takes one.
    pub(super) fn route(&self, url: &Url, direct: bool) -> Result<&reqwest::Client, NetError> {
        let tls = url.scheme() == "https";
        let (way, proxy) = match self.proxies.of(url) {
            _ if direct => (Way::Direct, None),
            None => (Way::Open, None),
            Some(proxy) => (Way::Proxied, Some(proxy)),
        };
        let slot = &self.routes[usize::from(tls) * 3 + way as usize];
        if let Some(route) = slot.get() {
            return Ok(route);
        }
        let made = self.build(tls, way, proxy)?;
        Ok(slot.get_or_init(|| made))
    }

    /// Whether a request to this URL is handed to a proxy.
    pub(super) fn takes_proxy(&self, url: &Url, direct: bool) -> bool {
        !direct && self.proxies.of(url).is_some()
    }

    fn build(&self, tls: bool, way: Way, proxy: Option<&Proxy>) -> Result<reqwest::Client, NetError> {
        tls::install_provider();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("awsprof/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .pool_max_idle_per_host(0)
            .connect_timeout(match way {
                Way::Direct => DIRECT_CONNECT.min(self.limits.connect),
                Way::Proxied | Way::Open => self.limits.connect,
            })
            .no_proxy();
        if let Some(proxy) = proxy {
            builder = builder.proxy(proxy.clone());
        }
        // A proxy may itself be reached by TLS, so only an unproxied plain route does without roots.
        builder = if tls || proxy.is_some() {
            tls::trust(builder, &self.world.fs, self.ca_bundle.as_deref())?
        } else {
            builder.tls_certs_only([])
        };
        builder.build().map_err(|error| tls::no_roots(&error))
    }
}

impl std::fmt::Debug for Client {
    /// Says nothing of the proxies: their URLs may hold passwords.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("limits", &self.limits)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}
