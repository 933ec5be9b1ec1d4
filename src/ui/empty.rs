//! The first run: no profile anywhere. Says what was looked for, and what to do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};
use crate::app::Model;

const ADVICE: &[(&str, &str)] = &[
    ("{add}", "add a profile here: keys, a role, Identity Center, a process"),
    ("awsprof import FILE", "the console's CSV, another tool's file"),
    ("awsprof demo", "try awsprof on a throw-away home first"),
];

pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let inside = frame::pane("Welcome", "", true, look, area, buf);
    let width = usize::from(inside.width);
    let mut lines = vec![Line::default(), strong(" There are no profiles yet.", look), Line::default()];
    lines.push(Line::raw(" awsprof looked for"));
    for (path, there) in &model.overview.files {
        let state = if *there { "no profile in it" } else { "not there" };
        let shown = text::path(path, model.home.as_deref());
        let shown = text::left(&shown, 28.min(width.saturating_sub(24)), look);
        lines.push(pair(shown, state, look));
    }
    lines.extend([Line::default(), Line::raw(" What to do")]);
    lines.extend(
        ADVICE
            .iter()
            .map(|(command, what)| pair(text::left(&model.keymap.fill(command), 28, look), what, look)),
    );
    lines.extend([Line::default(), Line::raw(" The screen notices new files by itself.")]);
    for (row, line) in lines.into_iter().enumerate() {
        put(buf, inside, row, line);
    }
}

fn strong(text: &'static str, look: &Look) -> Line<'static> {
    Pieces::default().add(text, Role::Strong, look).line()
}

fn pair(left: String, right: &str, look: &Look) -> Line<'static> {
    Pieces::default()
        .add("   ", Role::Plain, look)
        .add(left, Role::Accent, look)
        .add("  ", Role::Plain, look)
        .add(right.to_owned(), Role::Plain, look)
        .line()
}
