//! An embedded AWS on 127.0.0.1, for `awsprof demo` and for the tests.
//!
//! It is strict where AWS is strict: it works out every signature itself ([`canonical`], [`verify`]), lets a
//! code be used once ([`state`]), and refuses in AWS's own words and shapes ([`xml`]). [`cast`] is who lives in
//! it, as data; [`sts`], [`iam`] (with its [`keys`]), [`metadata`], [`oidc`] (with its [`sign_ins`]), [`portal`], [`signin`] (of `aws login`) and [`federation`] (the
//! console's) are the services ([`tree`]: what the instance tells about itself); [`faults`] are the bad days a test can
//! order; [`home`] writes a home directory that goes with it.
//!
//! It runs on a thread of its own with a runtime of its own, so blocking code can talk to it, and stops when
//! the [`Sandbox`] is dropped.

pub mod canonical;
pub mod cast;
pub mod faults;
pub mod federation;
pub mod form;
pub mod home;
pub mod iam;
pub mod keys;
pub mod metadata;
pub mod oidc;
pub mod portal;
pub mod server;
pub mod sign_ins;
pub mod signin;
pub mod state;
pub mod sts;
pub mod tree;
pub mod verify;
pub mod xml;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use jiff::Timestamp;
use tokio::sync::oneshot;

use crate::aws::world::Clock;
use cast::Cast;
use faults::Fault;
use state::{Seen, State};

/// A running sandbox.
#[derive(Debug)]
pub struct Sandbox {
    addr: SocketAddr,
    state: Arc<Mutex<State>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the demo's authenticator shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub digits: String,
    pub seconds_left: u64,
    /// The code was used already: wait for the next.
    pub used: bool,
}

impl Sandbox {
    /// Starts with this cast and this clock on a free port.
    ///
    /// # Errors
    /// If no port of 127.0.0.1 can be bound or no thread started.
    pub fn start(cast: Cast, clock: Clock) -> std::io::Result<Self> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let state = Arc::new(Mutex::new(State::new(cast, clock)));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&state);
        let serve = move || runtime.block_on(server::run(listener, shared, stopped));
        let thread = std::thread::Builder::new().name("sandbox".to_owned()).spawn(serve)?;
        Ok(Self { addr, state, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// The variables that send every tool here and nowhere else. The container endpoint is not among them: it
    /// would win on its own ([`Sandbox::container_env`]).
    #[must_use]
    pub fn env(&self) -> Vec<(&'static str, String)> {
        let services = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_IAM"];
        let more = ["AWS_ENDPOINT_URL_SSO", "AWS_ENDPOINT_URL_SSO_OIDC", "AWS_ENDPOINT_URL_SIGNIN"];
        let all = services.into_iter().chain(more).chain(["AWS_EC2_METADATA_SERVICE_ENDPOINT"]);
        all.map(|name| (name, self.url())).collect()
    }

    /// The variables of a task in a container.
    #[must_use]
    pub fn container_env(&self) -> [(&'static str, String); 2] {
        let uri = format!("{}{}", self.url(), metadata::CONTAINER_PATH);
        let token = self.with(|state| state.cast.container_token.clone());
        [("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", token)]
    }

    /// Every request so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        self.with(|state| state.seen.clone())
    }

    /// Has the next request to a service (not yet spoken for) answered this way.
    pub fn next_answer(&self, fault: Fault) {
        self.with(|state| state.faults.push_back(fault));
    }

    /// What the person at the browser does from now on.
    pub fn person(&self, person: sign_ins::Person) {
        self.with(|state| state.signing.person = person);
    }

    /// Has that many of the next questions about a device code answered with `slow_down`.
    pub fn slow_down(&self, questions: u32) {
        self.with(|state| state.signing.slow_downs = questions);
    }

    /// From now on a new access key is unknown to that many requests.
    pub fn spread_slowly(&self, requests: u32) {
        self.with(|state| state.lag = requests);
    }

    /// Everybody's access keys as they are.
    #[must_use]
    pub fn keys(&self) -> Vec<keys::Key> {
        self.with(|state| state.keys.clone())
    }

    /// Moves the sandbox's clock (its `Date` too).
    pub fn set_clock(&self, clock: Clock) {
        self.with(|state| state.clock = clock);
    }

    /// The time in the sandbox.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.with(|state| state.clock.now())
    }

    /// The code a user's device shows now; `None` for a user without a device.
    #[must_use]
    pub fn authenticator(&self, user: &str) -> Option<Shown> {
        self.with(|state| state.authenticator(user))
    }

    /// Who lives here.
    #[must_use]
    pub fn cast(&self) -> Cast {
        self.with(|state| state.cast.clone())
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
