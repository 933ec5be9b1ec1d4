//! Facts beside their labels, as the pages show them, and the page they stand on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};

/// Columns of the labels.
pub const LABEL: usize = 9;

/// The width of a page's lines in `area`.
pub fn width(area: Rect) -> usize {
    usize::from(area.width.min(98).saturating_sub(6))
}

/// A page as high as its lines, scrolled where they do not fit.
pub fn page(
    title: &str,
    lines: Vec<Line<'static>>,
    scrolled: usize,
    look: &Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(area.height);
    let inside = frame::popup(title, (area.width.min(98).saturating_sub(2), height), look, area, buf);
    let room = usize::from(inside.height);
    let top = scrolled.min(lines.len().saturating_sub(room));
    for (row, line) in lines.into_iter().skip(top).take(room).enumerate() {
        put(buf, inside, row, line);
    }
}

/// A label at the left.
pub fn label(label: &str, look: &Look) -> Pieces<'static> {
    Pieces::default().add(format!(" {} ", text::left(label, LABEL, look)), Role::Quiet, look)
}

/// A fact beside its label, as many lines as it needs.
pub fn said(name: &str, fact: &str, look: &Look, width: usize) -> Vec<Line<'static>> {
    let lines = text::wrap(fact, width.saturating_sub(LABEL + 3), look).into_iter().enumerate();
    lines
        .map(|(at, line)| label(if at == 0 { name } else { "" }, look).add(line, Role::Plain, look).line())
        .collect()
}
