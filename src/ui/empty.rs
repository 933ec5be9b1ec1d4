//! The first run: no profile anywhere. Says what was looked for, and what to do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr as _;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};
use crate::app::Model;

const ADVICE: &[(&str, &str)] = &[
    ("{add}", "add a profile: keys, a role, Identity Center"),
    ("awsprof import FILE", "the console's CSV, another tool's file"),
    ("awsprof demo", "try awsprof on a throw-away home first"),
];

/// The widest of what stands on the left.
const LEFT: usize = 20;

pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let inside = frame::pane("Welcome", "", true, look, area, buf);
    let looked_for = looked_for(model, usize::from(inside.width), look);
    let advice = ADVICE
        .iter()
        .map(|(command, what)| pair(text::left(&model.keymap.fill(command), LEFT, look), what, look))
        .collect();
    let heading = |text| vec![Line::raw(text)];
    let blank = || vec![Line::default()];
    let parts = [
        blank(),
        vec![strong(" There are no profiles yet.", look)],
        blank(),
        heading(" What to do"),
        advice,
        blank(),
        heading(" awsprof looked for"),
        looked_for,
        blank(),
        heading(" The screen notices new files by itself."),
    ];
    let height = usize::from(inside.height);
    // A low terminal has no room for blank lines.
    let low = parts.iter().map(Vec::len).sum::<usize>() > height;
    let parts = parts.into_iter().filter(|part| !low || *part != blank());
    for (row, line) in parts.flatten().take(height).enumerate() {
        put(buf, inside, row, line);
    }
}

fn looked_for(model: &Model, width: usize, look: &Look) -> Vec<Line<'static>> {
    let shown = |(path, there): &(std::path::PathBuf, bool)| {
        let state = if *there { "no profile in it" } else { "not there" };
        (text::path(path, model.home.as_deref()), state)
    };
    let files: Vec<_> = model.overview.files.iter().map(shown).collect();
    let widest = files.iter().map(|(path, _)| path.width()).max().unwrap_or(0);
    let left = widest.max(LEFT).min(width.saturating_sub(24).max(LEFT));
    files.into_iter().map(|(path, state)| pair(text::left(&path, left, look), state, look)).collect()
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
