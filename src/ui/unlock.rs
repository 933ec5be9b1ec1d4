//! The dialog for the passphrase of the sealed seeds.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};
use crate::app::Model;
use crate::app::unlock::Unlock;

/// Columns from the left edge of the inside to what is typed.
const INDENT: u16 = 2;

/// Draws the dialog; answers the place of the next character.
pub fn draw(model: &Model, dialog: &Unlock, look: &Look, area: Rect, buf: &mut Buffer) -> (u16, u16) {
    let width = area.width.min(58);
    let inside = frame::popup(&format!("Passphrase for {}", dialog.profile), (width, 7), look, area, buf);
    let room = usize::from(inside.width.saturating_sub(INDENT + 2));
    let dots = look.glyphs.hidden.repeat(dialog.typed.len().min(room));
    put(buf, inside, 1, Pieces::default().add(format!("  {dots}"), Role::Accent, look).line());
    let (glyph, role, words) = said(model, dialog, look);
    for (at, line) in text::wrap(&words, room, look).into_iter().enumerate() {
        let face = if at == 0 { format!(" {glyph} ") } else { "   ".to_owned() };
        put(buf, inside, 3 + at, Pieces::default().add(face, role, look).add(line, Role::Plain, look).line());
    }
    let typed = u16::try_from(dialog.typed.len().min(room)).unwrap_or(0);
    (inside.x.saturating_add(INDENT + typed).min(area.right().saturating_sub(1)), inside.y.saturating_add(1))
}

fn said(model: &Model, dialog: &Unlock, look: &Look) -> (&'static str, Role, String) {
    if dialog.job.is_some() {
        return (
            super::header::spinner(model, look),
            Role::Accent,
            model.keymap.fill("opening the seeds; {passphrase:close} cancels"),
        );
    }
    if dialog.wrong {
        let words = "the seeds were not sealed with this passphrase";
        return (look.glyphs.expired, Role::Bad, words.to_owned());
    }
    let words = "the seed of this device is in the sealed file: its passphrase is asked for once per run";
    (" ", Role::Quiet, words.to_owned())
}
