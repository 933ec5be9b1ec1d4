//! Profiles as objects: what opens the forms for adding, editing, renaming, copying and removing one.

use super::{Effects, doing};
use crate::app::dialog::{Choice, Choose, Dialog, removal};
use crate::app::effect::{Effect, Look};
use crate::app::form::{Form, Purpose};
use crate::app::intent::Intent;
use crate::app::model::{JobKind, Model};
use crate::app::msg::Trouble;
use crate::aws::change::{Change, References};
use crate::aws::ini::SectionId;

/// Opens what an intent needs; `to` is a name that was given with it.
pub(super) fn open(model: &mut Model, intent: Intent, to: Option<String>) -> Effects {
    if intent == Intent::Add {
        let what = Choice::Kind { name: to.unwrap_or_default() };
        model.dialog = Some(Dialog::Choose(Choose::new(what)));
        return Vec::new();
    }
    let Some(section) = model.subject().map(SectionId::profile) else { return Vec::new() };
    match (intent, to) {
        (Intent::Rename, Some(to)) => write(model, Change::Rename { section, to }),
        (Intent::Duplicate, Some(to)) => write(model, Change::Copy { section, to }),
        (Intent::Rename, None) => name(model, Purpose::Rename(section)),
        (Intent::Duplicate, None) => name(model, Purpose::Copy(section)),
        (Intent::Remove, _) => write(model, removal(section, References::Refuse)),
        _ => {
            let job = model.start(JobKind::Look, &section.name);
            vec![Effect::Look { job, at: Look::Settings(section) }]
        }
    }
}

fn write(model: &mut Model, change: Change) -> Effects {
    let profile = model.subject().map(str::to_owned).unwrap_or_default();
    doing::write(model, &profile, change)
}

fn name(model: &mut Model, purpose: Purpose) -> Effects {
    model.dialog = Some(Dialog::Form(Form::name(purpose)));
    Vec::new()
}

/// What was chosen in a list of ways to go on.
pub(super) fn chosen(model: &mut Model) -> Effects {
    let Some(Dialog::Choose(choose)) = model.dialog.take() else { return Vec::new() };
    let (template, selected) = (choose.template(), choose.selected);
    match (choose.what, template) {
        (Choice::Kind { name }, Some(template)) => {
            let mut form = Form::add(template);
            if let Some(field) = form.fields.first_mut() {
                field.fill(&name);
            }
            model.dialog = Some(Dialog::Form(form));
            Vec::new()
        }
        (Choice::Ways { section, .. }, _) if selected == 0 => self::name(model, Purpose::Retarget(section)),
        (Choice::Ways { section, .. }, _) => {
            let profile = section.name.clone();
            doing::write(model, &profile, removal(section, References::Leave))
        }
        (Choice::Kind { .. }, None) => Vec::new(),
    }
}

/// A section that is still named: the ways to remove it all the same.
pub(super) fn still_named(model: &mut Model, change: Change, trouble: Trouble) -> Effects {
    if let Change::Remove { section, .. } = change {
        model.dialog = Some(Dialog::Choose(Choose::new(Choice::Ways { section, trouble })));
    }
    Vec::new()
}

/// The profile that the cursor goes to after a change.
pub(super) fn result(change: &Change) -> Option<String> {
    match change {
        Change::Add { profile, .. } => Some(profile.clone()),
        Change::Rename { to, .. } | Change::Copy { to, .. } => Some(to.clone()),
        _ => None,
    }
}
