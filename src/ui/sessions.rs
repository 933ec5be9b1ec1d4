//! The sessions pane: how long each lives, and what renews it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::{Look, Role};
use super::profiles::face;
use super::text::{self, Pieces};
use super::words::{self, Band};
use super::{header, keeping, put, scroll};
use crate::app::{Model, Pane};
use crate::aws::keep::Step;
use crate::aws::overview::{Renewal, SessionRow};

/// Columns of the time that is left.
const LEFT: usize = 9;
/// The shortest gauge beside words, and beside words that matter more.
const GAUGE: usize = 12;
const STUB: usize = 2;

/// The pane's name, and how many there are.
pub fn title(model: &Model) -> (String, String) {
    let count = if model.loaded { model.overview.sessions.len().to_string() } else { String::new() };
    (header::name(model, Pane::Sessions), count)
}

/// Draws what stands inside the frame.
pub fn draw(model: &Model, look: &Look, inside: Rect, buf: &mut Buffer) {
    let sessions = &model.overview.sessions;
    let (width, height) = (text::columns(inside), usize::from(inside.height));
    if model.loaded && sessions.is_empty() {
        let hint = text::cut(&model.keymap.fill(" none yet: {renew} on an IAM user makes one"), width, look);
        put(buf, inside, 0, Pieces::default().add(hint, Role::Quiet, look).line());
    }
    let steps = model.steps();
    let told: Vec<Told> =
        sessions.iter().enumerate().map(|(at, session)| Told::of(model, session, steps.get(at))).collect();
    let columns = Columns::of(model, &told, width);
    let cursor = model.cursors[Pane::Sessions as usize];
    let top = scroll(cursor, sessions.len(), height);
    let shown = sessions.iter().zip(&told).enumerate().skip(top).take(height).enumerate();
    for (row, (at, (session, told))) in shown {
        let pieces = pieces(model, look, (session, told), &columns, at == cursor);
        let selected = at == cursor && model.pane == Pane::Sessions;
        put(buf, inside, row, if selected { pieces.selected(width, look) } else { pieces.line() });
    }
}

/// What is said of a session.
struct Told {
    /// What happens to it next.
    next: String,
    /// Who lives on it.
    carries: String,
    /// Worth more room than the gauge.
    urgent: bool,
}

impl Told {
    fn of(model: &Model, session: &SessionRow, step: Option<&Step>) -> Self {
        let carries = match session.riders.as_slice() {
            [] => String::new(),
            [_] => "; carries 1 role".to_owned(),
            many => format!("; carries {} roles", many.len()),
        };
        let (next, urgent) = match (model.job_at(session), step) {
            (Some(job), _) => (keeping::stage(&job.stage, model.now), true),
            (None, Some(step)) => {
                let call = model.keymap.fill("press {renew}");
                let told = keeping::Told { now: model.now, read_only: model.read_only, call: &call };
                let next = keeping::next(step, &session.renewal, told);
                (next, step.failed() || model.kept.calling.contains(&session.profile))
            }
            (None, None) => (String::new(), false),
        };
        Self { next, carries, urgent }
    }
}

/// Widths at this size; zero leaves one out.
struct Columns {
    name: usize,
    gauge: usize,
    words: usize,
    /// Who lives on a session has room.
    carries: bool,
}

impl Columns {
    /// The words have what the gauge can spare; where something is the matter it shrinks to a stub.
    fn of(model: &Model, told: &[Told], width: usize) -> Self {
        let longest = model.overview.sessions.iter().map(|row| text::width(&row.profile)).max().unwrap_or(0);
        let name = longest.min(20).min(width / 3);
        let fixed = 3 + name + 2 + LEFT;
        let stub = if told.iter().any(|told| told.urgent) { STUB } else { GAUGE };
        let spare = width.saturating_sub(fixed + stub + 2);
        let widest = |carries: bool| {
            let whole = |told: &Told| text::width(&told.next) + if carries { told.carries.len() } else { 0 };
            told.iter().map(whole).max().unwrap_or(0)
        };
        let carries = widest(true) <= width.saturating_sub(fixed + GAUGE + 2);
        let words = if spare < 10 { 0 } else { widest(carries).min(spare) };
        let aside = if words == 0 { 0 } else { words + 2 };
        Self { name, gauge: width.saturating_sub(fixed + aside).min(48), words, carries }
    }
}

fn pieces(
    model: &Model,
    look: &Look,
    (session, told): (&SessionRow, &Told),
    columns: &Columns,
    chosen: bool,
) -> Pieces<'static> {
    let cursor = if chosen && model.pane == Pane::Sessions { look.glyphs.cursor } else { " " };
    let (band, left) = left(session, model);
    let (glyph, role) = face(band, look);
    let line = Pieces::default()
        .add(cursor, Role::Accent, look)
        .add(format!("{glyph} "), role, look)
        .add(text::left(&session.profile, columns.name, look), Role::Plain, look)
        .add("  ", Role::Plain, look)
        .then(gauge(session, model, columns.gauge, role, look))
        .add(text::right(&left, LEFT, look), role, look);
    if columns.words == 0 {
        return line;
    }
    let words = if columns.carries { [&*told.next, &*told.carries].concat() } else { told.next.clone() };
    let role = if told.urgent { Role::Soon } else { Role::Quiet };
    line.add("  ", Role::Plain, look).add(text::left(&words, columns.words, look), role, look)
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
    let left = session.expires_at.map_or(0, |end| end.duration_since(model.now).as_secs());
    let whole = whole(session, model, left).max(1);
    let left = left.clamp(0, whole);
    let share = u128::try_from(left).unwrap_or(0) * width as u128 / u128::try_from(whole).unwrap_or(1);
    let full = usize::try_from(share).unwrap_or(0).max(usize::from(left > 0)).min(width);
    Pieces::default().add(look.glyphs.full.repeat(full), role, look).add(
        look.glyphs.rest.repeat(width - full),
        Role::Quiet,
        look,
    )
}

/// Its length when it was made, in seconds: what the settings ask for, unless more than that is left.
fn whole(session: &SessionRow, model: &Model, left: i64) -> i64 {
    let asked = model.kept.keeper.rules.duration.as_secs();
    match session.renewal {
        Renewal::Code { .. } if left <= asked => asked.min(session.lifetime.as_secs()),
        _ => session.lifetime.as_secs(),
    }
}
