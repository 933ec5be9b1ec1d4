//! The page that compares the tools: who ends with the same keys, and the matrix of links that shows why. Both side by
//! side where they fit, else one of them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::canvas::Canvas;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, matrix, put};
use crate::app::Model;
use crate::app::dialog::Comparison as Page;
use crate::aws::chain::Comparison;
use crate::aws::chain::compare::{self, Group, Outcome};

/// Columns of the list where the matrix stands beside it.
const LIST: u16 = 42;
/// Rows below the list: what the chosen tool does otherwise.
const REASON: u16 = 3;

pub fn draw(model: &Model, page: &Page, look: &Look, area: Rect, buf: &mut Canvas<'_>) {
    let named = if model.explicit { "--profile " } else { "AWS_PROFILE=" };
    let title = format!("Tools {} {named}{}", look.glyphs.rule, model.selected_name().unwrap_or_default());
    let size = (area.width.min(118).saturating_sub(2), area.height);
    let Some(compared) = model.compared() else {
        let inside = frame::popup(&title, (size.0, 3), look, area, buf);
        put(buf, inside, 0, Line::raw(text::cut(" comparing the tools", usize::from(inside.width), look)));
        return;
    };
    let order = compared.order();
    let chosen = order.get(page.selected).copied();
    let rows = u16::try_from(order.len() + compared.groups().len()).unwrap_or(u16::MAX);
    let wanted = rows.max(matrix::rows(compared)).saturating_add(REASON + 2);
    let inside = frame::popup(&title, (size.0, wanted.min(size.1)), look, area, buf);
    let [both, reason] = Layout::vertical([Constraint::Min(0), Constraint::Length(REASON)]).areas(inside);
    let fits = inside.width >= LIST + matrix::WIDTH;
    let [left, right] = Layout::horizontal([Constraint::Length(LIST), Constraint::Min(0)]).areas(both);
    match (fits, page.matrix) {
        (true, _) => {
            list(model, compared, page, look, left, buf);
            matrix::draw(compared, chosen, look, right, buf);
        }
        (false, false) => list(model, compared, page, look, both, buf),
        (false, true) => matrix::draw(compared, chosen, look, both, buf),
    }
    if let Some(chosen) = chosen {
        told(model, compared, chosen, look, reason, buf);
    }
}

/// The tools under what they end with.
fn list(model: &Model, compared: &Comparison, page: &Page, look: &Look, area: Rect, buf: &mut Canvas<'_>) {
    let width = text::columns(area);
    let (mut lines, mut at) = (Vec::new(), 0);
    for group in compared.groups() {
        lines.push((None, heading(compared, &group, look, width)));
        for tool in group.tools {
            lines.push((Some(at), row(model, compared, tool, at == page.selected, look, width)));
            at += 1;
        }
    }
    buf.list(area, lines, page.selected);
}

fn heading(compared: &Comparison, group: &Group, look: &Look, width: usize) -> Line<'static> {
    let (glyph, role) = match group.outcome {
        Outcome::Keys(_) => (look.glyphs.won, Role::Good),
        Outcome::Asks(_) => (look.glyphs.unasked, Role::Quiet),
        Outcome::Nothing => (look.glyphs.expired, Role::Bad),
    };
    let word = if matches!(group.outcome, Outcome::Keys(_)) { "WON " } else { "" };
    let first = group.tools.first().and_then(|at| compared.0.get(*at));
    let ends = format!("{word}{}", first.map(compare::ends).unwrap_or_default());
    let count = format!(" {}", group.tools.len());
    let room = width.saturating_sub(3 + text::width(&count));
    Pieces::default()
        .add(format!(" {glyph} "), role, look)
        .add(text::cut(&ends, room, look), Role::Strong, look)
        .and_right(Pieces::of(&count, Role::Quiet, look), width, look)
        .line()
}

fn row(
    model: &Model,
    compared: &Comparison,
    at: usize,
    selected: bool,
    look: &Look,
    width: usize,
) -> Line<'static> {
    let Some(trace) = compared.0.get(at) else { return Line::default() };
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let shown = model.tool().is_some_and(|tool| tool.id == trace.tool);
    let mark = if shown { look.glyphs.default } else { " " };
    let region = trace.region.as_ref().map_or("no region", |region| &region.value);
    let region = if region.is_empty() { "empty region" } else { region };
    let name = text::left(&compare::short(trace.tool), compare::longest(), look);
    let start = Pieces::default()
        .add(format!(" {cursor}{mark}{:>3} ", at + 1), Role::Accent, look)
        .add(name, Role::Plain, look)
        .add(" ", Role::Plain, look);
    let room = width.saturating_sub(start.width());
    let pieces = start.add(text::cut(region, room, look), Role::Quiet, look);
    if selected { pieces.selected(width, look) } else { pieces.line() }
}

/// What the chosen tool does otherwise than the one whose chain is shown.
fn told(model: &Model, compared: &Comparison, at: usize, look: &Look, area: Rect, buf: &mut Buffer) {
    let (Some(other), Some(tool)) = (compared.0.get(at), model.tool()) else { return };
    let Some(mine) = compared.trace(tool.id) else { return };
    let (own, name) = (compare::short(mine.tool), compare::short(other.tool));
    let sentence = if mine.tool == other.tool {
        other
            .error
            .as_ref()
            .map_or_else(|| format!("{own} is the one shown"), |error| format!("{own}: {error}"))
    } else if Outcome::of(mine) == Outcome::of(other) {
        format!("{name} ends as {own} does")
    } else {
        format!("{name} differs from {own}: {}", compare::why(mine, other))
    };
    let width = text::columns(area);
    let lines = text::wrap(&sentence, width.saturating_sub(1), look);
    for (row, line) in lines.into_iter().take(usize::from(REASON) - 1).enumerate() {
        put(buf, area, row + 1, Pieces::default().add(format!(" {line}"), Role::Plain, look).line());
    }
}
