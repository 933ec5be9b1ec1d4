//! The next twelve hours of every session: when each ends, and from when on it is about to.

use jiff::{SignedDuration, Timestamp};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::profiles::face;
use super::text::{self, Pieces};
use super::words::{self, Band};
use super::{frame, put};
use crate::app::Model;
use crate::aws::overview::SessionRow;

/// What the axis covers, in hours.
const HOURS: usize = 12;
/// Columns of what stands right of the axis.
const ASIDE: usize = 16;

pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let sessions = &model.overview.sessions;
    let rows = u16::try_from(sessions.len()).unwrap_or(u16::MAX).saturating_add(5);
    let inside =
        frame::popup("The next 12 hours", (area.width.min(100), rows.min(area.height)), look, area, buf);
    let width = text::columns(inside);
    let longest = sessions.iter().map(|session| text::width(&session.profile)).max().unwrap_or(0);
    let name = longest.min(24).min(width / 3);
    let axis = width.saturating_sub(name + 4 + ASIDE);
    if sessions.is_empty() {
        let told = model.keymap.fill(" no session yet: {renew} on an IAM user makes one");
        put(buf, inside, 1, Line::raw(text::cut(&told, width, look)));
        return;
    }
    put(buf, inside, 0, hours(model.now, name + 4, axis, look));
    let room = usize::from(inside.height.saturating_sub(2));
    for (row, session) in sessions.iter().take(room).enumerate() {
        put(buf, inside, row + 1, line(model, session, name, axis, look));
    }
    let legend =
        format!(" {} alive   {} its last 15 minutes   times are UTC", look.glyphs.full, look.glyphs.late);
    let legend = text::cut(&legend, width, look);
    put(buf, inside, room.min(sessions.len()) + 2, Pieces::default().add(legend, Role::Quiet, look).line());
}

/// Marks every three hours, each with its time of day.
fn hours(now: Timestamp, indent: usize, axis: usize, look: &Look) -> Line<'static> {
    let mut text = " ".repeat(indent);
    for hour in (0..HOURS).step_by(3) {
        let at = indent + axis * hour / HOURS;
        let moment = now + SignedDuration::from_secs(3600 * i64::try_from(hour).unwrap_or(0));
        let mark = if hour == 0 { "now".to_owned() } else { moment.strftime("%H:%M").to_string() };
        if text.len() <= at {
            text.push_str(&" ".repeat(at - text.len()));
            text.push_str(&mark);
        }
    }
    Pieces::default().add(text::cut(&text, indent + axis, look), Role::Quiet, look).line()
}

fn line(model: &Model, session: &SessionRow, name: usize, axis: usize, look: &Look) -> Line<'static> {
    let band = session.expires_at.map_or(Band::Unknown, |end| words::band(end, model.now));
    let (glyph, role) = face(band, look);
    let left = session.expires_at.map_or(0, |end| end.duration_since(model.now).as_secs());
    let cells = |seconds: i64| {
        let whole = HOURS * 3600;
        let seconds = usize::try_from(seconds).unwrap_or(0).min(whole);
        (seconds * axis).div_ceil(whole)
    };
    let (alive, whole) = (cells(left - 15 * 60).min(axis), cells(left).min(axis));
    let beyond = left > i64::try_from(HOURS * 3600).unwrap_or(0);
    Pieces::default()
        .add(format!(" {glyph} "), role, look)
        .add(text::left(&session.profile, name, look), Role::Plain, look)
        .add(" ", Role::Plain, look)
        .add(look.glyphs.full.repeat(alive), Role::Good, look)
        .add(look.glyphs.late.repeat(whole - alive), Role::Soon, look)
        .add(look.glyphs.rest.repeat(axis - whole), Role::Quiet, look)
        .add(if beyond { look.glyphs.cursor } else { " " }, Role::Good, look)
        .add(text::left(&end(session, band), ASIDE - 1, look), role, look)
        .line()
}

fn end(session: &SessionRow, band: Band) -> String {
    match (session.expires_at, band) {
        (_, Band::Expired) => " expired".to_owned(),
        (Some(end), _) => end.strftime(" ends %H:%M").to_string(),
        (None, _) => " unknown".to_owned(),
    }
}
