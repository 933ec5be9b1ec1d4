//! The matrix of links and tools: one row a link that means something to any of them, one column a tool.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::chain::face;
use super::look::{Look, Role};
use super::put;
use super::text::{self, Pieces};
use crate::aws::chain::Comparison;
use crate::aws::chain::compare;
use crate::aws::chain::trace::{Link, Verdict};

/// Columns of the links' names.
const LABEL: usize = 20;
/// Columns it needs to be easy to read.
pub const WIDTH: u16 = 56;
/// Rows above and below the links: the tools' numbers, and the legend.
const AROUND: usize = 5;

/// Rows it takes with everything in it.
pub fn rows(compared: &Comparison) -> u16 {
    u16::try_from(telling(compared).len() + AROUND).unwrap_or(u16::MAX)
}

/// The links that are something else than absent to at least one tool.
fn telling(compared: &Comparison) -> Vec<Link> {
    let speaks = |verdict: Option<Verdict>| verdict.is_some_and(|verdict| verdict != Verdict::Absent);
    let mut links = compared.links();
    links.retain(|link| compared.0.iter().any(|trace| speaks(compare::verdict(trace, *link))));
    links
}

/// Draws it; `chosen` is the tool whose column is marked.
pub fn draw(compared: &Comparison, chosen: Option<usize>, look: &Look, area: Rect, buf: &mut Buffer) {
    let (width, tools) = (text::columns(area), compared.0.len().max(1));
    let cell = (width.saturating_sub(LABEL) / tools).clamp(1, 3);
    let label = LABEL.min(width.saturating_sub(tools * cell));
    let digit = |power: usize| {
        move |at: usize| match (at + 1) / power {
            0 => " ".to_owned(),
            number => (number % 10).to_string(),
        }
    };
    let marked = |at: usize| if chosen == Some(at) { Role::Selected } else { Role::Quiet };
    let numbers = |power: usize| row("", label, cell, tools, look, |at| (digit(power)(at), marked(at)));
    let mut lines = vec![numbers(10), numbers(1)];
    for link in &telling(compared) {
        lines.push(row(link.label(), label, cell, tools, look, |at| {
            let verdict = compared.0.get(at).and_then(|trace| compare::verdict(trace, *link));
            let (glyph, role) = verdict.map_or((" ", Role::Plain), |verdict| face(verdict, look));
            (glyph.to_owned(), if chosen == Some(at) { Role::Selected } else { role })
        }));
    }
    lines.extend(legend(look, width));
    for (row, line) in lines.into_iter().enumerate() {
        put(buf, area, row, line);
    }
}

fn row(
    name: &str,
    label: usize,
    cell: usize,
    tools: usize,
    look: &Look,
    face: impl Fn(usize) -> (String, Role),
) -> Line<'static> {
    let start = Pieces::default().add(text::left(name, label, look), Role::Plain, look);
    let cells = (0..tools).fold(start, |line, at| {
        let (glyph, role) = face(at);
        line.add(" ".repeat(cell - 1), Role::Plain, look).add(glyph, role, look)
    });
    cells.line()
}

/// What the glyphs mean.
fn legend(look: &Look, width: usize) -> Vec<Line<'static>> {
    let verdicts = [
        Verdict::Won,
        Verdict::Shadowed,
        Verdict::Absent,
        Verdict::Incomplete,
        Verdict::Failed,
        Verdict::NotAsked,
    ];
    let words: Vec<String> = verdicts
        .iter()
        .map(|verdict| match verdict {
            Verdict::Failed => format!("{} failed, expired", face(*verdict, look).0),
            verdict => format!("{} {}", face(*verdict, look).0, verdict.word()),
        })
        .collect();
    let lines = text::fill(&words, "  ", width).into_iter();
    let lines = lines.map(|line| Pieces::default().add(line, Role::Quiet, look).line());
    std::iter::once(Line::default()).chain(lines).collect()
}
