//! Work under way: how far it is, and what it came to.

use super::{Effects, asking, browsing, leave, say, unlocking};
use crate::app::dialog::{Confirm, Dialog, Mfa, Notice};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::msg::{JobId, Outcome, Stage, Trouble};
use crate::app::said::Said;
use crate::aws::change::Change;

pub(super) fn progress(model: &mut Model, job: JobId, stage: Stage) -> Effects {
    let Some(at) = model.jobs.iter().position(|running| running.id == job) else { return Vec::new() };
    let profile = model.jobs[at].profile.clone();
    match stage {
        Stage::CodeFrom(source) => model.say(Said::CodeFrom { profile, source }),
        // A wait of half a minute is shown, and can be left.
        Stage::NextCode { .. } if is_free(model, job) => {
            let dialog = asking::open_for(model, &profile);
            model.dialog = dialog.map(|mfa| Dialog::Mfa(Mfa { job: Some(job), ..mfa }));
        }
        _ => {}
    }
    model.jobs[at].stage = stage;
    Vec::new()
}

pub(super) fn done(model: &mut Model, job: JobId, outcome: Outcome) -> Effects {
    let profile = model.jobs.iter().find(|running| running.id == job).map(|running| running.profile.clone());
    let known = profile.is_some();
    model.jobs.retain(|running| running.id != job);
    let mut effects = match outcome {
        Outcome::Renewed { profile, session_profile, expires_at } => {
            close_mfa(model, job);
            model.say(Said::Renewed { profile, session_profile, expires_at });
            vec![Effect::Load]
        }
        Outcome::Assumed { profile, expires_at } => {
            close_mfa(model, job);
            model.say(Said::Assumed { profile, expires_at });
            vec![Effect::Load]
        }
        Outcome::Written { change, written } => {
            model.say(Said::Written { change, written });
            // Who the default is now is asked when the files show that it is another one.
            vec![Effect::Load]
        }
        Outcome::NeedsConfirmation { change, why, diff } => ask(model, change, why, diff),
        Outcome::Failed { trouble, keep_dialog: true } => {
            ask_for_code(model, job, &profile.unwrap_or_default(), trouble)
        }
        Outcome::Failed { trouble, keep_dialog: false } => {
            close_mfa(model, job);
            say(model, Said::Trouble(trouble))
        }
        Outcome::Sealed { wrong } => unlocking::open(model, profile.unwrap_or_default(), wrong),
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

/// Whether nothing stands in front but what waits for this job.
fn is_free(model: &Model, job: JobId) -> bool {
    match &model.dialog {
        None => true,
        Some(Dialog::Unlock(unlock)) => unlock.job == Some(job),
        _ => false,
    }
}

/// Another code may help: in the dialog that is there, or in one that opens for it.
fn ask_for_code(model: &mut Model, job: JobId, profile: &str, trouble: Trouble) -> Effects {
    if is_free(model, job)
        && let Some(mfa) = asking::open_for(model, profile)
    {
        model.dialog = Some(Dialog::Mfa(Mfa { job: Some(job), ..mfa }));
    }
    match waiting_for(model, job) {
        Some(mfa) => settle(mfa, Notice::Refused(trouble)),
        None => say(model, Said::Trouble(trouble)),
    }
}

fn cancelled(model: &mut Model, job: JobId) -> Effects {
    if let Some(Dialog::Unlock(unlock)) = &mut model.dialog
        && unlock.job == Some(job)
    {
        unlock.job = None;
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
    let unlocks = matches!(&model.dialog, Some(Dialog::Unlock(unlock)) if unlock.job == Some(job));
    if unlocks || waiting_for(model, job).is_some() {
        model.dialog = None;
    }
}
