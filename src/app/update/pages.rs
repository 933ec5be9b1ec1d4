//! Pages to read: a link explained, what was said, what was done, when sessions end.

use super::{Effects, doing, facts, moving};
use crate::app::dialog::{self, Dialog};
use crate::app::intent::Intent;
use crate::app::model::{Model, Pane};
use crate::aws::chain::Comparison;

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
        (Some(Dialog::Who(down) | Dialog::Warnings(down) | Dialog::About(down)), Intent::Down) => {
            *down = (*down + 1).min(LONGEST);
        }
        (Some(Dialog::Who(down) | Dialog::Warnings(down) | Dialog::About(down)), Intent::Up) => {
            *down = down.saturating_sub(1);
        }
        (Some(Dialog::Finishing), _) | (_, Intent::Up | Intent::Down) => {}
        _ => model.dialog = None,
    }
    Vec::new()
}

/// Opens the comparison with the cursor on the tool whose chain is shown.
pub(super) fn open_comparison(model: &mut Model) {
    let id = model.tool().map(|tool| tool.id);
    let order = model.compared().map(Comparison::order).unwrap_or_default();
    let traces = model.compared().map_or(&[][..], |compared| &compared.0);
    let at = order.iter().position(|at| traces.get(*at).map(|trace| trace.tool) == id);
    model.dialog = Some(Dialog::Compare(dialog::Comparison { selected: at.unwrap_or(0), matrix: false }));
}

pub(super) fn compare(model: &mut Model, intent: Intent) -> Effects {
    let order = model.compared().map(Comparison::order).unwrap_or_default();
    let last = order.len().saturating_sub(1);
    let Some(Dialog::Compare(page)) = &mut model.dialog else { return Vec::new() };
    let chosen = order.get(page.selected).copied();
    match intent {
        Intent::Down => page.selected = (page.selected + 1).min(last),
        Intent::Up => page.selected = page.selected.saturating_sub(1),
        Intent::Top => page.selected = 0,
        Intent::Bottom => page.selected = last,
        Intent::Toggle => page.matrix = !page.matrix,
        Intent::Accept => return switch(model, chosen),
        _ => model.dialog = None,
    }
    Vec::new()
}

/// Closes the comparison and shows the chain as the chosen tool sees it.
fn switch(model: &mut Model, chosen: Option<usize>) -> Effects {
    let id = chosen.and_then(|at| Some(model.compared()?.0.get(at)?.tool));
    model.dialog = None;
    let Some(at) = id.and_then(|id| model.tools.iter().position(|tool| tool.id == id)) else {
        return Vec::new();
    };
    model.tool = at;
    model.pane = Pane::Chain;
    facts::trace(model)
}

fn turn(model: &mut Model, by: isize) -> Effects {
    open_link(model);
    moving::step(model, by)
}
