//! The last line: the keys that work now, as many as fit, from the table of bindings.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::{Look, Role};
use super::put;
use super::text::{self, Pieces};
use crate::app::bindings::Scope;
use crate::app::keymap::{self, Bound};
use crate::app::{Intent, Model, marks};

/// A key and the word beside it.
type Hint<'a> = (&'a Bound, &'static str);

pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut line = Pieces::default();
    for (bound, word) in fitting(model, usize::from(area.width)) {
        let works = (bound.binding.enabled)(model).is_ok();
        let (strong, plain) = if works { (Role::Accent, Role::Plain) } else { (Role::Quiet, Role::Quiet) };
        line = line.add(format!(" {}", bound.key()), strong, look).add(format!(" {word}  "), plain, look);
    }
    put(buf, area, 0, line.line());
}

fn columns((bound, word): &Hint<'_>) -> usize {
    text::width(bound.key()) + text::width(word) + 4
}

/// The hints that hold now, the most important ones first: the scope's own, or what is done to marked profiles.
fn ranked(model: &Model) -> Vec<Hint<'_>> {
    let scope = keymap::scope(model);
    if matches!(scope, Scope::Main | Scope::Links) && !marks::marked(model).is_empty() {
        let hint = |(intent, word)| Some((model.keymap.bound(scope, intent)?, word));
        return marks::HINTS.into_iter().filter_map(hint).collect();
    }
    let hints = model.keymap.hints(scope);
    let mut ranked: Vec<_> = hints.filter_map(|bound| Some((bound.binding.footer?, bound))).collect();
    ranked.sort_by_key(|((rank, _), _)| *rank);
    ranked.into_iter().map(|((_, word), bound)| (bound, word)).collect()
}

/// As many of them as fit.
fn fitting(model: &Model, width: usize) -> Vec<Hint<'_>> {
    let mut hints = ranked(model);
    let mut room = width;
    hints.retain(|hint| {
        let fits = columns(hint) <= room;
        room = if fits { room - columns(hint) } else { 0 };
        fits
    });
    hints
}

/// The hint under a column of the footer.
pub fn hint_at(model: &Model, area: Rect, column: u16) -> Option<Intent> {
    let mut start = usize::from(area.x);
    for hint in fitting(model, usize::from(area.width)) {
        let end = start + columns(&hint);
        if (start..end).contains(&usize::from(column)) {
            return Some(hint.0.binding.intent);
        }
        start = end;
    }
    None
}
