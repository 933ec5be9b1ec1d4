//! Moving between lines and panes, by key or by pointer. Nothing here sends a request or runs a process.

use super::{Effects, facts, keys, pointing};
use crate::app::bindings::Scope;
use crate::app::input::{Mouse, Spot};
use crate::app::intent::Intent;
use crate::app::keymap::{self, Bound};
use crate::app::model::{Model, Pane};

/// Lines a turn of the wheel moves.
const WHEEL: usize = 3;

pub(super) fn travel(model: &mut Model, intent: Intent) -> Effects {
    let height = isize::try_from(model.size.1.saturating_sub(6).max(2)).unwrap_or(2);
    match intent {
        Intent::Down => step(model, 1),
        Intent::Up => step(model, -1),
        Intent::HalfDown => step(model, height / 2),
        Intent::HalfUp => step(model, -(height / 2)),
        Intent::PageDown => step(model, height),
        Intent::PageUp => step(model, -height),
        Intent::Top => step(model, isize::MIN),
        Intent::Bottom => step(model, isize::MAX),
        Intent::NextMatch => wrap(model, 1),
        Intent::PreviousMatch => wrap(model, -1),
        Intent::NextPane => focus(model, 1),
        Intent::PreviousPane => focus(model, Pane::ALL.len() - 1),
        Intent::Pane(pane) => {
            model.pane = pane;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Moves the cursor of the focused pane, and stops at its ends.
pub(super) fn step(model: &mut Model, by: isize) -> Effects {
    let last = model.lines(model.pane).saturating_sub(1);
    let to = model.cursors[model.pane as usize].saturating_add_signed(by).min(last);
    place(model, model.pane, to)
}

/// From the last match on to the first.
fn wrap(model: &mut Model, by: isize) -> Effects {
    let count = model.list.hits.len();
    if count == 0 {
        return Vec::new();
    }
    let here = model.cursors[Pane::Profiles as usize] + count;
    place(model, Pane::Profiles, here.saturating_add_signed(by) % count)
}

/// Puts a pane's cursor on a line; another profile needs another trace.
fn place(model: &mut Model, pane: Pane, line: usize) -> Effects {
    let cursor = &mut model.cursors[pane as usize];
    let moved = *cursor != line;
    *cursor = line;
    if moved && pane == Pane::Profiles { facts::trace(model) } else { Vec::new() }
}

fn focus(model: &mut Model, by: usize) -> Effects {
    model.pane = Pane::ALL[(model.pane as usize + by) % Pane::ALL.len()];
    Vec::new()
}

/// A click selects; the wheel turns what lies under the pointer. While a dialog is open the panes do not listen, and the
/// wheel and the clicks are the dialog's.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Effects {
    let scope = keymap::scope(model);
    match mouse {
        Mouse::Click(Spot::Hint(intent)) => pointing::intend(model, scope, intent),
        Mouse::Click(Spot::Line(at)) => pointing::line(model, at),
        Mouse::Click(Spot::Answer(yes)) => pointing::answer(model, yes),
        Mouse::WheelUp(_) if model.dialog.is_some() => turn(model, scope, Intent::Up),
        Mouse::WheelDown(_) if model.dialog.is_some() => turn(model, scope, Intent::Down),
        _ if model.dialog.is_some() => Vec::new(),
        Mouse::Click(Spot::Pane(pane, line)) => {
            model.pane = pane;
            line.filter(|line| *line < model.lines(pane))
                .map_or_else(Vec::new, |line| place(model, pane, line))
        }
        Mouse::WheelUp(Spot::Pane(pane, _)) => wheel(model, pane, -1),
        Mouse::WheelDown(Spot::Pane(pane, _)) => wheel(model, pane, 1),
        _ => Vec::new(),
    }
}

/// In a form the wheel would lead away from a field, and what is typed there counts as said.
fn turn(model: &mut Model, scope: Scope, intent: Intent) -> Effects {
    let turns = |bound: &Bound| bound.binding.scope == scope && bound.binding.intent == intent;
    let turns = scope != Scope::Form && model.keymap.iter().any(turns);
    if turns { keys::repeat(model, scope, intent, WHEEL) } else { Vec::new() }
}

fn wheel(model: &mut Model, pane: Pane, by: isize) -> Effects {
    let last = model.lines(pane).saturating_sub(1);
    let to = model.cursors[pane as usize].saturating_add_signed(by * WHEEL.cast_signed()).min(last);
    place(model, pane, to)
}
