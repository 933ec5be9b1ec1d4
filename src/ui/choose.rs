//! A list of ways to go on: the kind of a new profile, what becomes of what names one that goes.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};
use crate::app::form::{TEMPLATES, Template};
use crate::app::{Choice, Choose};

pub fn draw(choose: &Choose, look: &Look, area: Rect, buf: &mut Canvas<'_>) {
    let width = area.width.min(88).saturating_sub(if area.width < 60 { 0 } else { 4 });
    let columns = usize::from(width.saturating_sub(4));
    let (title, why, ways) = match &choose.what {
        Choice::Kind { .. } => {
            ("What is the new profile?".to_owned(), Vec::new(), TEMPLATES.map(Template::words).to_vec())
        }
        Choice::Ways { section, trouble } => {
            let why = text::wrap(&trouble.message, columns.saturating_sub(2), look);
            (format!("Remove {} all the same?", section.name), why, WAYS.to_vec())
        }
    };
    let longest = ways.iter().map(|(word, _)| text::width(word)).max().unwrap_or(0);
    let why: Vec<Line> = why.into_iter().map(|line| Line::raw(format!(" {line}"))).collect();
    let head = if why.is_empty() { 1 } else { why.len() + 2 };
    let height = u16::try_from(head + ways.len() + 3).unwrap_or(u16::MAX).min(area.height);
    let inside = frame::popup(&title, (width, height), look, area, buf);
    // Where it is low the ways must be seen, and the reason as far as there is room.
    let spare = usize::from(inside.height).saturating_sub(ways.len());
    let head = head.min(spare);
    for (row, line) in why.into_iter().take(head.saturating_sub(1)).enumerate() {
        put(buf, inside, row + usize::from(head > 2), line);
    }
    let word = longest.min(columns / 2);
    for (at, way) in ways.into_iter().enumerate() {
        buf.entry(inside, head + at, (Some(at), line(way, at == choose.selected, word, look, columns)));
    }
}

fn line(
    (word, about): (&str, &str),
    selected: bool,
    longest: usize,
    look: &Look,
    columns: usize,
) -> Line<'static> {
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let start = Pieces::default()
        .add(format!(" {cursor} "), Role::Accent, look)
        .add(text::left(word, longest, look), Role::Strong, look)
        .add("  ", Role::Plain, look);
    let room = columns.saturating_sub(start.width() + 1);
    let pieces = start.add(text::cut(about, room, look), Role::Plain, look);
    if selected { pieces.selected(columns.saturating_sub(1), look) } else { pieces.line() }
}

/// What can become of settings that name a section which goes.
const WAYS: [(&str, &str); 2] = [
    ("name another one", "they name a profile that you choose from then on"),
    ("leave them", "they go on naming it, which is nothing then"),
];
