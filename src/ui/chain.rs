//! The chain pane: every link of the tool's chain in order, its verdict, and why.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{put, scroll};
use crate::app::model::Traced;
use crate::app::{Model, Pane};
use crate::aws::chain::trace::{Evidence, LinkReport, Verdict};
use crate::aws::secret::masked;

/// Columns of the verdict's word.
const WORD: usize = 10;

/// The pane's name with the question it answers, and whose answer it is.
pub fn title(model: &Model, look: &Look) -> (String, String) {
    let tool = model.tool().map_or("", |tool| tool.name);
    let title = match model.selected_name() {
        Some(name) if model.explicit => format!("2 Chain {} --profile {name}", look.glyphs.rule),
        Some(name) => format!("2 Chain {} AWS_PROFILE={name}", look.glyphs.rule),
        None => "2 Chain".to_owned(),
    };
    (title, tool.to_owned())
}

/// How many links fit: the region's line stands below them.
pub fn room(model: &Model, height: usize) -> usize {
    model.lines(Pane::Chain).min(height.saturating_sub(1))
}

/// Draws what stands inside the frame.
pub fn draw(model: &Model, look: &Look, inside: Rect, buf: &mut Buffer) {
    let (width, height) = (text::columns(inside), usize::from(inside.height));
    let Some(traced) = model.shown_trace() else { return };
    let mut below = below(model, traced, look, width);
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
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let start = Pieces::default()
        .add(cursor, Role::Accent, look)
        .add(format!("{glyph} "), role, look)
        .add(text::left(link.link.label(), label, look), name_role, look)
        .add(" ", Role::Plain, look)
        .add(text::left(link.verdict.word(), WORD, look), role, look)
        .add(" ", Role::Plain, look);
    let rest = width.saturating_sub(start.width());
    let pieces = start.then(rest_of(model, look, link, rest));
    if selected { pieces.selected(width, look) } else { pieces.line() }
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

/// What stands below the links: the region, what the tool would do, warnings, and the link explained.
fn below(model: &Model, traced: &Traced, look: &Look, width: usize) -> Vec<Line<'static>> {
    let mut lines = vec![region(model, traced, look, width)];
    let trace = &traced.trace;
    if let Some(error) = &trace.error {
        lines.extend(note(look.glyphs.expired, Role::Bad, &format!("the tool stops: {error}"), width, look));
    }
    if let Some(link) = trace.would_ask {
        let text = format!("{} was not asked yet: press p", link.label());
        lines.extend(note(look.glyphs.unasked, Role::Soon, &text, width, look));
    }
    for warning in &trace.warnings {
        lines.extend(note(look.glyphs.problem, Role::Soon, &warning.message, width, look));
    }
    lines.extend(explained(model, traced, look, width));
    lines
}

fn region(model: &Model, traced: &Traced, look: &Look, width: usize) -> Line<'static> {
    let start = Pieces::default().add(
        format!("   {} ", text::left("region", label(traced), look)),
        Role::Plain,
        look,
    );
    match &traced.trace.region {
        Some(region) => {
            let value = start.add(text::clean(&region.value, look), Role::Strong, look);
            let from = text::path(std::path::Path::new(&region.from), model.home.as_deref());
            let from = Pieces::of(&from, Role::Quiet, look);
            value.and_right(from, width, look).line()
        }
        None => start.add("none: most tools stop without one", Role::Soon, look).line(),
    }
}

/// A remark with its glyph, as many lines as it needs.
fn note(glyph: &'static str, role: Role, text: &str, width: usize, look: &Look) -> Vec<Line<'static>> {
    let lines = text::wrap(text, width.saturating_sub(4), look).into_iter().enumerate();
    let face = |at| if at == 0 { format!(" {glyph} ") } else { "   ".to_owned() };
    lines
        .map(|(at, line)| Pieces::default().add(face(at), role, look).add(line, Role::Plain, look).line())
        .collect()
}

/// The winner, or the link under the cursor, in full sentences.
fn explained(model: &Model, traced: &Traced, look: &Look, width: usize) -> Vec<Line<'static>> {
    let trace = &traced.trace;
    let chosen = match model.pane {
        Pane::Chain => trace.links.get(model.cursors[Pane::Chain as usize]),
        _ => trace.links.iter().find(|link| Some(link.link) == trace.winner),
    };
    let Some(link) = chosen else { return Vec::new() };
    let mut sentences = vec![link.reason.clone()];
    sentences.extend(link.evidence.as_ref().map(|evidence| format!("see {}", place(model, evidence))));
    sentences.extend(link.hops.iter().map(|hop| match &hop.role_arn {
        Some(role) => format!("{} takes {role} with the keys of {}", hop.profile, hop.source),
        None => format!("{} has keys of its own", hop.profile),
    }));
    if !link.shadows.is_empty() {
        let names: Vec<&str> = link.shadows.iter().map(|link| link.label()).collect();
        sentences.push(format!("shadows {}", names.join(", ")));
    }
    let heading = format!("   {} ", link.link.label());
    let rule = look.glyphs.rule.repeat(width.saturating_sub(text::width(&heading) + 1));
    let heading = Pieces::default().add(heading, Role::Strong, look).add(rule, Role::Quiet, look).line();
    let told = sentences.iter().flat_map(|sentence| note(" ", Role::Plain, sentence, width, look));
    [Line::default(), heading].into_iter().chain(told).collect()
}
