//! The last line: the keys that work now, as many as fit, from the table of bindings.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::{Look, Role};
use super::put;
use super::text::{self, Pieces};
use crate::app::keymap::{self, Bound};
use crate::app::{Intent, Model};

pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut line = Pieces::default();
    for bound in fitting(model, usize::from(area.width)) {
        let works = (bound.binding.enabled)(model).is_ok();
        let (key, word) = if works { (Role::Accent, Role::Plain) } else { (Role::Quiet, Role::Quiet) };
        let (first, second) = parts(bound);
        line = line.add(format!(" {first}"), key, look).add(format!(" {second}  "), word, look);
    }
    put(buf, area, 0, line.line());
}

fn parts(bound: &Bound) -> (&str, &'static str) {
    (bound.key(), bound.binding.footer.map_or("", |(_, word)| word))
}

fn columns(bound: &Bound) -> usize {
    let (key, word) = parts(bound);
    text::width(key) + text::width(word) + 4
}

/// The hints of the scope that fit together, the most important ones first, in the table's order.
fn fitting(model: &Model, width: usize) -> Vec<&Bound> {
    let mut ranked: Vec<&Bound> = model.keymap.hints(keymap::scope(model)).collect();
    ranked.sort_by_key(|bound| bound.binding.footer.map(|(rank, _)| rank));
    let mut room = width;
    ranked.retain(|bound| {
        let fits = columns(bound) <= room;
        room = if fits { room - columns(bound) } else { 0 };
        fits
    });
    ranked
}

/// The hint under a column of the footer.
pub fn hint_at(model: &Model, area: Rect, column: u16) -> Option<Intent> {
    let mut start = usize::from(area.x);
    for bound in fitting(model, usize::from(area.width)) {
        let end = start + columns(bound);
        if (start..end).contains(&usize::from(column)) {
            return Some(bound.binding.intent);
        }
        start = end;
    }
    None
}
