//! What a click in a dialog means: on a line that it is chosen, on the chosen one that it is taken, on an answer that it
//! is given. All of it is what the keys do there, in the same order of steps.

use super::{Effects, keys, refuse};
use crate::app::bindings::Scope;
use crate::app::dialog::Dialog;
use crate::app::intent::Intent;
use crate::app::keymap;
use crate::app::model::Model;

/// A click on line `at` of the dialog's list.
pub(super) fn line(model: &mut Model, at: usize) -> Effects {
    if let Some(Dialog::Form(form)) = &mut model.dialog {
        form.go(at);
        return Vec::new();
    }
    let scope = keymap::scope(model);
    // While a value is typed the list stands still.
    let Some(here) = model.dialog.as_ref().and_then(Dialog::chosen).filter(|_| scope != Scope::Value) else {
        return Vec::new();
    };
    match at.cmp(&here) {
        std::cmp::Ordering::Less => keys::repeat(model, scope, Intent::Up, here - at),
        std::cmp::Ordering::Greater => keys::repeat(model, scope, Intent::Down, at - here),
        std::cmp::Ordering::Equal => take(model, scope),
    }
}

/// A click on No or on Yes.
pub(super) fn answer(model: &mut Model, yes: bool) -> Effects {
    let scope = keymap::scope(model);
    match scope {
        Scope::Confirm => intend(model, scope, if yes { Intent::Yes } else { Intent::No }),
        _ => Vec::new(),
    }
}

/// In the command line what is clicked is typed: it may want more.
fn take(model: &mut Model, scope: Scope) -> Effects {
    intend(model, scope, if scope == Scope::Command { Intent::Complete } else { Intent::Accept })
}

/// Does what the key of an intent does, or says why it does not.
pub(super) fn intend(model: &mut Model, scope: Scope, intent: Intent) -> Effects {
    match model.keymap.bound(scope, intent).map(|bound| (bound.binding.enabled)(model)) {
        Some(Ok(())) => keys::run(model, scope, intent),
        Some(Err(why)) => refuse(model, why),
        None => Vec::new(),
    }
}
