//! The filter, the help page and the lists: typing to narrow, picking one.

use secrecy::zeroize::Zeroize;

use super::{
    Effects, asking, command, doing, facts, forms, keys, moving, portal, refuse, settings, unlocking,
};
use crate::app::bindings::Scope;
use crate::app::dialog::{Copying, Dialog};
use crate::app::docs;
use crate::app::effect::{Copied, Effect};
use crate::app::filter;
use crate::app::intent::{Chooses, Intent};
use crate::app::keymap;
use crate::app::log;
use crate::app::model::{Model, Pane};
use crate::app::said::Said;

pub(super) fn filter(model: &mut Model, intent: Intent) -> Effects {
    match intent {
        Intent::Accept => {
            model.filter.editing = false;
            // What was typed for is what was wanted.
            if model.choosing.does == Chooses::Name { doing::use_profile(model) } else { Vec::new() }
        }
        Intent::Close => clear_filter(model),
        Intent::Down | Intent::Up => {
            model.pane = Pane::Profiles;
            moving::step(model, if intent == Intent::Down { 1 } else { -1 })
        }
        Intent::Erase if model.filter.text.is_empty() => clear_filter(model),
        Intent::Erase => narrow(model, erase),
        Intent::EraseAll => narrow(model, String::clear),
        _ => Vec::new(),
    }
}

pub(super) fn type_filter(model: &mut Model, c: char) -> Effects {
    narrow(model, |text| text.push(c))
}

/// Forgets the filter and stays on the profile it led to.
pub(super) fn clear_filter(model: &mut Model) -> Effects {
    model.filter.editing = false;
    let name = model.selected_name().map(str::to_owned);
    model.filter.text.clear();
    facts::refilter(model);
    if let Some(name) = name {
        facts::select(model, &name);
    }
    facts::trace(model)
}

/// Changes the filter's text; the cursor goes to the best match.
fn narrow(model: &mut Model, change: impl FnOnce(&mut String)) -> Effects {
    let before = model.selected_name().map(str::to_owned);
    change(&mut model.filter.text);
    facts::refilter(model);
    model.cursors[Pane::Profiles as usize] = filter::best(&model.list.hits);
    if model.selected_name() == before.as_deref() { Vec::new() } else { facts::trace(model) }
}

pub(super) fn erase(text: &mut String) {
    text.pop();
}

/// A paste is text, never keys: digits for a code, one line elsewhere.
pub(super) fn paste(model: &mut Model, text: &str) -> Effects {
    let mut line: String = text.chars().take_while(|c| *c != '\n').filter(|c| !c.is_control()).collect();
    let effects = match keymap::scope(model) {
        Scope::Mfa => asking::paste_code(model, text),
        Scope::Form => forms::paste(model, &line),
        Scope::Naming => asking::type_consent(model, &line),
        Scope::Unlock => unlocking::type_text(model, &line),
        Scope::Portal => portal::type_text(model, &line),
        Scope::Value => settings::type_text(model, &line),
        Scope::Command => command::type_text(model, &line),
        Scope::Filter => narrow(model, |filter| filter.push_str(&line)),
        _ => Vec::new(),
    };
    // It may have been a secret.
    line.zeroize();
    effects
}

pub(super) fn help(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Help(help)) = &mut model.dialog else { return Vec::new() };
    let last = docs::matching(&model.keymap, &help.filter).len().saturating_sub(1);
    match intent {
        Intent::Down => help.selected = (help.selected + 1).min(last),
        Intent::Up => help.selected = help.selected.saturating_sub(1),
        Intent::Erase => erase(&mut help.filter),
        Intent::EraseAll => help.filter.clear(),
        Intent::Accept => return run_chosen(model),
        _ => model.dialog = None,
    }
    Vec::new()
}

pub(super) fn type_help(model: &mut Model, c: char) -> Effects {
    if let Some(Dialog::Help(help)) = &mut model.dialog {
        help.filter.push(c);
        help.selected = 0;
    }
    Vec::new()
}

/// Closes the help and does what was chosen there.
fn run_chosen(model: &mut Model) -> Effects {
    let Some(Dialog::Help(help)) = model.dialog.take() else { return Vec::new() };
    let chosen = docs::matching(&model.keymap, &help.filter).get(help.selected).map(|bound| bound.binding);
    let Some(binding) = chosen else { return Vec::new() };
    match (binding.enabled)(model) {
        Ok(()) => keys::run(model, binding.scope, binding.intent),
        Err(why) => refuse(model, why),
    }
}

/// Offers what can be copied of the subject: never a secret.
pub(super) fn open_copy(model: &mut Model) {
    let Some(row) = model.subject_row() else { return };
    let arn = model
        .identity
        .as_ref()
        .and_then(|known| known.as_ref().ok())
        .filter(|_| model.is_default(row))
        .map(|identity| identity.arn.clone());
    let items = [
        Some((Copied::Name, row.name.clone())),
        row.account.clone().map(|account| (Copied::Account, account)),
        arn.map(|arn| (Copied::Arn, arn)),
        Some((Copied::Export, format!("export AWS_PROFILE={}", log::quoted(&row.name)))),
    ];
    model.dialog = Some(Dialog::Copy(Copying { items: items.into_iter().flatten().collect(), selected: 0 }));
}

pub(super) fn list(model: &mut Model, intent: Intent) -> Effects {
    if matches!(model.dialog, Some(Dialog::Choose(_))) {
        return forms::choose(model, intent);
    }
    let Some(Dialog::Copy(copying)) = &mut model.dialog else { return Vec::new() };
    match intent {
        Intent::Down => copying.selected = (copying.selected + 1).min(copying.items.len().saturating_sub(1)),
        Intent::Up => copying.selected = copying.selected.saturating_sub(1),
        Intent::Accept => return copy(model),
        _ => model.dialog = None,
    }
    Vec::new()
}

fn copy(model: &mut Model) -> Effects {
    let Some(Dialog::Copy(copying)) = model.dialog.take() else { return Vec::new() };
    let Some((what, text)) = copying.items.into_iter().nth(copying.selected) else { return Vec::new() };
    model.say(Said::Copied(what));
    vec![Effect::Copy { what, text }]
}
