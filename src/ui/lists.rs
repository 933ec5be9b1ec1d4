//! Small lists in front of the panes: what to copy, what was said, and the wait before quitting.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put, toasts, words};
use crate::app::{Copying, Model};

pub fn copy(dialog: &Copying, look: &Look, area: Rect, buf: &mut Canvas<'_>) {
    let rows = u16::try_from(dialog.items.len()).unwrap_or(0) + 2;
    let inside = frame::popup("Copy", (64, rows), look, area, buf);
    let width = usize::from(inside.width);
    for (row, (what, value)) in dialog.items.iter().enumerate() {
        let selected = row == dialog.selected;
        let cursor = if selected { look.glyphs.cursor } else { " " };
        let pieces = Pieces::default()
            .add(format!(" {cursor} "), Role::Accent, look)
            .add(text::left(words::copied(*what), 13, look), Role::Quiet, look)
            .add(text::cut(&value.replace('\n', "  "), width.saturating_sub(16), look), Role::Plain, look);
        let line = if selected { pieces.selected(width, look) } else { pieces.line() };
        buf.entry(inside, row, (Some(row), line));
    }
}

/// What was said so far, the newest below; `back` lines further up.
pub fn messages(model: &Model, back: usize, look: &Look, area: Rect, buf: &mut Buffer) {
    let size = (area.width.min(96).saturating_sub(2), area.height.saturating_sub(2));
    let inside = frame::popup("Messages", size, look, area, buf);
    let (width, height) = (usize::from(inside.width), usize::from(inside.height));
    if model.history.is_empty() {
        put(buf, inside, 0, Line::raw(" nothing was said yet"));
    }
    let until = model.history.len().saturating_sub(back);
    let from = until.saturating_sub(height);
    for (row, (at, said)) in model.history.iter().take(until).skip(from).enumerate() {
        let clock = at.strftime(" %H:%M:%SZ").to_string();
        let room = width.saturating_sub(text::width(&clock));
        let line = Pieces::default().add(clock, Role::Quiet, look).then(toasts::said(
            said,
            &model.keymap,
            look,
            room,
        ));
        put(buf, inside, row, line.line());
    }
}

pub fn finishing(look: &Look, area: Rect, buf: &mut Buffer) {
    let inside = frame::popup("Quitting", (52, 3), look, area, buf);
    put(buf, inside, 0, Line::raw(" as soon as the file is written"));
}
