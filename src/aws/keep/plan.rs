//! The plan itself: for each session the next thing that happens, and when.

use jiff::{SignedDuration, Timestamp};

use super::pace::{self, Fault};

/// What is to be known of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub profile: String,
    /// By the clock of this computer.
    pub end: Option<Timestamp>,
    /// How long it was asked for, or will be.
    pub lifetime: SignedDuration,
    pub means: Means,
    /// What came of the tries since it was last renewed.
    pub failed: Option<Failed>,
    /// When it was last renewed by this program.
    pub renewed: Option<Timestamp>,
    /// Somebody was told that a code is needed.
    pub called: bool,
    /// It had long been over when it was first seen.
    pub forgotten: bool,
    /// A job is at it.
    pub busy: bool,
}

/// Tries that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// How many in a row.
    pub times: u32,
    pub last: Timestamp,
    pub fault: Fault,
    /// The last failure in words.
    pub why: String,
}

/// By what means a session can be renewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Means {
    /// Its code comes from here without a person.
    Source(&'static str),
    /// A role: taken with what `on` has. `used`: somebody has had it since it was made.
    Ride { on: String, used: bool },
    /// A person types a code.
    Person,
    /// Its section is another's: a person decides.
    Foreign,
    /// Another tool keeps it.
    Other(&'static str),
    /// Its long-term keys are gone.
    Nothing,
}

/// What the user wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What can renew itself does.
    pub auto: bool,
    /// How long before the end a person is called.
    pub call: SignedDuration,
    /// How long a new MFA session is asked for.
    pub duration: SignedDuration,
    /// Of the jitter.
    pub seed: u64,
}

impl Default for Rules {
    fn default() -> Self {
        let call = SignedDuration::from_mins(15);
        Self { auto: true, call, duration: SignedDuration::from_hours(12), seed: 0 }
    }
}

/// What happens to a session next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub profile: String,
    /// `None`: nothing happens by itself. A moment that has passed: now.
    pub when: Option<Timestamp>,
    pub what: What,
}

impl Step {
    /// Whether it is a renewal.
    #[must_use]
    pub const fn renews(&self) -> bool {
        matches!(self.what, What::Renew { .. })
    }

    /// Whether it could not be renewed the last time.
    #[must_use]
    pub const fn failed(&self) -> bool {
        matches!(self.what, What::Renew { again: Some(_) } | What::Nothing(WhyNot::Failed(_)))
    }

    /// Whether a person was called and has not come yet.
    #[must_use]
    pub const fn waits(&self) -> bool {
        matches!(self.what, What::Nothing(WhyNot::NeedsCode | WhyNot::Failed(_) | WhyNot::Foreign))
    }
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It is renewed without a person. `again`: why it was not the last time.
    Renew {
        again: Option<String>,
    },
    /// A person is told that a code is needed.
    Call {
        why: Option<String>,
    },
    Nothing(WhyNot),
}

/// Why nothing happens by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// A job is at it.
    Busy,
    /// A person was called.
    NeedsCode,
    /// It cannot renew itself after all; a person was called.
    Failed(String),
    /// Switched off in the settings.
    Off,
    /// A role nobody has used since it was made.
    Unused,
    /// What a role rests on will be over and needs a code.
    SourceEnds {
        on: String,
    },
    /// Its section was not written by awsprof.
    Foreign,
    Other(&'static str),
    KeysGone,
    /// Nobody knows until when it holds.
    NoEnd,
    /// It was over long before it was seen.
    Forgotten,
}

/// What happens to each session next, in the order given. No moment is before `now` unless it is due.
#[must_use]
pub fn plan(sessions: &[Subject], rules: &Rules, now: Timestamp) -> Vec<Step> {
    let step = |session: &Subject| {
        let (when, what) = next(session, sessions, rules, now);
        Step { profile: session.profile.clone(), when, what }
    };
    sessions.iter().map(step).collect()
}

type Next = (Option<Timestamp>, What);

const fn nothing(why: WhyNot) -> Next {
    (None, What::Nothing(why))
}

fn next(session: &Subject, all: &[Subject], rules: &Rules, now: Timestamp) -> Next {
    let Some(end) = session.end else { return nothing(WhyNot::NoEnd) };
    match &session.means {
        Means::Other(tool) => nothing(WhyNot::Other(tool)),
        Means::Nothing => nothing(WhyNot::KeysGone),
        _ if session.busy => nothing(WhyNot::Busy),
        _ if session.forgotten => nothing(WhyNot::Forgotten),
        Means::Source(_) if rules.auto => renew(session, end, rules, now),
        Means::Ride { .. } if !rules.auto => nothing(WhyNot::Off),
        Means::Ride { used: false, .. } => nothing(WhyNot::Unused),
        Means::Ride { on, .. } => match renew(session, end, rules, now) {
            (Some(at), _) if !carries(on, all, rules, at.max(now)) => {
                nothing(WhyNot::SourceEnds { on: on.clone() })
            }
            // A person can do no more about it than the plan can.
            (_, What::Call { why: Some(why) }) => nothing(WhyNot::Failed(why)),
            next => next,
        },
        Means::Foreign => call(session, end, rules, WhyNot::Foreign),
        Means::Source(_) | Means::Person => call(session, end, rules, WhyNot::NeedsCode),
    }
}

/// When it renews itself, or that it cannot.
fn renew(session: &Subject, end: Timestamp, rules: &Rules, now: Timestamp) -> Next {
    let due = pace::due(rules.seed, &session.profile, end, session.lifetime);
    let due = session.renewed.map_or(due, |at| due.max(at + pace::GAP));
    let Some(failed) = &session.failed else { return (Some(due), What::Renew { again: None }) };
    let dice = pace::dice(rules.seed, &session.profile, failed.last.as_second());
    let again = Some(failed.why.clone());
    match pace::wait(failed.fault, failed.times, session.lifetime, dice) {
        Some(wait) => (Some(due.max(failed.last + wait)), What::Renew { again }),
        None if session.called => nothing(WhyNot::Failed(failed.why.clone())),
        None => (Some(now), What::Call { why: again }),
    }
}

/// When a person is called, or that one was.
fn call(session: &Subject, end: Timestamp, rules: &Rules, done: WhyNot) -> Next {
    if session.called {
        return nothing(done);
    }
    (Some(end.checked_sub(rules.call).unwrap_or(end)), What::Call { why: None })
}

/// Whether what a role rests on will be there then: it lives, or renews itself first.
fn carries(on: &str, all: &[Subject], rules: &Rules, then: Timestamp) -> bool {
    let Some(carrier) = all.iter().find(|session| session.profile == on) else { return true };
    let alive = carrier.end.is_none_or(|end| end > then);
    let refused = |failed: &Failed| pace::wait(failed.fault, failed.times, carrier.lifetime, 0).is_none();
    let by_itself = rules.auto
        && matches!(carrier.means, Means::Source(_))
        && !carrier.forgotten
        && !carrier.failed.as_ref().is_some_and(refused);
    alive || by_itself
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-03-02T{text}Z").parse().unwrap()
    }

    fn session(profile: &str, end: &str, means: Means) -> Subject {
        Subject {
            profile: profile.to_owned(),
            end: Some(at(end)),
            lifetime: SignedDuration::from_hours(12),
            means,
            failed: None,
            renewed: None,
            called: false,
            forgotten: false,
            busy: false,
        }
    }

    fn ride(end: &str, used: bool) -> Subject {
        let lifetime = SignedDuration::from_hours(1);
        Subject { lifetime, ..session("admin", end, Means::Ride { on: "work-mfa".to_owned(), used }) }
    }

    fn only(session: Subject, rules: &Rules, now: &str) -> Next {
        let Step { when, what, .. } = plan(&[session], rules, at(now)).remove(0);
        (when, what)
    }

    fn failed(fault: Fault, times: u32) -> Failed {
        Failed { times, last: at("11:50:00"), fault, why: "no".to_owned() }
    }

    #[test]
    fn each_kind_of_session_has_a_next_thing() {
        let rules = Rules::default();
        let source = || session("work-mfa", "12:00:00", Means::Source("keyring"));
        let (when, what) = only(source(), &rules, "09:00:00");
        assert_eq!(what, What::Renew { again: None });
        assert!((at("11:40:00")..=at("11:45:00")).contains(&when.unwrap()), "{when:?}");
        let table = [
            (session("a", "12:00:00", Means::Person), Some("11:45:00"), What::Call { why: None }),
            (
                Subject { called: true, ..session("a", "12:00:00", Means::Person) },
                None,
                What::Nothing(WhyNot::NeedsCode),
            ),
            (session("a", "12:00:00", Means::Other("awsume")), None, What::Nothing(WhyNot::Other("awsume"))),
            (session("a", "12:00:00", Means::Nothing), None, What::Nothing(WhyNot::KeysGone)),
            (Subject { busy: true, ..source() }, None, What::Nothing(WhyNot::Busy)),
            (Subject { forgotten: true, ..source() }, None, What::Nothing(WhyNot::Forgotten)),
            (Subject { end: None, ..source() }, None, What::Nothing(WhyNot::NoEnd)),
            (ride("12:00:00", false), None, What::Nothing(WhyNot::Unused)),
        ];
        for (session, when, what) in table {
            assert_eq!(only(session.clone(), &rules, "09:00:00"), (when.map(at), what), "{session:?}");
        }
        let off = Rules { auto: false, ..rules };
        assert_eq!(only(source(), &off, "09:00:00").1, What::Call { why: None });
        assert_eq!(only(ride("12:00:00", true), &off, "09:00:00").1, What::Nothing(WhyNot::Off));
    }

    #[test]
    fn a_role_rides_as_long_as_something_carries_it() {
        let rules = Rules::default();
        let with = |carrier: Subject| {
            plan(&[carrier, ride("12:00:00", true)], &rules, at("11:30:00")).remove(1).what
        };
        let ends = What::Nothing(WhyNot::SourceEnds { on: "work-mfa".to_owned() });
        assert_eq!(with(session("work-mfa", "14:00:00", Means::Person)), What::Renew { again: None });
        assert_eq!(with(session("work-mfa", "11:35:00", Means::Person)), ends);
        assert_eq!(
            with(session("work-mfa", "11:35:00", Means::Source("keyring"))),
            What::Renew { again: None }
        );
        let refused = Subject {
            failed: Some(failed(Fault::Refused, 2)),
            ..session("work-mfa", "11:35:00", Means::Source("keyring"))
        };
        assert_eq!(with(refused), ends);
        assert_eq!(
            only(ride("12:00:00", true), &rules, "11:30:00").1,
            What::Renew { again: None },
            "plain keys"
        );
    }

    #[test]
    fn failures_wait_and_a_refusal_calls_a_person_once() {
        let rules = Rules::default();
        let with = |fault, times, called| {
            let session = session("work-mfa", "12:00:00", Means::Source("keyring"));
            only(Subject { failed: Some(failed(fault, times)), called, ..session }, &rules, "11:51:00")
        };
        let (when, what) = with(Fault::Passing, 1, false);
        assert_eq!(what, What::Renew { again: Some("no".to_owned()) });
        assert!((at("11:50:15")..=at("11:50:30")).contains(&when.unwrap()), "{when:?}");
        assert_eq!(with(Fault::Refused, 1, false).0, Some(at("11:51:00")));
        assert_eq!(
            with(Fault::Refused, 2, false),
            (Some(at("11:51:00")), What::Call { why: Some("no".to_owned()) })
        );
        assert_eq!(with(Fault::Refused, 2, true).1, What::Nothing(WhyNot::Failed("no".to_owned())));
    }

    #[test]
    fn one_that_was_just_renewed_is_left_alone_for_a_while() {
        let just =
            Subject { renewed: Some(at("11:50:00")), ..session("s", "12:00:00", Means::Source("keyring")) };
        assert_eq!(only(just, &Rules::default(), "11:51:00").0, Some(at("11:55:00")));
    }
}
