//! Work under way: how far it is, and what it came to.

use super::{
    Effects, asking, browsing, doctor, forms, keeping, leave, marking, objects, portal, say, settings,
    signing, unlocking,
};
use crate::app::dialog::{Confirm, Dialog, Mfa, Notice, Typing};
use crate::app::doctor::Cure;
use crate::app::effect::Effect;
use crate::app::form::Remark;
use crate::app::model::{JobKind, Model};
use crate::app::msg::{JobId, Outcome, Stage, Trouble};
use crate::app::said::Said;
use crate::aws::change::{Change, Written};

pub(super) fn progress(model: &mut Model, job: JobId, stage: Stage) -> Effects {
    let Some(at) = model.jobs.iter().position(|running| running.id == job) else { return Vec::new() };
    let profile = model.jobs[at].profile.clone();
    // What nobody has asked for opens no dialog.
    let asked = model.jobs[at].kind != JobKind::Keep;
    match stage {
        Stage::CodeFrom(source) if asked => model.say(Said::CodeFrom { profile, source }),
        // A wait of half a minute is shown, and can be left.
        Stage::NextCode { .. } if asked && is_free(model, job) => {
            let dialog = asking::open_for(model, &profile);
            model.dialog = dialog.map(|mfa| Dialog::Mfa(Mfa { job: Some(job), ..mfa }));
        }
        _ => {}
    }
    model.jobs[at].stage = stage;
    Vec::new()
}

pub(super) fn done(model: &mut Model, job: JobId, outcome: Outcome) -> Effects {
    let ended = model.jobs.iter().find(|running| running.id == job).cloned();
    model.jobs.retain(|running| running.id != job);
    let mut effects = signing::close(model, job);
    effects.extend(match ended {
        Some(ended) if ended.kind == JobKind::Keep => keeping::ended(model, ended.profile, outcome),
        ended => came(model, job, ended.map(|ended| ended.profile), outcome),
    });
    if let Some(signal) = model.leaving.filter(|_| !model.is_writing()) {
        effects.extend(leave(model, signal));
    }
    effects
}

/// What a job of this `profile` came to that somebody has asked for; no profile: nobody waits for it any more.
fn came(model: &mut Model, job: JobId, profile: Option<String>, outcome: Outcome) -> Effects {
    let known = profile.is_some();
    match outcome {
        Outcome::Renewed { profile, session_profile, expires_at } => {
            close_mfa(model, job);
            model.kept.keeper.adopt(&session_profile);
            model.say(Said::Renewed { profile, session_profile, expires_at });
            vec![Effect::Load]
        }
        Outcome::Assumed { profile, expires_at } => {
            close_mfa(model, job);
            model.say(Said::Assumed { profile, expires_at });
            vec![Effect::Load]
        }
        Outcome::SignedIn { name, .. } => {
            model.say(Said::SignedIn { name });
            vec![Effect::Load]
        }
        Outcome::Written { change, written } => self::written(model, job, change, written),
        asked @ (Outcome::NeedsConfirmation { .. }
        | Outcome::StillNamed { .. }
        | Outcome::AskSetting { .. }) => question(model, job, asked),
        Outcome::Set(setter) => settings::written(model, setter),
        Outcome::Restricted(paths) => doctor::restricted(model, paths.len()),
        Outcome::Failed { trouble, keep_dialog: true } => {
            ask_for_code(model, job, &profile.unwrap_or_default(), trouble)
        }
        Outcome::Failed { trouble, keep_dialog: false } => failed(model, job, trouble),
        Outcome::Sealed { wrong } => unlocking::open(model, profile.unwrap_or_default(), wrong),
        Outcome::Cancelled if known => {
            browsing::cancelled(model, job);
            portal::cancelled(model, job);
            cancelled(model, job)
        }
        // Replaced by a newer question: nobody waits for it.
        Outcome::Cancelled | Outcome::Kept { .. } | Outcome::NotKept { .. } => Vec::new(),
    }
}

/// Nothing was written yet: what has to be asked first.
fn question(model: &mut Model, job: JobId, outcome: Outcome) -> Effects {
    match outcome {
        Outcome::NeedsConfirmation { change, why, diff, typed } => {
            match marking::seen(model, &change, Ok((diff.clone(), typed.is_some()))) {
                Some(effects) => effects,
                None => ask(model, job, Cure::Change(change), (why, diff, typed)),
            }
        }
        Outcome::StillNamed { change, trouble } => {
            match marking::seen(model, &change, Err("something that stays names it")) {
                Some(effects) => effects,
                None => still_named(model, job, change, trouble),
            }
        }
        Outcome::AskSetting { setter, diff } => {
            let why = "awsprof's own settings; u does not take this back, x on the page does".to_owned();
            ask(model, job, Cure::Setting(setter), (why, diff, None))
        }
        _ => Vec::new(),
    }
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

fn failed(model: &mut Model, job: JobId, trouble: Trouble) -> Effects {
    model.several.batch = None;
    if forms::refused(model, job, Some(Remark::Refused(trouble.clone()))) {
        return Vec::new();
    }
    if settings::refused(model, job, &trouble) {
        return Vec::new();
    }
    close_mfa(model, job);
    say(model, Said::Trouble(trouble))
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
    model.several.batch = None;
    if forms::refused(model, job, None) {
        return Vec::new();
    }
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
