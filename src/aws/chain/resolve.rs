//! The walk over a tool's links: each is looked at, the first that settles decides, and what that makes of
//! the others becomes the trace. Pure: the same facts give the same trace.

use std::collections::BTreeSet;

use super::facts::{Facts, read};
use super::finding::{Finding, State};
use super::probe::{EndpointSettings, Probe};
use super::scene::{Closed, Scene};
use super::tool::{Selection, Step, Tool, ToolError};
use super::trace::{Link, LinkReport, Trace, Verdict};
use super::{limits, region, warn};
use crate::aws::secret::Credentials;
use crate::aws::world::World;

/// A trace, and what has to be asked before it is complete.
#[derive(Debug)]
pub struct Resolution {
    /// What is known so far; if nothing may be asked, this is the answer.
    pub trace: Trace,
    pub needs: Option<Probe>,
    /// The winner's credentials, for whoever is to use them.
    pub credentials: Option<Credentials>,
    /// What the profile says about where to ask who the winner is.
    pub endpoints: WhoEndpoints,
    /// What the machine itself could be asked: instance metadata and the container endpoint, also where they do
    /// not decide.
    pub nearby: Vec<Probe>,
    /// The keys of the probes whose answers went into it.
    pub used: BTreeSet<String>,
}

impl Resolution {
    fn of(trace: Trace) -> Self {
        Self {
            trace,
            needs: None,
            credentials: None,
            endpoints: WhoEndpoints::default(),
            nearby: Vec::new(),
            used: BTreeSet::new(),
        }
    }
}

/// Where STS and IAM answer, as a profile says it.
#[derive(Clone, Debug, Default)]
pub struct WhoEndpoints {
    pub sts: EndpointSettings,
    pub iam: EndpointSettings,
}

/// Resolves one tool's chain for one profile.
#[must_use]
pub fn resolve(facts: &Facts, tool: &Tool, selection: &Selection) -> Resolution {
    let (scene, opened) = Scene::open(facts, tool, selection);
    match opened {
        Ok(()) => Walk::over(&scene).resolution(),
        Err(Closed::Unread(probe)) => {
            let trace = closed(&scene, "its files are not read yet", None);
            Resolution { needs: Some(probe), ..Resolution::of(trace) }
        }
        Err(Closed::Stopped(error)) => {
            let why = format!("{} stops before it looks here", tool.name);
            let mut trace = closed(&scene, &why, Some(error.words(tool.errors)));
            trace.warnings = warn::of(&scene, &trace, false);
            Resolution::of(trace)
        }
    }
}

/// The same with every local file read that it needs; all other probes are left in `needs`. `facts` keeps
/// what was read.
pub fn settle(world: &World, facts: &mut Facts, tool: &Tool, selection: &Selection) -> Resolution {
    facts.take_used();
    loop {
        let resolution = resolve(facts, tool, selection);
        let Some(Probe::File(path)) = &resolution.needs else {
            return Resolution { used: facts.take_used(), ..resolution };
        };
        let answer = read(world, path);
        facts.learn(&Probe::File(path.clone()), answer);
    }
}

/// A trace in which no link was looked at.
fn closed(scene: &Scene<'_>, why: &str, error: Option<String>) -> Trace {
    let links =
        scene.chain().iter().map(|step| report(step.link, Verdict::NotAsked, why.to_owned())).collect();
    Trace { error, ..blank(scene, links) }
}

fn blank(scene: &Scene<'_>, links: Vec<LinkReport>) -> Trace {
    Trace {
        tool: scene.tool.id,
        profile: scene.profile.clone(),
        profile_from: scene.profile_from,
        links,
        winner: None,
        error: None,
        would_ask: None,
        region: None,
        identity: None,
        warnings: Vec::new(),
    }
}

fn report(link: Link, verdict: Verdict, reason: String) -> LinkReport {
    LinkReport {
        link,
        verdict,
        reason,
        evidence: None,
        access_key_id: None,
        expires_at: None,
        shadows: Vec::new(),
        hops: Vec::new(),
    }
}

/// A link of a profile that was left at another one.
fn unreached(link: Link) -> Finding {
    Finding::removed(format!("the profile is left at {}", link.label()))
}

/// What a link waits for.
fn asks((_, finding): &(&Step, Finding)) -> Option<Probe> {
    match &finding.state {
        State::Asks(probe) => Some(Probe::clone(probe)),
        _ => None,
    }
}

/// All links looked at, and which of them decides.
struct Walk<'a, 's> {
    scene: &'s Scene<'a>,
    looked: Vec<(&'a Step, Finding)>,
    decided: Option<usize>,
}

impl<'a, 's> Walk<'a, 's> {
    fn over(scene: &'s Scene<'a>) -> Self {
        let mut left = None;
        let looked: Vec<_> = scene
            .chain()
            .iter()
            .map(|step| match left {
                Some(link) if step.in_profile => (step, unreached(link)),
                _ => {
                    let finding = scene.look(step);
                    left = left.or(matches!(finding.state, State::Left(_)).then_some(step.link));
                    (step, finding)
                }
            })
            .collect();
        let decided = looked.iter().position(|(_, finding)| finding.settles());
        Self { scene, looked, decided }
    }

    /// The link that decides, and what it came to.
    fn decision(&self) -> Option<(Link, &State)> {
        self.looked.get(self.decided?).map(|(step, finding)| (step.link, &finding.state))
    }

    fn resolution(self) -> Resolution {
        let mut trace = blank(self.scene, Vec::new());
        let mut credentials = None;
        match self.decision() {
            Some((link, State::Found(keys))) => {
                trace.error = self.refused(keys).map(|error| error.words(self.scene.tool.errors));
                trace.winner = trace.error.is_none().then_some(link);
                credentials = trace.winner.map(|_| Credentials::clone(keys));
            }
            Some((_, State::Stopped(_, error))) => trace.error = Some(error.words(self.scene.tool.errors)),
            Some((link, _)) => trace.would_ask = Some(link),
            None => trace.error = self.scene.tool.nothing.map(str::to_owned),
        }
        let region = region::of(self.scene, trace.winner);
        let needs = self.needs().or(region.as_ref().err().cloned());
        let settled = region.is_ok();
        trace.region = region.unwrap_or_default();
        trace.links = self.reports();
        trace.warnings = warn::of(self.scene, &trace, settled);
        let endpoints = WhoEndpoints { sts: self.scene.endpoint("sts"), iam: self.scene.endpoint("iam") };
        let nearby = self.nearby();
        Resolution { needs, credentials, endpoints, nearby, ..Resolution::of(trace) }
    }

    /// Local files first, wherever they are needed; of the rest only what decides.
    fn needs(&self) -> Option<Probe> {
        let local = self.looked.iter().filter_map(asks).find(Probe::is_local);
        local.or_else(|| asks(self.looked.get(self.decided?)?))
    }

    fn nearby(&self) -> Vec<Probe> {
        let near = |probe: &Probe| matches!(probe, Probe::Imds(_) | Probe::Container { .. });
        self.looked.iter().filter_map(asks).filter(near).collect()
    }

    fn refused(&self, keys: &Credentials) -> Option<ToolError> {
        self.scene.tool.refuses.and_then(|refusal| (refusal.0)(self.scene, keys))
    }

    fn reports(&self) -> Vec<LinkReport> {
        let mut reports: Vec<_> = (0..self.looked.len()).filter_map(|at| self.report(at)).collect();
        let won = reports.iter().any(|report| report.verdict == Verdict::Won);
        let shadowed: Vec<Link> = reports
            .iter()
            .filter(|report| report.verdict == Verdict::Shadowed)
            .map(|report| report.link)
            .collect();
        if let Some(winner) = reports.iter_mut().find(|report| won && report.verdict == Verdict::Won) {
            winner.shadows = shadowed;
        }
        reports
    }

    fn report(&self, at: usize) -> Option<LinkReport> {
        let (step, finding) = self.looked.get(at)?;
        let (verdict, reason) = match &finding.state {
            State::Absent => (Verdict::Absent, finding.reason.clone()),
            State::Removed => (Verdict::NotAsked, finding.reason.clone()),
            State::Passed(verdict) | State::Left(verdict) | State::Stopped(verdict, _) => {
                (*verdict, finding.reason.clone())
            }
            State::Asks(_) if self.decided == Some(at) => (Verdict::NotAsked, finding.reason.clone()),
            State::Found(keys) if self.decided == Some(at) => match self.refused(keys) {
                Some(error) => (Verdict::Failed, error.message),
                None => (Verdict::Won, finding.reason.clone()),
            },
            State::Found(_) if self.won() => (Verdict::Shadowed, self.why_not(finding)),
            State::Found(_) | State::Asks(_) => (Verdict::NotAsked, self.why_not(finding)),
        };
        let keys = match &finding.state {
            State::Found(keys) => Some(keys),
            _ => None,
        };
        let mut hops = finding.hops.clone();
        limits::note(self.scene, &mut hops);
        Some(LinkReport {
            evidence: finding.evidence.clone(),
            access_key_id: keys.map(|keys| keys.access_key_id.clone()),
            expires_at: keys.and_then(|keys| keys.expires_at),
            hops,
            ..report(step.link, verdict, reason)
        })
    }

    fn won(&self) -> bool {
        matches!(self.decision(), Some((_, State::Found(keys))) if self.refused(keys).is_none())
    }

    /// What became of a link below the one that decides.
    fn why_not(&self, finding: &Finding) -> String {
        let Some((link, state)) = self.decision() else { return finding.reason.clone() };
        let label = link.label();
        let above = match state {
            State::Found(_) if self.won() => format!("{label} won"),
            State::Asks(_) => format!("only reached if {label} has none"),
            _ => format!("{} stops at {label}", self.scene.tool.name),
        };
        match finding.state {
            State::Found(_) => format!("{}, but {above}", finding.reason),
            _ => above,
        }
    }
}
