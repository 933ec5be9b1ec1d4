//! Several profiles at once: marking them, and what is then done to all after one question.

use super::{Effects, asking, refuse, say};
use crate::app::dialog::{Confirm, Copying, Dialog, removal};
use crate::app::doctor::Cure;
use crate::app::effect::{Copied, Effect, Given};
use crate::app::hidden::Typed;
use crate::app::intent::Intent;
use crate::app::log::quoted;
use crate::app::marks::{self, Batch};
use crate::app::model::{JobKind, Model};
use crate::app::msg::Trouble;
use crate::app::said::{Said, Why};
use crate::aws::change::{Change, References};
use crate::aws::ini::SectionId;
use crate::aws::overview::{Kind, Row};
use crate::aws::session::FRESH;

/// What marks are for.
pub(super) fn act(model: &mut Model, intent: Intent) -> Effects {
    match intent {
        Intent::Mark => toggle(model),
        Intent::MarkAll => all(model),
        Intent::Renew => renew(model),
        Intent::Remove => remove(model),
        _ => copy(model),
    }
}

/// Offers what can be copied of the marked profiles, a line each.
fn copy(model: &mut Model) -> Effects {
    let rows = rows(model, &marks::marked(model));
    let lines = |of: &dyn Fn(&Row) -> Option<String>| {
        let lines: Vec<String> = rows.iter().filter_map(of).collect();
        lines.join("\n")
    };
    let items = vec![
        (Copied::Name, lines(&|row| Some(row.name.clone()))),
        (Copied::Account, lines(&|row| row.account.clone())),
        (Copied::Export, lines(&|row| Some(format!("export AWS_PROFILE={}", quoted(&row.name))))),
    ];
    model.dialog = Some(Dialog::Copy(Copying { items, selected: 0 }));
    Vec::new()
}

/// Marks the profile under the cursor, or no longer, and goes on to the next one.
fn toggle(model: &mut Model) -> Effects {
    let Some(name) = model.selected_name().map(str::to_owned) else { return Vec::new() };
    if !model.several.marks.remove(&name) {
        model.several.marks.insert(name);
    }
    super::moving::travel(model, Intent::Down)
}

/// Marks all that are shown, or none of them if all are.
fn all(model: &mut Model) -> Effects {
    let shown = model.list.hits.iter().filter_map(|hit| model.overview.rows.get(hit.row));
    let names: Vec<String> = shown.map(|row| row.name.clone()).collect();
    if names.iter().all(|name| model.several.marks.contains(name)) {
        model.several.marks.clear();
    } else {
        model.several.marks.extend(names);
    }
    Vec::new()
}

fn ask(model: &mut Model, cure: Cure, why: String, diff: String) {
    let confirm = Confirm { cure, why, diff, typing: None, scroll: 0, yes: false, behind: None };
    model.dialog = Some(Dialog::Confirm(confirm));
}

/// Asks whether all marked sessions are to be renewed.
fn renew(model: &mut Model) -> Effects {
    let (mut can, cannot): (Vec<Row>, Vec<Row>) =
        rows(model, &marks::marked(model)).into_iter().partition(is_renewable);
    if can.is_empty() {
        return refuse(model, Why::NothingToRenew);
    }
    // A user's code makes what its roles ride on.
    can.sort_by_key(|row| row.kind == Kind::AssumeRole);
    let names = |rows: &[Row]| rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ");
    let left =
        if cannot.is_empty() { String::new() } else { format!("; nothing to renew: {}", names(&cannot)) };
    let why = format!("{}; a code is asked for where one is needed{left}", names(&can));
    ask(model, Cure::Renew(can.into_iter().map(|row| row.name).collect()), why, String::new());
    Vec::new()
}

fn is_renewable(row: &Row) -> bool {
    match row.kind {
        Kind::Static => row.mfa_serial.is_some() || row.code_from.is_some(),
        Kind::Session => row.session_of.is_some(),
        Kind::AssumeRole => true,
        _ => false,
    }
}

fn rows(model: &Model, names: &[String]) -> Vec<Row> {
    let of = |name: &String| model.overview.row(name).cloned();
    names.iter().filter_map(of).collect()
}

/// Goes on with the renewals that were agreed to: at once where no code is needed, else with the next code's dialog.
pub(super) fn next(model: &mut Model) -> Effects {
    let mut effects = Vec::new();
    while model.dialog.is_none() && !model.several.queue.is_empty() {
        let name = model.several.queue.remove(0);
        let Some(row) = rows(model, std::slice::from_ref(&name)).pop() else { continue };
        if model.is_busy(&name) {
            continue;
        }
        let rides = row.kind == Kind::AssumeRole && model.overview.rides_free(&name, model.now, FRESH);
        if rides || row.code_from.is_some() {
            effects.extend(asking::request(model, name, Given::Nothing));
        } else {
            model.dialog = asking::open_for(model, &name).map(Dialog::Mfa);
        }
    }
    effects
}

/// Has each removal looked at; the question comes when all were.
fn remove(model: &mut Model) -> Effects {
    let names = marks::marked(model);
    let stays =
        |row: &Row, name: &str| row.source_profile.as_deref() == Some(name) && !names.contains(&row.name);
    let one = |name: &String| {
        let is_held = model.overview.rows.iter().any(|row| stays(row, name));
        let references = if is_held { References::Refuse } else { References::Leave };
        removal(SectionId::profile(name.clone()), references)
    };
    // Roles go before what they rest on.
    let mut todo: Vec<Change> = names.iter().map(one).collect();
    todo.reverse();
    model.several.batch = Some(Batch { todo, ..Batch::default() });
    look(model)
}

fn look(model: &mut Model) -> Effects {
    let Some(change) = model.several.batch.as_mut().and_then(|batch| batch.todo.pop()) else {
        return question(model);
    };
    let job = model.start(JobKind::Write, "");
    vec![Effect::Write { job, change, typed: Typed::default(), confirmed: false }]
}

/// One removal was looked at: `Err` if it cannot be part of this. `None` if nobody waits for it.
pub(super) fn seen(
    model: &mut Model,
    change: &Change,
    found: Result<(String, bool), &str>,
) -> Option<Effects> {
    let Change::Remove { section, .. } = change else { return None };
    let batch = model.several.batch.as_mut()?;
    match found {
        Ok((diff, false)) => batch.seen.push((change.clone(), diff)),
        Ok((_, true)) => {
            batch.left.push((section.name.clone(), "the last copy of its keys would go".to_owned()));
        }
        Err(why) => batch.left.push((section.name.clone(), why.to_owned())),
    }
    Some(look(model))
}

/// All were looked at: one question, or why there is none.
fn question(model: &mut Model) -> Effects {
    let Some(Batch { seen, left, .. }) = model.several.batch.take() else { return Vec::new() };
    let alone: Vec<String> = left.iter().map(|(name, why)| format!("{name} ({why})")).collect();
    let hint = Some("remove it alone".to_owned());
    if seen.is_empty() {
        return say(
            model,
            Said::Trouble(Trouble { message: format!("not removed: {}", alone.join(", ")), hint }),
        );
    }
    let names: Vec<&str> = seen.iter().filter_map(|(change, _)| name(change)).collect();
    let left =
        if alone.is_empty() { String::new() } else { format!("; to be removed alone: {}", alone.join(", ")) };
    let why = format!("{}; each is a write of its own for undo{left}", names.join(", "));
    let diff = seen.iter().map(|(_, diff)| diff.trim_end()).collect::<Vec<_>>().join("\n");
    ask(model, Cure::Changes(seen.into_iter().map(|(change, _)| change).collect()), why, diff);
    Vec::new()
}

fn name(change: &Change) -> Option<&str> {
    match change {
        Change::Remove { section, .. } => Some(&section.name),
        _ => None,
    }
}
