//! When time alone changes the picture. There is no tick: without a reason the process sleeps.

use jiff::{SignedDuration, Timestamp};

use super::comparing::REST;
use super::dialog::Dialog;
use super::model::Model;
use super::msg::Stage;
use crate::aws::overview::SessionState;

/// One turn of the spinner.
pub const SPIN: SignedDuration = SignedDuration::from_millis(120);

/// How long a first chord waits before its continuations are shown.
pub const LINGER: SignedDuration = SignedDuration::from_millis(300);

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_secs(60);
const HOUR: SignedDuration = SignedDuration::from_secs(3600);

/// The next moment at which the screen would look different without anything happening; always after `now`.
#[must_use]
pub fn next_wake(model: &Model, now: Timestamp) -> Option<Timestamp> {
    let toasts = model
        .toasts
        .iter()
        .filter_map(|toast| toast.until)
        .map(|end| end.max(now + SignedDuration::from_millis(1)));
    let spinner = (model.motion && !model.jobs.is_empty()).then(|| now + SPIN);
    let second = watching_seconds(model).then(|| next_second(now));
    let which = model.pending.map(|(_, since)| since + LINGER).filter(|at| *at > now);
    let compare = model.comparing.since.map(|since| since + REST).filter(|at| *at > now);
    let retry =
        model.jobs.iter().any(|job| matches!(job.stage, Stage::Retrying { .. })).then(|| next_second(now));
    let plan = model.next_step(now).map(|at| at.max(now + SignedDuration::from_millis(1)));
    let age = asked_at(model).map(|asked| now + until_older(now.duration_since(asked)));
    toasts
        .chain(spinner)
        .chain(second)
        .chain(which)
        .chain(compare)
        .chain(age)
        .chain(retry)
        .chain(plan)
        .chain(countdown(model, now))
        .min()
}

/// A step of thirty seconds is being counted down: the MFA dialog's, or the demo's authenticator.
fn watching_seconds(model: &Model) -> bool {
    let dialog = model.motion && matches!(&model.dialog, Some(Dialog::Mfa(mfa)) if mfa.job.is_none());
    model.authenticator.is_some() || dialog
}

/// The next change of a remaining time: each minute, in the last hour each second.
fn countdown(model: &Model, now: Timestamp) -> Option<Timestamp> {
    let calm = !model.motion || !model.focused;
    let rows = model.overview.rows.iter().filter_map(|row| match row.session {
        SessionState::Until(end) => Some(end),
        _ => None,
    });
    let ends = model.overview.sessions.iter().filter_map(|session| session.expires_at).chain(rows);
    let ends = ends.filter(|end| *end > now).map(|end| now + until_change(end.duration_since(now), calm));
    // A plan is told by the minute, and by the second only at its end.
    let steps = model.steps().into_iter().filter_map(|step| step.when).filter(|when| *when > now);
    let steps = steps.map(|when| when.duration_since(now));
    ends.chain(steps.map(|left| now + until_change(left, calm || left > MINUTE))).min()
}

/// When the answers in the shown chain were asked for.
fn asked_at(model: &Model) -> Option<Timestamp> {
    model.shown_trace()?.asked_at
}

/// How long the words for an age stay true: whole minutes, after an hour whole hours.
fn until_older(age: SignedDuration) -> SignedDuration {
    let unit = if age < HOUR { MINUTE } else { HOUR };
    let over = i64::try_from(age.as_nanos().max(0) % unit.as_nanos()).unwrap_or(0);
    unit - SignedDuration::from_nanos(over)
}

/// How long the words for `left` stay true: they show whole units, rounded down.
fn until_change(left: SignedDuration, calm: bool) -> SignedDuration {
    let unit = if left > HOUR || calm { MINUTE } else { SECOND };
    let over = left.as_nanos() % unit.as_nanos();
    let nanos = i64::try_from(over).unwrap_or(0);
    SignedDuration::from_nanos(nanos) + SignedDuration::from_millis(1)
}

fn next_second(now: Timestamp) -> Timestamp {
    let over = i64::from(now.subsec_nanosecond().rem_euclid(1_000_000_000));
    now + SECOND - SignedDuration::from_nanos(over)
}
