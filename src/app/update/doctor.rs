//! The doctor's page and that of past writes: opening them, moving in them, mending and taking back.

use super::{Effects, doing};
use crate::app::dialog::{Confirm, Dialog};
use crate::app::doctor::{Cure, Doctor};
use crate::app::effect::{Effect, Look};
use crate::app::form::Form;
use crate::app::intent::Intent;
use crate::app::model::{JobKind, Model};
use crate::app::msg::{JobId, Seen, Trouble};
use crate::app::past::Past;
use crate::app::said::Said;
use crate::aws::change::Change;
use crate::aws::ini::SectionId;

/// Opens the page; `only` for one profile.
pub(super) fn open(model: &mut Model, only: Option<String>) -> Effects {
    model.dialog = Some(Dialog::Doctor(Doctor { only, ..Doctor::default() }));
    look(model)
}

/// Opens the page of past writes.
pub(super) fn open_past(model: &mut Model) -> Effects {
    let job = model.start(JobKind::Look, "");
    model.dialog = Some(Dialog::Past(Past { job: Some(job), ..Past::default() }));
    vec![Effect::Look { job, at: Look::Past }]
}

/// Has the doctor look again, if the page is open.
pub(super) fn look(model: &mut Model) -> Effects {
    if !matches!(model.dialog, Some(Dialog::Doctor(_))) {
        return Vec::new();
    }
    let job = model.start(JobKind::Look, "");
    if let Some(Dialog::Doctor(doctor)) = &mut model.dialog {
        doctor.job = Some(job);
    }
    vec![Effect::Look { job, at: Look::Problems }]
}

pub(super) fn doctor(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Doctor(doctor)) = &mut model.dialog else { return Vec::new() };
    let last = doctor.problems().len().saturating_sub(1);
    match intent {
        Intent::Down => doctor.selected = (doctor.selected + 1).min(last),
        Intent::Up => doctor.selected = doctor.selected.saturating_sub(1),
        Intent::Top => doctor.selected = 0,
        Intent::Bottom => doctor.selected = last,
        Intent::Accept => doctor.open = !doctor.open && doctor.chosen().is_some(),
        Intent::Mend => return mend(model, Doctor::cure, false),
        Intent::MendAll => return mend(model, Doctor::cure_all, true),
        Intent::Edit => {
            let place = doctor.place().map(|(path, line)| Effect::Edit { path: path.to_owned(), line });
            return place.into_iter().collect();
        }
        _ if doctor.open => doctor.open = false,
        _ => model.dialog = None,
    }
    Vec::new()
}

fn mend(model: &mut Model, cure: fn(&Doctor) -> Option<Cure>, all: bool) -> Effects {
    let Some(Dialog::Doctor(doctor)) = &mut model.dialog else { return Vec::new() };
    doctor.all = all;
    match cure(doctor) {
        Some(Cure::Change(change)) => doing::write(model, "", change),
        Some(wide) => ask_modes(model, wide),
        None => Vec::new(),
    }
}

/// Modes are no text: no diff, but a question of their own.
fn ask_modes(model: &mut Model, cure: Cure) -> Effects {
    let Cure::Modes(wide) = &cure else { return Vec::new() };
    let commands: Vec<String> =
        wide.iter().map(|(path, mode)| format!("chmod {mode:o} {}", path.display())).collect();
    let why = "others may look in there; this cannot be taken back with undo".to_owned();
    let behind = model.dialog.take().map(Box::new);
    let diff = commands.join("\n");
    let confirm = Confirm { cure, why, diff, typing: None, scroll: 0, yes: false, behind };
    model.dialog = Some(Dialog::Confirm(confirm));
    Vec::new()
}

/// The files are mended: the modes come next where everything was to be.
pub(super) fn mended(model: &mut Model) -> Effects {
    let Some(Dialog::Doctor(doctor)) = &mut model.dialog else { return Vec::new() };
    let wide = if std::mem::take(&mut doctor.all) { doctor.modes() } else { None };
    wide.map_or_else(Vec::new, |wide| ask_modes(model, wide))
}

pub(super) fn restricted(model: &mut Model, count: usize) -> Effects {
    model.say(Said::Restricted(count));
    look(model)
}

pub(super) fn past(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Past(past)) = &mut model.dialog else { return Vec::new() };
    let last = past.writes.as_ref().map_or(0, Vec::len).saturating_sub(1);
    let lines = past.chosen().map_or(0, |write| write.diff.lines().count());
    match intent {
        Intent::Down => (past.selected, past.scroll) = ((past.selected + 1).min(last), 0),
        Intent::Up => (past.selected, past.scroll) = (past.selected.saturating_sub(1), 0),
        Intent::PageDown => past.scroll = (past.scroll + 8).min(lines.saturating_sub(1)),
        Intent::PageUp => past.scroll = past.scroll.saturating_sub(8),
        Intent::Accept => {
            let id = past.chosen().map(|write| write.id);
            return doing::write(model, "", Change::Undo { id });
        }
        _ => model.dialog = None,
    }
    Vec::new()
}

/// What was looked at: for the page that waits for it, or a form that opens with it.
pub(super) fn seen(model: &mut Model, job: JobId, seen: Result<Seen, Trouble>) -> Effects {
    let Some(at) = model.jobs.iter().position(|running| running.id == job) else { return Vec::new() };
    let profile = model.jobs.remove(at).profile;
    match (seen, &mut model.dialog) {
        (Ok(Seen::Problems(found)), Some(Dialog::Doctor(doctor))) if doctor.job == Some(job) => {
            doctor.job = None;
            doctor.take(found);
        }
        (Ok(Seen::Past(writes)), Some(Dialog::Past(past))) if past.job == Some(job) => {
            (past.job, past.writes) = (None, Some(writes));
        }
        (Ok(Seen::Preferences(listing)), Some(Dialog::Settings(page))) if page.job == Some(job) => {
            (page.job, page.listing) = (None, Some(listing));
        }
        // Something else was opened meanwhile: it is not taken away.
        (Ok(Seen::Settings(settings)), None) => {
            let form = Form::edit(SectionId::profile(profile), settings);
            model.dialog = Some(Dialog::Form(form));
        }
        (Err(trouble), _) => return super::say(model, Said::Trouble(trouble)),
        _ => {}
    }
    Vec::new()
}

/// The question that a page or a form led to keeps it behind itself.
pub(super) fn behind(model: &mut Model, job: JobId) -> Option<Box<Dialog>> {
    match model.dialog.take() {
        Some(Dialog::Form(mut form)) if form.job == Some(job) => {
            form.job = None;
            Some(Box::new(Dialog::Form(form)))
        }
        Some(page @ (Dialog::Doctor(_) | Dialog::Past(_) | Dialog::Settings(_) | Dialog::Portal(_))) => {
            Some(Box::new(page))
        }
        _ => None,
    }
}

/// The only use of what stood behind a question once it is answered: a form gives its hidden texts away.
pub(super) fn answered(model: &mut Model, behind: Option<Box<Dialog>>) -> crate::app::Typed {
    match behind.map(|dialog| *dialog) {
        Some(Dialog::Form(form)) => form.taken(),
        Some(page @ (Dialog::Doctor(_) | Dialog::Settings(_))) => {
            model.dialog = Some(page);
            crate::app::Typed::default()
        }
        _ => crate::app::Typed::default(),
    }
}
