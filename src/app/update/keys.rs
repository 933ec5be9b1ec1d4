//! From a key to what it means: by the table, then by the scope for what is typed.

use super::{
    Effects, asking, browsing, command, doctor, doing, forms, pages, picking, portal, refuse, settings,
    signing, unlocking,
};
use crate::app::bindings::Scope;
use crate::app::input::Chord;
use crate::app::intent::Intent;
use crate::app::keymap::{self, Found};
use crate::app::model::Model;

pub(super) fn press(model: &mut Model, chord: Chord) -> Effects {
    let scope = keymap::scope(model);
    let pending = model.pending.take().map(|(first, _)| first);
    match model.keymap.find(scope, pending, chord) {
        Found::Prefix => {
            model.pending = Some((chord, model.now));
            Vec::new()
        }
        Found::Binding(binding) => match (binding.enabled)(model) {
            Err(why) => refuse(model, why),
            Ok(()) => run(model, binding.scope, binding.intent),
        },
        Found::Nothing => typed(model, scope, chord),
    }
}

/// Lines of a page, in dialogs that know only lines.
const PAGE: usize = 10;

/// Does what an intent means in its scope.
pub(super) fn run(model: &mut Model, scope: Scope, intent: Intent) -> Effects {
    let knows_pages = matches!(scope, Scope::Main | Scope::Links | Scope::Portal | Scope::Past | Scope::Imds);
    match intent {
        Intent::PageDown if !knows_pages => repeat(model, scope, Intent::Down, PAGE),
        Intent::PageUp if !knows_pages => repeat(model, scope, Intent::Up, PAGE),
        _ => act(model, scope, intent),
    }
}

/// Does it so many times.
pub(super) fn repeat(model: &mut Model, scope: Scope, intent: Intent, times: usize) -> Effects {
    (0..times).flat_map(|_| act(model, scope, intent)).collect()
}

fn act(model: &mut Model, scope: Scope, intent: Intent) -> Effects {
    match scope {
        Scope::Always | Scope::Main | Scope::Links => doing::act(model, intent),
        Scope::Filter => picking::filter(model, intent),
        Scope::Mfa => asking::mfa(model, intent),
        Scope::Unlock => unlocking::act(model, intent),
        Scope::SignIn => signing::act(model, intent),
        Scope::Portal => portal::act(model, intent),
        Scope::Confirm => asking::confirm(model, intent),
        Scope::Naming => asking::naming(model, intent),
        Scope::Form => forms::form(model, intent),
        Scope::Doctor => doctor::doctor(model, intent),
        Scope::Past => doctor::past(model, intent),
        Scope::Help => picking::help(model, intent),
        Scope::Command => command::line(model, intent),
        Scope::List => picking::list(model, intent),
        Scope::Reading => pages::read(model, intent),
        Scope::Page => pages::link(model, intent),
        Scope::Compare => pages::compare(model, intent),
        Scope::Imds => browsing::browse(model, intent),
        Scope::Settings => settings::page(model, intent),
        Scope::Value => settings::value(model, intent),
    }
}

/// A key outside the table: text where text is being typed, nothing elsewhere.
fn typed(model: &mut Model, scope: Scope, chord: Chord) -> Effects {
    match (scope, chord.typed()) {
        (Scope::Filter, Some(c)) => picking::type_filter(model, c),
        (Scope::Help, Some(c)) => picking::type_help(model, c),
        (Scope::Command, Some(c)) => command::type_text(model, c.encode_utf8(&mut [0; 4])),
        (Scope::Unlock, Some(c)) => unlocking::type_text(model, c.encode_utf8(&mut [0; 4])),
        (Scope::Portal, Some(c)) => portal::type_text(model, c.encode_utf8(&mut [0; 4])),
        (Scope::Value, Some(c)) => settings::type_text(model, c.encode_utf8(&mut [0; 4])),
        (Scope::Mfa, Some(c)) => asking::type_digit(model, c),
        (Scope::Form, Some(c)) => forms::type_text(model, c.encode_utf8(&mut [0; 4])),
        (Scope::Naming, Some(c)) => asking::type_consent(model, c.encode_utf8(&mut [0; 4])),
        _ => Vec::new(),
    }
}
