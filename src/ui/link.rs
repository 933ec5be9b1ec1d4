//! The page about one link: what it came to and where to see it, what the tool reads there, what to change to
//! make it win, and who says so.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::chain::{face, place};
use super::facts::{self, LABEL, label, said};
use super::look::Look;
use super::{text, told};
use crate::app::model::Traced;
use crate::app::{Model, Pane};
use crate::aws::chain::explain::{Obstacle, obstacle};
use crate::aws::chain::text::hop_chain;
use crate::aws::chain::tool;
use crate::aws::chain::trace::{Link, LinkReport, Verdict};
use crate::aws::secret::masked;

pub fn draw(model: &Model, scrolled: usize, look: &Look, area: Rect, buf: &mut Buffer) {
    let at = model.cursors[Pane::Chain as usize];
    let Some((traced, link)) =
        model.shown_trace().and_then(|traced| Some((traced, traced.trace.links.get(at)?)))
    else {
        return;
    };
    let title = format!("{} of {}: {}", at + 1, traced.trace.links.len(), link.link.label());
    let lines = lines(model, traced, (at, link), look, facts::width(area));
    facts::page(&title, lines, scrolled, look, area, buf);
}

fn lines(
    model: &Model,
    traced: &Traced,
    (at, link): (usize, &LinkReport),
    look: &Look,
    width: usize,
) -> Vec<Line<'static>> {
    let rule = link.link.rule();
    let mut lines = found(model, traced, (at, link), look, width);
    lines.push(Line::default());
    lines.extend(said("reads", rule.reads, look, width));
    lines.push(Line::default());
    for (number, step) in steps(model, traced, at, link).into_iter().enumerate() {
        lines.extend(said(if number == 0 { "to win" } else { "" }, &step, look, width));
    }
    lines.push(Line::default());
    if text::width(rule.source) + LABEL + 3 <= width {
        lines.extend(said("source", rule.source, look, width));
    } else {
        lines.push(label("source", look).line());
        lines.push(Line::raw(text::cut(&format!(" {}", rule.source), width, look)));
    }
    lines.push(Line::default());
    lines
}

/// What it came to, and where to see it.
fn found(
    model: &Model,
    traced: &Traced,
    (at, link): (usize, &LinkReport),
    look: &Look,
    width: usize,
) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default(), verdict(link, look, width)];
    lines.extend(said("", &link.reason, look, width));
    if let Some(meaning) = told::meaning(model, &traced.trace, at) {
        lines.extend(said("if asked", &meaning, look, width));
    }
    if let Some(key) = &link.access_key_id {
        lines.extend(said("key", &masked(key), look, width));
    }
    if let Some(end) = link.expires_at {
        lines.extend(said("until", &told::until(end, model.now), look, width));
    }
    if let Some(evidence) = &link.evidence {
        lines.extend(said("see", &place(model, evidence), look, width));
    }
    lines.extend(hops(link, look, width));
    if !link.shadows.is_empty() {
        let names: Vec<&str> = link.shadows.iter().map(|link| link.label()).collect();
        lines.extend(said("shadows", &names.join(", "), look, width));
    }
    lines
}

/// The role chain on one line, then each role of it.
fn hops(link: &LinkReport, look: &Look, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if !link.hops.is_empty() {
        lines.extend(said("roles", &text::arrows(&hop_chain(&link.hops), look), look, width));
    }
    for hop in &link.hops {
        lines.extend(said("", &told::hop(hop), look, width));
    }
    lines
}

fn verdict(link: &LinkReport, look: &Look, width: usize) -> Line<'static> {
    let (glyph, role) = face(link.verdict, look);
    let word = text::cut(&format!("{glyph} {}", link.verdict.word()), width.saturating_sub(LABEL + 3), look);
    label("verdict", look).add(word, role, look).line()
}

/// What to change, first things first.
fn steps(model: &Model, traced: &Traced, at: usize, link: &LinkReport) -> Vec<String> {
    let lacks = link.verdict != Verdict::Shadowed;
    let needs = lacks.then(|| link.link.rule().needs.to_owned());
    let remark = tool(traced.trace.tool).filter(|_| lacks).and_then(|tool| {
        let of_link = |(about, _): &&(Link, &str)| *about == link.link;
        tool.remarks.iter().find(of_link).map(|(_, remark)| (*remark).to_owned())
    });
    let above = |link: Link| {
        let report = traced.trace.links.iter().find(|report| report.link == link);
        let evidence = report.and_then(|report| report.evidence.as_ref());
        evidence.map(|evidence| format!(" ({})", place(model, evidence))).unwrap_or_default()
    };
    let first = match obstacle(&traced.trace, at) {
        Obstacle::None => return vec!["it wins already".to_owned()],
        Obstacle::Itself => None,
        Obstacle::Behind(first) => Some(format!(
            "take the credentials away that come first, those of the {}{}",
            first.label(),
            above(first)
        )),
        Obstacle::Stopped(first) => Some(format!(
            "repair or remove what stops the tool before it, the {}{}",
            first.label(),
            above(first)
        )),
    };
    first.into_iter().chain(needs).chain(remark).collect()
}
