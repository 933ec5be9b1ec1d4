//! The page of instance metadata: a key opens, a key goes up, and nothing is asked without one.

use super::{Effects, asking};
use crate::app::browser::{Asking, Browser};
use crate::app::dialog::Dialog;
use crate::app::effect::Effect;
use crate::app::intent::Intent;
use crate::app::model::{JobKind, Model};
use crate::app::msg::{JobId, Trouble};
use crate::aws::metadata::{Metadata, ROOT};

/// Lines a page of a value has at least.
const PAGE: isize = 8;

/// Opens the page and asks for the root.
pub(super) fn open(model: &mut Model) -> Effects {
    model.dialog = Some(Dialog::Imds(Box::default()));
    ask(model, ROOT.to_owned())
}

fn browser(model: &mut Model) -> Option<&mut Browser> {
    match &mut model.dialog {
        Some(Dialog::Imds(browser)) => Some(browser),
        _ => None,
    }
}

pub(super) fn browse(model: &mut Model, intent: Intent) -> Effects {
    let Some(browser) = browser(model) else { return Vec::new() };
    match intent {
        Intent::Accept => return enter(model),
        Intent::Again => return again(model),
        Intent::Close => return close(model),
        Intent::Erase => browser.up(),
        Intent::Down => browser.step(1),
        Intent::Up => browser.step(-1),
        Intent::Top => browser.step(isize::MIN),
        Intent::Bottom => browser.step(isize::MAX),
        Intent::PageDown => scroll(browser, PAGE),
        Intent::PageUp => scroll(browser, -PAGE),
        _ => {}
    }
    Vec::new()
}

fn scroll(browser: &mut Browser, by: isize) {
    let last = browser.shown().map_or(0, |value| value.text.lines().count().saturating_sub(1));
    browser.scroll = browser.scroll.saturating_add_signed(by).min(last);
}

/// Opens the folder or reads the value under the cursor, unless it is shown already.
fn enter(model: &mut Model) -> Effects {
    let Some(browser) = browser(model) else { return Vec::new() };
    let path = browser.chosen();
    if browser.shown().is_some() { Vec::new() } else { ask(model, path) }
}

/// Asks for the shown value, or for the folder, again.
fn again(model: &mut Model) -> Effects {
    let Some(browser) = browser(model) else { return Vec::new() };
    if browser.shown().is_some() {
        let path = browser.chosen();
        return ask(model, path);
    }
    let path = browser.levels.pop().map_or_else(|| ROOT.to_owned(), |level| level.path);
    ask(model, path)
}

/// One request at a time.
fn ask(model: &mut Model, path: String) -> Effects {
    if browser(model).is_none_or(|browser| browser.asking.is_some()) {
        return Vec::new();
    }
    let (job, since) = (model.start(JobKind::Metadata, ""), model.now);
    let Some(browser) = browser(model) else { return Vec::new() };
    browser.trouble = None;
    browser.asking = Some(Asking { job, path: path.clone(), since });
    vec![Effect::Metadata { job, role: path == ROOT, path }]
}

/// Cancels the request; without one the page goes.
fn close(model: &mut Model) -> Effects {
    let asking = browser(model).and_then(|browser| browser.asking.as_ref());
    if let Some(job) = asking.map(|asking| asking.job) {
        return asking::cancel(model, job);
    }
    model.dialog = None;
    Vec::new()
}

/// An answer counts only while the page waits for it.
pub(super) fn seen(model: &mut Model, job: JobId, result: Result<Metadata, Trouble>) -> Effects {
    model.jobs.retain(|running| running.id != job);
    let waits = |browser: &&mut Browser| browser.asking.as_ref().is_some_and(|asking| asking.job == job);
    if let Some(browser) = browser(model).filter(waits) {
        browser.asking = None;
        match result {
            Ok(seen) => browser.learn(seen),
            Err(trouble) => browser.trouble = Some(trouble),
        }
    }
    Vec::new()
}

/// The request was cancelled.
pub(super) fn cancelled(model: &mut Model, job: JobId) {
    if let Some(browser) = browser(model)
        && browser.asking.as_ref().is_some_and(|asking| asking.job == job)
    {
        browser.asking = None;
    }
}
