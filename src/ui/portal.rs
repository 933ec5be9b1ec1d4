//! The page of Identity Center: roles under their accounts, and what each profile is, or would be, called.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::{Canvas, Entry};
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put, words};
use crate::app::portal::{Offer, Portal};
use crate::app::{Model, Stage};

/// Columns of a role's name.
const ROLE: usize = 32;

/// Draws the page; answers the place of the cursor in its filter.
pub fn draw(model: &Model, page: &Portal, look: &Look, area: Rect, buf: &mut Canvas<'_>) -> (u16, u16) {
    let title = format!("Identity Center {} {}", look.glyphs.rule, page.session);
    let size = (area.width.min(104).saturating_sub(2), area.height.saturating_sub(2));
    let inside = frame::popup(&title, size, look, area, buf);
    let width = usize::from(inside.width);
    let filter = text::cut(&page.filter, width.saturating_sub(10), look);
    let typed = text::width(&filter);
    let prompt = Pieces::default().add(" filter ", Role::Quiet, look).add(filter, Role::Strong, look);
    put(buf, inside, 0, prompt.line());
    let state = state(model, page);
    put(buf, inside, 1, Pieces::default().add(text::cut(&state, width, look), Role::Quiet, look).line());
    let place = Rect { y: inside.y + 3, height: inside.height.saturating_sub(3), ..inside };
    buf.list(place, lines(page, look, width), page.selected);
    let column = inside.x.saturating_add(u16::try_from(8 + typed).unwrap_or(0));
    (column.min(area.right().saturating_sub(1)), inside.y)
}

/// How far the question is, or how much was found. Only the hint is filled: braces in a message are its own.
fn state(model: &Model, page: &Portal) -> String {
    let stage = model.jobs.iter().find(|job| Some(job.id) == page.asking).map(|job| &job.stage);
    let hint = |text| model.keymap.fill(text);
    match (stage, &page.found) {
        (Some(Stage::Counting { done, of }), _) => {
            format!(" roles of {done} of {of} accounts; {}", hint("{portal:close} cancels"))
        }
        (Some(_), _) => hint(" asking for the accounts; {portal:close} cancels"),
        (None, Some(Ok(found))) => {
            let made = found.offers.iter().filter(|offer| offer.is_there).count();
            format!(" {} roles, {made} with a profile", found.offers.len())
        }
        (None, Some(Err(trouble))) => format!(" {}; {}", trouble.message, hint("{portal:accept} signs in")),
        (None, None) => hint(" cancelled; {portal:again} asks again"),
    }
}

/// The tree.
fn lines(page: &Portal, look: &Look, width: usize) -> Vec<Entry> {
    let (mut lines, mut account) = (Vec::new(), None);
    for (at, offer) in page.shown().into_iter().enumerate() {
        let grant = &offer.grant;
        if account != Some(&grant.account) {
            account = Some(&grant.account);
            let head = format!(" {}  {}", grant.account_name, words::account(&grant.account));
            let head = Pieces::default().add(text::cut(&head, width, look), Role::Strong, look);
            lines.push((None, head.line()));
        }
        lines.push((Some(at), line(offer, at == page.selected, look, width)));
    }
    if lines.is_empty() && matches!(page.found, Some(Ok(_))) {
        lines.push((None, Line::raw(" nothing matches")));
    }
    lines
}

fn line(offer: &Offer, selected: bool, look: &Look, width: usize) -> Line<'static> {
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let (glyph, role) =
        if offer.is_there { (look.glyphs.fresh, Role::Good) } else { (look.glyphs.none, Role::Quiet) };
    let room = width.saturating_sub(ROLE + 9);
    let name = if offer.is_there { offer.name.clone() } else { format!("would be {}", offer.name) };
    let pieces = Pieces::default()
        .add(format!("  {cursor} "), Role::Accent, look)
        .add(format!("{glyph} "), role, look)
        .add(text::left(&offer.grant.role, ROLE, look), Role::Plain, look)
        .add(" ", Role::Plain, look)
        .add(text::cut(&name, room, look), if offer.is_there { Role::Plain } else { Role::Quiet }, look);
    if selected { pieces.selected(width, look) } else { pieces.line() }
}
