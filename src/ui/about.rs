//! The about page: the version, the folders and files, what is known of the terminal, and the licences.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};
use crate::app::Model;
use crate::app::about::{LICENCE, VERSION};

/// Columns of the names.
const NAME: usize = 12;

/// Others' work that is in the program, by licence; `Cargo.lock` names every crate.
const OTHERS: &str = "built on ratatui, crossterm, tokio, rustls, toml_edit and others under MIT, Apache-2.0, BSD, ISC, Unicode-3.0; nucleo-matcher under MPL-2.0";

pub fn draw(model: &Model, scrolled: usize, look: &Look, area: Rect, buf: &mut Buffer) {
    let width = area.width.min(84).saturating_sub(if area.width < 60 { 0 } else { 2 });
    let columns = usize::from(width.saturating_sub(4));
    let lines = lines(model, look, columns);
    let rows = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let inside = frame::popup("About", (width, rows), look, area, buf);
    let top = scrolled.min(lines.len().saturating_sub(usize::from(inside.height)));
    for (row, line) in lines.into_iter().skip(top).enumerate() {
        put(buf, inside, row, line);
    }
}

fn lines(model: &Model, look: &Look, columns: usize) -> Vec<Line<'static>> {
    let home = model.home.as_deref();
    let row = |name: &str, value: &str| row(name, value, look, columns);
    let mut lines = row("awsprof", VERSION);
    lines.extend(row("licence", LICENCE));
    lines.extend(row("others", OTHERS));
    lines.push(Line::default());
    for (path, there) in &model.overview.files {
        let state = if *there { "" } else { " (not there)" };
        lines.extend(row("reads", &format!("{}{state}", text::path(path, home))));
    }
    for (name, path) in &model.about.folders {
        lines.extend(row(name, &text::path(path, home)));
    }
    lines.push(Line::default());
    let (wide, high) = model.size;
    lines.extend(row("size", &format!("{wide}x{high}")));
    let colour = match (look.color, look.palette) {
        (false, _) => "none",
        (true, None) => "the terminal's own sixteen",
        (true, Some(_)) => "a theme's, 24-bit",
    };
    lines.extend(row("colours", colour));
    lines.extend(row("glyphs", if look.ascii { "ASCII" } else { "Unicode" }));
    lines.extend(row("mouse", if model.mouse { "awsprof's; Shift selects text" } else { "the terminal's" }));
    for (name, value) in &model.about.terminal {
        lines.extend(row(name, value));
    }
    lines
}

fn row(name: &str, value: &str, look: &Look, columns: usize) -> Vec<Line<'static>> {
    let wrapped = text::wrap(value, columns.saturating_sub(NAME + 2), look).into_iter().enumerate();
    wrapped
        .map(|(at, line)| {
            let name = text::left(if at == 0 { name } else { "" }, NAME, look);
            Pieces::default().add(format!(" {name} "), Role::Quiet, look).add(line, Role::Plain, look).line()
        })
        .collect()
}
