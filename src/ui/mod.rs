//! Draws a model: reads everything, changes nothing.
//!
//! [`view`] lays out the panes for the size of the terminal, then draws a dialog over them if one is open.
//! Every text goes through [`text::clean`]; every state is a word and a glyph before it is a colour. All of it
//! is written into a buffer, so a test can read the screen as text.

mod about;
mod beneath;
mod canvas;
mod chain;
mod choose;
mod command;
mod compare;
mod confirm;
mod doctor;
mod empty;
mod facts;
mod footer;
mod form;
mod frame;
mod header;
mod help;
mod imds;
pub mod keeping;
pub mod layout;
mod link;
mod lists;
mod log;
pub mod look;
mod matrix;
mod mfa;
mod palette;
mod past;
mod portal;
mod profiles;
pub mod qr;
mod sessions;
mod settings;
mod sign_in;
pub mod text;
mod timeline;
mod toasts;
mod told;
mod unlock;
mod warnings;
mod which;
mod who;
pub mod words;

pub use canvas::Targets;
pub use look::{Look, Role};
pub use palette::Palette;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::Line;

use crate::app::{Dialog, Model, Pane};
use canvas::Canvas;

/// From so many rows on a dialog stays inside the body; else it may cover the header too.
const ROOMY: u16 = 14;

/// What a frame is beside its cells.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// Where the terminal's cursor belongs while something is typed.
    pub cursor: Option<(u16, u16)>,
    /// What of the dialog can be clicked.
    pub targets: Targets,
}

/// Draws everything, the terminal's cursor too.
pub fn view(model: &Model, look: &Look, frame: &mut Frame) -> Drawn {
    let area = frame.area();
    let buf = frame.buffer_mut();
    let drawn = draw(model, look, area, buf);
    if let Some(palette) = look.palette {
        palette.paint(area, buf);
    }
    if let Some(position) = drawn.cursor {
        frame.set_cursor_position(position);
    }
    drawn
}

/// Where the cursor rests while nothing is typed, unseen: on the selected line, which is what screen readers and
/// braille displays follow.
#[must_use]
pub fn resting(model: &Model, look: &Look, buf: &Buffer) -> Option<(u16, u16)> {
    let in_pane = layout::selected(model, buf.area);
    if model.dialog.is_none() {
        return in_pane;
    }
    // A dialog marks its line as a pane does; that of the pane may stick out beside it.
    let marks = |at: &Position| {
        let cell = &buf[*at];
        cell.symbol() == look.glyphs.cursor && cell.modifier.contains(Modifier::REVERSED)
    };
    let marked = buf.area.positions().filter(marks).map(|at| (at.x, at.y));
    marked.into_iter().find(|at| Some(*at) != in_pane)
}

/// Draws everything into a buffer.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) -> Drawn {
    if layout::is_tiny(area) {
        let told = text::cut("awsprof: 20×4 needed", usize::from(area.width), look);
        put(buf, area, 0, Line::raw(told));
        return Drawn::default();
    }
    let areas = layout::areas(model, area);
    header::draw(model, look, areas.header, buf);
    let typed = panes(model, look, &areas, buf);
    toasts::authenticator(model, look, areas.authenticator, buf);
    toasts::draw(model, look, areas.toasts, buf);
    footer::draw(model, look, areas.footer, buf);
    which::draw(model, look, areas.body, buf);
    if model.dialog.is_some() {
        // What stands behind a dialog steps back; the header, what was just said and the keys do not.
        buf.set_style(areas.body, look.style(Role::Quiet));
    }
    // The code of the demo's authenticator and the keys stay in sight.
    let room = if areas.body.height >= ROOMY { areas.body } else { areas.header.union(areas.body) };
    let mut canvas = Canvas::new(buf);
    let cursor = dialog(model, look, room, &mut canvas).or(typed);
    Drawn { cursor, targets: canvas.targets() }
}

fn panes(model: &Model, look: &Look, areas: &layout::Areas, buf: &mut Buffer) -> Option<(u16, u16)> {
    if model.loaded && model.overview.rows.is_empty() {
        empty::draw(model, look, areas.body, buf);
        return None;
    }
    if let Some(tabs) = areas.tabs {
        header::tabs(model, look, tabs, buf);
    }
    let mut typed = None;
    for (pane, area) in &areas.panes {
        let (title, note) = match pane {
            Pane::Profiles => profiles::title(model),
            Pane::Chain => chain::title(model, look),
            Pane::Sessions => sessions::title(model),
        };
        if !areas.bare {
            frame::pane(&title, &note, *pane == model.pane, look, *area, buf);
        }
        let inside = areas.inside(model, *pane, *area);
        match pane {
            Pane::Profiles => profiles::draw(model, look, inside, buf),
            Pane::Chain => chain::draw(model, look, inside, buf),
            Pane::Sessions => sessions::draw(model, look, inside, buf),
        }
        if *pane == Pane::Profiles {
            typed = profiles::filter_line(model, look, *area, buf);
        }
    }
    typed
}

fn dialog(model: &Model, look: &Look, area: Rect, buf: &mut Canvas<'_>) -> Option<(u16, u16)> {
    match model.dialog.as_ref()? {
        Dialog::Mfa(dialog) => return Some(mfa::draw(model, dialog, look, area, buf)),
        Dialog::Unlock(dialog) => return Some(unlock::draw(model, dialog, look, area, buf)),
        Dialog::Confirm(dialog) => return confirm::draw(model, dialog, look, area, buf),
        Dialog::Form(form) => return form::draw(model, form, look, area, buf),
        Dialog::Portal(page) => return Some(portal::draw(model, page, look, area, buf)),
        Dialog::SignIn(dialog) => sign_in::draw(model, dialog, look, area, buf),
        Dialog::Choose(choose) => choose::draw(choose, look, area, buf),
        Dialog::Doctor(doctor) => doctor::draw(model, doctor, look, area, buf),
        Dialog::Settings(page) => return settings::draw(model, page, look, area, buf),
        Dialog::Past(past) => past::draw(model, past, look, area, buf),
        Dialog::Help(dialog) => return Some(help::draw(model, dialog, look, area, buf)),
        Dialog::Command(dialog) => return Some(command::draw(model, dialog, look, area, buf)),
        Dialog::Copy(dialog) => lists::copy(dialog, look, area, buf),
        Dialog::Link(scrolled) => link::draw(model, *scrolled, look, area, buf),
        Dialog::Messages(back) => lists::messages(model, *back, look, area, buf),
        Dialog::Log(back) => log::draw(model, *back, look, area, buf),
        Dialog::Who(scrolled) => who::draw(model, *scrolled, look, area, buf),
        Dialog::Warnings(scrolled) => warnings::draw(model, *scrolled, look, area, buf),
        Dialog::Compare(page) => compare::draw(model, page, look, area, buf),
        Dialog::Imds(browser) => imds::draw(model, browser, look, area, buf),
        Dialog::About(scrolled) => about::draw(model, *scrolled, look, area, buf),
        Dialog::Timeline => timeline::draw(model, look, area, buf),
        Dialog::Finishing => lists::finishing(look, area, buf),
    }
    None
}

/// Puts a line on row `row` of `area`, if it has one.
fn put(buf: &mut Buffer, area: Rect, row: usize, line: impl Into<Line<'static>>) {
    let row = u16::try_from(row).unwrap_or(u16::MAX);
    if row < area.height {
        buf.set_line(area.x, area.y + row, &line.into(), area.width);
    }
}

/// The first line shown of `count`, so that `cursor` stands in the middle of `height` where it can.
fn scroll(cursor: usize, count: usize, height: usize) -> usize {
    cursor.saturating_sub(height / 2).min(count.saturating_sub(height))
}
