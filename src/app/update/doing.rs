//! What an intent does while no dialog is open.

use super::{
    Effects, asking, browsing, command, comparing, doctor, facts, leave, marking, moving, objects, pages,
    picking, portal, refuse, settings, signing,
};
use crate::app::dialog::{Dialog, Help};
use crate::app::effect::{Effect, Given};
use crate::app::hidden::Typed;
use crate::app::intent::{Chooses, Intent};
use crate::app::marks;
use crate::app::model::{JobKind, Model};
use crate::app::order::{Group, Order};
use crate::app::said::{Said, Why};
use crate::aws::change::Change;
use crate::aws::overview::Kind;
use crate::aws::session::FRESH;

pub(super) fn act(model: &mut Model, intent: Intent) -> Effects {
    match intent {
        Intent::Renew | Intent::Remove | Intent::Copy if !marks::marked(model).is_empty() => {
            marking::act(model, intent)
        }
        Intent::Mark | Intent::MarkAll => marking::act(model, intent),
        Intent::Use => use_profile(model),
        Intent::Previous => write(model, "", Change::UsePrevious),
        Intent::Renew => renew(model),
        Intent::Login => signing::open(model),
        Intent::Portal => portal::open(model),
        Intent::Forget => forget(model),
        Intent::Undo => write(model, "", Change::Undo { id: None }),
        Intent::Redo => write(model, "", Change::Redo { id: None }),
        Intent::Probe => probe(model),
        Intent::Reload => reload(model),
        Intent::Edit => edit(model),
        Intent::Quit | Intent::Interrupt => leave(model, None),
        Intent::Redraw => vec![Effect::Redraw],
        Intent::Suspend => vec![Effect::Suspend],
        Intent::Mouse => toggle_mouse(model),
        Intent::Back => back(model),
        Intent::NextTool | Intent::Explicit => look(model, intent),
        Intent::Doctor => doctor::open(model, None),
        Intent::Problems => doctor::open(model, model.subject().map(str::to_owned)),
        Intent::Past => doctor::open_past(model),
        Intent::Add | Intent::Settings | Intent::Rename | Intent::Duplicate | Intent::Remove => {
            objects::open(model, intent, None)
        }
        Intent::Imds => browsing::open(model),
        Intent::Preferences => settings::open(model),
        _ => show(model, intent),
    }
}

/// Intents that only change what is shown.
fn show(model: &mut Model, intent: Intent) -> Effects {
    match intent {
        Intent::Filter => model.filter.editing = true,
        Intent::Zoom => model.zoomed = true,
        Intent::Unzoom => model.zoomed = false,
        Intent::Help => model.dialog = Some(Dialog::Help(Help::default())),
        Intent::Log => model.dialog = Some(Dialog::Log(0)),
        Intent::About => model.dialog = Some(Dialog::About(0)),
        Intent::Timeline => model.dialog = Some(Dialog::Timeline),
        Intent::Messages => model.dialog = Some(Dialog::Messages(0)),
        Intent::Who => model.dialog = Some(Dialog::Who(0)),
        Intent::Warnings => model.dialog = Some(Dialog::Warnings(0)),
        Intent::Compare => {
            comparing::hurry(model);
            pages::open_comparison(model);
        }
        Intent::Copy => picking::open_copy(model),
        Intent::Command => command::open(model),
        Intent::Explain => pages::open_link(model),
        Intent::Group => arrange(model, model.filter.order, model.filter.group.next()),
        Intent::Order => arrange(model, model.filter.order.next(), model.filter.group),
        _ => return moving::travel(model, intent),
    }
    Vec::new()
}

/// Asks for a write; what it needs to be asked about comes back as a question.
pub(super) fn write(model: &mut Model, profile: &str, change: Change) -> Effects {
    if model.is_writing() {
        return refuse(model, Why::Writing);
    }
    let job = model.start(JobKind::Write, profile);
    vec![Effect::Write { job, change, typed: Typed::default(), confirmed: false }]
}

/// Makes it the default, or hands its name to whoever asked for one.
pub(super) fn use_profile(model: &mut Model) -> Effects {
    let Some(profile) = model.subject().map(str::to_owned) else { return Vec::new() };
    if model.choosing.does != Chooses::Default {
        model.choosing.chosen = Some(profile);
        return leave(model, None);
    }
    write(model, &profile.clone(), Change::Use { profile })
}

/// A role whose source is fresh is taken at once; everything else begins with a code.
fn renew(model: &mut Model) -> Effects {
    if model.subject_row().is_some_and(|row| row.kind == Kind::Sso) {
        return signing::open(model);
    }
    let Some(row) = model.subject_row().filter(|row| row.kind == Kind::AssumeRole) else {
        return asking::renew(model);
    };
    let profile = row.name.clone();
    if !model.overview.rides_free(&profile, model.now, FRESH) {
        return asking::renew(model);
    }
    asking::request(model, profile, Given::Nothing)
}

fn forget(model: &mut Model) -> Effects {
    let Some(profile) = model.subject().map(str::to_owned) else { return Vec::new() };
    write(model, &profile.clone(), Change::Forget { profile: Some(profile) })
}

/// Asks every link of the chain, processes and network included: on this key alone.
fn probe(model: &mut Model) -> Effects {
    let (Some(profile), Some(tool)) = (model.selected_name().map(str::to_owned), model.tool()) else {
        return Vec::new();
    };
    let ask = Some(model.start(JobKind::Probe, &profile));
    vec![Effect::Trace { ask, profile, explicit: model.explicit, tool: tool.id }]
}

fn reload(model: &mut Model) -> Effects {
    model.say(Said::Reloaded);
    vec![Effect::Load]
}

fn edit(model: &mut Model) -> Effects {
    let place = model.place().map(|(path, line)| Effect::Edit { path: path.to_owned(), line });
    place.into_iter().collect()
}

/// Another way to look at the same profile.
fn look(model: &mut Model, intent: Intent) -> Effects {
    if intent == Intent::NextTool {
        model.tool = (model.tool + 1) % model.tools.len().max(1);
    } else {
        model.explicit = !model.explicit;
    }
    facts::trace(model)
}

/// While the mouse is ours the terminal selects text only with Shift.
fn toggle_mouse(model: &mut Model) -> Effects {
    model.mouse = !model.mouse;
    model.say(Said::Mouse(model.mouse));
    vec![Effect::Mouse(model.mouse)]
}

/// Puts the profiles in another order, and stays on the one that is selected.
pub(super) fn arrange(model: &mut Model, order: Order, group: Group) {
    let name = model.selected_name().map(str::to_owned);
    if (model.filter.order, model.filter.group) != (order, group) {
        model.say(Said::Arranged(order, group));
    }
    (model.filter.order, model.filter.group) = (order, group);
    facts::refilter(model);
    if let Some(name) = name {
        facts::select(model, &name);
    }
}

/// One step out: a toast, a job, the filter, the zoom; never the program.
fn back(model: &mut Model) -> Effects {
    if let Some(job) = model.jobs.last().map(|job| job.id) {
        return asking::cancel(model, job);
    }
    if !model.several.marks.is_empty() {
        model.several.marks.clear();
        return Vec::new();
    }
    if !model.filter.text.is_empty() {
        return picking::clear_filter(model);
    }
    model.zoomed = false;
    model.toasts.clear();
    Vec::new()
}
