//! What is remembered between two plans: tries that failed, people who were called, a clock that is wrong.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::pace::{self, Fault};
use super::plan::{Failed, Means, Rules, Step, Subject, plan};
use crate::aws::overview::{Overview, Renewal, SessionRow};

/// Sessions that are kept alive, and what is known of each.
#[derive(Clone, Debug, Default)]
pub struct Keeper {
    pub rules: Rules,
    sessions: Vec<Seen>,
    memory: BTreeMap<String, Memory>,
    /// Sections that a person has had awsprof renew.
    ours: BTreeSet<String>,
    /// How much to add to this computer's clock for AWS's.
    off: SignedDuration,
}

/// A session as the files had it.
#[derive(Clone, Debug)]
struct Seen {
    subject: Subject,
    /// By AWS's clock.
    expires_at: Option<Timestamp>,
    of: Option<String>,
    code_from: Option<&'static str>,
}

/// What is remembered of a session by name.
#[derive(Clone, Debug, Default)]
struct Memory {
    /// The end it had when it was last looked at.
    expires_at: Option<Timestamp>,
    failed: Option<Failed>,
    renewed: Option<Timestamp>,
    called: bool,
    /// Really, and not only because it was over when it was first seen.
    announced: bool,
    forgotten: bool,
}

impl Keeper {
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Takes in the files as they are now. A session with another end is another session.
    pub fn see(&mut self, overview: &Overview, now: Timestamp) {
        self.sessions = overview.sessions.iter().map(|row| seen(row, &self.rules)).collect();
        let mut before = std::mem::take(&mut self.memory);
        for session in &self.sessions {
            let name = &session.subject.profile;
            let memory = match before.remove(name) {
                Some(known) if known.expires_at == session.expires_at => known,
                other => Memory::of(session.expires_at, now, other.and_then(|known| known.renewed)),
            };
            self.memory.insert(name.clone(), memory);
        }
    }

    /// What happens next to each session. `busy`: the profiles that jobs are at.
    #[must_use]
    pub fn steps(&self, now: Timestamp, busy: &[&str]) -> Vec<Step> {
        let all: Vec<Subject> = self.sessions.iter().map(|session| self.subject(session, busy)).collect();
        plan(&all, &self.rules, now)
    }

    /// Those that are to be done now.
    #[must_use]
    pub fn due(&self, now: Timestamp, busy: &[&str]) -> Vec<Step> {
        let mut steps = self.steps(now, busy);
        steps.retain(|step| step.when.is_some_and(|when| when <= now));
        steps
    }

    /// The next moment at which something is to be done; later than now, once what is due has been taken up.
    #[must_use]
    pub fn next(&self, now: Timestamp, busy: &[&str]) -> Option<Timestamp> {
        self.steps(now, busy).into_iter().filter_map(|step| step.when).min()
    }

    fn subject(&self, session: &Seen, busy: &[&str]) -> Subject {
        let subject = session.subject.clone();
        let memory = self.memory.get(&subject.profile).cloned().unwrap_or_default();
        let names = [Some(subject.profile.as_str()), session.of.as_deref()];
        let means = match (subject.means, session.code_from) {
            (Means::Foreign, Some(source)) if self.ours.contains(&subject.profile) => Means::Source(source),
            (Means::Foreign, None) if self.ours.contains(&subject.profile) => Means::Person,
            (means, _) => means,
        };
        Subject {
            end: session.expires_at.map(|end| end - self.off),
            means,
            failed: memory.failed,
            renewed: memory.renewed,
            called: memory.called,
            forgotten: memory.forgotten,
            busy: busy.iter().any(|name| names.contains(&Some(*name))),
            ..subject
        }
    }

    /// The end of the session that is there, by AWS's clock: a renewal looks for one that lasts longer.
    #[must_use]
    pub fn end(&self, profile: &str) -> Option<Timestamp> {
        self.sessions.iter().find(|session| session.subject.profile == profile)?.expires_at
    }

    /// Whether it is a role's.
    #[must_use]
    pub fn is_role(&self, profile: &str) -> bool {
        let is_it = |session: &&Seen| session.subject.profile == profile;
        self.sessions.iter().find(is_it).is_some_and(|s| matches!(s.subject.means, Means::Ride { .. }))
    }

    /// A session was renewed. `off`: what AWS's clock is ahead of ours, where that came up.
    pub fn renewed(&mut self, profile: &str, off: SignedDuration, now: Timestamp) {
        self.off = off;
        let memory = self.memory.entry(profile.to_owned()).or_default();
        memory.renewed = Some(now);
        memory.failed = None;
    }

    /// A person had it renewed: from now on its section is one that awsprof wrote.
    pub fn adopt(&mut self, profile: &str) {
        self.ours.insert(profile.to_owned());
    }

    /// A session was not renewed; how often in a row by now.
    pub fn failed(&mut self, profile: &str, fault: Fault, why: &str, now: Timestamp) -> u32 {
        let memory = self.memory.entry(profile.to_owned()).or_default();
        // Patience is counted for each kind of trouble by itself.
        let before = memory.failed.as_ref().filter(|failed| failed.fault == fault);
        let times = before.map_or(1, |failed| failed.times.saturating_add(1));
        memory.failed = Some(Failed { times, last: now, fault, why: why.to_owned() });
        times
    }

    /// A person was told.
    pub fn called(&mut self, profile: &str) {
        let memory = self.memory.entry(profile.to_owned()).or_default();
        (memory.called, memory.announced) = (true, true);
    }

    /// Every name of the sessions whose person was called and has not come: their own, and their users'.
    #[must_use]
    pub fn calling(&self, now: Timestamp, busy: &[&str]) -> Vec<String> {
        let waits: Vec<bool> = self.steps(now, busy).iter().map(Step::waits).collect();
        let announced =
            |session: &Seen| self.memory.get(&session.subject.profile).is_some_and(|memory| memory.announced);
        let sessions =
            self.sessions.iter().zip(waits).filter(|(session, waits)| *waits && announced(session));
        let names = sessions.flat_map(|(session, _)| [Some(&session.subject.profile), session.of.as_ref()]);
        names.flatten().cloned().collect()
    }

    /// The clock was set back by so much. Until AWS has said what time it is, it is taken to be where the clock was:
    /// a session renewed too early costs one request, one renewed too late costs an hour of work.
    pub fn set_back(&mut self, by: SignedDuration) {
        self.off += by;
        for memory in self.memory.values_mut() {
            memory.renewed = memory.renewed.map(|at| at - by);
            if let Some(failed) = &mut memory.failed {
                failed.last -= by;
            }
        }
    }
}

impl Memory {
    /// Of a session that was not seen before; its forerunner was last `renewed` then.
    fn of(expires_at: Option<Timestamp>, now: Timestamp, renewed: Option<Timestamp>) -> Self {
        let over = expires_at.map(|end| now.duration_since(end));
        Self {
            expires_at,
            renewed,
            failed: None,
            // What is over already needs no announcement.
            called: over.is_some_and(|over| over.is_positive()),
            announced: false,
            forgotten: over.is_some_and(|over| over > pace::FORGOTTEN),
        }
    }
}

fn seen(row: &SessionRow, rules: &Rules) -> Seen {
    let role = matches!(row.renewal, Renewal::Rides { .. });
    let subject = Subject {
        profile: row.profile.clone(),
        end: None,
        lifetime: if role { row.lifetime } else { rules.duration.min(row.lifetime) },
        means: means(row),
        failed: None,
        renewed: None,
        called: false,
        forgotten: false,
        busy: false,
    };
    Seen { subject, expires_at: row.expires_at, of: row.of.clone(), code_from: row.code_from }
}

fn means(row: &SessionRow) -> Means {
    match (&row.renewal, row.code_from) {
        (Renewal::Code { .. }, _) if !row.ours => Means::Foreign,
        (Renewal::Code { .. }, Some(source)) => Means::Source(source),
        (Renewal::Code { .. }, None) => Means::Person,
        (Renewal::Rides { on }, _) => Means::Ride { on: on.clone(), used: row.used },
        (Renewal::Other { tool }, _) => Means::Other(tool),
        (Renewal::Nothing, _) => Means::Nothing,
    }
}
