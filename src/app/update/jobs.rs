//! Work under way: how far it is, and what it came to.

use super::{Effects, doctor, forms, leave, objects, say};
use crate::app::dialog::{Confirm, Dialog, Mfa, Notice, Typing};
use crate::app::doctor::Cure;
use crate::app::effect::Effect;
use crate::app::form::Remark;
use crate::app::model::Model;
use crate::app::msg::{JobId, Outcome, Stage, Trouble};
use crate::app::said::Said;
use crate::aws::change::{Change, Written};

pub(super) fn progress(model: &mut Model, job: JobId, stage: Stage) -> Effects {
    if let Some(running) = model.jobs.iter_mut().find(|running| running.id == job) {
        running.stage = stage;
    }
    Vec::new()
}

pub(super) fn done(model: &mut Model, job: JobId, outcome: Outcome) -> Effects {
    let known = model.jobs.iter().any(|running| running.id == job);
    model.jobs.retain(|running| running.id != job);
    let mut effects = match outcome {
        Outcome::Renewed { profile, session_profile, expires_at } => {
            close_mfa(model, job);
            model.say(Said::Renewed { profile, session_profile, expires_at });
            vec![Effect::Load]
        }
        Outcome::Written { change, written } => self::written(model, job, change, written),
        Outcome::NeedsConfirmation { change, why, diff, typed } => {
            ask(model, job, Cure::Change(change), (why, diff, typed))
        }
        Outcome::StillNamed { change, trouble } => still_named(model, job, change, trouble),
        Outcome::Restricted(paths) => doctor::restricted(model, paths.len()),
        Outcome::Failed { trouble, keep_dialog } => failed(model, job, trouble, keep_dialog),
        Outcome::Cancelled if known => cancelled(model, job),
        // Replaced by a newer question: nobody waits for it.
        Outcome::Cancelled => Vec::new(),
    };
    if let Some(signal) = model.leaving.filter(|_| !model.is_writing()) {
        effects.extend(leave(model, signal));
    }
    effects
}

/// Who the default is now is asked when the files show that it is another one.
fn written(model: &mut Model, job: JobId, change: Change, written: Written) -> Effects {
    if forms::waiting_for(model, job).is_some() {
        model.dialog = None;
    }
    model.wanted = objects::result(&change);
    let mended = matches!(change, Change::Mend { .. });
    model.say(Said::Written { change, written });
    let mut effects = vec![Effect::Load];
    if mended {
        effects.extend(doctor::mended(model));
    }
    effects
}

/// Shows the diff and asks. The answer is No unless something else is chosen.
fn ask(
    model: &mut Model,
    job: JobId,
    cure: Cure,
    (why, diff, typed): (String, String, Option<String>),
) -> Effects {
    let behind = doctor::behind(model, job);
    let typing = typed.map(|name| Typing { name, text: String::new() });
    model.dialog = Some(Dialog::Confirm(Confirm { cure, why, diff, typing, scroll: 0, yes: false, behind }));
    Vec::new()
}

/// A form that asked says it itself; else the ways to go on are offered.
fn still_named(model: &mut Model, job: JobId, change: Change, trouble: Trouble) -> Effects {
    if forms::refused(model, job, Some(Remark::Refused(trouble.clone()))) {
        return Vec::new();
    }
    objects::still_named(model, change, trouble)
}

fn failed(model: &mut Model, job: JobId, trouble: Trouble, keep_dialog: bool) -> Effects {
    if let Some(mfa) = waiting_for(model, job).filter(|_| keep_dialog) {
        return settle(mfa, Notice::Refused(trouble));
    }
    if forms::refused(model, job, Some(Remark::Refused(trouble.clone()))) {
        return Vec::new();
    }
    close_mfa(model, job);
    say(model, Said::Trouble(trouble))
}

fn cancelled(model: &mut Model, job: JobId) -> Effects {
    if forms::refused(model, job, None) {
        return Vec::new();
    }
    match waiting_for(model, job) {
        Some(mfa) => settle(mfa, Notice::Cancelled),
        None => say(model, Said::Cancelled),
    }
}

/// The dialog is ready for another code.
fn settle(mfa: &mut Mfa, notice: Notice) -> Effects {
    mfa.job = None;
    mfa.code.clear();
    mfa.notice = Some(notice);
    Vec::new()
}

fn waiting_for(model: &mut Model, job: JobId) -> Option<&mut Mfa> {
    match &mut model.dialog {
        Some(Dialog::Mfa(mfa)) if mfa.job == Some(job) => Some(mfa),
        _ => None,
    }
}

fn close_mfa(model: &mut Model, job: JobId) {
    if waiting_for(model, job).is_some() {
        model.dialog = None;
    }
}
