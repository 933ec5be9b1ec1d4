//! The dialog of a sign-in: where to go, what to confirm, and a picture for the phone where there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::words::remaining;
use super::{frame, put, qr};
use crate::app::Model;
use crate::app::sign_in::{Invitation, SignIn};

/// Columns of the dialog.
const WIDTH: u16 = 76;
/// From so many columns the code's time stands beside it.
const WIDE: usize = 50;

/// Draws the dialog.
pub fn draw(model: &Model, dialog: &SignIn, look: &Look, area: Rect, buf: &mut Buffer) {
    let width = area.width.min(WIDTH);
    let room = usize::from(width.saturating_sub(6));
    let mut lines = match dialog.invitation(model) {
        None => told("connecting to Identity Center", Role::Plain, room, look),
        Some(invitation) => asked(model, invitation, room, look),
    };
    lines.push(Line::default());
    let waits = model.keymap.fill("waiting for you at the browser; {sign-in:close} cancels");
    let spin = super::header::spinner(model, look);
    lines.push(
        Pieces::default().add(format!("{spin} "), Role::Accent, look).add(waits, Role::Quiet, look).line(),
    );
    let picture = dialog
        .invitation(model)
        .and_then(|invitation| picture(invitation, lines.len(), (width, area.height), look));
    let height = u16::try_from(lines.len() + picture.as_ref().map_or(0, Vec::len) + 2).unwrap_or(u16::MAX);
    let title = format!("Sign in for {}", dialog.profile);
    let inside = frame::popup(&title, (width, height), look, area, buf);
    for (row, line) in lines.into_iter().chain(picture.into_iter().flatten()).enumerate() {
        put(buf, inside, row, line);
    }
}

fn asked(model: &Model, invitation: &Invitation, room: usize, look: &Look) -> Vec<Line<'static>> {
    let Some(code) = &invitation.code else {
        let mut lines =
            told("Your browser was started. If no page opens, open this one:", Role::Plain, room, look);
        lines.push(Line::default());
        lines.extend(address(&invitation.url, room, look));
        return lines;
    };
    let mut lines = told("Open this address in any browser, on any device:", Role::Plain, room, look);
    lines.push(Line::default());
    lines.extend(address(&invitation.url, room, look));
    lines.push(Line::default());
    let left = invitation.expires_at.filter(|_| room >= WIDE).map(|at| at.duration_since(model.now));
    let left = left.map(|left| format!("   good for {}", remaining(left))).unwrap_or_default();
    let pieces = Pieces::default().add("and confirm the code  ", Role::Plain, look).add(
        code.clone(),
        Role::Strong,
        look,
    );
    lines.push(pieces.add(left, Role::Quiet, look).line());
    lines
}

/// An address whole, however narrow it is: who cannot copy it types it.
fn address(url: &str, room: usize, look: &Look) -> Vec<Line<'static>> {
    let letters: Vec<char> = url.chars().collect();
    let lines = letters.chunks(room.max(1)).map(|part| part.iter().collect::<String>());
    lines.map(|line| Pieces::default().add(line, Role::Accent, look).line()).collect()
}

fn told(words: &str, role: Role, room: usize, look: &Look) -> Vec<Line<'static>> {
    let lines = text::wrap(words, room, look);
    lines.into_iter().map(|line| Pieces::default().add(line, role, look).line()).collect()
}

/// The address as a picture, if it fits below the words.
fn picture(
    invitation: &Invitation,
    words: usize,
    (width, height): (u16, u16),
    look: &Look,
) -> Option<Vec<Line<'static>>> {
    invitation.code.as_ref()?;
    let lines = qr::lines(&invitation.url).filter(|_| !look.ascii)?;
    let across = lines.first().map_or(0, |line| text::width(line));
    let fits = lines.len() + words + 3 <= usize::from(height) && across + 4 <= usize::from(width);
    let line = |line: String| Pieces::default().add(line, Role::Plain, look).line();
    fits.then(|| std::iter::once(Line::default()).chain(lines.into_iter().map(line)).collect())
}
