//! Performing probes: resolve a chain, do the one thing that is needed next, feed the answer back, until the
//! trace is settled.
//!
//! What was asked stays answered ([`Kept`]), so that nothing is asked twice: not by a second tool, not by a second
//! look at the same profile. Local files are always read; everything else only when [`Asking`] allows it.

mod ask;
mod kept;
mod nearby;
mod process;

pub use kept::Kept;

use jiff::Timestamp;

use crate::aws::chain::trace::{Identity, Trace};
use crate::aws::chain::{self, Answer, Facts, Probe, Resolution, Selection, Tool};
use crate::aws::world::World;
use crate::jobs::Context;
use crate::net::Client;

/// What may be asked of the world outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Nothing: a link that needs an answer is *not asked*.
    Nothing,
    /// What decides the winner and its region, each at most once.
    Links,
    /// And who the winner's keys are.
    LinksAndIdentity,
}

/// A trace with the moment of the oldest answer in it; `None` if nothing was asked for it.
#[derive(Debug)]
pub struct Dated {
    pub trace: Trace,
    pub asked_at: Option<Timestamp>,
}

/// Resolves chains in one world and remembers every answer.
pub struct Prober {
    world: World,
    facts: Facts,
    kept: Kept,
    client: Result<Client, String>,
}

impl Prober {
    /// A prober that knows nothing yet. A network setting that cannot work shows itself in what it fails.
    #[must_use]
    pub fn new(world: &World) -> Self {
        Self::with(world, Kept::default())
    }

    /// A prober that knows what was asked in this run, and adds to it. It reads the files afresh.
    #[must_use]
    pub fn of(context: &Context) -> Self {
        Self::with(&context.world, context.asked.clone())
    }

    fn with(world: &World, kept: Kept) -> Self {
        let client = Client::new(world).map_err(|error| error.to_string());
        Self { world: world.clone(), facts: Facts::of(world), kept, client }
    }

    /// Reads local files again from now on; what was asked elsewhere stays answered.
    pub fn reread(&mut self) {
        self.facts.forget_files();
    }

    /// Asks again what went into this chain, if nothing of it is left to ask.
    pub fn ask_again(&mut self, tool: &Tool, selection: &Selection) {
        let resolution = self.resolve_now(tool, selection);
        if resolution.needs.is_none() {
            self.kept.forget(&resolution.used);
            self.kept.forget(&Self::identity_of(resolution).iter().map(Probe::key).collect());
        }
    }

    /// Asks the machine itself, once: instance metadata and the container endpoint, also where they do not decide.
    pub async fn look_around(&mut self, tool: &Tool, selection: &Selection) {
        for probe in self.resolve_now(tool, selection).nearby {
            self.ask(&probe).await;
        }
    }

    /// The chain of one tool, asking what `asking` allows.
    pub async fn trace(&mut self, tool: &Tool, selection: &Selection, asking: Asking) -> Trace {
        self.dated(tool, selection, asking).await.trace
    }

    /// The same, with its age.
    pub async fn dated(&mut self, tool: &Tool, selection: &Selection, asking: Asking) -> Dated {
        let resolution = self.resolve(tool, selection, asking).await;
        if let (Some(who), Asking::LinksAndIdentity) = (Self::identity_of(resolution), asking)
            && self.facts.answer(&who).is_none()
        {
            self.ask(&who).await;
        }
        self.dated_now(tool, selection)
    }

    /// The same without asking anybody.
    pub fn dated_now(&mut self, tool: &Tool, selection: &Selection) -> Dated {
        let Resolution { mut trace, credentials, endpoint, mut used, .. } = self.resolve_now(tool, selection);
        if let Some(keys) = credentials {
            let who = Probe::Identity { credentials: Box::new(keys), endpoint };
            trace.identity = self.known(&who);
            used.insert(who.key());
        }
        Dated { trace, asked_at: self.kept.asked_at(&used) }
    }

    /// The chains of all tools, and in each whether they agree.
    pub async fn traces(&mut self, selection: &Selection, asking: Asking) -> Vec<Trace> {
        let mut traces = Vec::new();
        for tool in chain::tools() {
            traces.push(self.trace(tool, selection, asking).await);
        }
        chain::compare(&mut traces);
        traces
    }

    /// The credentials that `tool` would use, with the trace that explains them.
    pub async fn resolve(&mut self, tool: &Tool, selection: &Selection, asking: Asking) -> Resolution {
        loop {
            let resolution = self.resolve_now(tool, selection);
            let Some(probe) = resolution.needs.as_ref().filter(|_| asking != Asking::Nothing) else {
                return resolution;
            };
            self.ask(&probe.clone()).await;
        }
    }

    /// The same without asking anybody: local files are read, every other probe is left in `needs`.
    pub fn resolve_now(&mut self, tool: &Tool, selection: &Selection) -> Resolution {
        let now = self.world.now();
        self.facts.now = now;
        self.facts.adopt(self.kept.at(now));
        chain::settle(&self.world, &mut self.facts, tool, selection)
    }

    async fn ask(&mut self, probe: &Probe) {
        let answer = self.answer(probe).await;
        self.kept.put(probe, answer, self.world.now());
    }

    async fn answer(&self, probe: &Probe) -> Answer {
        match (probe, &self.client) {
            (Probe::File(path), _) => chain::facts::read(&self.world, path),
            (Probe::Process { command, run, profile }, _) => {
                process::run(&self.world.env, command, *run, profile).await
            }
            (Probe::Imds(how), Ok(client)) => nearby::instance_role(client, how).await,
            (Probe::Metadata { how, path }, Ok(client)) => nearby::metadata(client, how, path).await,
            (Probe::Container { url, authorization }, Ok(client)) => {
                nearby::container(client, url, authorization.as_ref()).await
            }
            (_, Ok(client)) => ask::aws(client, probe).await,
            (_, Err(why)) => Answer::Failed(why.clone()),
        }
    }

    /// The question who the winner's keys are.
    fn identity_of(resolution: Resolution) -> Option<Probe> {
        let credentials = Box::new(resolution.credentials?);
        Some(Probe::Identity { credentials, endpoint: resolution.endpoint })
    }

    fn known(&self, who: &Probe) -> Option<Identity> {
        match self.facts.answer(who) {
            Some(Answer::Who(identity)) => Some(identity.clone()),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Prober {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prober").field("facts", &self.facts).finish_non_exhaustive()
    }
}
