//! Work under way: how far it is, and what it came to.

use super::{Effects, browsing, leave, say};
use crate::app::dialog::{Confirm, Dialog, Mfa, Notice};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::msg::{JobId, Outcome, Stage, Trouble};
use crate::app::said::Said;
use crate::aws::change::Change;

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
        Outcome::Written { change, written } => {
            model.say(Said::Written { change, written });
            // Who the default is now is asked when the files show that it is another one.
            vec![Effect::Load]
        }
        Outcome::NeedsConfirmation { change, why, diff } => ask(model, change, why, diff),
        Outcome::Failed { trouble, keep_dialog } => failed(model, job, trouble, keep_dialog),
        Outcome::Cancelled if known => {
            browsing::cancelled(model, job);
            cancelled(model, job)
        }
        // Replaced by a newer question: nobody waits for it.
        Outcome::Cancelled => Vec::new(),
    };
    if let Some(signal) = model.leaving.filter(|_| !model.is_writing()) {
        effects.extend(leave(model, signal));
    }
    effects
}

/// Shows the diff and asks. The answer is No unless something else is chosen.
fn ask(model: &mut Model, change: Change, why: String, diff: String) -> Effects {
    model.dialog = Some(Dialog::Confirm(Confirm { change, why, diff, scroll: 0, yes: false }));
    Vec::new()
}

fn failed(model: &mut Model, job: JobId, trouble: Trouble, keep_dialog: bool) -> Effects {
    if let Some(mfa) = waiting_for(model, job).filter(|_| keep_dialog) {
        return settle(mfa, Notice::Refused(trouble));
    }
    close_mfa(model, job);
    say(model, Said::Trouble(trouble))
}

fn cancelled(model: &mut Model, job: JobId) -> Effects {
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
