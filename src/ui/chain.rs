//! The chain pane: every link of the tool's chain in order, its verdict, and why.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{header, put, scroll};
use crate::app::model::Traced;
use crate::app::{Model, Pane};
use crate::aws::chain::trace::{Evidence, LinkReport, Verdict};
use crate::aws::secret::masked;

/// Columns of the verdicts' words, where they have a column of their own.
const WORD: usize = 10;
/// What a reason is left beside that column.
const REASON: usize = 40;

/// The pane's name with the question it answers, and whose answer it is.
pub fn title(model: &Model, look: &Look) -> (String, String) {
    let tool = model.tool().map_or("", |tool| tool.name);
    let (chain, rule) = (header::name(model, Pane::Chain), look.glyphs.rule);
    let title = match model.selected_name() {
        Some(name) if model.explicit => format!("{chain} {rule} --profile {name}"),
        Some(name) => format!("{chain} {rule} AWS_PROFILE={name}"),
        None => chain,
    };
    (title, tool.to_owned())
}

/// How many links fit: below them stand the region, and where there is room for both whether the tools agree.
pub fn room(model: &Model, height: usize) -> usize {
    let kept = if height >= 6 { 2 } else { 1 };
    model.lines(Pane::Chain).min(height.saturating_sub(kept))
}

/// Draws what stands inside the frame.
pub fn draw(model: &Model, look: &Look, inside: Rect, buf: &mut Buffer) {
    let (width, height) = (text::columns(inside), usize::from(inside.height));
    let Some(traced) = model.shown_trace() else { return };
    let mut below = super::beneath::lines(model, traced, label(traced), look, width);
    let cursor = model.cursors[Pane::Chain as usize];
    let links = &traced.trace.links;
    // The links come first; what stands below them takes what is left.
    if height > links.len() + 2 {
        below.insert(0, Line::default());
    }
    let room = room(model, height);
    let top = scroll(cursor, links.len(), room);
    for (row, (at, link)) in links.iter().enumerate().skip(top).take(room).enumerate() {
        let selected = at == cursor && model.pane == Pane::Chain;
        put(buf, inside, row, line(model, look, traced, link, width, selected));
    }
    for (at, line) in below.into_iter().enumerate().take(height - room) {
        put(buf, inside, room + at, line);
    }
}

fn line(
    model: &Model,
    look: &Look,
    traced: &Traced,
    link: &LinkReport,
    width: usize,
    selected: bool,
) -> Line<'static> {
    let (glyph, role) = face(link.verdict, look);
    let name_role = if link.verdict == Verdict::Won { Role::Strong } else { Role::Plain };
    let label = label(traced);
    let room = width.saturating_sub(label + 4);
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let start = Pieces::default()
        .add(cursor, Role::Accent, look)
        .add(format!("{glyph} "), role, look)
        .add(text::left(link.link.label(), label, look), name_role, look)
        .add(" ", Role::Plain, look)
        .add(word(link.verdict, room, look), role, look);
    let rest = width.saturating_sub(start.width());
    let pieces = start.then(rest_of(model, look, link, rest));
    if selected { pieces.selected(width, look) } else { pieces.line() }
}

/// The verdict before its reason, together `room` columns. Where that is little, the reason of what is absent stands
/// alone: it says so by itself.
fn word(verdict: Verdict, room: usize, look: &Look) -> String {
    match verdict {
        _ if room > WORD + REASON => text::left(verdict.word(), WORD, look) + " ",
        Verdict::Absent => String::new(),
        other => format!("{}  ", other.word()),
    }
}

/// Columns of the links' names.
fn label(traced: &Traced) -> usize {
    traced.trace.links.iter().map(|link| text::width(link.link.label())).max().unwrap_or(0)
}

/// A key with where it stands, whose directories give way where there is little room; or the reason, and where
/// to see it if that fits beside it.
fn rest_of(model: &Model, look: &Look, link: &LinkReport, width: usize) -> Pieces<'static> {
    let key = link.access_key_id.as_deref().map(masked);
    let (said, role) = match &key {
        Some(key) => (text::cut(key, width, look), Role::Plain),
        None => (text::cut(&link.reason, width, look), Role::Quiet),
    };
    let room = width.saturating_sub(text::width(&said) + 2);
    let evidence = link.evidence.as_ref().map(|evidence| place(model, evidence)).unwrap_or_default();
    let keeps = key.is_some() || text::width(&evidence) <= room;
    let evidence = if keeps { text::place(&evidence, room, look) } else { String::new() };
    let start = Pieces::default().add(said, role, look);
    start.and_right(Pieces::default().add(evidence, Role::Quiet, look), width, look)
}

/// Evidence as people write it.
pub fn place(model: &Model, evidence: &Evidence) -> String {
    let home = model.home.as_deref();
    match evidence {
        Evidence::Place { file, line } => format!("{}:{line}", text::path(file, home)),
        Evidence::Variable { variable } => variable.clone(),
        Evidence::Url { url } => url.clone(),
        Evidence::Cache { file } => text::path(file, home),
    }
}

pub const fn face(verdict: Verdict, look: &Look) -> (&'static str, Role) {
    match verdict {
        Verdict::Won => (look.glyphs.won, Role::Good),
        Verdict::Shadowed => (look.glyphs.shadowed, Role::Soon),
        Verdict::Absent => (look.glyphs.absent, Role::Quiet),
        Verdict::Incomplete => (look.glyphs.problem, Role::Bad),
        Verdict::Expired | Verdict::Failed => (look.glyphs.expired, Role::Bad),
        Verdict::NotAsked => (look.glyphs.unasked, Role::Quiet),
    }
}
