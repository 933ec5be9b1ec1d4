//! A form: its fields, what the one being typed in is for, and what is wrong with it.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::header::spinner;
use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{frame, put, scroll};
use crate::app::form::{Before, Entry, Field, Form, Purpose, Remark, Rule};
use crate::app::{JobKind, Model};
use crate::aws::ini::FileKind;

/// Columns of the mark before a label.
const MARK: usize = 3;

/// Draws the form; answers the place of the cursor.
pub fn draw(model: &Model, form: &Form, look: &Look, area: Rect, buf: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let width = area.width.min(96).saturating_sub(if area.width < 60 { 0 } else { 4 });
    let columns = usize::from(width.saturating_sub(4));
    let low = area.height < 14;
    let told = told(model, form, look, columns, if low { 2 } else { 4 });
    let around = told.len() + if low { 3 } else { 4 };
    let wanted = form.fields.len() + around;
    let height = u16::try_from(wanted).unwrap_or(u16::MAX).min(area.height);
    let inside = frame::popup(&title(form), (width, height), look, area, buf);
    let (margin, height) = (usize::from(!low), usize::from(inside.height));
    let room = height.saturating_sub(told.len() + 1 + margin).max(1);
    let top = scroll(form.at, form.fields.len(), room);
    let label = label(form, columns);
    for (row, (at, field)) in form.fields.iter().enumerate().skip(top).take(room).enumerate() {
        let line = line(model, form, (at, field), look, (label, columns));
        buf.entry(inside, margin + row, (Some(at), line));
    }
    let below = height.saturating_sub(told.len());
    for (row, line) in told.into_iter().enumerate() {
        put(buf, inside, below + row, line);
    }
    let field = form.field().filter(|field| field.entry != Entry::Fixed && form.job.is_none())?;
    let shown = text::width(&value(field, look, columns.saturating_sub(label + MARK + 2)));
    let at = [MARK + label + 2 + shown, margin + form.at - top]
        .map(|cells| u16::try_from(cells).unwrap_or(u16::MAX));
    let column = inside.x.saturating_add(at[0]).min(inside.right().saturating_sub(1));
    Some((column, inside.y.saturating_add(at[1]).min(inside.bottom().saturating_sub(1))))
}

fn title(form: &Form) -> String {
    match &form.purpose {
        Purpose::Add(template) => format!("New profile: {}", template.words().0),
        Purpose::Edit(section) => format!("Edit {}", section.name),
        Purpose::Rename(section) => format!("Rename {}", section.name),
        Purpose::Copy(section) => format!("Copy {}", section.name),
        Purpose::Retarget(section) => format!("Remove {}: what names it names another one", section.name),
    }
}

/// Columns of the labels: the longest, but never more than leaves room to type.
fn label(form: &Form, columns: usize) -> usize {
    let longest = form.fields.iter().map(|field| text::width(&field.label)).max().unwrap_or(0);
    longest.min(if columns < 56 { columns * 2 / 5 } else { 30 })
}

fn line(
    model: &Model,
    form: &Form,
    (at, field): (usize, &Field),
    look: &Look,
    (label, columns): (usize, usize),
) -> Line<'static> {
    let here = at == form.at;
    let wrong = field.visited && form.problem(field, model).is_some();
    let (mark, role) = match (here, wrong) {
        (_, true) => (look.glyphs.problem, Role::Bad),
        (true, _) => (look.glyphs.cursor, Role::Accent),
        _ => (" ", Role::Plain),
    };
    let start = Pieces::default()
        .add(format!(" {mark} "), role, look)
        .add(text::left(&field.label, label, look), if here { Role::Strong } else { Role::Quiet }, look)
        .add("  ", Role::Plain, look);
    let state = state(form, field, look);
    let aside = if state.is_empty() { 0 } else { text::width(&state) + 2 };
    let room = columns.saturating_sub(MARK + label + 2);
    let kept = room.saturating_sub(aside) >= 12;
    let room = if kept { room - aside } else { room };
    let line = start.then(typed(model, form, (here, field), look, room));
    let state = Pieces::default().add(if kept { state } else { String::new() }, Role::Quiet, look);
    line.and_right(state, columns, look).line()
}

/// What is typed; where nothing is, what stands in the file; after it the rest of a suggestion.
fn typed(
    model: &Model,
    form: &Form,
    (here, field): (bool, &Field),
    look: &Look,
    room: usize,
) -> Pieces<'static> {
    let shown = value(field, look, room);
    let role = match (field.removed, here) {
        (true, _) => Role::Quiet,
        (_, true) => Role::Strong,
        _ => Role::Plain,
    };
    let left = room.saturating_sub(text::width(&shown) + 1);
    let line = Pieces::default().add(shown, role, look);
    let quiet = match &field.before {
        Before::Masked(said) if field.is_empty() => format!("{said}, kept"),
        Before::Block => model.keymap.fill("a block of several lines: {editor} in the panes edits it"),
        _ if here => form.ghost(model).unwrap_or_default(),
        _ => String::new(),
    };
    line.add(text::cut(&quiet, left, look), Role::Quiet, look)
}

/// The text of a field; a hidden one is dots and a count. A long text shows its end while it is typed.
fn value(field: &Field, look: &Look, room: usize) -> String {
    match &field.entry {
        Entry::Hidden(hidden) if !hidden.is_empty() => {
            let dots = look.glyphs.hidden.repeat(hidden.len().min(12));
            let count = if hidden.len() == 1 {
                "1 character".to_owned()
            } else {
                format!("{} characters", hidden.len())
            };
            text::cut(&format!("{dots} {count}"), room, look)
        }
        Entry::Text(typed) => text::end(typed, room.saturating_sub(1), look),
        _ => String::new(),
    }
}

/// At the right: what becomes of the key, else where it stands.
fn state(form: &Form, field: &Field, look: &Look) -> String {
    if !matches!(form.purpose, Purpose::Edit(_)) || field.rule == Rule::NewKey {
        return String::new();
    }
    match (field.removed, field.is_changed(), &field.before) {
        (true, ..) => "goes".to_owned(),
        (_, _, Before::Nothing) => "new".to_owned(),
        (_, true, _) => "changed".to_owned(),
        _ => {
            let places: Vec<String> = field.places.iter().copied().map(place).collect();
            text::clean(&places.join(" over "), look)
        }
    }
}

fn place((file, line): (FileKind, u32)) -> String {
    match file {
        FileKind::Config => format!("config:{line}"),
        FileKind::Credentials => format!("credentials:{line}"),
    }
}

/// Below the fields: what the form has to say, else what is wrong here, else what to type.
fn told(model: &Model, form: &Form, look: &Look, columns: usize, most: usize) -> Vec<Line<'static>> {
    let (glyph, role, words) = words(model, form, look);
    let lines = text::wrap(&words, columns.saturating_sub(MARK + 1), look);
    let face = |at| if at == 0 { format!(" {glyph} ") } else { "   ".to_owned() };
    let plain = if role == Role::Quiet { Role::Quiet } else { Role::Plain };
    let shown = lines.into_iter().take(most).enumerate();
    let mut shown: Vec<Line> = shown
        .map(|(at, line)| Pieces::default().add(face(at), role, look).add(line, plain, look).line())
        .collect();
    // The fields do not jump when a second line appears.
    shown.resize(2.min(most), Line::default());
    shown
}

fn words(model: &Model, form: &Form, look: &Look) -> (&'static str, Role, String) {
    if let Some(job) = form.job.and_then(|id| model.jobs.iter().find(|job| job.id == id)) {
        let doing = match job.kind {
            JobKind::Devices => "asking AWS for the MFA devices of these keys; {form:close} cancels",
            _ => "looking what this changes",
        };
        return (spinner(model, look), Role::Accent, model.keymap.fill(doing));
    }
    match &form.remark {
        Some(Remark::Unsaved) => {
            let again = model.keymap.fill("{form:close} again forgets what you typed");
            return (look.glyphs.problem, Role::Soon, again);
        }
        Some(Remark::Unchanged) => {
            return (look.glyphs.dot, Role::Accent, "nothing is changed yet".to_owned());
        }
        Some(Remark::Devices(count)) => return (look.glyphs.won, Role::Good, devices(model, *count)),
        Some(Remark::Refused(trouble)) => {
            let hint = trouble.hint.as_deref().map(|hint| format!(": {hint}")).unwrap_or_default();
            return (look.glyphs.expired, Role::Bad, format!("{}{hint}", trouble.message));
        }
        None => {}
    }
    let Some(field) = form.field() else { return (" ", Role::Quiet, String::new()) };
    let problem = form.problem(field, model).filter(|_| field.visited || !field.is_empty());
    match problem {
        Some(problem) if field.visited => (look.glyphs.problem, Role::Bad, problem),
        Some(problem) if field.rule == Rule::NewName || field.rule == Rule::NewKey => {
            (look.glyphs.problem, Role::Soon, problem)
        }
        _ => (" ", Role::Quiet, help(model, form, field)),
    }
}

fn devices(model: &Model, count: usize) -> String {
    match count {
        0 => "the user of these keys has no MFA device".to_owned(),
        1 => "the MFA device of these keys is filled in".to_owned(),
        _ => {
            let next = model.keymap.fill("{form:suggest} shows the next");
            format!("the user has {count} MFA devices: {next}")
        }
    }
}

/// What to type, and what there is to take.
fn help(model: &Model, form: &Form, field: &Field) -> String {
    let there = form.suggestions(model);
    let offered = match field.rule {
        Rule::Profile | Rule::SsoSession if !there.is_empty() => {
            format!("{}: {}", model.keymap.fill("; {form:suggest} takes one"), there.join(", "))
        }
        Rule::Device if form.keys().is_some() && form.devices.is_empty() => {
            model.keymap.fill("; {form:find-device} asks AWS")
        }
        _ if !there.is_empty() && field.rule != Rule::NewKey => {
            model.keymap.fill("; {form:suggest} takes a suggestion")
        }
        _ => String::new(),
    };
    format!("{}{offered}", field.rule.help())
}
