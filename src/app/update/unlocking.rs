//! The passphrase of the sealed seeds, on its way to the renewal that needs it.

use super::{Effects, asking, refuse};
use crate::app::dialog::Dialog;
use crate::app::effect::Given;
use crate::app::hidden::Hidden;
use crate::app::intent::Intent;
use crate::app::model::Model;
use crate::app::said::Why;
use crate::app::unlock::Unlock;

/// Asks for it; whatever dialog waited for the renewal makes room.
pub(super) fn open(model: &mut Model, profile: String, wrong: bool) -> Effects {
    model.dialog = Some(Dialog::Unlock(Unlock::of(profile, wrong)));
    Vec::new()
}

pub(super) fn act(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Unlock(unlock)) = &mut model.dialog else { return Vec::new() };
    match (intent, unlock.job) {
        (Intent::Close, Some(job)) => asking::cancel(model, job),
        (Intent::Close, None) => {
            model.dialog = None;
            Vec::new()
        }
        (Intent::Accept, None) => submit(model),
        (Intent::Erase, None) => edit(unlock, Hidden::pop),
        (Intent::EraseAll, None) => edit(unlock, Hidden::clear),
        _ => Vec::new(),
    }
}

fn edit(unlock: &mut Unlock, change: fn(&mut Hidden)) -> Effects {
    change(&mut unlock.typed);
    Vec::new()
}

pub(super) fn type_text(model: &mut Model, text: &str) -> Effects {
    if let Some(Dialog::Unlock(unlock)) = &mut model.dialog
        && unlock.job.is_none()
    {
        unlock.wrong = false;
        text.chars().for_each(|c| unlock.typed.push(c));
    }
    Vec::new()
}

/// Moves the passphrase out into the request; the dialog waits for its outcome.
fn submit(model: &mut Model) -> Effects {
    if model.read_only {
        return refuse(model, Why::ReadOnly);
    }
    let id = crate::app::JobId(model.next_job);
    let Some(Dialog::Unlock(unlock)) = &mut model.dialog else { return Vec::new() };
    if unlock.typed.is_empty() {
        return Vec::new();
    }
    unlock.job = Some(id);
    let (profile, typed) = (unlock.profile.clone(), unlock.typed.take());
    asking::request(model, profile, Given::Passphrase(typed))
}
