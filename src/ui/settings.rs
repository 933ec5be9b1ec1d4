//! The page of awsprof's own settings: all of them with what holds; below, what the chosen one means and where it is set.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::header::spinner;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put, scroll};
use crate::app::Model;
use crate::app::settings::{Listing, Page, Setter, Setting};

/// Columns of a setting's name.
const NAME: usize = 18;

/// Draws the page; answers where the cursor is while a value is typed.
pub fn draw(model: &Model, page: &Page, look: &Look, area: Rect, buf: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let size = (area.width.min(98).saturating_sub(if area.width < 60 { 0 } else { 2 }), area.height);
    let inside = frame::popup("Settings", size, look, area, buf);
    let (width, height) = (usize::from(inside.width), usize::from(inside.height));
    let Some(listing) = &page.listing else {
        put(buf, inside, 0, Line::raw(format!(" {} reading the settings", spinner(model, look))));
        return None;
    };
    let below = below(model, listing, page, look, width);
    // At least half of the page is the list.
    let kept = below.len().min(height / 2);
    let room = height.saturating_sub(kept);
    let top = scroll(page.selected, listing.settings.len(), room);
    let mut cursor = None;
    for (row, (at, setting)) in listing.settings.iter().enumerate().skip(top).take(room).enumerate() {
        let typing = page.typing.as_deref().filter(|_| at == page.selected);
        buf.entry(inside, row, (Some(at), line(setting, typing, at == page.selected, look, width)));
        if let Some(typed) = typing {
            let column = NAME + 6 + text::width(&text::end(typed, width.saturating_sub(NAME + 8), look));
            cursor = u16::try_from(column).ok().zip(u16::try_from(row).ok());
        }
    }
    for (row, line) in below.into_iter().take(kept).enumerate() {
        put(buf, inside, room + row, line);
    }
    cursor.map(|(column, row)| (inside.x + column, inside.y + row))
}

fn line(setting: &Setting, typing: Option<&str>, selected: bool, look: &Look, width: usize) -> Line<'static> {
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let (mark, role) = if setting.set.is_some() { ("=", Role::Good) } else { (" ", Role::Quiet) };
    let room = width.saturating_sub(NAME + 8);
    let value = match typing {
        Some(typed) => text::end(typed, room, look),
        None => text::cut(&setting.value().replace('\n', " "), room, look),
    };
    let pieces = Pieces::default()
        .add(format!(" {cursor} "), Role::Accent, look)
        .add(text::left(setting.key, NAME, look), Role::Plain, look)
        .add(format!(" {mark} "), role, look)
        .add(value, if setting.set.is_some() { Role::Strong } else { Role::Plain }, look);
    if selected && typing.is_none() { pieces.selected(width, look) } else { pieces.line() }
}

/// What the chosen setting means, what it can be, and where it is set.
fn below(model: &Model, listing: &Listing, page: &Page, look: &Look, width: usize) -> Vec<Line<'static>> {
    let Some(setting) = page.chosen() else { return Vec::new() };
    let rule = Pieces::default().add(look.glyphs.rule.repeat(width), Role::Quiet, look).line();
    let wrapped = |told: &str, role| {
        let lines = text::wrap(told, width.saturating_sub(2), look);
        lines.into_iter().map(move |line| Pieces::default().add(format!(" {line}"), role, look).line())
    };
    let mut lines = vec![rule];
    if let Some(trouble) = &page.refused {
        lines.extend(wrapped(&trouble.message, Role::Bad));
        lines.extend(trouble.hint.iter().flat_map(|hint| wrapped(hint, Role::Accent)));
        return lines;
    }
    lines.extend(wrapped(&setting.meaning.replace('`', ""), Role::Plain));
    if !setting.choices.is_empty() {
        lines.extend(wrapped(&format!("one of {}", setting.choices.join(", ")), Role::Quiet));
    }
    let file = text::path(&listing.file, model.home.as_deref());
    let place = match &setting.set {
        Some((_, line)) => format!("set in {file}:{line}; the default is {}", setting.default),
        None => format!("the default; {file} does not set it"),
    };
    lines.extend(wrapped(&place, Role::Quiet));
    lines
}

/// A setting and its new value.
pub fn setter(setter: &Setter) -> String {
    match &setter.value {
        Some(value) => format!("{} = {value}", setter.key),
        None => format!("{} back to its default", setter.key),
    }
}
