//! The question before a write: why it is asked, the diff, and No unless something else is chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};
use crate::app::Confirm;
use crate::aws::change::Change;

pub fn draw(dialog: &Confirm, look: &Look, area: Rect, buf: &mut Buffer) {
    let width = area.width.min(96).saturating_sub(4);
    let columns = usize::from(width.saturating_sub(4));
    let why = text::wrap(&dialog.why, columns.saturating_sub(1), look);
    let rows = why.len() + dialog.diff.lines().count() + 7;
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height.saturating_sub(2).max(6));
    let inside = frame::popup(&title(&dialog.change), (width, height), look, area, buf);
    let height = usize::from(inside.height);
    let mut row = 1;
    for line in why {
        put(buf, inside, row, Line::raw(format!(" {line}")));
        row += 1;
    }
    let room = height.saturating_sub(row + 4);
    for (at, line) in dialog.diff.lines().skip(dialog.scroll).take(room).enumerate() {
        put(buf, inside, row + 1 + at, diff(line, columns, look));
    }
    put(buf, inside, height.saturating_sub(2), answers(dialog, look));
}

fn title(change: &Change) -> String {
    match change {
        Change::Use { profile } => format!("Make {profile} the default?"),
        Change::UsePrevious => "Back to the previous default?".to_owned(),
        Change::UseClear => "Give back the default from before awsprof?".to_owned(),
        Change::Undo { .. } => "Undo the last write?".to_owned(),
        Change::Redo => "Do it again?".to_owned(),
    }
}

/// A line of the diff: its sign says what happens, the colour only repeats it.
fn diff(line: &str, columns: usize, look: &Look) -> Line<'static> {
    let role = match line.chars().next() {
        Some('+') => Role::Good,
        Some('-') => Role::Bad,
        Some('@') => Role::Quiet,
        _ => Role::Plain,
    };
    Pieces::default().add(format!(" {}", text::cut(line, columns.saturating_sub(1), look)), role, look).line()
}

fn answers(dialog: &Confirm, look: &Look) -> Line<'static> {
    let answer = |text: &'static str, chosen: bool| {
        let mark = if chosen { look.glyphs.cursor } else { " " };
        let role = if chosen { Role::Selected } else { Role::Plain };
        Pieces::default().add(format!(" {mark} {text} "), role, look)
    };
    let gap = Pieces::default().add("   ", Role::Plain, look);
    let start = Pieces::default().add(" ", Role::Plain, look);
    start.then(answer("No (n)", !dialog.yes)).then(gap).then(answer("Yes, write it (y)", dialog.yes)).line()
}
