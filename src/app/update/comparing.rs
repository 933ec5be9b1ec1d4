//! When the tools are compared: once the cursor rests, and again when something was learned.

use super::Effects;
use crate::app::comparing::{Compared, REST};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::msg::JobId;
use crate::aws::chain::Comparison;

/// Another profile, or another way to name it, is selected: what was asked for the one before is not waited for.
pub(super) fn wanted(model: &mut Model) -> Effects {
    let known = model.compared().is_some() || model.selected_name().is_none();
    model.comparing.since = (!known).then_some(model.now);
    model.comparing.job.take().into_iter().map(Effect::Cancel).collect()
}

/// What the comparison was made from is no longer what is known.
pub(super) fn outdated(model: &mut Model) -> Effects {
    model.comparing.known = None;
    wanted(model)
}

/// Does not wait for the cursor to rest: somebody wants to see it.
pub(super) fn hurry(model: &mut Model) {
    if model.comparing.since.is_some() {
        model.comparing.since = Some(model.now - REST);
    }
}

/// Asks for what is missing as soon as the cursor has rested.
pub(super) fn due(model: &mut Model) -> Effects {
    let (Some(since), Some(name)) = (model.comparing.since, model.selected_name()) else { return Vec::new() };
    if model.now < since + REST {
        return Vec::new();
    }
    let (profile, explicit, load) = (name.to_owned(), model.explicit, model.comparing.load);
    // Numbers of their own, from the other end: nobody waits for these jobs.
    let job = JobId(u64::MAX - model.comparing.asked);
    model.comparing.asked += 1;
    model.comparing.since = None;
    model.comparing.job = Some(job);
    vec![Effect::Compare { job, profile, explicit, load }]
}

/// A comparison counts only if the question is still the current one.
pub(super) fn compared(
    model: &mut Model,
    job: JobId,
    profile: String,
    explicit: bool,
    comparison: Comparison,
) -> Effects {
    if model.comparing.job == Some(job) {
        model.comparing.job = None;
        model.comparing.known = Some(Compared { profile, explicit, comparison });
    }
    Vec::new()
}
