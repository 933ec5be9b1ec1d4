//! Facts that arrive: the files, a trace, an identity.

use std::collections::HashSet;

use super::{Effects, comparing, doctor, marking};
use crate::app::effect::Effect;
use crate::app::filter;
use crate::app::list::{Lines, Widest};
use crate::app::model::{Authenticator, JobKind, Model, Pane, Traced};
use crate::app::msg::{JobId, Trouble};
use crate::aws::chain::trace::{Identity, Region};
use crate::aws::overview::{DefaultState, Overview, Problem};

/// The files were read: keeps the selection by name, asks for the trace, and who the default is if it changed.
pub(super) fn loaded(model: &mut Model, overview: Overview) -> Effects {
    let first = !model.loaded;
    let selected = model.selected_name().map(str::to_owned);
    let session = model.session().map(|session| session.profile.clone());
    let identify = first || model.overview.default != overview.default;
    let known = std::mem::replace(&mut model.overview, overview).problems;
    model.loaded = true;
    model.kept.keeper.see(&model.overview, model.now);
    model.comparing.load += 1;
    model.comparing.known = None;
    // Until the new problems are told the old ones stand: marks do not flicker.
    if model.overview.problems.is_empty() && !known.is_empty() {
        model.overview.mark(known);
    }
    model.list.widest = Widest::of(&model.overview.rows);
    if !model.several.marks.is_empty() {
        let names: HashSet<&str> = model.overview.rows.iter().map(|row| row.name.as_str()).collect();
        model.several.marks.retain(|name| names.contains(name.as_str()));
    }
    refilter(model);
    let rows = &model.overview.rows;
    let wanted = model.wanted.take().filter(|name| rows.iter().any(|row| row.name == *name));
    match wanted.or(selected) {
        // Where it is gone, the next one stands at its place.
        Some(name) => _ = go(model, &name),
        None if first => select_default(model),
        None => {}
    }
    let sessions = &model.overview.sessions;
    let at = sessions.iter().position(|row| session.as_deref() == Some(row.profile.as_str()));
    model.cursors[Pane::Sessions as usize] = at.unwrap_or(0);
    let mut effects = trace(model);
    if identify {
        effects.extend(self::identify(model));
    }
    effects.extend(doctor::look(model));
    effects.extend(marking::next(model));
    effects.extend(model.tool().map(|tool| Effect::LookAround { tool: tool.id }));
    effects
}

/// What is wrong with what was loaded.
pub(super) fn linted(model: &mut Model, problems: Vec<Problem>) -> Effects {
    model.overview.mark(problems);
    model.list.widest = Widest::of(&model.overview.rows);
    Vec::new()
}

/// Applies the filter again and keeps the cursor inside the list.
pub(super) fn refilter(model: &mut Model) {
    let rows = &model.overview.rows;
    model.list.hits = model.filter.apply(rows);
    model.list.lines = Lines::of(&model.list.hits, rows, model.filter.group);
    let cursor = &mut model.cursors[Pane::Profiles as usize];
    *cursor = (*cursor).min(model.list.hits.len().saturating_sub(1));
}

/// Moves the cursor to a profile; to the best match if it is not shown.
pub(super) fn select(model: &mut Model, name: &str) {
    if !go(model, name) {
        model.cursors[Pane::Profiles as usize] = filter::best(&model.list.hits);
    }
}

/// Moves the cursor to a profile, if it is shown.
fn go(model: &mut Model, name: &str) -> bool {
    let rows = &model.overview.rows;
    let shown = model.list.hits.iter().position(|hit| rows[hit.row].name == name);
    if let Some(at) = shown {
        model.cursors[Pane::Profiles as usize] = at;
    }
    shown.is_some()
}

fn select_default(model: &mut Model) {
    let default = model.overview.rows.iter().find(|row| model.is_default(row));
    if let Some(name) = default.map(|row| row.name.clone()) {
        select(model, &name);
    }
}

/// The trace of the selected profile, from files, environment and what was asked before.
pub(super) fn trace(model: &mut Model) -> Effects {
    let mut effects = comparing::wanted(model);
    let (Some(profile), Some(tool)) = (model.selected_name(), model.tool()) else {
        return effects;
    };
    let profile = profile.to_owned();
    effects.push(Effect::Trace { ask: None, profile, explicit: model.explicit, tool: tool.id });
    effects
}

/// Who the default credentials are, one question at a time.
fn identify(model: &mut Model) -> Effects {
    let asking: Vec<JobId> =
        model.jobs.iter().filter(|job| job.kind == JobKind::Identify).map(|job| job.id).collect();
    model.jobs.retain(|job| job.kind != JobKind::Identify);
    let mut effects: Effects = asking.into_iter().map(Effect::Cancel).collect();
    model.identity = None;
    if model.overview.default != DefaultState::Absent {
        effects.push(Effect::Identify { job: model.start(JobKind::Identify, "") });
    }
    effects
}

/// A trace is kept only while it answers what is selected.
pub(super) fn traced(model: &mut Model, job: Option<JobId>, traced: Traced) -> Effects {
    model.jobs.retain(|running| Some(running.id) != job);
    let wanted = model.selected_name() == Some(&traced.profile) && model.explicit == traced.explicit;
    if wanted && model.tool().is_some_and(|tool| tool.id == traced.trace.tool) {
        let changed = model.trace.as_ref().is_none_or(|before| before.profile != traced.profile);
        let trace = &traced.trace;
        let winner = trace.links.iter().position(|link| Some(link.link) == trace.winner);
        model.trace = Some(traced);
        let before = model.cursors[Pane::Chain as usize];
        let cursor = if changed { winner.unwrap_or(0) } else { before };
        model.cursors[Pane::Chain as usize] = cursor.min(model.lines(Pane::Chain).saturating_sub(1));
    }
    if job.is_some() { comparing::outdated(model) } else { Vec::new() }
}

/// An identity counts only if the question is still the current one.
pub(super) fn identified(model: &mut Model, job: JobId, result: Result<Identity, Trouble>) -> Effects {
    let current = model.jobs.iter().any(|running| running.id == job);
    model.jobs.retain(|running| running.id != job);
    if !current {
        return Vec::new();
    }
    model.identity = Some(result);
    learned(model)
}

/// The machine itself was asked; the region of the default is known.
pub(super) fn looked_around(model: &mut Model, region: Option<Region>) -> Effects {
    model.region = region;
    learned(model)
}

/// Answers came that the chain on the screen may rest on.
fn learned(model: &mut Model) -> Effects {
    model.comparing.known = None;
    trace(model)
}

pub(super) fn authenticator(model: &mut Model, shown: Option<Authenticator>) -> Effects {
    model.authenticator = shown;
    Vec::new()
}
