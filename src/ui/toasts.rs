//! What was just said, above the footer; and the demo's authenticator.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{put, words};
use crate::app::{Keymap, Level, Model, Said};

pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let shown = model.toasts.len().saturating_sub(usize::from(area.height));
    for (row, toast) in model.toasts.iter().skip(shown).enumerate() {
        put(buf, area, row, said(&toast.said, &model.keymap, look, usize::from(area.width)).line());
    }
}

/// Columns between a message and its hint.
const GAP: usize = 3;
/// What is left of a hint that is cut, so that what happened stands whole.
const CUT: usize = 16;
/// What is left of a message beside a whole hint.
const SHORT: usize = 20;

/// One message as a line: a glyph, what happened, what to do. Words name keys by what they do: `{undo}`.
pub fn said(said: &Said, keymap: &Keymap, look: &Look, width: usize) -> Pieces<'static> {
    let (glyph, role) = match said.level() {
        Level::Info => (look.glyphs.dot, Role::Plain),
        Level::Done => (look.glyphs.won, Role::Good),
        Level::Call => (look.glyphs.problem, Role::Soon),
        Level::Error => (look.glyphs.expired, Role::Bad),
    };
    let (message, hint) = words::said(said);
    let message = if matches!(said, Said::Disabled(_)) { keymap.fill(&message) } else { message };
    let hint = hint.map(|hint| text::clean(&keymap.fill(&hint), look)).unwrap_or_default();
    let room = width.saturating_sub(4);
    let (wanted, aside) = (text::width(&text::clean(&message, look)), text::width(&hint));
    let (first, second) = match aside {
        0 => (room, 0),
        _ if wanted + GAP + CUT.min(aside) <= room => (wanted, room - wanted - GAP),
        _ if room >= aside + GAP + SHORT => (room - aside - GAP, aside),
        _ => (room, 0),
    };
    let message = text::cut(&message, first, look);
    let line = Pieces::default().add(format!(" {glyph} "), role, look).add(message, Role::Plain, look);
    if second == 0 {
        return line;
    }
    line.add(" ".repeat(GAP), Role::Plain, look).add(text::cut(&hint, second, look), Role::Accent, look)
}

/// The code a visitor of the demo types, clearly not a feature of the real thing.
pub fn authenticator(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let Some(shown) = &model.authenticator else { return };
    let (first, second) = shown.digits.split_at_checked(3).unwrap_or((&shown.digits, ""));
    let width = usize::from(area.width);
    let good = if shown.used { "used, next in" } else { "good for" };
    let good = Pieces::of(&format!("{good} {:>2} s", shown.seconds_left), Role::Plain, look);
    let aside = Pieces::of("it stands for the phone in your hand", Role::Quiet, look);
    let line = Pieces::default()
        .add(" ", Role::Plain, look)
        .add(" demo authenticator ", Role::Selected, look)
        .add(format!("  {first} {second}"), Role::Strong, look)
        .add_if_it_fits(3, good, width, look)
        .add_if_it_fits(3, aside, width, look);
    put(buf, area, 0, line.line());
}
