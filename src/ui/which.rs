//! Which key comes next: shown when the first chord of a sequence has waited for its second.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};
use crate::app::Model;
use crate::app::keymap;
use crate::app::wake::LINGER;

/// Draws the sequences that are still possible, in the lower right corner.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let Some((first, since)) = model.pending else { return };
    if model.now.duration_since(since) < LINGER {
        return;
    }
    let next: Vec<_> = model.keymap.after(keymap::scope(model), first).collect();
    let widest = next.iter().map(|(_, binding)| text::width(binding.label)).max().unwrap_or(0);
    let size = [widest + 9, next.len() + 2].map(|cells| u16::try_from(cells).unwrap_or(u16::MAX));
    let (width, height) = (size[0].min(area.width), size[1].min(area.height));
    let corner = Rect { x: area.right() - width, y: area.bottom() - height, width, height };
    let inside = frame::popup("and then", (width, height), look, corner, buf);
    for (row, (key, binding)) in next.into_iter().enumerate() {
        let line = Pieces::default().add(format!(" {} ", text::left(key, 2, look)), Role::Accent, look).add(
            text::cut(binding.label, usize::from(inside.width.saturating_sub(4)), look),
            Role::Plain,
            look,
        );
        put(buf, inside, row, line.line());
    }
}
