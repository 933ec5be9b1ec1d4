//! The first line: who am I, and what is going on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::{Look, Role};
use super::text::{self, Pieces};
use super::{put, told, words};
use crate::app::intent::Intent;
use crate::app::wake::SPIN;
use crate::app::{Model, Pane};
use crate::aws::chain::trace::Identity;

pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let columns = usize::from(area.width);
    let right = busy(model, look);
    let room = columns.saturating_sub(right.width() + 1);
    let mut line = Pieces::default().add(" awsprof", Role::Strong, look);
    if model.loaded {
        let default = labelled("default:", &words::default(&model.overview.default), look);
        line = line.add_if_it_fits(3, default, room, look);
    }
    match &model.identity {
        Some(Ok(identity)) => {
            line = region(model, who(line, identity, room, look), room, look);
        }
        Some(Err(trouble)) => {
            let start = line.add("   who you are is not known: ", Role::Quiet, look);
            let more = model.keymap.fill("  {whoami} explains");
            let left = room.saturating_sub(start.width() + more.len());
            line = start.add(text::cut(&trouble.message, left, look), Role::Soon, look);
            line = line.add_if_it_fits(0, Pieces::of(&more, Role::Quiet, look), room, look);
        }
        None => {}
    }
    put(buf, area, 0, line.and_right(right, columns, look).line());
}

fn labelled(label: &'static str, value: &str, look: &Look) -> Pieces<'static> {
    let start = Pieces::default().add(label, Role::Quiet, look).add(" ", Role::Plain, look);
    start.then(Pieces::of(value, Role::Strong, look))
}

fn who(line: Pieces<'static>, identity: &Identity, room: usize, look: &Look) -> Pieces<'static> {
    let name = labelled("you are", told::who(&identity.arn), look);
    let line = line.add_if_it_fits(3, name, room, look);
    let alias = identity.alias.as_ref().map(|alias| format!(" {alias}")).unwrap_or_default();
    dotted(line, &format!("{}{alias}", words::account(&identity.account)), room, look)
}

/// The region of the default, and where it comes from.
fn region(model: &Model, line: Pieces<'static>, room: usize, look: &Look) -> Pieces<'static> {
    let row = || model.overview.rows.iter().find(|row| model.is_default(row));
    match &model.region {
        Some(region) if !region.value.is_empty() => {
            let from = format!("({})", told::region_from(region, model));
            let line = dotted(line, &region.value, room, look);
            line.add_if_it_fits(1, Pieces::of(&from, Role::Quiet, look), room, look)
        }
        _ => match row().and_then(|row| row.region.as_deref()) {
            Some(region) => dotted(line, region, room, look),
            None => line,
        },
    }
}

fn dotted(line: Pieces<'static>, fact: &str, room: usize, look: &Look) -> Pieces<'static> {
    let piece = Pieces::of(&format!("{} {fact}", look.glyphs.dot), Role::Plain, look);
    line.add_if_it_fits(1, piece, room, look)
}

/// What is under way, with a spinner, and whether anything may be written.
fn busy(model: &Model, look: &Look) -> Pieces<'static> {
    let mut line = Pieces::default();
    let what = match model.jobs.as_slice() {
        [] => None,
        [job] => Some(text::clean(&words::job(job), look)),
        jobs => Some(format!("{} jobs under way", jobs.len())),
    };
    if let Some(what) = what {
        line = line.add(format!("{} {what} ", spinner(model, look)), Role::Accent, look);
    }
    if model.read_only {
        line = line.add(" READ-ONLY ", Role::Badge, look).add(" ", Role::Plain, look);
    }
    line
}

/// The spinner's face at this moment: time is data, so it turns only when the clock was asked.
pub fn spinner(model: &Model, look: &Look) -> &'static str {
    let turn = model.now.as_millisecond() / i64::try_from(SPIN.as_millis()).unwrap_or(120);
    let at = if model.motion { usize::try_from(turn.rem_euclid(4)).unwrap_or(0) } else { 0 };
    look.glyphs.spinner[at]
}

/// What a pane is called, after the key that goes there.
pub fn name(model: &Model, pane: Pane) -> String {
    let name = match pane {
        Pane::Profiles => "Profiles",
        Pane::Chain => "Chain",
        Pane::Sessions => "Sessions",
    };
    match model.keymap.key(Intent::Pane(pane)) {
        "" => name.to_owned(),
        key => format!("{key} {name}"),
    }
}

/// The panes' names, where only one of them fits.
pub fn tabs(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let line = Pane::ALL.iter().fold(Pieces::default(), |line, pane| {
        let role = if *pane == model.pane { Role::Selected } else { Role::Plain };
        line.add(format!(" {} ", name(model, *pane)), role, look)
    });
    put(buf, area, 0, line.line());
}

/// The pane whose name stands at a column of the tabs.
pub fn tab_at(model: &Model, column: usize) -> Option<Pane> {
    let mut end = 0;
    Pane::ALL.into_iter().find(|pane| {
        end += text::width(&name(model, *pane)) + 2;
        column < end
    })
}
