//! The page of awsprof's own settings. A new value is written like everything else: after a question with the diff.

use super::{Effects, picking};
use crate::app::dialog::Dialog;
use crate::app::effect::{Effect, Look};
use crate::app::intent::Intent;
use crate::app::model::{JobKind, Model};
use crate::app::msg::{JobId, Trouble};
use crate::app::said::Said;
use crate::app::settings::{Page, Preferences, Setter, Turned};
use crate::app::{Chooses, Why};
use crate::aws::keep::Rules;

/// Opens the page.
pub(super) fn open(model: &mut Model) -> Effects {
    model.dialog = Some(Dialog::Settings(Page::default()));
    look(model)
}

/// Has the file read again, if the page is open.
fn look(model: &mut Model) -> Effects {
    if !matches!(model.dialog, Some(Dialog::Settings(_))) {
        return Vec::new();
    }
    let job = model.start(JobKind::Look, "");
    if let Some(Dialog::Settings(page)) = &mut model.dialog {
        page.job = Some(job);
    }
    vec![Effect::Look { job, at: Look::Preferences }]
}

pub(super) fn page(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Settings(page)) = &mut model.dialog else { return Vec::new() };
    let last = page.count().saturating_sub(1);
    match intent {
        Intent::Down => page.selected = (page.selected + 1).min(last),
        Intent::Up => page.selected = page.selected.saturating_sub(1),
        Intent::Top => page.selected = 0,
        Intent::Bottom => page.selected = last,
        Intent::Accept | Intent::Suggest => return change(model, 1),
        Intent::SuggestBefore => return change(model, -1),
        Intent::Unset => return unset(model),
        Intent::Edit => return edit(page),
        _ => model.dialog = None,
    }
    Vec::new()
}

/// Takes the next choice, or begins to type.
fn change(model: &mut Model, by: isize) -> Effects {
    let Some(Dialog::Settings(page)) = &mut model.dialog else { return Vec::new() };
    let Some(setting) = page.chosen() else { return Vec::new() };
    if let Some(choice) = setting.choice(by) {
        let setter = Setter { key: setting.key, value: Some(choice.to_owned()) };
        return ask(model, setter);
    }
    page.typing = Some(setting.value().to_owned());
    page.refused = None;
    Vec::new()
}

fn unset(model: &mut Model) -> Effects {
    let Some(Dialog::Settings(page)) = &mut model.dialog else { return Vec::new() };
    match page.chosen().filter(|setting| setting.set.is_some()).map(|setting| setting.key) {
        Some(key) => ask(model, Setter { key, value: None }),
        None => Vec::new(),
    }
}

fn edit(page: &Page) -> Effects {
    let line = page.chosen().and_then(|setting| setting.set.as_ref()).map_or(1, |(_, line)| *line);
    let path = page.listing.as_ref().map(|listing| listing.file.clone());
    let line = u32::try_from(line).unwrap_or(1);
    path.map(|path| Effect::Edit { path, line }).into_iter().collect()
}

/// Typing a value.
pub(super) fn value(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Settings(page)) = &mut model.dialog else { return Vec::new() };
    match intent {
        Intent::Erase => type_value(page, picking::erase),
        Intent::EraseAll => type_value(page, String::clear),
        Intent::Accept => {
            let key = page.chosen().map(|setting| setting.key);
            let typed = page.typing.clone();
            return key
                .zip(typed)
                .map_or_else(Vec::new, |(key, typed)| ask(model, Setter { key, value: Some(typed) }));
        }
        _ => (page.typing, page.refused) = (None, None),
    }
    Vec::new()
}

pub(super) fn type_text(model: &mut Model, typed: &str) -> Effects {
    if let Some(Dialog::Settings(page)) = &mut model.dialog {
        type_value(page, |text| text.push_str(typed));
    }
    Vec::new()
}

fn type_value(page: &mut Page, change: impl FnOnce(&mut String)) {
    if let Some(text) = &mut page.typing {
        change(text);
    }
    page.refused = None;
}

/// Asks what writing it would do; the answer is a question with the diff.
fn ask(model: &mut Model, setter: Setter) -> Effects {
    if model.is_writing() {
        return super::refuse(model, Why::Writing);
    }
    let job = model.start(JobKind::Write, "");
    if let Some(Dialog::Settings(page)) = &mut model.dialog {
        page.job = Some(job);
    }
    vec![Effect::Set { job, setter, confirmed: false }]
}

/// It is written: the settings are read again.
pub(super) fn written(model: &mut Model, setter: Setter) -> Effects {
    if let Some(Dialog::Settings(page)) = &mut model.dialog {
        (page.typing, page.refused) = (None, None);
    }
    model.say(Said::Set(setter));
    let mut effects = vec![Effect::Prefer];
    effects.extend(look(model));
    effects
}

/// The page that asked says itself why not; false if it is not there.
pub(super) fn refused(model: &mut Model, job: JobId, trouble: &Trouble) -> bool {
    match &mut model.dialog {
        Some(Dialog::Settings(page)) if page.job == Some(job) => {
            page.refused = Some(trouble.clone());
            true
        }
        _ => false,
    }
}

/// Goes by the settings as they are now. What the files mean by them comes with the next reading.
pub(super) fn prefer(model: &mut Model, preferences: Preferences) -> Effects {
    let Preferences { keymap, motion, rules, notify, shell, turned } = preferences;
    (model.keymap, model.motion, model.kept.notify) = (keymap, motion, notify);
    let seed = model.kept.keeper.rules.seed;
    model.kept.keeper.rules = Rules { seed, ..rules };
    if model.choosing.does != Chooses::Name {
        model.choosing.does = if shell { Chooses::Shell } else { Chooses::Default };
    }
    let mut effects: Effects = turned.and_then(|turned| turn(model, turned)).into_iter().collect();
    effects.extend(look(model));
    effects.extend(model.loaded.then_some(Effect::Load));
    effects
}

fn turn(model: &mut Model, turned: Turned) -> Option<Effect> {
    let Turned { mouse, order, group } = turned;
    if model.loaded {
        super::doing::arrange(model, order, group);
    }
    (model.filter.order, model.filter.group) = (order, group);
    let before = std::mem::replace(&mut model.mouse, mouse);
    (before != mouse).then_some(Effect::Mouse(mouse))
}
