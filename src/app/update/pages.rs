//! Pages to read: a link explained.

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

fn turn(model: &mut Model, by: isize) -> Effects {
    open_link(model);
    moving::step(model, by)
}
