//! What stands beneath the links of the chain pane: the region, whether the tools agree, who the keys are, how old
//! the answers are, what is odd, and the link under the cursor in sentences.

use ratatui::text::Line;

use super::chain::place;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{told, words};
use crate::app::model::Traced;
use crate::app::{Model, Pane};
use crate::aws::chain::text::hop_chain;
use crate::aws::chain::trace::{LinkReport, Warning};

/// Everything, the most important first; `label` is how wide the links' names are.
pub fn lines(model: &Model, traced: &Traced, label: usize, look: &Look, width: usize) -> Vec<Line<'static>> {
    let trace = &traced.trace;
    let row = Row { label, width, look };
    let mut lines = vec![region(model, traced, &row), agreement(model, &row)];
    lines.extend(trace.identity.as_ref().map(|who| {
        let account = words::account(&who.account);
        row.of(" ", Role::Plain, "who", told::who(&who.arn), Role::Strong, &account)
    }));
    lines.extend(traced.asked_at.map(|then| {
        row.of(
            " ",
            Role::Plain,
            "asked",
            &told::ago(then, model.now),
            Role::Plain,
            &model.keymap.fill("{probe} asks again"),
        )
    }));
    if let Some(error) = &trace.error {
        lines.extend(note(look.glyphs.expired, Role::Bad, &format!("the tool stops: {error}"), width, look));
    }
    if let Some(link) = trace.would_ask {
        let press = model.keymap.fill("press {probe}");
        let text = format!("{} was not asked yet: {press}", link.label());
        lines.extend(note(look.glyphs.unasked, Role::Soon, &text, width, look));
    }
    lines.extend(warned(model, &model.noted(traced), &row));
    lines.extend(explained(model, traced, look, width));
    lines
}

/// A fact in the columns of the links.
struct Row<'a> {
    label: usize,
    width: usize,
    look: &'a Look,
}

impl Row<'_> {
    /// Columns of a fact and what stands beside it.
    const fn room(&self) -> usize {
        self.width.saturating_sub(self.label + 4)
    }

    /// A glyph, a name, a fact, and at the right where it comes from if there is room for all of it.
    fn of(&self, glyph: &str, tint: Role, name: &str, fact: &str, role: Role, aside: &str) -> Line<'static> {
        let Self { label, width, look } = *self;
        let room = self.room();
        let start = Pieces::default()
            .add(format!(" {glyph} "), tint, look)
            .add(text::left(name, label, look), Role::Plain, look)
            .add(" ", Role::Plain, look);
        let aside = Pieces::of(aside, Role::Quiet, look);
        start.add(text::cut(fact, room, look), role, look).and_right(aside, width, look).line()
    }
}

fn region(model: &Model, traced: &Traced, row: &Row<'_>) -> Line<'static> {
    match &traced.trace.region {
        Some(region) => {
            let from = told::region_from(region, model);
            row.of(" ", Role::Plain, "region", &region.value, Role::Strong, &from)
        }
        None => row.of(" ", Role::Plain, "region", "none: most tools stop without one", Role::Soon, ""),
    }
}

/// One line, whatever is known: it comes a moment after the chain, and nothing below it may move.
fn agreement(model: &Model, row: &Row<'_>) -> Line<'static> {
    let glyphs = row.look.glyphs;
    match (model.compared(), model.disagreement()) {
        (_, Some(differ)) => {
            let aside = model.keymap.fill(" {compare} compares");
            let (who, count) = (differ.split(": ").next().unwrap_or(&differ), counted(model.differing()));
            // Why goes first where there is little room, then the key, then who: the page has all of it.
            let told = match row.room() {
                room if text::width(&differ) + text::width(&aside) <= room => &differ,
                room if text::width(who) <= room => who,
                _ => &count,
            };
            row.of(glyphs.problem, Role::Soon, "tools", told, Role::Plain, &aside)
        }
        (Some(compared), None) => {
            let all = format!("all {} agree", compared.0.len());
            row.of(" ", Role::Plain, "tools", &all, Role::Quiet, "")
        }
        (None, None) => row.of(" ", Role::Plain, "tools", glyphs.ellipsis, Role::Quiet, ""),
    }
}

fn counted(tools: usize) -> String {
    if tools == 1 { "1 tool differs".to_owned() } else { format!("{tools} tools differ") }
}

/// How many warnings there are, and the first.
fn warned(model: &Model, warnings: &[&Warning], row: &Row<'_>) -> Vec<Line<'static>> {
    let Some(first) = warnings.first() else { return Vec::new() };
    let (glyph, count) = (row.look.glyphs.problem, warnings.len().to_string());
    let aside = model.keymap.fill("{warnings} what to do");
    let mut lines = vec![row.of(glyph, Role::Soon, "warnings", &count, Role::Soon, &aside)];
    lines.extend(note(" ", Role::Plain, &first.message, row.width, row.look));
    lines
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
    let at = match model.pane {
        Pane::Chain => Some(model.cursors[Pane::Chain as usize]),
        _ => trace.links.iter().position(|link| Some(link.link) == trace.winner.or(trace.would_ask)),
    };
    let Some((at, link)) = at.and_then(|at| Some((at, trace.links.get(at)?))) else { return Vec::new() };
    let heading = format!("   {}: {} ", link.link.label(), link.verdict.word());
    let rule = look.glyphs.rule.repeat(width.saturating_sub(text::width(&heading) + 1));
    let heading = Pieces::default().add(heading, Role::Strong, look).add(rule, Role::Quiet, look).line();
    let sentences = sentences(model, traced, at, link, look);
    let told = sentences.iter().flat_map(|sentence| note(" ", Role::Plain, sentence, width, look));
    [Line::default(), heading].into_iter().chain(told).collect()
}

fn sentences(model: &Model, traced: &Traced, at: usize, link: &LinkReport, look: &Look) -> Vec<String> {
    let mut sentences = vec![link.reason.clone()];
    sentences.extend(told::meaning(model, &traced.trace, at));
    if !link.hops.is_empty() {
        sentences.push(text::arrows(&hop_chain(&link.hops), look));
    }
    sentences.extend(link.expires_at.map(|end| format!("until {}", told::until(end, model.now))));
    sentences.extend(link.evidence.as_ref().map(|evidence| format!("see {}", place(model, evidence))));
    if !link.shadows.is_empty() {
        let names: Vec<&str> = link.shadows.iter().map(|link| link.label()).collect();
        sentences.push(format!("shadows {}", names.join(", ")));
    }
    sentences
}
