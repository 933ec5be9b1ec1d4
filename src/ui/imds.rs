//! The page of instance metadata: who answered, the folder, and what was read, beside it or below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::canvas::Canvas;
use super::header::spinner;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put, scroll, told};
use crate::app::Model;
use crate::app::browser::{Browser, Level, Service};
use crate::aws::metadata::ROOT;

/// From so many columns the value stands beside the folder.
const WIDE: u16 = 64;
/// What people look for here in vain.
const POLICY: &str = "what the role may do cannot be read here: its policy is IAM's (iam:GetRolePolicy)";
/// A wait that is shorter does not show.
const PATIENCE: jiff::SignedDuration = jiff::SignedDuration::from_millis(150);

pub fn draw(model: &Model, browser: &Browser, look: &Look, area: Rect, buf: &mut Canvas<'_>) {
    let path = browser.folder().map_or(ROOT, |level| level.path.as_str());
    let title = format!("Instance metadata {} {path}", look.glyphs.rule);
    let inside = frame::popup(&title, (area.width.min(118).saturating_sub(2), area.height), look, area, buf);
    let width = text::columns(inside);
    let facts = facts(model, browser, look, width);
    let facts_rows = facts.len().min(usize::from(inside.height / 3).max(1));
    let [top, body, state] = Layout::vertical([
        Constraint::Length(u16::try_from(facts_rows).unwrap_or(1)),
        Constraint::Min(0),
        Constraint::Length(if inside.height < 10 { 1 } else { 2 }),
    ])
    .areas(inside);
    for (row, line) in facts.into_iter().take(facts_rows).enumerate() {
        put(buf, top, row, line);
    }
    let halves = [Constraint::Percentage(40), Constraint::Percentage(60)];
    let [list, value] = if inside.width >= WIDE {
        Layout::horizontal(halves).spacing(1).areas(body)
    } else {
        Layout::vertical(halves).areas(body)
    };
    if let Some(level) = browser.folder() {
        folder(browser, level, look, list, buf);
    }
    shown(browser, look, value, buf);
    for (row, line) in below(model, browser, look, width).into_iter().enumerate() {
        put(buf, state, row, line);
    }
}

/// Who answered, whose role it is, and what cannot be read.
fn facts(model: &Model, browser: &Browser, look: &Look, width: usize) -> Vec<Line<'static>> {
    let quiet = |text: &str| Pieces::default().add(text::cut(text, width, look), Role::Quiet, look).line();
    let Some(service) = &browser.service else { return vec![quiet(" nothing was answered yet")] };
    let lines = [answered(service), role(model, service), format!(" {POLICY}")];
    lines.iter().map(|line| quiet(line)).chain([Line::default()]).collect()
}

fn answered(service: &Service) -> String {
    let token = match (service.version, service.token_ttl) {
        (1, _) => ", without a token".to_owned(),
        (_, Some(ttl)) => format!(", token good for {ttl} s"),
        _ => String::new(),
    };
    format!(" IMDSv{} answered at {}{token}", service.version, service.endpoint)
}

fn role(model: &Model, service: &Service) -> String {
    match &service.role {
        Some((name, Some(end))) => {
            format!(" role {name}: credentials until {}", told::until(*end, model.now))
        }
        Some((name, None)) => format!(" role {name}: its credentials could not be read"),
        None => " no role is attached to this instance".to_owned(),
    }
}

fn folder(browser: &Browser, level: &Level, look: &Look, area: Rect, buf: &mut Canvas<'_>) {
    let (width, height) = (text::columns(area), usize::from(area.height));
    if level.entries.is_empty() {
        put(buf, area, 0, Line::raw(text::cut(" an empty folder", width, look)));
    }
    let read = browser.shown().is_some();
    let top = scroll(level.cursor, level.entries.len(), height);
    for (row, (at, entry)) in level.entries.iter().enumerate().skip(top).take(height).enumerate() {
        let selected = at == level.cursor;
        let cursor = if selected { look.glyphs.cursor } else { " " };
        let role = if entry.ends_with('/') { Role::Strong } else { Role::Plain };
        let mark = if selected && read { look.glyphs.won } else { " " };
        let pieces = Pieces::default().add(format!("{cursor}{mark} "), Role::Accent, look).add(
            text::cut(entry, width.saturating_sub(3), look),
            role,
            look,
        );
        let line = if selected { pieces.selected(width, look) } else { pieces.line() };
        buf.entry(area, row, (Some(at), line));
    }
}

/// The value under the cursor, its lines broken where they are too long.
fn shown(browser: &Browser, look: &Look, area: Rect, buf: &mut Buffer) {
    let Some(value) = browser.shown() else { return };
    let (width, height) = (text::columns(area), usize::from(area.height));
    let lines: Vec<String> = value.text.lines().flat_map(|line| text::chop(line, width, look)).collect();
    let top = browser.scroll.min(lines.len().saturating_sub(height));
    for (row, line) in lines.into_iter().skip(top).take(height).enumerate() {
        put(buf, area, row, Pieces::default().add(line, Role::Plain, look).line());
    }
}

/// What is being waited for, or what went wrong.
fn below(model: &Model, browser: &Browser, look: &Look, width: usize) -> Vec<Line<'static>> {
    let line = |text: &str, role| Pieces::default().add(text::cut(text, width, look), role, look).line();
    match (&browser.asking, &browser.trouble) {
        (Some(asking), _) if model.now.duration_since(asking.since) >= PATIENCE => {
            let cancels = model.keymap.fill("{imds:close} cancels");
            vec![line(
                &format!(" {} asking for {} ({cancels})", spinner(model, look), asking.path),
                Role::Accent,
            )]
        }
        (None, Some(trouble)) => {
            let first = line(&format!(" {} {}", look.glyphs.expired, trouble.message), Role::Bad);
            let hint = trouble.hint.as_ref().map(|hint| line(&format!("   {hint}"), Role::Plain));
            std::iter::once(first).chain(hint).collect()
        }
        _ => Vec::new(),
    }
}
