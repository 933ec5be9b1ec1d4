//! The command line with what it can be completed to.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put, scroll};
use crate::app::Model;
use crate::app::command::{self, Command};

/// Draws the line; answers the place of its cursor.
pub fn draw(model: &Model, dialog: &Command, look: &Look, area: Rect, buf: &mut Canvas<'_>) -> (u16, u16) {
    let size = (area.width.min(84).saturating_sub(2), area.height.saturating_sub(2).min(15));
    let inside = frame::popup("Command", size, look, area, buf);
    let width = usize::from(inside.width);
    let typed = text::cut(&dialog.text, width.saturating_sub(4), look);
    let end = text::width(&typed);
    let line = Pieces::default().add(" :", Role::Accent, look).add(typed, Role::Strong, look);
    put(buf, inside, 0, line.line());
    let completions = command::completions(model, &dialog.text);
    let longest = completions.iter().map(|one| text::width(&one.line)).max().unwrap_or(0).min(30);
    let height = usize::from(inside.height.saturating_sub(2));
    let top = scroll(dialog.selected, completions.len(), height);
    for (row, (at, one)) in completions.iter().enumerate().skip(top).take(height).enumerate() {
        let selected = at == dialog.selected;
        let cursor = if selected { look.glyphs.cursor } else { " " };
        let pieces = Pieces::default()
            .add(format!("{cursor} "), Role::Accent, look)
            .add(text::left(&one.line, longest, look), Role::Plain, look)
            .add("  ", Role::Plain, look)
            .add(text::cut(&one.label, width.saturating_sub(longest + 5), look), Role::Quiet, look);
        let line = if selected { pieces.selected(width, look) } else { pieces.line() };
        buf.entry(inside, row + 2, (Some(at), line));
    }
    if completions.is_empty() && !dialog.text.is_empty() {
        let none = text::cut("  nothing starts like this", width, look);
        put(buf, inside, 2, Pieces::default().add(none, Role::Quiet, look).line());
    }
    (inside.x + u16::try_from(2 + end).unwrap_or(0), inside.y)
}
