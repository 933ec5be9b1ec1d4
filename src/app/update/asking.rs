//! The two dialogs that lead to a write: the MFA code and the question with the diff.

use super::{Effects, doctor, marking, picking, refuse};
use crate::app::code::Code;
use crate::app::dialog::{Confirm, Dialog, Mfa, Notice};
use crate::app::doctor::Cure;
use crate::app::effect::{Effect, Given};
use crate::app::hidden::Typed;
use crate::app::intent::Intent;
use crate::app::model::{JobKind, Model};
use crate::app::said::Why;
use crate::aws::overview::{Kind, Row};

/// Opens the dialog for the subject's device; where a code can be had without a person it is not needed.
pub(super) fn renew(model: &mut Model) -> Effects {
    let Some(row) = model.subject_row() else { return Vec::new() };
    let dialog = dialog_of(model, row);
    if row.code_from.is_some() {
        return request(model, dialog.profile, Given::Nothing);
    }
    model.dialog = Some(Dialog::Mfa(dialog));
    Vec::new()
}

/// Asks for the new session of a user, or of a role.
pub(super) fn request(model: &mut Model, profile: String, given: Given) -> Effects {
    let is_role = |row: &Row| row.name == profile && row.kind == Kind::AssumeRole;
    let role = model.overview.rows.iter().any(is_role);
    let job = model.start(JobKind::Renew, &profile);
    if role {
        return vec![Effect::Assume { job, profile, given }];
    }
    vec![Effect::Renew { job, profile, given, into: None }]
}

/// The dialog for a profile that is being renewed without it, when there is something to say or to type after all.
pub(super) fn open_for(model: &Model, profile: &str) -> Option<Mfa> {
    model.overview.row(profile).map(|row| dialog_of(model, row))
}

fn dialog_of(model: &Model, row: &Row) -> Mfa {
    Mfa {
        role: row.kind == Kind::AssumeRole,
        profile: row.session_of.clone().unwrap_or_else(|| row.name.clone()),
        session_profile: model.session_profile_of(row),
        serial: row.mfa_serial.clone(),
        code: Code::default(),
        job: None,
        notice: None,
    }
}

pub(super) fn mfa(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Mfa(mfa)) = &mut model.dialog else { return Vec::new() };
    match (intent, mfa.job) {
        (Intent::Close, Some(job)) => cancel(model, job),
        (Intent::Close, None) => {
            model.dialog = None;
            model.several.queue.clear();
            Vec::new()
        }
        (Intent::Accept, None) => submit(model),
        (Intent::Erase, None) => edit(mfa, Code::pop),
        (Intent::EraseAll, None) => edit(mfa, Code::clear),
        _ => Vec::new(),
    }
}

fn edit(mfa: &mut Mfa, change: fn(&mut Code)) -> Effects {
    change(&mut mfa.code);
    mfa.notice = None;
    Vec::new()
}

/// The sixth digit sends the code.
pub(super) fn type_digit(model: &mut Model, c: char) -> Effects {
    let Some(Dialog::Mfa(mfa)) = &mut model.dialog else { return Vec::new() };
    if mfa.job.is_some() || !mfa.code.push(c) {
        return Vec::new();
    }
    mfa.notice = None;
    if mfa.code.is_full() { submit(model) } else { Vec::new() }
}

pub(super) fn paste_code(model: &mut Model, text: &str) -> Effects {
    let Some(Dialog::Mfa(mfa)) = &mut model.dialog else { return Vec::new() };
    if mfa.job.is_some() {
        return Vec::new();
    }
    mfa.paste(text);
    if mfa.code.is_full() { submit(model) } else { Vec::new() }
}

/// Moves the code out into the request; the dialog waits for its outcome.
fn submit(model: &mut Model) -> Effects {
    if model.read_only {
        return refuse(model, Why::ReadOnly);
    }
    let id = crate::app::JobId(model.next_job);
    let Some(Dialog::Mfa(mfa)) = &mut model.dialog else { return Vec::new() };
    if !mfa.code.is_full() {
        mfa.notice = Some(Notice::Length(mfa.code.len()));
        return Vec::new();
    }
    mfa.job = Some(id);
    mfa.notice = None;
    let (profile, code) = (mfa.profile.clone(), mfa.code.take());
    request(model, profile, Given::Code(code))
}

/// Cancels a job unless it writes.
pub(super) fn cancel(model: &mut Model, job: crate::app::JobId) -> Effects {
    match model.jobs.iter().find(|running| running.id == job) {
        Some(running) if !running.stage.cancellable() => refuse(model, Why::Writing),
        Some(_) => vec![Effect::Cancel(job)],
        None => Vec::new(),
    }
}

pub(super) fn confirm(model: &mut Model, intent: Intent) -> Effects {
    let size = model.size;
    let Some(Dialog::Confirm(confirm)) = &mut model.dialog else { return Vec::new() };
    match intent {
        Intent::Yes => accept(model),
        Intent::Accept if confirm.yes => accept(model),
        Intent::Accept | Intent::No => decline(model),
        Intent::Toggle => {
            confirm.yes = !confirm.yes;
            Vec::new()
        }
        Intent::Down => scroll(confirm, 1, size),
        Intent::Up => scroll(confirm, -1, size),
        _ => Vec::new(),
    }
}

/// The same question when a name must be typed: Enter is yes, and only then.
pub(super) fn naming(model: &mut Model, intent: Intent) -> Effects {
    let size = model.size;
    let Some(Dialog::Confirm(confirm)) = &mut model.dialog else { return Vec::new() };
    match intent {
        Intent::Accept => accept(model),
        Intent::No => decline(model),
        Intent::Down => scroll(confirm, 1, size),
        Intent::Up => scroll(confirm, -1, size),
        Intent::Erase => type_name(confirm, picking::erase),
        Intent::EraseAll => type_name(confirm, String::clear),
        _ => Vec::new(),
    }
}

pub(super) fn type_consent(model: &mut Model, typed: &str) -> Effects {
    match &mut model.dialog {
        Some(Dialog::Confirm(confirm)) => type_name(confirm, |text| text.push_str(typed)),
        _ => Vec::new(),
    }
}

fn type_name(confirm: &mut Confirm, change: impl FnOnce(&mut String)) -> Effects {
    if let Some(typing) = &mut confirm.typing {
        change(&mut typing.text);
    }
    Vec::new()
}

/// No: back to where the question came from.
fn decline(model: &mut Model) -> Effects {
    if let Some(Dialog::Confirm(confirm)) = model.dialog.take() {
        model.dialog = confirm.behind.map(|behind| *behind);
    }
    // What the doctor knew may be old by now.
    doctor::look(model)
}

fn scroll(confirm: &mut Confirm, by: isize, size: (u16, u16)) -> Effects {
    confirm.scroll = confirm.scroll.saturating_add_signed(by).min(confirm.end(size));
    Vec::new()
}

fn writing(model: &mut Model) -> crate::app::JobId {
    model.start(JobKind::Write, "")
}

/// The only place that writes with a confirmation: the dialog that showed the diff was accepted, and the name typed
/// where one must be.
fn accept(model: &mut Model) -> Effects {
    if model.read_only {
        return refuse(model, Why::ReadOnly);
    }
    match &model.dialog {
        Some(Dialog::Confirm(confirm)) if !confirm.is_open() => return refuse(model, Why::NotTyped),
        Some(Dialog::Confirm(_)) if model.is_writing() => return refuse(model, Why::Writing),
        _ => {}
    }
    let Some(Dialog::Confirm(Confirm { cure, behind, .. })) = model.dialog.take() else { return Vec::new() };
    let typed = doctor::answered(model, behind);
    vec![match cure {
        Cure::Change(change) => Effect::Write { job: writing(model), change, typed, confirmed: true },
        Cure::Modes(wide) => Effect::Restrict { job: writing(model), modes: wide },
        Cure::Setting(setter) => Effect::Set { job: writing(model), setter, confirmed: true },
        Cure::Changes(changes) => {
            model.several.marks.clear();
            let write = |change| Effect::Write {
                job: writing(model),
                change,
                typed: Typed::default(),
                confirmed: true,
            };
            return changes.into_iter().map(write).collect();
        }
        Cure::Renew(names) => {
            model.several.marks.clear();
            model.several.queue = names;
            return marking::next(model);
        }
    }]
}
