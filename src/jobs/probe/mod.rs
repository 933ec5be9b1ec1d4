//! Performing probes: resolve a chain, do the one thing that is needed next, feed the answer back, until the
//! trace is settled.
//!
//! A [`Prober`] keeps its answers, so that nothing is asked twice: not by a second tool, not by a second look
//! at the same profile. Local files are always read; everything else only when [`Asking`] allows it.

mod ask;
mod nearby;
mod process;
mod sign_in;

use crate::aws::chain::probe::ImdsAsk;
use crate::aws::chain::trace::{Identity, Trace};
use crate::aws::chain::{self, Answer, Facts, Probe, Resolution, Selection, Tool, WhoEndpoints};
use crate::aws::secret::Credentials;
use crate::aws::world::World;
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

/// Resolves chains in one world and remembers every answer.
pub struct Prober {
    world: World,
    facts: Facts,
    client: Result<Client, String>,
}

impl Prober {
    /// A prober that knows nothing yet. A network setting that cannot work shows itself in what it fails.
    #[must_use]
    pub fn new(world: &World) -> Self {
        let client = Client::new(world).map_err(|error| error.to_string());
        Self { world: world.clone(), facts: Facts::of(world), client }
    }

    /// Reads local files again from now on; what was asked elsewhere stays answered.
    pub fn reread(&mut self) {
        self.facts.forget_files();
    }

    /// Asks everything again from now on.
    pub fn forget(&mut self) {
        self.facts = Facts::of(&self.world);
    }

    /// The chain of one tool, asking what `asking` allows.
    pub async fn trace(&mut self, tool: &Tool, selection: &Selection, asking: Asking) -> Trace {
        let resolution = self.resolve(tool, selection, asking).await;
        let mut trace = resolution.trace;
        if let (Some(keys), Asking::LinksAndIdentity) = (resolution.credentials, asking) {
            trace.identity = self.identity(keys, resolution.endpoints).await;
        }
        trace
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

    /// Who the keys are, with the account's alias where IAM tells it.
    async fn identity(&mut self, keys: Credentials, endpoints: WhoEndpoints) -> Option<Identity> {
        let credentials = Box::new(keys);
        let who = Probe::Identity { credentials: credentials.clone(), endpoint: endpoints.sts };
        let Answer::Who(identity) = self.once(&who).await else { return None };
        let mut identity = identity.clone();
        let account = identity.account.clone();
        let alias = Probe::Alias { account, credentials, endpoint: endpoints.iam };
        if let Answer::Text(alias) = self.once(&alias).await {
            identity.alias = Some(alias.clone());
        }
        Some(identity)
    }

    /// The answer to a probe, asked unless it is known.
    async fn once(&mut self, probe: &Probe) -> &Answer {
        if self.facts.answer(probe).is_none() {
            let answer = self.answer(probe).await;
            self.facts.learn(probe, answer);
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
