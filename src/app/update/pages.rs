//! Pages to read: a link explained, what was said, what was done, when sessions end.

use super::{Effects, doing, moving};
use crate::app::dialog::Dialog;
use crate::app::intent::Intent;
use crate::app::model::{Model, Pane};

/// More lines than a page has at any width.
const LONGEST: usize = 60;

/// Opens the page about the link under the cursor.
pub(super) fn open_link(model: &mut Model) {
    model.pane = Pane::Chain;
    model.dialog = Some(Dialog::Link(0));
}

pub(super) fn link(model: &mut Model, intent: Intent) -> Effects {
    let Some(Dialog::Link(scrolled)) = &mut model.dialog else { return Vec::new() };
    match intent {
        Intent::Down => *scrolled = (*scrolled + 1).min(LONGEST),
        Intent::Up => *scrolled = scrolled.saturating_sub(1),
        Intent::NextPane => return turn(model, 1),
        Intent::PreviousPane => return turn(model, -1),
        Intent::Edit => return doing::act(model, intent),
        _ => model.dialog = None,
    }
    Vec::new()
}

/// Pages that grow downwards: up goes back in time.
pub(super) fn read(model: &mut Model, intent: Intent) -> Effects {
    let oldest = match model.dialog {
        Some(Dialog::Messages(_)) => model.history.len().saturating_sub(1),
        // A deed takes up to three lines.
        Some(Dialog::Log(_)) => model.log.0.len() * 3,
        _ => 0,
    };
    match (&mut model.dialog, intent) {
        (Some(Dialog::Messages(back) | Dialog::Log(back)), Intent::Up) => *back = (*back + 1).min(oldest),
        (Some(Dialog::Messages(back) | Dialog::Log(back)), Intent::Down) => *back = back.saturating_sub(1),
        (Some(Dialog::Finishing), _) | (_, Intent::Up | Intent::Down) => {}
        _ => model.dialog = None,
    }
    Vec::new()
}

fn turn(model: &mut Model, by: isize) -> Effects {
    open_link(model);
    moving::step(model, by)
}
