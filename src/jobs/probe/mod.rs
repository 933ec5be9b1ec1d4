//! Performing probes: resolve a chain, do the one thing that is needed next, feed the answer back, until the
//! trace is settled.
//!
//! What was asked stays answered ([`Kept`]), so that nothing is asked twice: not by a second tool, not by a second
//! look at the same profile. Local files are always read; everything else only when [`Asking`] allows it.

mod ask;
mod kept;
mod login;
mod nearby;
mod process;
pub(super) mod sign_in;

pub use kept::Kept;

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::aws::chain::probe::ImdsAsk;
use crate::aws::chain::trace::{Identity, Trace};
use crate::aws::chain::{self, Answer, Facts, Probe, Resolution, Selection, Tool, WhoEndpoints};
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
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

    /// The same, of files that are read already.
    #[must_use]
    pub fn over(context: &Context, estate: &Estate) -> Self {
        let mut prober = Self::of(context);
        prober.facts.share(estate);
        prober
    }

    /// The same of the files that the screen shows; read afresh where there is none.
    #[must_use]
    pub fn shown(context: &Context) -> Self {
        context.last.get().map_or_else(|| Self::of(context), |estate| Self::over(context, &estate))
    }

    /// A prober over these answers.
    #[must_use]
    pub fn with(world: &World, kept: Kept) -> Self {
        let client = Client::new(world).map_err(|error| error.to_string());
        Self { world: world.clone(), facts: Facts::of(world), kept, client }
    }

    /// Reads local files again from now on; what was asked elsewhere stays answered.
    pub fn reread(&mut self) {
        self.facts.forget_files();
    }

    /// Asks what is missing in this chain and who the winner is. If nothing is missing, all that went into it is asked
    /// again, also what the machine told that does not decide.
    pub async fn again(&mut self, tool: &Tool, selection: &Selection) -> Dated {
        let mut resolution = self.resolve_now(tool, selection);
        let all = resolution.needs.is_none();
        if all {
            let used = self.used(&mut resolution);
            self.kept.forget(&used);
        }
        let dated = self.dated(tool, selection, Asking::LinksAndIdentity).await;
        if all && resolution.nearby.is_empty() {
            self.look_around(tool, selection).await;
            return self.dated_now(tool, selection);
        }
        dated
    }

    /// Completes a trace with who the winner is, as far as it is known; answers the questions that went into it.
    fn used(&mut self, resolution: &mut Resolution) -> BTreeSet<String> {
        let keys = resolution.credentials.take();
        let endpoints = std::mem::take(&mut resolution.endpoints);
        resolution.trace.identity = keys.and_then(|keys| self.known(keys, endpoints));
        let mut used = std::mem::take(&mut resolution.used);
        used.extend(self.facts.take_used());
        used
    }

    /// Asks the machine itself, once: instance metadata and the container endpoint, also where they do not decide.
    pub async fn look_around(&mut self, tool: &Tool, selection: &Selection) {
        for probe in self.resolve_now(tool, selection).nearby {
            self.once(&probe).await;
            // Tools that do without version 1 ask another question.
            if let Probe::Imds(how) = probe {
                self.once(&Probe::Imds(ImdsAsk { v1_disabled: !how.v1_disabled, ..how })).await;
            }
        }
    }

    /// The chain of one tool, asking what `asking` allows.
    pub async fn trace(&mut self, tool: &Tool, selection: &Selection, asking: Asking) -> Trace {
        self.dated(tool, selection, asking).await.trace
    }

    /// The same, with its age.
    pub async fn dated(&mut self, tool: &Tool, selection: &Selection, asking: Asking) -> Dated {
        let resolution = self.resolve(tool, selection, asking).await;
        if let (Some(keys), Asking::LinksAndIdentity) = (resolution.credentials, asking) {
            self.identity(keys, resolution.endpoints).await;
        }
        self.dated_now(tool, selection)
    }

    /// The same without asking anybody.
    pub fn dated_now(&mut self, tool: &Tool, selection: &Selection) -> Dated {
        let mut resolution = self.resolve_now(tool, selection);
        let used = self.used(&mut resolution);
        Dated { trace: resolution.trace, asked_at: self.kept.asked_at(&used) }
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
            self.once(&probe.clone()).await;
        }
    }

    /// The same without asking anybody: local files are read, every other probe is left in `needs`.
    pub fn resolve_now(&mut self, tool: &Tool, selection: &Selection) -> Resolution {
        let now = self.world.now();
        self.facts.now = now;
        self.facts.adopt(self.kept.at(now));
        chain::settle(&self.world, &mut self.facts, tool, selection)
    }

    /// Asks the outside, whatever is known already.
    pub async fn answer(&self, probe: &Probe) -> Answer {
        match (probe, &self.client) {
            (Probe::Imds(_) | Probe::Metadata { .. }, _) if self.nobody_there(probe) => {
                Answer::Nothing(nearby::nobody(probe))
            }
            (Probe::File(path), _) => chain::facts::read(&self.world, path),
            (Probe::Process { command, run, profile }, _) => {
                process::run(&self.world.env, command, *run, profile).await
            }
            (Probe::Imds(how), Ok(client)) => nearby::instance_role(client, how).await,
            (Probe::Metadata { how, path }, Ok(client)) => nearby::metadata(client, how, path).await,
            (Probe::Container { url, authorization }, Ok(client)) => {
                nearby::container(client, url, authorization.as_ref()).await
            }
            (Probe::Login(ask), Ok(client)) => login::renewed(client, ask).await,
            (Probe::SignIn(ask), Ok(client)) => sign_in::renewed(client, ask).await,
            (_, Ok(client)) => ask::aws(client, probe).await,
            (_, Err(why)) => Answer::Failed(why.clone()),
        }
    }

    /// Whether the metadata service at this endpoint was asked before, in whatever way, and nobody answered.
    fn nobody_there(&self, probe: &Probe) -> bool {
        let (Probe::Imds(how) | Probe::Metadata { how, .. }) = probe else { return false };
        let ways = [true, false].map(|v1_disabled| Probe::Imds(ImdsAsk { v1_disabled, ..how.clone() }));
        let nobody = nearby::nobody(probe);
        ways.iter().any(|way| matches!(self.facts.answer(way), Some(Answer::Nothing(why)) if *why == nobody))
    }

    /// Asks who the keys are, and for the account's alias.
    async fn identity(&mut self, keys: Credentials, endpoints: WhoEndpoints) {
        let credentials = Box::new(keys);
        let who = Probe::Identity { credentials: credentials.clone(), endpoint: Box::new(endpoints.sts) };
        if let Answer::Who(Identity { account, .. }) = self.once(&who).await {
            let account = account.clone();
            self.once(&Probe::Alias { account, credentials, endpoint: Box::new(endpoints.iam) }).await;
        }
    }

    /// Who the keys are as far as it is known, with the account's alias where IAM told it.
    fn known(&self, keys: Credentials, endpoints: WhoEndpoints) -> Option<Identity> {
        let credentials = Box::new(keys);
        let who = Probe::Identity { credentials: credentials.clone(), endpoint: Box::new(endpoints.sts) };
        let Answer::Who(identity) = self.facts.answer(&who)? else { return None };
        let account = identity.account.clone();
        let alias = Probe::Alias { account, credentials, endpoint: Box::new(endpoints.iam) };
        let alias = match self.facts.answer(&alias) {
            Some(Answer::Text(alias)) => Some(alias.clone()),
            _ => None,
        };
        Some(Identity { alias, ..identity.clone() })
    }

    /// The answer to a probe, asked unless it is known.
    async fn once(&mut self, probe: &Probe) -> &Answer {
        if self.facts.answer(probe).is_none() {
            let answer = self.answer(probe).await;
            let now = self.world.now();
            self.kept.put(probe, answer, now);
            self.facts.adopt(self.kept.at(now));
        }
        self.facts.answer(probe).unwrap_or(&UNANSWERED)
    }
}

static UNANSWERED: Answer = Answer::Nothing(String::new());

impl std::fmt::Debug for Prober {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prober").field("facts", &self.facts).finish_non_exhaustive()
    }
}
