//! The worker without a screen: `awsprof watch`.
//!
//! The same plan, the same jobs and the same locks as the screen's; what the screen would show is a line on stderr, once
//! when it changes. It sleeps until the plan's next moment, a change of the files, or a signal, and nobody is ever asked.

use std::collections::BTreeMap;
use std::io;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

use jiff::{SignedDuration, Timestamp};

use super::event::Event;
use super::jumps::Jumps;
use super::request::Request;
use super::watch::Watch;
use super::worker::Worker;
use super::{keeping, signals};
use crate::app::{JobId, Msg, Outcome, Stage};
use crate::aws::keep::{Fault, Keeper, Step, What, WhyNot};
use crate::aws::overview::Renewal;
use crate::aws::profile::Estate;
use crate::config::Settings;
use crate::jobs::{self, Context, KeepRequest};
use crate::ui::{self, keeping::Told};

/// A touched file is looked at this much later: writers touch it several times.
const SETTLE: SignedDuration = SignedDuration::from_millis(60);

/// What the worker without a screen needs.
pub struct Headless {
    pub context: Context,
    pub settings: Settings,
    /// Does what is due, and ends.
    pub once: bool,
    /// Where lines go.
    pub say: Box<dyn FnMut(&str)>,
}

impl std::fmt::Debug for Headless {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Headless").field("context", &self.context).finish_non_exhaustive()
    }
}

/// Keeps sessions alive until a signal, which ends it well; with `once` until nothing is due.
///
/// # Errors
/// Signals or threads cannot be had.
pub fn watch(setup: Headless) -> anyhow::Result<ExitCode> {
    let mut watching = Watching::start(setup)?;
    watching.watch.starts(&watching.send);
    watching.look();
    loop {
        watching.due()?;
        watching.tell_plan();
        let done = watching.setup.once && watching.running.is_empty();
        if done || !watching.wait()? {
            let Watching { worker, failed, .. } = watching;
            worker.stop();
            return Ok(ExitCode::from(if done { failed } else { 0 }));
        }
    }
}

struct Watching {
    setup: Headless,
    keeper: Keeper,
    renewals: BTreeMap<String, Renewal>,
    events: Receiver<Event>,
    send: Sender<Event>,
    worker: Worker,
    watch: Watch,
    jumps: Jumps,
    running: BTreeMap<JobId, String>,
    next_job: u64,
    /// When a touched file is looked at.
    look_at: Option<Timestamp>,
    /// What was said last of each session.
    told: BTreeMap<String, Step>,
    /// The exit code of what failed last.
    failed: u8,
}

impl Watching {
    fn start(setup: Headless) -> io::Result<Self> {
        let (send, events) = channel();
        let context = setup.context.clone();
        signals::listen(send.clone())?;
        let (rules, _) = keeping::rules(&setup.settings, context.world.now());
        Ok(Self {
            keeper: Keeper::new(rules),
            renewals: BTreeMap::new(),
            events,
            watch: Watch::new(&context.world.aws_files()),
            jumps: Jumps::listen(&context.world.clock, send.clone()),
            worker: Worker::new(context, send.clone()),
            send,
            setup,
            running: BTreeMap::new(),
            next_job: 1,
            look_at: None,
            told: BTreeMap::new(),
            failed: 0,
        })
    }

    fn now(&self) -> Timestamp {
        self.setup.context.world.now()
    }

    fn say(&mut self, profile: &str, what: &str) {
        (self.setup.say)(&format!("{profile}: {what}"));
    }

    /// Reads the files.
    fn look(&mut self) {
        self.watch.remember();
        let context = &self.setup.context;
        let overview = jobs::survey(context, &Estate::read(&context.world));
        let now = self.now();
        self.keeper.see(&overview, now);
        let sessions = overview.sessions.into_iter();
        self.renewals = sessions.map(|session| (session.profile, session.renewal)).collect();
        self.told.retain(|profile, _| self.renewals.contains_key(profile));
    }

    fn busy(&self) -> Vec<&str> {
        self.running.values().map(String::as_str).collect()
    }

    /// Takes up everything that is due.
    fn due(&mut self) -> io::Result<()> {
        for step in self.keeper.due(self.now(), &self.busy()) {
            match step.what {
                What::Renew { .. } => self.keep(step.profile)?,
                What::Call { .. } => {
                    self.keeper.called(&step.profile);
                    self.failed = jobs::Class::Guard.exit_code();
                }
                What::Nothing(_) => {}
            }
        }
        Ok(())
    }

    fn keep(&mut self, profile: String) -> io::Result<()> {
        let Some(beyond) = self.keeper.end(&profile) else { return Ok(()) };
        let role = self.keeper.is_role(&profile);
        let job = JobId(self.next_job);
        self.next_job += 1;
        self.running.insert(job, profile.clone());
        self.worker.start(job, Request::Keep(KeepRequest { profile, role, beyond }))
    }

    /// A line for each session whose next thing is another than the one last told.
    fn tell_plan(&mut self) {
        let now = self.now();
        for step in self.keeper.steps(now, &self.busy()) {
            let same = self.told.get(&step.profile) == Some(&step);
            // What is under way tells of itself; what is long over needs no word.
            let dull = matches!(step.what, What::Nothing(WhyNot::Busy | WhyNot::Forgotten));
            if same || dull {
                continue;
            }
            let renewal = self.renewals.get(&step.profile).unwrap_or(&Renewal::Nothing);
            let call = format!("awsprof renew {}", step.profile);
            let words = ui::keeping::next(&step, renewal, Told { now, read_only: false, call: &call });
            self.say(&step.profile, &words);
            self.told.insert(step.profile.clone(), step);
        }
    }

    /// Sleeps until something happens; false when it is the end.
    fn wait(&mut self) -> anyhow::Result<bool> {
        let now = self.now();
        let next = self.keeper.next(now, &self.busy());
        let nap = self.jumps.nap(next.is_some()).map(|nap| now + nap);
        let first = match next.into_iter().chain(self.look_at).chain(nap).min() {
            None => Some(self.events.recv()?),
            Some(wake) => match self.events.recv_timeout(super::wait::span(now, wake)) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                Err(error) => return Err(error.into()),
            },
        };
        if let Some(by) = self.jumps.set_back(self.now()) {
            self.keeper.set_back(by);
        }
        for event in first.into_iter().chain(self.events.try_iter().collect::<Vec<_>>()) {
            if !self.take(event)? {
                return Ok(false);
            }
        }
        if self.look_at.is_some_and(|at| at <= self.now()) {
            self.look_at = None;
            if self.watch.differs() {
                self.look();
            }
        }
        Ok(true)
    }

    fn take(&mut self, event: Event) -> anyhow::Result<bool> {
        match event {
            Event::Msg(Msg::Terminate(_)) => return Ok(false),
            Event::Msg(Msg::Progress { job, stage }) => self.progress(job, &stage),
            Event::Msg(Msg::Done { job, outcome }) => self.done(job, outcome),
            Event::Touched => self.look_at = Some(self.now() + SETTLE),
            Event::Stop => signals::stop()?,
            Event::Died => anyhow::bail!("a thread of awsprof ended unexpectedly"),
            _ => {}
        }
        Ok(true)
    }

    /// Waits are said; the rest is over before anybody reads it.
    fn progress(&mut self, job: JobId, stage: &Stage) {
        let Some(profile) = self.running.get(&job).cloned() else { return };
        if matches!(stage, Stage::Retrying { .. } | Stage::Waiting | Stage::NextCode { .. }) {
            let words = ui::keeping::stage(stage, self.now());
            self.say(&profile, &words);
        }
    }

    fn done(&mut self, job: JobId, outcome: Outcome) {
        let Some(profile) = self.running.remove(&job) else { return };
        self.told.remove(&profile);
        match outcome {
            Outcome::Kept { renewed, off, .. } => {
                let now = self.now();
                self.keeper.renewed(&profile, off, now);
                self.say(&profile, if renewed { "renewed" } else { "another awsprof has renewed it" });
                self.look();
            }
            Outcome::NotKept { fault, trouble, .. } => {
                let hint = trouble.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
                self.not_kept(&profile, fault, &trouble.message, &hint);
            }
            Outcome::Failed { trouble, .. } => self.not_kept(&profile, Fault::Local, &trouble.message, ""),
            _ => self.not_kept(&profile, Fault::Local, "it ended without an answer", ""),
        }
    }

    fn not_kept(&mut self, profile: &str, fault: Fault, why: &str, hint: &str) {
        let now = self.now();
        self.keeper.failed(profile, fault, why, now);
        let class = match fault {
            Fault::Passing => jobs::Class::Unreachable,
            Fault::Refused => jobs::Class::Refused,
            Fault::Local | Fault::Cancelled => jobs::Class::Guard,
        };
        self.failed = class.exit_code();
        self.say(profile, &format!("not renewed: {why}{hint}"));
    }
}
