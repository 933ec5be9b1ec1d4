//! The page of Identity Center: it asks when it is opened, and again on a key.

use super::{Effects, asking, doing, facts, refuse, signing};
use crate::app::dialog::Dialog;
use crate::app::effect::{Copied, Effect};
use crate::app::hidden::Typed;
use crate::app::intent::Intent;
use crate::app::log;
use crate::app::model::{JobKind, Model};
use crate::app::msg::{JobId, Trouble};
use crate::app::portal::{Offers, Portal};
use crate::app::said::Why;
use crate::aws::change::Change;

/// Lines of a page.
const PAGE: isize = 10;

/// Opens the page of the session that the selected profile signs in with, else of the first one.
pub(super) fn open(model: &mut Model) -> Effects {
    let own = model.subject_row().and_then(|row| row.sso_session.clone());
    let Some(session) = own.or_else(|| model.overview.sso_sessions.first().cloned()) else {
        return Vec::new();
    };
    of_session(model, session)
}

/// Opens the page of a session.
pub(super) fn of_session(model: &mut Model, session: String) -> Effects {
    model.dialog = Some(Dialog::Portal(Portal { session, ..Portal::default() }));
    ask(model)
}

fn page(model: &mut Model) -> Option<&mut Portal> {
    match &mut model.dialog {
        Some(Dialog::Portal(page)) => Some(page),
        _ => None,
    }
}

pub(super) fn act(model: &mut Model, intent: Intent) -> Effects {
    let Some(page) = page(model) else { return Vec::new() };
    match intent {
        Intent::Accept => return accept(model),
        Intent::Finish => return sync(model),
        Intent::Again => return ask(model),
        Intent::Copy => return copy(page),
        Intent::Toggle => return next(model),
        Intent::Close => return close(model),
        Intent::Down => page.step(1),
        Intent::Up => page.step(-1),
        Intent::PageDown => page.step(PAGE),
        Intent::PageUp => page.step(-PAGE),
        Intent::Erase => page.narrow(erase),
        Intent::EraseAll => page.narrow(String::clear),
        _ => {}
    }
    Vec::new()
}

pub(super) fn type_text(model: &mut Model, text: &str) -> Effects {
    if let Some(page) = page(model) {
        page.narrow(|filter| filter.push_str(text));
    }
    Vec::new()
}

/// One question at a time.
fn ask(model: &mut Model) -> Effects {
    if page(model).is_none_or(|page| page.asking.is_some()) {
        return Vec::new();
    }
    let job = model.start(JobKind::Portal, "");
    let Some(page) = page(model) else { return Vec::new() };
    (page.asking, page.found) = (Some(job), None);
    vec![Effect::Offers { job, session: page.session.clone() }]
}

/// The page of the next session.
fn next(model: &mut Model) -> Effects {
    let sessions = model.overview.sso_sessions.clone();
    let Some(page) = page(model).filter(|page| page.asking.is_none()) else { return Vec::new() };
    let at = sessions.iter().position(|name| *name == page.session).map_or(0, |at| at + 1);
    let Some(session) = sessions.get(at % sessions.len().max(1)).filter(|name| **name != page.session) else {
        return Vec::new();
    };
    *page = Portal { session: session.clone(), ..Portal::default() };
    ask(model)
}

/// To the profile of the role, which is made where there is none; where nobody is signed in, to signing in.
fn accept(model: &mut Model) -> Effects {
    let Some(page) = page(model) else { return Vec::new() };
    if matches!(page.found, Some(Err(_))) {
        let session = page.session.clone();
        return signing::of_page(model, session);
    }
    let Some(offer) = page.chosen().cloned() else { return Vec::new() };
    if offer.is_there {
        model.dialog = None;
        facts::select(model, &offer.name);
        return facts::trace(model);
    }
    if model.read_only {
        return refuse(model, Why::ReadOnly);
    }
    model.dialog = None;
    let (profile, settings) = (offer.name, offer.settings);
    doing::write(model, &profile.clone(), Change::Add { profile, settings, sso_session: None })
}

/// The command that uses the role at once, without a profile, for the shell to paste: no secret is in it.
fn copy(page: &Portal) -> Effects {
    let line = page.chosen().map(|offer| {
        let grant = &offer.grant;
        let words = [&page.session, &grant.account, &grant.role].map(|word| log::quoted(word));
        format!("eval \"$(awsprof sso env {})\"", words.join(" "))
    });
    line.map(|text| Effect::Copy { what: Copied::Command, text }).into_iter().collect()
}

/// Asks for profiles of everything that is listed.
fn sync(model: &mut Model) -> Effects {
    let read_only = model.read_only;
    let Some(page) = page(model) else { return Vec::new() };
    let Some(Ok(found)) = &page.found else { return Vec::new() };
    if read_only {
        return refuse(model, Why::ReadOnly);
    }
    let grants = found.offers.iter().map(|offer| offer.grant.clone()).collect();
    let change = Change::Sync { session: page.session.clone(), grants, rules: found.rules.clone() };
    let job = model.start(JobKind::Write, "");
    vec![Effect::Write { job, change, typed: Typed::default(), confirmed: false }]
}

fn erase(filter: &mut String) {
    filter.pop();
}

fn close(model: &mut Model) -> Effects {
    if let Some(job) = page(model).and_then(|page| page.asking) {
        return asking::cancel(model, job);
    }
    model.dialog = None;
    Vec::new()
}

/// An answer counts only while the page waits for it.
pub(super) fn seen(model: &mut Model, job: JobId, result: Result<Offers, Trouble>) -> Effects {
    model.jobs.retain(|running| running.id != job);
    if let Some(page) = page(model).filter(|page| page.asking == Some(job)) {
        (page.asking, page.found, page.selected) = (None, Some(result), 0);
    }
    Vec::new()
}

/// The question was cancelled.
pub(super) fn cancelled(model: &mut Model, job: JobId) {
    if let Some(page) = page(model).filter(|page| page.asking == Some(job)) {
        page.asking = None;
    }
}
