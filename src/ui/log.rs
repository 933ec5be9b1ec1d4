//! The activity log: everything done so far, in words and as the command that does the same.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put, words};
use crate::app::Model;
use crate::app::log::{Came, Deed};

/// Columns of the time of day.
const CLOCK: usize = 11;

/// The newest below; `back` lines further up.
pub fn draw(model: &Model, back: usize, look: &Look, area: Rect, buf: &mut Buffer) {
    let size = (area.width.min(98).saturating_sub(2), area.height.saturating_sub(2));
    let inside = frame::popup("Activity", size, look, area, buf);
    let (width, height) = (usize::from(inside.width), usize::from(inside.height));
    let lines: Vec<Line> = model.log.0.iter().flat_map(|deed| lines(model, deed, look, width)).collect();
    if lines.is_empty() {
        put(buf, inside, 0, Line::raw(" nothing was done yet"));
    }
    let until = lines.len().saturating_sub(back).max(height.min(lines.len()));
    let from = until.saturating_sub(height);
    for (row, line) in lines.into_iter().take(until).skip(from).enumerate() {
        put(buf, inside, row, line);
    }
}

fn lines(model: &Model, deed: &Deed, look: &Look, width: usize) -> Vec<Line<'static>> {
    let (glyph, role) = match deed.came {
        Came::Underway => (look.glyphs.unasked, Role::Accent),
        Came::Done => (look.glyphs.won, Role::Good),
        Came::Asked => (look.glyphs.problem, Role::Soon),
        Came::Failed(_) => (look.glyphs.expired, Role::Bad),
        Came::Cancelled => (look.glyphs.none, Role::Quiet),
    };
    let what = words::deed(&deed.what, model.home.as_deref());
    let room = width.saturating_sub(CLOCK + 2);
    let first = Pieces::default()
        .add(text::left(&deed.at.strftime(" %H:%M:%SZ").to_string(), CLOCK, look), Role::Quiet, look)
        .add(format!("{glyph} "), role, look)
        .add(text::cut(&what, room, look), Role::Plain, look)
        .and_right(Pieces::of(&format!(" {}", words::came(&deed.came)), role, look), width, look);
    let indented = |text: &str, role| {
        let blank = " ".repeat(CLOCK + 2);
        Pieces::default().add(blank, role, look).add(text::cut(text, room, look), role, look).line()
    };
    let command = deed.what.command().map(|command| indented(&command, Role::Accent));
    let reason = match &deed.came {
        Came::Failed(reason) => Some(indented(reason, Role::Plain)),
        _ => None,
    };
    [Some(first.line()), command, reason].into_iter().flatten().collect()
}
