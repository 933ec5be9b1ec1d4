//! The profiles pane: every profile as a line, under its account.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::words::{self, Band};
use super::{header, put, scroll};
use crate::app::filter::Hit;
use crate::app::list::{self, Line as Entry};
use crate::app::{Group, Model, Order, Pane};
use crate::aws::overview::Row;

/// Columns of a region that can still be told from others: `us-east-1`.
const SHORT: usize = 9;

/// Widths of the columns at this size; zero leaves one out.
struct Columns {
    name: usize,
    kind: usize,
    account: usize,
    region: usize,
    session: usize,
}

/// The pane's name, and how many profiles it shows.
pub fn title(model: &Model) -> (String, String) {
    let total = model.overview.rows.len();
    let count = match model.filter.text.is_empty() {
        _ if !model.loaded => "reading".to_owned(),
        true => total.to_string(),
        false => format!("{} of {total}", model.list.hits.len()),
    };
    let problems = match model.overview.problems.len() {
        0 => String::new(),
        1 => ", 1 problem".to_owned(),
        many => format!(", {many} problems"),
    };
    let marked = match model.several.marks.len() {
        0 => String::new(),
        many => format!(", {many} marked"),
    };
    (header::name(model, Pane::Profiles), format!("{count}{marked}{problems}"))
}

/// Draws what stands inside the frame.
pub fn draw(model: &Model, look: &Look, inside: Rect, buf: &mut Buffer) {
    let (width, height) = (text::columns(inside), usize::from(inside.height));
    if model.loaded && model.list.hits.is_empty() {
        let typing = " nothing matches; {filter:close} clears the filter";
        let kept = " nothing matches; {back} clears the filter";
        let nothing = if model.filter.editing { typing } else { kept };
        put(buf, inside, 0, text::cut(&model.keymap.fill(nothing), width, look));
    }
    let columns = columns(model, width);
    let top = top(model, height);
    let lines = (top..top + height).map_while(|line| model.list.lines.at(line));
    for (at, entry) in lines.enumerate() {
        put(buf, inside, at, line(model, look, entry, &columns, width));
    }
}

/// The filter stands in the lower border; answers the cursor's place while it is typed.
pub fn filter_line(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    if !model.filter.is_shown() || area.height < 2 || area.width < 8 {
        return None;
    }
    let shown = text::cut(&model.filter.text, usize::from(area.width - 8), look);
    let bottom = Rect { x: area.x + 2, y: area.bottom() - 1, width: area.width - 4, height: 1 };
    let columns = u16::try_from(text::width(&shown)).unwrap_or(0);
    let line = Pieces::default().add(format!(" /{shown} "), Role::Accent, look);
    put(buf, bottom, 0, line.line());
    model.filter.editing.then_some((bottom.x + 2 + columns, bottom.y))
}

/// The line at the top of the pane.
fn top(model: &Model, height: usize) -> usize {
    let selected = model.list.lines.of_hit(model.cursors[Pane::Profiles as usize]);
    scroll(selected, model.list.lines.count(), height)
}

/// Which profile stands on a line of the pane.
pub fn hit_at(model: &Model, height: usize, line: usize) -> Option<usize> {
    match model.list.lines.at(top(model, height) + line)? {
        Entry::Hit(index) => Some(index),
        Entry::Heading(_) => None,
    }
}

/// The longest name with its badges and the longest region, within reason.
fn longest(model: &Model) -> (usize, usize) {
    let calling = if model.kept.notify.mark { model.kept.calling.as_slice() } else { &[] };
    let called = calling.iter().filter_map(|name| model.overview.row(name));
    let called = called.map(|row| text::width(&row.name) + badges(model, row)).max().unwrap_or(0);
    (model.list.widest.name.max(called).clamp(8, 26), model.list.widest.region.min(14))
}

/// The width at which every column fits, the frame included.
pub fn wanted(model: &Model) -> usize {
    if !model.loaded {
        return usize::MAX;
    }
    let (name, region) = longest(model);
    let account = if model.filter.group == Group::Account { 0 } else { 16 };
    3 + name + 10 + account + region + 2 + 10 + 3
}

fn columns(model: &Model, width: usize) -> Columns {
    let (wanted, region) = longest(model);
    let mut columns = Columns { name: 0, kind: 0, account: 0, region: 0, session: 9.min(width / 2) };
    let mut room = width.saturating_sub(3 + columns.session + 2);
    columns.name = wanted.min(room);
    room -= columns.name;
    let mut take = |want: usize| {
        let fits = want > 0 && room >= want + 2;
        room -= if fits { want + 2 } else { 0 };
        if fits { want } else { 0 }
    };
    columns.kind = take(8);
    columns.account = if model.filter.group == Group::Account { 0 } else { take(14) };
    // A region may lose its end, but only while it stays one that can be told. Behind it one blank is enough:
    // a glyph comes next.
    let spare = room.saturating_sub(1);
    columns.region = if spare < SHORT.min(region) { 0 } else { region.min(spare) };
    columns
}

fn line(model: &Model, look: &Look, entry: Entry, columns: &Columns, width: usize) -> Line<'static> {
    let index = match entry {
        Entry::Heading(first) => {
            let of = model.list.hits.get(first).and_then(|hit| model.overview.rows.get(hit.row));
            let of = of.and_then(|row| model.filter.group.of(row));
            let shown = text::cut(&heading(model.filter.group, of), width.saturating_sub(1), look);
            return Pieces::default().add(format!(" {shown}"), Role::Quiet, look).line();
        }
        Entry::Hit(index) => index,
    };
    let Some((hit, row)) =
        model.list.hits.get(index).and_then(|hit| Some((hit, model.overview.rows.get(hit.row)?)))
    else {
        return Line::default();
    };
    let selected = index == model.cursors[Pane::Profiles as usize];
    let pieces = row_pieces(model, look, (hit, row), columns, selected);
    if selected && model.pane == Pane::Profiles { pieces.selected(width, look) } else { pieces.line() }
}

fn row_pieces(
    model: &Model,
    look: &Look,
    (hit, row): (&Hit, &Row),
    columns: &Columns,
    selected: bool,
) -> Pieces<'static> {
    let mark = if model.is_default(row) { look.glyphs.default } else { " " };
    let cursor = if selected { look.glyphs.cursor } else { " " };
    let marked = model.several.marks.contains(&row.name);
    let marked = if marked { ("+", Role::Accent) } else { (" ", Role::Plain) };
    let line = Pieces::default().add(cursor, Role::Accent, look).add(mark, Role::Good, look);
    let line = line.add(marked.0, marked.1, look);
    let mut line = line.then(name(model, look, (hit, row), columns.name));
    let account = row.account.as_deref().map(words::account).unwrap_or_default();
    let cells = [
        (columns.kind, words::kind(row.kind)),
        (columns.account, account.as_str()),
        (columns.region, row.region.as_deref().unwrap_or("")),
    ];
    for (width, cell) in cells.into_iter().filter(|(width, _)| *width > 0) {
        line = line.add("  ", Role::Plain, look).add(text::left(cell, width, look), Role::Plain, look);
    }
    let gap = if columns.region > 0 { " " } else { "  " };
    line.add(gap, Role::Plain, look).then(session(model, look, row, columns.session))
}

fn badges(model: &Model, row: &Row) -> usize {
    list::badges(row) + usize::from(calls(model, row)) * 5
}

/// Whether its session waits for a person's code.
fn calls(model: &Model, row: &Row) -> bool {
    model.kept.notify.mark && model.kept.calling.contains(&row.name)
}

/// The name with its matched letters marked, then a badge for production and a mark for problems.
fn name(model: &Model, look: &Look, (hit, row): (&Hit, &Row), width: usize) -> Pieces<'static> {
    let shown = text::cut(&row.name, width.saturating_sub(badges(model, row)), look);
    let role = if model.is_default(row) { Role::Strong } else { Role::Plain };
    let mut line = Pieces::default();
    for (at, c) in shown.chars().enumerate() {
        let matched = u32::try_from(at).is_ok_and(|at| hit.letters.binary_search(&at).is_ok());
        line = line.add(c.to_string(), if matched { Role::Match } else { role }, look);
    }
    if row.production {
        line = line.add(" ", Role::Plain, look).add("PROD", Role::Bad, look);
    }
    if calls(model, row) {
        line = line.add(" ", Role::Plain, look).add("CODE", Role::Soon, look);
    }
    if !row.problems.is_empty() {
        line = line.add(" ", Role::Plain, look).add(look.glyphs.problem, Role::Soon, look);
    }
    let blanks = width.saturating_sub(line.width());
    line.add(" ".repeat(blanks), Role::Plain, look)
}

fn session(model: &Model, look: &Look, row: &Row, width: usize) -> Pieces<'static> {
    let (band, word) = words::session(row, model.now);
    let (glyph, role) = face(band, look);
    Pieces::default().add(text::left(&format!("{glyph} {word}"), width, look), role, look)
}

/// The glyph and the colour of a band.
pub fn face(band: Band, look: &Look) -> (&'static str, Role) {
    match band {
        Band::Fresh => (look.glyphs.fresh, Role::Good),
        Band::Soon => (look.glyphs.soon, Role::Soon),
        Band::Expired => (look.glyphs.expired, Role::Bad),
        Band::Missing => (look.glyphs.none, Role::Quiet),
        Band::Ready => (look.glyphs.ready, Role::Plain),
        Band::Unknown => (look.glyphs.unasked, Role::Quiet),
    }
}

/// How profiles stand.
pub fn arranged(order: Order, group: Group) -> String {
    let order = match order {
        Order::File => "as in the files",
        Order::Name => "by name",
        Order::Frecency => "by how often and lately they are used",
    };
    let group = match group {
        Group::None => "without headings",
        Group::Account => "under their accounts",
        Group::Sso => "under their sso-sessions",
    };
    format!("profiles {order}, {group}")
}

/// What profiles stand under.
fn heading(group: Group, heading: Option<&str>) -> String {
    match (group, heading) {
        (Group::Sso, Some(session)) => format!("sso-session {session}"),
        (Group::Sso, None) => "no sso-session".to_owned(),
        (_, Some(digits)) => words::account(digits),
        (_, None) => "no account known".to_owned(),
    }
}
