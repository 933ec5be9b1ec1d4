//! The page of keys: the table of bindings, narrowed by typing; Enter does what is chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put, scroll, words};
use crate::app::docs::{self, HEADINGS};
use crate::app::keymap::Bound;
use crate::app::{Help, Model};

/// Columns of the keys.
const KEYS: usize = 17;

/// Draws the page; answers the place of the cursor in its filter.
pub fn draw(model: &Model, dialog: &Help, look: &Look, area: Rect, buf: &mut Buffer) -> (u16, u16) {
    let size = (area.width.min(112).saturating_sub(2), area.height.saturating_sub(2));
    let inside = frame::popup("Keys", size, look, area, buf);
    let width = usize::from(inside.width);
    let filter = text::cut(&dialog.filter, width.saturating_sub(10), look);
    let typed = text::width(&filter);
    let prompt = Pieces::default().add(" filter ", Role::Quiet, look).add(filter, Role::Strong, look);
    put(buf, inside, 0, prompt.line());
    let (lines, selected) = lines(model, dialog, look, width);
    let height = usize::from(inside.height.saturating_sub(2));
    let top = scroll(selected, lines.len(), height);
    for (row, line) in lines.into_iter().skip(top).take(height).enumerate() {
        put(buf, inside, row + 2, line);
    }
    (inside.x + u16::try_from(8 + typed).unwrap_or(0), inside.y)
}

/// The lines of the page, and which of them is chosen.
fn lines(model: &Model, dialog: &Help, look: &Look, width: usize) -> (Vec<Line<'static>>, usize) {
    let mut lines = Vec::new();
    let mut chosen = 0;
    let mut heading = None;
    for (at, bound) in docs::matching(&model.keymap, &dialog.filter).into_iter().enumerate() {
        if heading != Some(bound.binding.heading) {
            heading = Some(bound.binding.heading);
            let name = HEADINGS.iter().find(|(heading, _)| *heading == bound.binding.heading);
            let name = name.map_or("", |(_, name)| *name);
            lines.push(Pieces::default().add(format!(" {name}"), Role::Strong, look).line());
        }
        if at == dialog.selected {
            chosen = lines.len();
        }
        lines.push(line(model, bound, at == dialog.selected, look, width));
    }
    if lines.is_empty() {
        lines.push(Line::raw(" no key matches"));
    }
    (lines, chosen)
}

fn line(model: &Model, bound: &Bound, selected: bool, look: &Look, width: usize) -> Line<'static> {
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let binding = bound.binding;
    let room = width.saturating_sub(KEYS + 6);
    let pieces = Pieces::default()
        .add(format!(" {cursor} "), Role::Accent, look)
        .add(text::left(&bound.shown(), KEYS, look), Role::Accent, look)
        .add("  ", Role::Plain, look);
    let pieces = match (binding.enabled)(model) {
        Ok(()) => pieces.add(text::cut(binding.label, room, look), Role::Plain, look),
        Err(why) => {
            let label = format!("{} ({})", binding.label, model.keymap.fill(words::why(why)));
            pieces.add(text::cut(&label, room, look), Role::Quiet, look)
        }
    };
    if selected { pieces.selected(width, look) } else { pieces.line() }
}
