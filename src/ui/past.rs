//! The page of past writes: when, what, for whom; below them the diff of the chosen one.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::header::spinner;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{confirm, frame, put, scroll};
use crate::app::{Model, Past};
use crate::aws::store::{List, Recorded, State};

pub fn draw(model: &Model, past: &Past, look: &Look, area: Rect, buf: &mut Canvas<'_>) {
    let size = (area.width.min(98).saturating_sub(if area.width < 60 { 0 } else { 2 }), area.height);
    let inside = frame::popup("Past writes", size, look, area, buf);
    let (width, height) = (usize::from(inside.width), usize::from(inside.height));
    let writes = past.writes.as_deref().unwrap_or_default();
    if writes.is_empty() {
        let told = match past.writes {
            None => format!(" {} reading the journal", spinner(model, look)),
            Some(_) => " nothing was written yet".to_owned(),
        };
        put(buf, inside, 0, Line::raw(told));
        return;
    }
    let room = writes.len().min((height / 3).max(1));
    let top = scroll(past.selected, writes.len(), room);
    for (row, (at, write)) in writes.iter().enumerate().skip(top).take(room).enumerate() {
        buf.entry(inside, row, (Some(at), line(write, at == past.selected, look, width)));
    }
    let diff = writes.get(past.selected).map(|write| write.diff.as_str()).unwrap_or_default();
    let lines: Vec<&str> = diff.lines().collect();
    let below = height.saturating_sub(room + 1);
    let from = past.scroll.min(lines.len().saturating_sub(below));
    for (row, one) in lines.into_iter().skip(from).take(below).enumerate() {
        let shown = confirm::named(one, model.home.as_deref());
        put(buf, inside, room + 1 + row, confirm::diff(&shown, width, look));
    }
}

fn line(write: &Recorded, selected: bool, look: &Look, width: usize) -> Line<'static> {
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let (glyph, state) = match (write.list, write.state) {
        (_, State::Undone { .. } | State::Dropped) => (look.glyphs.none, "taken back"),
        (List::Renewal, State::Done) => (look.glyphs.won, "a renewal"),
        (List::User, State::Done) => (look.glyphs.won, ""),
    };
    let what = format!("{} {}", write.verb, write.profile);
    let start = Pieces::default()
        .add(format!(" {cursor} "), Role::Accent, look)
        .add(text::right(&write.id.to_string(), 4, look), Role::Quiet, look)
        .add(write.at.strftime("  %F %H:%M:%SZ  ").to_string(), Role::Quiet, look);
    let room = width.saturating_sub(start.width() + 3);
    let pieces = start.add(format!("{glyph} "), Role::Good, look).add(
        text::cut(what.trim_end(), room, look),
        Role::Plain,
        look,
    );
    let pieces =
        pieces.and_right(Pieces::of(&format!(" {state} "), Role::Quiet, look), width.saturating_sub(1), look);
    if selected { pieces.selected(width.saturating_sub(1), look) } else { pieces.line() }
}
