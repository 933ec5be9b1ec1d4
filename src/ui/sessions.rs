//! The sessions pane: how long each lives, and what renews it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::profiles::face;
use super::text::{self, Pieces};
use super::words::{self, Band};
use super::{keeping, put, scroll};
use crate::app::{Model, Pane};
use crate::aws::keep::Step;
use crate::aws::overview::SessionRow;

/// Columns of the time that is left.
const LEFT: usize = 9;

/// The pane's name, and how many there are.
pub fn title(model: &Model) -> (String, String) {
    let count = if model.loaded { model.overview.sessions.len().to_string() } else { String::new() };
    ("3 Sessions".to_owned(), count)
}

/// Draws what stands inside the frame.
pub fn draw(model: &Model, look: &Look, inside: Rect, buf: &mut Buffer) {
    let sessions = &model.overview.sessions;
    let (width, height) = (text::columns(inside), usize::from(inside.height));
    if model.loaded && sessions.is_empty() {
        let hint = text::cut(" none yet: r on an IAM user makes one", width, look);
        put(buf, inside, 0, Pieces::default().add(hint, Role::Quiet, look).line());
    }
    let steps = model.steps();
    let abouts: Vec<String> =
        sessions.iter().enumerate().map(|(at, session)| about(model, session, steps.get(at))).collect();
    let longest = abouts.iter().map(|about| text::width(about)).max().unwrap_or(0);
    let cursor = model.cursors[Pane::Sessions as usize];
    let top = scroll(cursor, sessions.len(), height);
    for (row, (at, session)) in sessions.iter().enumerate().skip(top).take(height).enumerate() {
        let selected = at == cursor && model.pane == Pane::Sessions;
        let shown = (session, abouts[at].as_str(), longest);
        put(buf, inside, row, line(model, look, shown, width, selected));
    }
}

fn line(
    model: &Model,
    look: &Look,
    (session, about, widest): (&SessionRow, &str, usize),
    width: usize,
    selected: bool,
) -> Line<'static> {
    let longest = model.overview.sessions.iter().map(|row| text::width(&row.profile)).max().unwrap_or(0);
    let name = longest.min(20).min(width / 3);
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let (band, left) = left(session, model);
    let (glyph, role) = face(band, look);
    let fixed = 3 + name + 2 + LEFT;
    let spare = width.saturating_sub(fixed + 16);
    let words = if spare < 12 { 0 } else { widest.min(spare) + 2 };
    let gauge = width.saturating_sub(fixed + words).min(48);
    let pieces = Pieces::default()
        .add(cursor, Role::Accent, look)
        .add(format!("{glyph} "), role, look)
        .add(text::left(&session.profile, name, look), Role::Plain, look)
        .add("  ", Role::Plain, look)
        .then(self::gauge(session, model, gauge, role, look))
        .add(text::right(&left, LEFT, look), role, look);
    let pieces = match words {
        0 => pieces,
        _ => {
            let calls = model.notify.mark && model.calling.contains(&session.profile);
            let role = if calls { Role::Soon } else { Role::Quiet };
            pieces.add("  ", Role::Plain, look).add(text::left(about, words - 2, look), role, look)
        }
    };
    if selected { pieces.selected(width, look) } else { pieces.line() }
}

/// What happens to it next, and who lives on it.
fn about(model: &Model, session: &SessionRow, step: Option<&Step>) -> String {
    let next = match (model.job_at(session), step) {
        (Some(job), _) => keeping::stage(&job.stage, model.now),
        (None, Some(step)) => keeping::next(step, &session.renewal, model.now, model.read_only),
        (None, None) => String::new(),
    };
    match session.riders.as_slice() {
        [] => next,
        [_] => format!("{next}; carries 1 role"),
        many => format!("{next}; carries {} roles", many.len()),
    }
}

/// The time left in words.
fn left(session: &SessionRow, model: &Model) -> (Band, String) {
    match session.expires_at {
        None => (Band::Unknown, "unknown".to_owned()),
        Some(end) => match words::band(end, model.now) {
            Band::Expired => (Band::Expired, "expired".to_owned()),
            band => (band, words::remaining(end.duration_since(model.now))),
        },
    }
}

/// The part of its life that is left.
fn gauge(session: &SessionRow, model: &Model, width: usize, role: Role, look: &Look) -> Pieces<'static> {
    let whole = session.lifetime.as_secs().max(1);
    let left = session.expires_at.map_or(0, |end| end.duration_since(model.now).as_secs()).clamp(0, whole);
    let share = u128::try_from(left).unwrap_or(0) * width as u128 / u128::try_from(whole).unwrap_or(1);
    let full = usize::try_from(share).unwrap_or(0).max(usize::from(left > 0)).min(width);
    Pieces::default().add(look.glyphs.full.repeat(full), role, look).add(
        look.glyphs.rest.repeat(width - full),
        Role::Quiet,
        look,
    )
}
