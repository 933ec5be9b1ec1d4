//! The page of warnings about the chain: each with its code, what it says, and what to do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::facts::{self, said};
use super::look::{Look, Role};
use super::text::{self, Pieces};
use crate::app::Model;
use crate::aws::chain::advice;
use crate::aws::chain::trace::Warning;

pub fn draw(model: &Model, scrolled: usize, look: &Look, area: Rect, buf: &mut Buffer) {
    let (warnings, width) = (model.warnings(), facts::width(area));
    let tool = model.tool().map_or("", |tool| tool.name);
    let title = match warnings.len() {
        0 => "Warnings: none".to_owned(),
        count => format!("Warnings: {count} about {} in {tool}", model.selected_name().unwrap_or_default()),
    };
    let mut lines: Vec<Line> =
        warnings.iter().flat_map(|warning| told(model, warning, look, width)).collect();
    if lines.is_empty() {
        lines.push(Line::raw(text::cut(" nothing about this chain is odd", width, look)));
    }
    facts::page(&title, lines, scrolled, look, area, buf);
}

fn told(model: &Model, warning: &Warning, look: &Look, width: usize) -> Vec<Line<'static>> {
    let code = text::cut(warning.code, width.saturating_sub(4), look);
    let heading = Pieces::default().add(format!(" {} ", look.glyphs.problem), Role::Soon, look).add(
        code,
        Role::Strong,
        look,
    );
    let mut lines = vec![Line::default(), heading.line()];
    lines.extend(said("", &warning.message, look, width));
    lines.extend(said("to do", &model.keymap.fill(advice(warning.code)), look, width));
    lines
}
