//! The question before a write: why it is asked, the diff, and No unless something else is chosen.

use std::path::Path;

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put};
use crate::app::{Confirm, Cure, Model, Spot, Typing};
use crate::aws::change::Change;

/// Draws the question; answers the place of the cursor where a name is typed.
pub fn draw(
    model: &Model,
    dialog: &Confirm,
    look: &Look,
    area: Rect,
    buf: &mut Canvas<'_>,
) -> Option<(u16, u16)> {
    let width = area.width.min(96).saturating_sub(4);
    let columns = usize::from(width.saturating_sub(4));
    let lines = lines(model, dialog, columns, look);
    let height = u16::try_from(lines.len() + 6).unwrap_or(u16::MAX).min(area.height.saturating_sub(2).max(6));
    let inside = frame::popup(&title(&dialog.cure), (width, height), look, area, buf);
    let height = usize::from(inside.height);
    let (margin, room) = (usize::from(height > 6), height.saturating_sub(if height > 6 { 4 } else { 1 }));
    let top = dialog.scroll.min(lines.len().saturating_sub(room));
    let below = lines.len().saturating_sub(top + room);
    for (at, line) in lines.into_iter().skip(top).take(room).enumerate() {
        put(buf, inside, margin + at, line);
    }
    let row = height.saturating_sub(1 + margin);
    let Some(typing) = &dialog.typing else {
        answers(model, dialog, below, look, (inside, row), buf);
        return None;
    };
    let line = naming(model, typing, (below, columns), look);
    let column = u16::try_from(line.0).unwrap_or(u16::MAX);
    put(buf, inside, row, line.1);
    let row = inside.y.saturating_add(u16::try_from(row).unwrap_or(u16::MAX));
    Some((
        inside.x.saturating_add(column).min(inside.right().saturating_sub(1)),
        row.min(inside.bottom().saturating_sub(1)),
    ))
}

/// The line that a name is typed in, and the column of its cursor.
fn naming(
    model: &Model,
    typing: &Typing,
    (below, columns): (usize, usize),
    look: &Look,
) -> (usize, Line<'static>) {
    let ask = text::cut(&format!(" type {} to agree: ", typing.name), columns * 2 / 3, look);
    let typed = text::end(&typing.text, columns.saturating_sub(text::width(&ask) + 4), look);
    let (glyph, role) =
        if typing.text == typing.name { (look.glyphs.won, Role::Good) } else { (" ", Role::Strong) };
    let at = text::width(&ask) + text::width(&typed);
    let more = more(model, below, "   {below}: {naming:down}");
    let line = Pieces::default().add(ask, Role::Plain, look).add(typed, role, look);
    let line = line.add(format!(" {glyph}"), role, look).add_if_it_fits(
        1,
        Pieces::of(&more, Role::Quiet, look),
        columns,
        look,
    );
    (at, line.line())
}

/// The reason, then the diff: they scroll as one.
fn lines(model: &Model, dialog: &Confirm, columns: usize, look: &Look) -> Vec<Line<'static>> {
    let why = text::wrap(&dialog.why, columns.saturating_sub(1), look);
    let why = why.into_iter().map(|line| Line::raw(format!(" {line}")));
    let diff = dialog.diff.lines().map(|line| diff(&named(line, model.home.as_deref()), columns, look));
    why.chain([Line::default()]).chain(diff).collect()
}

/// The file's name in the two first lines of its diff, as people write it.
pub fn named(line: &str, home: Option<&Path>) -> String {
    match line.split_at_checked(4) {
        Some((sign @ ("--- " | "+++ "), file)) => format!("{sign}{}", text::path(Path::new(file), home)),
        _ => line.to_owned(),
    }
}

fn title(cure: &Cure) -> String {
    let change = match cure {
        Cure::Change(change) => change,
        Cure::Changes(changes) => return format!("Remove {}?", many(changes.len(), "profile")),
        Cure::Renew(names) => return format!("Renew {}?", many(names.len(), "session")),
        Cure::Setting(setter) => return format!("Set {}?", setter.key),
        Cure::Modes(_) => return "Keep others out?".to_owned(),
    };
    match change {
        Change::Use { profile } => format!("Make {profile} the default?"),
        Change::UsePrevious => "Back to the previous default?".to_owned(),
        Change::UseClear => "Give back the default from before awsprof?".to_owned(),
        Change::SetupProcess { name, .. } => format!("Have {name} run awsprof?"),
        Change::Undo { id: None } => "Undo the last write?".to_owned(),
        Change::Undo { id: Some(id) } => format!("Undo write {id}?"),
        Change::Redo { .. } => "Do it again?".to_owned(),
        Change::Add { profile, .. } => format!("Add {profile}?"),
        Change::Edit { section, .. } => format!("Edit {}?", section.name),
        Change::Rename { section, to } => format!("Rename {} to {to}?", section.name),
        Change::Copy { section, to } => format!("Copy {} to {to}?", section.name),
        Change::Remove { section, .. } => format!("Remove {}?", section.name),
        Change::Forget { profile: Some(profile) } => format!("Forget the session of {profile}?"),
        Change::Forget { profile: None } => "Forget every session?".to_owned(),
        Change::Rotate { profile, .. } => format!("Rotate the key of {profile}?"),
        Change::Import { .. } => "Import these profiles?".to_owned(),
        Change::Sync { session, .. } => format!("Make the profiles of {session}?"),
        Change::Mend { .. } => "Mend the files?".to_owned(),
    }
}

fn many(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A line of the diff: its sign says what happens, the colour only repeats it.
pub fn diff(line: &str, columns: usize, look: &Look) -> Line<'static> {
    let role = match line.chars().next() {
        Some('+') => Role::Good,
        Some('-') => Role::Bad,
        Some('@') => Role::Quiet,
        _ => Role::Plain,
    };
    Pieces::default().add(format!(" {}", text::cut(line, columns.saturating_sub(1), look)), role, look).line()
}

/// No and Yes, each a place to click.
fn answers(
    model: &Model,
    dialog: &Confirm,
    below: usize,
    look: &Look,
    (inside, row): (Rect, usize),
    buf: &mut Canvas<'_>,
) {
    let answer = |text: &str, chosen: bool| {
        let mark = if chosen { look.glyphs.cursor } else { " " };
        let role = if chosen { Role::Selected } else { Role::Plain };
        Pieces::default().add(format!(" {mark} {text} "), role, look)
    };
    let gap = Pieces::default().add("   ", Role::Plain, look);
    let start = Pieces::default().add(" ", Role::Plain, look);
    let (no, yes) = (model.keymap.fill("No ({question:no})"), model.keymap.fill("Yes ({question:yes})"));
    let (no, yes) = (answer(&no, !dialog.yes), answer(&yes, dialog.yes));
    let at = [1, 1 + no.width() + gap.width()];
    for (answer, start, width) in [(false, at[0], no.width()), (true, at[1], yes.width())] {
        buf.note(cells(inside, row, start, width), Spot::Answer(answer));
    }
    let line = start.then(no).then(gap).then(yes);
    let more = more(model, below, "     {below}: {question:down}");
    put(buf, inside, row, line.add(more, Role::Quiet, look).line());
}

/// So many cells of a row of `area`.
fn cells(area: Rect, row: usize, start: usize, width: usize) -> Rect {
    let [row, start, width] = [row, start, width].map(|count| u16::try_from(count).unwrap_or(u16::MAX));
    let (x, y) = (area.x.saturating_add(start), area.y.saturating_add(row));
    Rect { x, y, width, height: 1 }.intersection(area)
}

/// How many lines stand below, and the key that shows them; empty if there are none.
fn more(model: &Model, below: usize, text: &str) -> String {
    if below == 0 {
        String::new()
    } else {
        model.keymap.fill(text).replace("{below}", &many(below, "more line"))
    }
}
