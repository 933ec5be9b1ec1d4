//! The page of keys: the table of bindings, narrowed by typing; Enter does what is chosen.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::{Canvas, Entry};
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put, words};
use crate::app::docs::{self, HEADINGS};
use crate::app::keymap::Bound;
use crate::app::{Help, Model};

/// Columns of the keys.
const KEYS: usize = 17;
/// In fewer columns a line is cut; the chosen one then stands whole in these rows at the end.
const NARROW: usize = 90;
const WHOLE: usize = 2;

/// Draws the page; answers the place of the cursor in its filter.
pub fn draw(model: &Model, dialog: &Help, look: &Look, area: Rect, buf: &mut Canvas<'_>) -> (u16, u16) {
    let size = (area.width.min(112).saturating_sub(2), area.height.saturating_sub(2));
    let inside = frame::popup("Keys", size, look, area, buf);
    let width = usize::from(inside.width);
    let filter = text::cut(&dialog.filter, width.saturating_sub(10), look);
    let typed = text::width(&filter);
    let prompt = Pieces::default().add(" filter ", Role::Quiet, look).add(filter, Role::Strong, look);
    put(buf, inside, 0, prompt.line());
    let lines = lines(model, dialog, look, width);
    let room = usize::from(inside.height.saturating_sub(2));
    let whole = if width < NARROW && room > 8 { WHOLE } else { 0 };
    let height = room - whole;
    let place = Rect { y: inside.y + 2, height: u16::try_from(height).unwrap_or(u16::MAX), ..inside };
    buf.list(place, lines, dialog.selected);
    for (row, line) in told(model, dialog, look, width).into_iter().take(whole).enumerate() {
        put(
            buf,
            inside,
            2 + height + row,
            Pieces::default().add(format!(" {line}"), Role::Quiet, look).line(),
        );
    }
    (inside.x + u16::try_from(8 + typed).unwrap_or(0), inside.y)
}

/// The lines of the page.
fn lines(model: &Model, dialog: &Help, look: &Look, width: usize) -> Vec<Entry> {
    let mut lines = Vec::new();
    let mut heading = None;
    for (at, bound) in docs::matching(&model.keymap, &dialog.filter).into_iter().enumerate() {
        if heading != Some(bound.binding.heading) {
            heading = Some(bound.binding.heading);
            let name = HEADINGS.iter().find(|(heading, _)| *heading == bound.binding.heading);
            let name = name.map_or("", |(_, name)| *name);
            lines.push((None, Pieces::default().add(format!(" {name}"), Role::Strong, look).line()));
        }
        lines.push((Some(at), line(model, bound, at == dialog.selected, look, width)));
    }
    if lines.is_empty() {
        lines.push((None, Line::raw(" no key matches")));
    }
    lines
}

fn line(model: &Model, bound: &Bound, selected: bool, look: &Look, width: usize) -> Line<'static> {
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let binding = bound.binding;
    let room = width.saturating_sub(KEYS + 6);
    let pieces = Pieces::default()
        .add(format!(" {cursor} "), Role::Accent, look)
        .add(text::left(&bound.shown(), KEYS, look), Role::Accent, look)
        .add("  ", Role::Plain, look);
    let role = if (binding.enabled)(model).is_ok() { Role::Plain } else { Role::Quiet };
    let pieces = pieces.add(text::cut(&label(model, bound), room, look), role, look);
    if selected { pieces.selected(width, look) } else { pieces.line() }
}

/// What a key does, and why it does not now.
fn label(model: &Model, bound: &Bound) -> String {
    let label = bound.binding.label;
    match (bound.binding.enabled)(model) {
        Ok(()) => label.to_owned(),
        Err(why) => format!("{label} ({})", model.keymap.fill(words::why(why))),
    }
}

/// The chosen line whole.
fn told(model: &Model, dialog: &Help, look: &Look, width: usize) -> Vec<String> {
    let chosen = docs::matching(&model.keymap, &dialog.filter).into_iter().nth(dialog.selected);
    chosen.map_or_else(Vec::new, |bound| text::wrap(&label(model, bound), width.saturating_sub(2), look))
}
