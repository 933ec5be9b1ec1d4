//! What the plan wants done now: renewals that need nobody, and calls for a person.

use jiff::SignedDuration;

use super::{Effects, say};
use crate::app::effect::Effect;
use crate::app::model::{JobKind, Model};
use crate::app::msg::{Outcome, Trouble};
use crate::app::said::Said;
use crate::aws::keep::{Fault, What};

/// The clock was set back.
pub(super) fn set_back(model: &mut Model, by: SignedDuration) -> Effects {
    model.kept.keeper.set_back(by);
    Vec::new()
}

/// Takes up everything that is due, so that the next moment of the plan is a later one.
pub(super) fn due(model: &mut Model) -> Effects {
    if !model.loaded || model.leaving.is_some() {
        return Vec::new();
    }
    model.kept.keeper.rules.auto &= !model.read_only;
    let mut effects = Vec::new();
    for step in model.kept.keeper.due(model.now, &model.kept_busy()) {
        match step.what {
            What::Renew { .. } => effects.extend(keep(model, step.profile)),
            What::Call { why } => effects.extend(call(model, step.profile, why)),
            What::Nothing(_) => {}
        }
    }
    model.kept.calling = model.kept.keeper.calling(model.now, &model.kept_busy());
    effects
}

fn keep(model: &mut Model, profile: String) -> Option<Effect> {
    let beyond = model.kept.keeper.end(&profile)?;
    let role = model.kept.keeper.is_role(&profile);
    let job = model.start(JobKind::Keep, &profile);
    Some(Effect::Keep { job, profile, role, beyond })
}

/// Tells a person, in every way that is wanted.
fn call(model: &mut Model, profile: String, why: Option<String>) -> Option<Effect> {
    model.kept.keeper.called(&profile);
    let notify = model.kept.notify;
    let left = model.kept.keeper.end(&profile).map(|end| end.duration_since(model.now));
    let left = left.filter(SignedDuration::is_positive);
    let said = Said::NeedsCode { profile, left, why };
    let loud = notify.bell || notify.desktop.is_some();
    let effect =
        loud.then(|| Effect::Alert { bell: notify.bell, desktop: notify.desktop, said: said.clone() });
    if notify.toast {
        model.say(said);
    }
    effect
}

/// What came of a renewal that nobody had asked for.
pub(super) fn ended(model: &mut Model, profile: String, outcome: Outcome) -> Effects {
    match outcome {
        Outcome::Kept { renewed, off, .. } => kept(model, profile, renewed, off),
        Outcome::NotKept { fault, trouble, .. } => not_kept(model, profile, fault, trouble),
        Outcome::Failed { trouble, .. } => not_kept(model, profile, Fault::Local, trouble),
        _ => {
            model.kept.keeper.failed(&profile, Fault::Cancelled, "cancelled", model.now);
            say(model, Said::Cancelled)
        }
    }
}

/// A session lasts longer now. What somebody else has renewed is seen in the files and not worth a word.
fn kept(model: &mut Model, profile: String, renewed: bool, off: SignedDuration) -> Effects {
    model.kept.keeper.renewed(&profile, off, model.now);
    if renewed {
        model.say(Said::Kept { profile });
    }
    vec![Effect::Load]
}

/// A session does not last longer. The first failure in a row is said; the pane says the rest.
fn not_kept(model: &mut Model, profile: String, fault: Fault, trouble: Trouble) -> Effects {
    if model.kept.keeper.failed(&profile, fault, &trouble.message, model.now) == 1 {
        model.say(Said::NotKept { profile, trouble });
    }
    Vec::new()
}
