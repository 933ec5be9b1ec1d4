//! The box round a pane and round a dialog: corners, a title at the left, a note at the right.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;

use super::look::{Look, Role};
use super::put;
use super::text::{self, Pieces};

/// Draws a pane's box and answers its inside. The focused one has a marked title and an accented line.
pub fn pane(title: &str, note: &str, focused: bool, look: &Look, area: Rect, buf: &mut Buffer) -> Rect {
    let (line, name) = if focused { (Role::Accent, Role::Strong) } else { (Role::Quiet, Role::Plain) };
    let mark = if focused { look.glyphs.cursor } else { " " };
    outline(look.style(line), look, area, buf);
    let room = usize::from(area.width.saturating_sub(4));
    let title = format!("{mark}{} ", text::cut(title, room.saturating_sub(2), look));
    let left = room.saturating_sub(text::width(&title) + 2);
    let start = Pieces::default().add(title, name, look);
    print(start, 2, area, buf);
    let note = text::cut(note, left.saturating_sub(2), look);
    if !note.is_empty() {
        let note = format!(" {note} ");
        let at = usize::from(area.width).saturating_sub(text::width(&note) + 2);
        print(Pieces::default().add(note, Role::Quiet, look), at, area, buf);
    }
    area.inner(Margin::new(1, 1))
}

/// A box in the middle, over whatever is there; answers its inside.
pub fn popup(title: &str, size: (u16, u16), look: &Look, area: Rect, buf: &mut Buffer) -> Rect {
    let (width, height) = (size.0.min(area.width), size.1.min(area.height));
    let place =
        Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    blank(place, buf);
    pane(title, "", true, look, place, buf);
    place.inner(Margin::new(2, 1))
}

/// Clears a box, a wide character that sticks out into it from the left included.
fn blank(area: Rect, buf: &mut Buffer) {
    for y in area.top()..area.bottom() {
        if let Some(before) = area.x.checked_sub(1).and_then(|x| buf.cell_mut((x, y)))
            && text::width(before.symbol()) > 1
        {
            before.set_symbol(" ");
        }
        for x in area.left()..area.right() {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.reset();
            }
        }
    }
}

fn outline(style: Style, look: &Look, area: Rect, buf: &mut Buffer) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let [top_left, top_right, low_left, low_right, flat, upright] = look.glyphs.frame;
    let middle = flat.repeat(usize::from(area.width - 2));
    buf.set_string(area.x, area.y, format!("{top_left}{middle}{top_right}"), style);
    buf.set_string(area.x, area.bottom() - 1, format!("{low_left}{middle}{low_right}"), style);
    for y in area.top() + 1..area.bottom() - 1 {
        buf.set_string(area.x, y, upright, style);
        buf.set_string(area.right() - 1, y, upright, style);
    }
}

fn print(pieces: Pieces<'static>, at: usize, area: Rect, buf: &mut Buffer) {
    let at = u16::try_from(at).unwrap_or(u16::MAX).min(area.width);
    let room = Rect { x: area.x + at, width: area.width.saturating_sub(at + 1), ..area };
    put(buf, room, 0, pieces.line());
}
