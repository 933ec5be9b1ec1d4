//! The command line: typing, completing, doing.

use super::{Effects, facts, keys, objects, picking, refuse, say};
use crate::app::bindings::Binding;
use crate::app::command::{self, Command, Completion, Order};
use crate::app::dialog::Dialog;
use crate::app::effect::Effect;
use crate::app::intent::Intent;
use crate::app::model::{Model, Pane};
use crate::app::msg::Trouble;
use crate::app::said::Said;

pub(super) fn open(model: &mut Model) {
    model.dialog = Some(Dialog::Command(Command::default()));
}

pub(super) fn line(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Command(command)) = &model.dialog else { return Vec::new() };
    let last = command::completions(model, &command.text).len().saturating_sub(1);
    if intent == Intent::Accept {
        return accept(model);
    }
    let chosen = chosen(model);
    let Some(Dialog::Command(command)) = &mut model.dialog else { return Vec::new() };
    match intent {
        Intent::Down => command.selected = (command.selected + 1).min(last),
        Intent::Up => command.selected = command.selected.saturating_sub(1),
        Intent::Complete => fill(command, chosen),
        Intent::Erase if !command.text.is_empty() => change(command, picking::erase),
        Intent::EraseAll => change(command, String::clear),
        _ => model.dialog = None,
    }
    Vec::new()
}

pub(super) fn type_text(model: &mut Model, typed: &str) -> Effects {
    if let Some(Dialog::Command(command)) = &mut model.dialog {
        change(command, |text| text.push_str(typed));
    }
    Vec::new()
}

fn change(command: &mut Command, change: impl FnOnce(&mut String)) {
    change(&mut command.text);
    command.selected = 0;
}

fn fill(command: &mut Command, chosen: Option<Completion>) {
    if let Some(chosen) = chosen {
        change(command, |text| *text = chosen.line + " ");
    }
}

/// The completion that stands marked.
fn chosen(model: &Model) -> Option<Completion> {
    let Some(Dialog::Command(command)) = &model.dialog else { return None };
    command::completions(model, &command.text).into_iter().nth(command.selected)
}

/// The line as it stands if it means something and nothing else was marked; else what is marked.
fn accept(model: &mut Model) -> Effects {
    let chosen = chosen(model);
    let Some(Dialog::Command(command)) = &mut model.dialog else { return Vec::new() };
    let (text, moved) = (command.text.trim().to_owned(), command.selected > 0);
    if let Some(completion) = chosen.clone().filter(|chosen| !chosen.whole && (moved || chosen.line != text))
    {
        fill(command, Some(completion));
        return Vec::new();
    }
    let typed = command::parse(model, &text).filter(|_| !moved);
    let order = typed.or_else(|| command::parse(model, &chosen?.line));
    // A line that means nothing stays, to be put right.
    if order.is_some() || text.is_empty() {
        model.dialog = None;
    }
    match order {
        Some(Order::Theme(theme)) => vec![Effect::Theme(theme)],
        Some(Order::Do { binding, profile, tool, to }) => perform(model, binding, profile, tool, to),
        None if text.is_empty() => Vec::new(),
        None => {
            let hint = Some("{command} and {command:complete} show what there is".to_owned());
            say(model, Said::Trouble(Trouble { message: command::wrong(&text), hint }))
        }
    }
}

/// Goes to the profile or the tool that was named, then does what the binding's key would do there.
fn perform(
    model: &mut Model,
    binding: &'static Binding,
    profile: Option<String>,
    tool: Option<usize>,
    to: Option<String>,
) -> Effects {
    let mut effects = Vec::new();
    if let Some(name) = profile {
        if !model.list.hits.iter().any(|hit| model.overview.rows[hit.row].name == name) {
            picking::clear_filter(model);
        }
        model.pane = Pane::Profiles;
        facts::select(model, &name);
        effects.extend(facts::trace(model));
    }
    if let Some(tool) = tool {
        model.tool = tool;
        return facts::trace(model);
    }
    match (binding.enabled)(model) {
        Ok(()) if to.is_some() => effects.extend(objects::open(model, binding.intent, to)),
        Ok(()) => effects.extend(keys::run(model, binding.scope, binding.intent)),
        Err(why) => effects.extend(refuse(model, why)),
    }
    effects
}
