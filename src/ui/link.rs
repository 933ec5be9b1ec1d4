//! The page about one link: what it came to and where to see it, what the tool reads there, what to change to
//! make it win, and who says so.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::chain::{face, place};
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};
use crate::app::model::Traced;
use crate::app::{Model, Pane};
use crate::aws::chain::explain::{Obstacle, obstacle};
use crate::aws::chain::trace::{Link, LinkReport, Verdict};
use crate::aws::secret::masked;

/// Columns of the labels.
const LABEL: usize = 9;

pub fn draw(model: &Model, scrolled: usize, look: &Look, area: Rect, buf: &mut Buffer) {
    let at = model.cursors[Pane::Chain as usize];
    let Some((traced, link)) =
        model.shown_trace().and_then(|traced| Some((traced, traced.trace.links.get(at)?)))
    else {
        return;
    };
    let width = area.width.min(98).saturating_sub(2);
    let lines = lines(model, traced, (at, link), look, usize::from(width.saturating_sub(4)));
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(area.height);
    let title = format!("{} of {}: {}", at + 1, traced.trace.links.len(), link.link.label());
    let inside = frame::popup(&title, (width, height), look, area, buf);
    let room = usize::from(inside.height);
    let top = scrolled.min(lines.len().saturating_sub(room));
    for (row, line) in lines.into_iter().skip(top).take(room).enumerate() {
        put(buf, inside, row, line);
    }
}

fn lines(
    model: &Model,
    traced: &Traced,
    (at, link): (usize, &LinkReport),
    look: &Look,
    width: usize,
) -> Vec<Line<'static>> {
    let rule = link.link.rule();
    let mut lines = vec![Line::default(), verdict(link, look, width)];
    lines.extend(said("", &link.reason, look, width));
    if let Some(key) = &link.access_key_id {
        let until = link.expires_at.map(|end| format!(", until {end}")).unwrap_or_default();
        lines.extend(said("key", &format!("{}{until}", masked(key)), look, width));
    }
    if let Some(evidence) = &link.evidence {
        lines.extend(said("see", &place(model, evidence), look, width));
    }
    for hop in &link.hops {
        let arn = hop.role_arn.as_deref().unwrap_or("its own keys");
        lines.extend(said(
            "role",
            &format!("{}: {arn}, with the keys of {}", hop.profile, hop.source),
            look,
            width,
        ));
    }
    if !link.shadows.is_empty() {
        let names: Vec<&str> = link.shadows.iter().map(|link| link.label()).collect();
        lines.extend(said("shadows", &names.join(", "), look, width));
    }
    lines.push(Line::default());
    lines.extend(said("reads", rule.reads, look, width));
    lines.push(Line::default());
    for (number, step) in steps(model, traced, at, link).into_iter().enumerate() {
        lines.extend(said(if number == 0 { "to win" } else { "" }, &step, look, width));
    }
    lines.push(Line::default());
    lines.extend(said("source", rule.source, look, width));
    lines.push(Line::default());
    lines
}

fn verdict(link: &LinkReport, look: &Look, width: usize) -> Line<'static> {
    let (glyph, role) = face(link.verdict, look);
    let word = text::cut(&format!("{glyph} {}", link.verdict.word()), width.saturating_sub(LABEL + 3), look);
    label("verdict", look).add(word, role, look).line()
}

fn label(label: &str, look: &Look) -> Pieces<'static> {
    Pieces::default().add(format!(" {} ", text::left(label, LABEL, look)), Role::Quiet, look)
}

/// A fact beside its label, as many lines as it needs.
fn said(name: &str, fact: &str, look: &Look, width: usize) -> Vec<Line<'static>> {
    let lines = text::wrap(fact, width.saturating_sub(LABEL + 3), look).into_iter().enumerate();
    lines
        .map(|(at, line)| label(if at == 0 { name } else { "" }, look).add(line, Role::Plain, look).line())
        .collect()
}

/// What to change, first things first.
fn steps(model: &Model, traced: &Traced, at: usize, link: &LinkReport) -> Vec<String> {
    let needs = (link.verdict != Verdict::Shadowed).then(|| link.link.rule().needs.to_owned());
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
    first.into_iter().chain(needs).collect()
}
