//! A form being filled in: moving, typing, taking suggestions, and going on to the question with the diff.

use super::{Effects, asking, objects, refuse};
use crate::app::dialog::{Choice, Choose, Dialog};
use crate::app::effect::Effect;
use crate::app::form::{Form, Purpose, Remark, Rule};
use crate::app::intent::Intent;
use crate::app::model::{JobKind, Model};
use crate::app::msg::{JobId, Trouble};
use crate::app::said::Why;

pub(super) fn form(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Form(form)) = &mut model.dialog else { return Vec::new() };
    match (intent, form.job) {
        (Intent::Close, Some(job)) => asking::cancel(model, job),
        (_, Some(_)) => Vec::new(),
        (Intent::Close, None) => close(model),
        (Intent::Accept, None) => accept(model),
        (Intent::Finish, None) => finish(model),
        (Intent::LookUp, None) => look_up(model),
        (Intent::Suggest, None) => suggest(model, 1),
        (Intent::SuggestBefore, None) => suggest(model, -1),
        _ => edit(form, intent),
    }
}

/// What stays inside the form.
fn edit(form: &mut Form, intent: Intent) -> Effects {
    form.remark = None;
    match intent {
        Intent::Down => step(form, 1),
        Intent::Up => step(form, -1),
        Intent::Unset => form.toggle_removed(),
        Intent::Erase => form.fields[form.at].pop(),
        Intent::EraseAll => form.fields[form.at].clear(),
        _ => {}
    }
    Vec::new()
}

/// To another field, round the ends; the one that is left has been seen.
fn step(form: &mut Form, by: isize) {
    let count = form.fields.len();
    form.fields[form.at].visited = true;
    form.at = (form.at + count).saturating_add_signed(by) % count;
}

pub(super) fn type_text(model: &mut Model, text: &str) -> Effects {
    let Some(Dialog::Form(form)) = &mut model.dialog else { return Vec::new() };
    if form.job.is_some() {
        return Vec::new();
    }
    form.remark = None;
    for c in text.chars() {
        let names_key = form.fields[form.at].rule == Rule::NewKey;
        match c {
            '=' if names_key => form.add_key(),
            _ if form.fields[form.at].removed => {}
            _ => form.fields[form.at].push(c),
        }
    }
    Vec::new()
}

/// A copied value often brings blanks along; a secret has none at its ends.
pub(super) fn paste(model: &mut Model, line: &str) -> Effects {
    type_text(model, line.trim())
}

/// One step out. What was typed is forgotten only after it was said so.
fn close(model: &mut Model) -> Effects {
    let Some(Dialog::Form(form)) = &mut model.dialog else { return Vec::new() };
    if form.is_touched() && form.remark != Some(Remark::Unsaved) {
        form.remark = Some(Remark::Unsaved);
        return Vec::new();
    }
    model.dialog = match &form.purpose {
        Purpose::Add(template) => {
            let mut choose = Choose::new(Choice::Kind { name: String::new() });
            choose.selected = crate::app::form::TEMPLATES.iter().position(|one| one == template).unwrap_or(0);
            Some(Dialog::Choose(choose))
        }
        _ => None,
    };
    Vec::new()
}

/// On to the next field; from the last one to the question.
fn accept(model: &mut Model) -> Effects {
    let Some(Dialog::Form(form)) = &mut model.dialog else { return Vec::new() };
    form.remark = None;
    let names_key = form.field().is_some_and(|field| field.rule == Rule::NewKey && !field.is_empty());
    if names_key {
        form.add_key();
        return Vec::new();
    }
    if form.at + 1 < form.fields.len() {
        step(form, 1);
        return Vec::new();
    }
    finish(model)
}

/// Asks what the change would do, unless something is wrong: then that field is gone to.
fn finish(model: &mut Model) -> Effects {
    if model.read_only {
        return refuse(model, Why::ReadOnly);
    }
    if model.is_writing() {
        return refuse(model, Why::Writing);
    }
    let Some(Dialog::Form(mut form)) = model.dialog.take() else { return Vec::new() };
    let wrong = form.fields.iter().position(|field| form.problem(field, model).is_some());
    form.fields.iter_mut().for_each(|field| field.visited = true);
    let ready = wrong.is_none() && form.is_touched();
    form.at = wrong.unwrap_or(form.at);
    form.remark = (wrong.is_none() && !ready).then_some(Remark::Unchanged);
    let effects = if ready { ask(model, &mut form) } else { Vec::new() };
    model.dialog = Some(Dialog::Form(form));
    effects
}

fn ask(model: &mut Model, form: &mut Form) -> Effects {
    let profile = form.own_name().map(str::to_owned).unwrap_or_default();
    let job = model.start(JobKind::Write, &profile);
    form.job = Some(job);
    vec![Effect::Write { job, change: form.change(), typed: form.lent(), confirmed: false }]
}

/// Takes the suggestion that what is typed begins; once it stands there, the one beside it.
fn suggest(model: &mut Model, by: isize) -> Effects {
    let Some(Dialog::Form(form)) = &model.dialog else { return Vec::new() };
    let all = form.suggestions(model);
    let typed = form.field().map_or("", |field| field.text());
    let stands = all.iter().position(|one| one == typed);
    let begun = all.iter().position(|one| one.starts_with(typed));
    let at = match stands {
        Some(at) => (at + all.len()).saturating_add_signed(by) % all.len(),
        None => begun.unwrap_or(0),
    };
    let Some(taken) = all.into_iter().nth(at) else { return Vec::new() };
    if let Some(Dialog::Form(form)) = &mut model.dialog {
        form.fields[form.at].fill(&taken);
        form.remark = None;
    }
    Vec::new()
}

/// Asks which devices the keys have; a copy of the secret goes along.
fn look_up(model: &mut Model) -> Effects {
    let Some(Dialog::Form(form)) = &model.dialog else { return Vec::new() };
    let Some((access_key_id, secret)) = form.keys() else { return refuse(model, Why::NoKeysYet) };
    let region = Some(form.text("region").to_owned()).filter(|region| !region.is_empty());
    let job = model.start(JobKind::Devices, "");
    if let Some(Dialog::Form(form)) = &mut model.dialog {
        (form.job, form.remark) = (Some(job), None);
    }
    vec![Effect::Devices { job, access_key_id, secret, region }]
}

/// The devices came: the first is filled in where none was typed.
pub(super) fn devices(model: &mut Model, job: JobId, result: Result<Vec<String>, Trouble>) -> Effects {
    model.jobs.retain(|running| running.id != job);
    let Some(form) = waiting_for(model, job) else { return Vec::new() };
    form.job = None;
    match result {
        Err(trouble) => form.remark = Some(Remark::Refused(trouble)),
        Ok(devices) => {
            let at = form.fields.iter().position(|field| field.key == "mfa_serial");
            if let Some((at, first)) = at.zip(devices.first()) {
                form.at = at;
                if form.fields[at].is_empty() {
                    form.fields[at].fill(first);
                }
            }
            form.remark = Some(Remark::Devices(devices.len()));
            form.devices = devices;
        }
    }
    Vec::new()
}

/// The form that a job works with.
pub(super) fn waiting_for(model: &mut Model, job: JobId) -> Option<&mut Form> {
    match &mut model.dialog {
        Some(Dialog::Form(form)) if form.job == Some(job) => Some(form),
        _ => None,
    }
}

/// What came to nothing is said in the form; true if there is one.
pub(super) fn refused(model: &mut Model, job: JobId, remark: Option<Remark>) -> bool {
    waiting_for(model, job).is_some_and(|form| {
        (form.job, form.remark) = (None, remark);
        true
    })
}

pub(super) fn choose(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Choose(choose)) = &mut model.dialog else { return Vec::new() };
    let last = choose.count().saturating_sub(1);
    match intent {
        Intent::Down => choose.selected = (choose.selected + 1).min(last),
        Intent::Up => choose.selected = choose.selected.saturating_sub(1),
        Intent::Accept => return objects::chosen(model),
        _ => model.dialog = None,
    }
    Vec::new()
}
