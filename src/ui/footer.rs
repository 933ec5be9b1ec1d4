//! The last line: the keys that work now, as many as fit, from the table of bindings.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::{Look, Role};
use super::put;
use super::text::{self, Pieces};
use crate::app::bindings::Binding;
use crate::app::keymap;
use crate::app::{Intent, Model};

pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut line = Pieces::default();
    for binding in fitting(model, usize::from(area.width)) {
        let works = (binding.enabled)(model).is_ok();
        let (key, word) = if works { (Role::Accent, Role::Plain) } else { (Role::Quiet, Role::Quiet) };
        let (first, second) = parts(binding);
        line = line.add(format!(" {first}"), key, look).add(format!(" {second}  "), word, look);
    }
    put(buf, area, 0, line.line());
}

fn parts(binding: &'static Binding) -> (&'static str, &'static str) {
    (binding.keys.first().copied().unwrap_or(""), binding.footer.map_or("", |(_, word)| word))
}

fn columns(binding: &'static Binding) -> usize {
    let (key, word) = parts(binding);
    text::width(key) + text::width(word) + 4
}

/// The hints of the scope that fit together, the most important ones first, in the table's order.
fn fitting(model: &Model, width: usize) -> Vec<&'static Binding> {
    let mut ranked: Vec<&Binding> = keymap::hints(keymap::scope(model)).collect();
    ranked.sort_by_key(|binding| binding.footer.map(|(rank, _)| rank));
    let mut room = width;
    ranked.retain(|binding| {
        let fits = columns(binding) <= room;
        room = if fits { room - columns(binding) } else { 0 };
        fits
    });
    ranked
}

/// The hint under a column of the footer.
pub fn hint_at(model: &Model, area: Rect, column: u16) -> Option<Intent> {
    let mut start = usize::from(area.x);
    for binding in fitting(model, usize::from(area.width)) {
        let end = start + columns(binding);
        if (start..end).contains(&usize::from(column)) {
            return Some(binding.intent);
        }
        start = end;
    }
    None
}
