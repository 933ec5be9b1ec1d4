//! The words for what happens to a session next, for how far its renewal is, and for the calls to a person.

use jiff::{SignedDuration, Timestamp};

use super::words::remaining;
use crate::app::{Model, Said, Stage};
use crate::aws::keep::{Step, What, WhyNot};
use crate::aws::overview::Renewal;

/// Who is told, and when.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub now: Timestamp,
    pub read_only: bool,
    /// What they do to renew it: `press r`, `awsprof renew work-mfa`.
    pub call: &'a str,
}

/// What happens next to a session that this renews, in words.
#[must_use]
pub fn next(step: &Step, renewal: &Renewal, told: Told<'_>) -> String {
    let now = told.now;
    let rides = match renewal {
        Renewal::Rides { on } if !on.is_empty() => format!("rides on {on}; "),
        _ => String::new(),
    };
    let then = match &step.what {
        What::Renew { again: None } if !rides.is_empty() => format!("renews{}", within(step.when, now)),
        What::Renew { again: None } => format!("renews itself{}", within(step.when, now)),
        What::Renew { again: Some(why) } => format!("tries again{}: {why}", within(step.when, now)),
        What::Call { .. } => format!("needs a code{}", within(step.when, now)),
        What::Nothing(why) => why_not(why, told),
    };
    format!("{rides}{then}")
}

fn within(when: Option<Timestamp>, now: Timestamp) -> String {
    let left = when.map(|when| when.duration_since(now)).filter(SignedDuration::is_positive);
    left.map_or_else(|| " now".to_owned(), |left| format!(" in {}", about(left)))
}

/// `11h 17m`, `43m`, `27s`: a plan is not watched by the second.
fn about(left: SignedDuration) -> String {
    match left.as_secs() {
        seconds @ 60..=3600 => format!("{}m", seconds / 60),
        _ => remaining(left),
    }
}

fn why_not(why: &WhyNot, Told { read_only, call, .. }: Told<'_>) -> String {
    match why {
        WhyNot::Busy => "renewing".to_owned(),
        WhyNot::NeedsCode | WhyNot::Foreign => format!("needs a code: {call}"),
        WhyNot::Failed(why) => format!("{call}: {why}"),
        WhyNot::Off if read_only => "read-only: not renewed".to_owned(),
        WhyNot::Off => "renew.auto is off".to_owned(),
        WhyNot::Unused => "not used: ends".to_owned(),
        WhyNot::SourceEnds { .. } => "ends when that needs a code".to_owned(),
        WhyNot::Other(tool) => format!("kept by {tool}"),
        WhyNot::KeysGone => "keys are gone".to_owned(),
        WhyNot::NoEnd => format!("nobody knows its end: {call}"),
        WhyNot::Forgotten => format!("long over: {call}"),
    }
}

/// How far a renewal is.
#[must_use]
pub fn stage(stage: &Stage, now: Timestamp) -> String {
    match stage {
        Stage::CodeFrom(source) => format!("renewing: code from {source}"),
        Stage::NextCode { at } => format!("next code in {} s", seconds(*at, now)),
        Stage::Waiting => "another awsprof renews it".to_owned(),
        Stage::Retrying { at, throttled, .. } => retrying(*at, *throttled, now),
        Stage::Writing => "writing".to_owned(),
        Stage::Asking => "renewing".to_owned(),
        Stage::Counting { done, of } => format!("{done} of {of}"),
        Stage::Person(_) => "waiting for you at the browser".to_owned(),
    }
}

/// What a wait between two tries is for.
#[must_use]
pub fn retrying(at: Timestamp, throttled: bool, now: Timestamp) -> String {
    let what = if throttled { "AWS is throttling" } else { "AWS could not be reached" };
    format!("{what}, next try in {} s", seconds(at, now))
}

/// Seconds until then, rounded up: the last one is seen as 1.
fn seconds(at: Timestamp, now: Timestamp) -> i64 {
    let millis = i64::try_from(at.duration_since(now).as_millis()).unwrap_or(0);
    millis.max(0).div_euclid(1000) + i64::from(millis.max(0) % 1000 > 0)
}

/// What a person is told of a session, and what to do; `None` for what is said elsewhere.
#[must_use]
pub fn said(said: &Said) -> Option<(String, Option<String>)> {
    Some(match said {
        Said::Kept { profile } => (format!("{profile} has renewed itself"), None),
        Said::NotKept { profile, trouble } => {
            (format!("{profile} was not renewed: {}", trouble.message), trouble.hint.clone())
        }
        Said::NeedsCode { profile, left, why } => {
            let when =
                left.map_or_else(|| "is over".to_owned(), |left| format!("ends in {}", remaining(left)));
            let why = why.as_ref().map(|why| format!(" and did not renew itself: {why}"));
            (format!("{profile} {when}{}", why.unwrap_or_default()), Some("{renew} renews it".to_owned()))
        }
        _ => return None,
    })
}

/// The title of the terminal's window.
#[must_use]
pub fn title(model: &Model) -> String {
    let first = model.kept.calling.first();
    first.map_or_else(|| "awsprof".to_owned(), |name| format!("awsprof: {name} needs a code"))
}
