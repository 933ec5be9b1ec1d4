//! The doctor's page: problems under their files, the chosen one in full, and what mends it.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::{Canvas, Entry};
use super::header::spinner;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};
use crate::app::doctor::is_mode;
use crate::app::{Doctor, Model};
use crate::aws::overview::{Problem, Severity};

/// Columns of a severity with its glyph.
const SEVERITY: usize = 9;
/// Columns of a line number.
const LINE: usize = 5;

pub fn draw(model: &Model, doctor: &Doctor, look: &Look, area: Rect, buf: &mut Canvas<'_>) {
    let width = area.width.min(116).saturating_sub(if area.width < 60 { 0 } else { 2 });
    let columns = usize::from(width.saturating_sub(4));
    let mut lines = list(model, doctor, look, columns);
    let below = match doctor.chosen() {
        None => Vec::new(),
        Some(chosen) if doctor.open => {
            lines = full(model, chosen, look, columns).into_iter().map(|line| (None, line)).collect();
            Vec::new()
        }
        Some(chosen) => aside(model, doctor, chosen, look, columns),
    };
    if lines.is_empty() {
        lines.push((None, Line::raw(text::cut(&nothing(model, doctor, look), columns, look))));
    }
    let height = u16::try_from(lines.len() + below.len() + 2).unwrap_or(u16::MAX).max(8).min(area.height);
    let inside = frame::popup(&title(doctor), (width, height), look, area, buf);
    let height = usize::from(inside.height);
    // Where it is low the list is what counts.
    let below: Vec<Line> = if lines.len().min(3) + below.len() <= height { below } else { Vec::new() };
    let room = height.saturating_sub(below.len());
    let place = Rect { height: u16::try_from(room).unwrap_or(u16::MAX), ..inside };
    buf.list(place, lines, doctor.selected);
    for (row, line) in below.into_iter().enumerate() {
        put(buf, inside, room + row, line);
    }
}

fn nothing(model: &Model, doctor: &Doctor, look: &Look) -> String {
    match doctor.found {
        None => format!(" {} looking at the files", spinner(model, look)),
        Some(_) => format!(" {} nothing is wrong", look.glyphs.won),
    }
}

/// Below the list: the chosen problem in whole sentences, and how many there are.
fn aside(
    model: &Model,
    doctor: &Doctor,
    chosen: &Problem,
    look: &Look,
    columns: usize,
) -> Vec<Line<'static>> {
    let mut message = text::wrap(&chosen.message, columns.saturating_sub(2), look);
    message.resize(message.len().clamp(2, 3), String::new());
    let message = message.into_iter().map(|line| Line::raw(format!(" {line}")));
    let summary = text::cut(&format!(" {}", model.keymap.fill(&summary(doctor))), columns, look);
    let summary = Pieces::default().add(summary, Role::Quiet, look).line();
    std::iter::once(Line::default()).chain(message).chain([Line::default(), summary]).collect()
}

fn title(doctor: &Doctor) -> String {
    doctor.only.as_ref().map_or_else(|| "Doctor".to_owned(), |name| format!("Doctor: {name}"))
}

/// The lines of the list.
fn list(model: &Model, doctor: &Doctor, look: &Look, width: usize) -> Vec<Entry> {
    let problems = doctor.problems();
    let longest = problems.iter().map(|problem| text::width(problem.code)).max().unwrap_or(0);
    let code = if width >= 90 { longest } else { 0 };
    let mut lines = Vec::new();
    let mut under = None;
    for (at, problem) in problems.into_iter().enumerate() {
        if under != Some(&problem.file) {
            under = Some(&problem.file);
            let file = text::cut(&format!(" {}", file(model, problem)), width, look);
            lines.push((None, Pieces::default().add(file, Role::Strong, look).line()));
        }
        lines.push((Some(at), line(problem, at == doctor.selected, code, look, width)));
    }
    lines
}

fn file(model: &Model, problem: &Problem) -> String {
    let home = model.home.as_deref();
    problem.file.as_ref().map_or_else(|| "environment".to_owned(), |file| text::path(file, home))
}

fn line(problem: &Problem, selected: bool, code: usize, look: &Look, width: usize) -> Line<'static> {
    let (glyph, word, role) = severity(problem.severity, look);
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let at = problem.line.map(|line| line.to_string()).unwrap_or_default();
    let fix = if problem.fixable { "fix" } else { "" };
    let start = Pieces::default()
        .add(format!(" {cursor} "), Role::Accent, look)
        .add(text::left(&format!("{glyph} {word}"), SEVERITY, look), role, look)
        .add(format!(" {}  ", text::right(&at, LINE, look)), Role::Quiet, look)
        .add(text::left(fix, 5, look), Role::Good, look);
    let start = match code {
        0 => start,
        _ => start.add(text::left(problem.code, code + 2, look), Role::Quiet, look),
    };
    let room = width.saturating_sub(start.width() + 1);
    let pieces = start.add(text::cut(&problem.message, room, look), Role::Plain, look);
    if selected { pieces.selected(width.saturating_sub(1), look) } else { pieces.line() }
}

const fn severity(severity: Severity, look: &Look) -> (&'static str, &'static str, Role) {
    match severity {
        Severity::Error => (look.glyphs.expired, "error", Role::Bad),
        Severity::Warning => (look.glyphs.problem, "warning", Role::Soon),
        Severity::Info => (look.glyphs.dot, "note", Role::Plain),
    }
}

fn summary(doctor: &Doctor) -> String {
    let problems = doctor.problems();
    let some = |severity, what: &str| match problems.iter().filter(|one| one.severity == severity).count() {
        0 => None,
        1 => Some(format!("1 {what}")),
        count => Some(format!("{count} {what}s")),
    };
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "note")];
    let counts: Vec<String> = counts.into_iter().filter_map(|(level, what)| some(level, what)).collect();
    let fixable = problems.iter().filter(|problem| problem.fixable).count();
    let mends =
        if fixable == 0 { String::new() } else { format!("; {{doctor:fix-all}} mends {fixable} of them") };
    format!("{}{mends}", counts.join(", "))
}

/// One problem with everything that is known of it.
fn full(model: &Model, problem: &Problem, look: &Look, width: usize) -> Vec<Line<'static>> {
    let (glyph, word, role) = severity(problem.severity, look);
    let place = match problem.line {
        Some(line) => format!("{}:{line}", file(model, problem)),
        None => file(model, problem),
    };
    let mut lines = vec![Line::default()];
    lines.extend(said("problem", &format!("{glyph} {word}: {}", problem.code), role, look, width));
    lines.extend(said("where", &place, Role::Plain, look, width));
    if let Some(profile) = &problem.profile {
        lines.extend(said("profile", profile, Role::Plain, look, width));
    }
    lines.push(Line::default());
    lines.extend(said("what", &problem.message, Role::Plain, look, width));
    lines.push(Line::default());
    lines.extend(said("fix", &model.keymap.fill(remedy(problem)), Role::Plain, look, width));
    lines
}

fn remedy(problem: &Problem) -> &'static str {
    match (problem.fixable, is_mode(problem), problem.file.is_some()) {
        (true, true, _) => "{doctor:fix} takes away from others what they may do there, after a question",
        (true, false, _) => {
            "{doctor:fix} mends it in the file and shows the diff first; {undo} takes it back"
        }
        (false, _, true) => "by hand: {doctor:editor} opens the editor at the line",
        (false, _, false) => "by hand, in the shell or the program that sets it",
    }
}

fn said(label: &str, fact: &str, role: Role, look: &Look, width: usize) -> Vec<Line<'static>> {
    let lines = text::wrap(fact, width.saturating_sub(12), look).into_iter().enumerate();
    lines
        .map(|(at, line)| {
            let label = text::left(if at == 0 { label } else { "" }, 9, look);
            Pieces::default().add(format!(" {label} "), Role::Quiet, look).add(line, role, look).line()
        })
        .collect()
}
