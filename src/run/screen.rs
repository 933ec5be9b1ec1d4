//! One frame after the other: each is one write, inside a synchronized update. A frame that looks like the one before
//! is not written at all.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::terminal;
use crate::app::{Model, Theme};
use crate::ui::{self, Look, Palette, Targets};

/// Bytes on their way out, held back until the frame is complete.
#[derive(Clone, Default)]
struct Held(Rc<RefCell<Vec<u8>>>);

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The library leaves colours out by itself under `NO_COLOR`; whether there are any was decided before, with it in
/// mind.
fn allow_color(look: Look) {
    if look.color {
        crossterm::style::force_color_output(true);
    }
}

/// The terminal as a place to draw on.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Held>>,
    held: Held,
    look: Look,
    /// What stands on the terminal, and where its cursor is.
    stands: Option<(Buffer, Option<(u16, u16)>)>,
    /// What of the dialog on it can be clicked.
    targets: Targets,
    /// The window's title, once it was set.
    title: Option<String>,
}

impl Screen {
    /// # Errors
    /// The size cannot be asked for.
    pub fn new(look: Look) -> io::Result<Self> {
        allow_color(look);
        let held = Held::default();
        let terminal = Terminal::new(CrosstermBackend::new(held.clone()))?;
        Ok(Self { terminal, held, look, stands: None, targets: Targets::default(), title: None })
    }

    /// Draws what has changed since the last frame.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, model: &Model) -> io::Result<()> {
        queue!(self.held, BeginSynchronizedUpdate)?;
        let look = self.look;
        let mut told = ui::Drawn::default();
        let drawn = self.terminal.draw(|frame| told = ui::view(model, &look, frame))?;
        let cursor = told.cursor;
        self.targets = told.targets;
        let same = self.stands.as_ref().is_some_and(|(buffer, at)| buffer == drawn.buffer && *at == cursor);
        if !same {
            self.stands = Some((drawn.buffer.clone(), cursor));
        }
        if cursor.is_none()
            && let Some((column, row)) = ui::resting(model, &look, drawn.buffer)
        {
            queue!(self.held, MoveTo(column, row))?;
        }
        queue!(self.held, EndSynchronizedUpdate)?;
        let frame = std::mem::take(&mut *self.held.0.borrow_mut());
        if same {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        out.write_all(&frame)?;
        out.flush()
    }

    /// Gives the window its title, if it is wanted and another one.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn title(&mut self, model: &Model) -> io::Result<()> {
        let wanted = model.kept.notify.title.then(|| ui::keeping::title(model));
        if self.title == wanted {
            return Ok(());
        }
        self.title = wanted;
        self.title.as_deref().map_or(Ok(()), terminal::title)
    }

    /// Looks otherwise from the next frame on.
    pub fn wear(&mut self, theme: Theme) {
        let Look { color, ascii, palette, .. } = self.look;
        self.dress(match theme {
            Theme::Color => Look::new(true, ascii),
            Theme::Mono => Look::new(false, ascii),
            Theme::Unicode => Look::new(color, false).with(palette),
            Theme::Ascii => Look::new(color, true).with(palette),
            Theme::Named(_) => self.look,
        });
    }

    /// Takes a theme's colours; without colour there are none to take.
    pub fn paint(&mut self, palette: Option<Palette>) {
        self.dress(self.look.with(palette));
    }

    /// Looks as the settings say from the next frame on.
    pub fn dress(&mut self, look: Look) {
        self.look = look;
        allow_color(look);
    }

    /// Forgets what stands on the terminal: the next frame is drawn whole.
    ///
    /// # Errors
    /// The size cannot be asked for.
    pub fn forget(&mut self) -> io::Result<()> {
        (self.stands, self.title) = (None, None);
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// What lies under a cell.
    pub fn spot(&mut self, model: &Model, column: u16, row: u16) -> crate::app::Spot {
        let area = self.terminal.get_frame().area();
        let target = self.targets.at(column, row);
        target.unwrap_or_else(|| ui::layout::spot(model, area, column, row))
    }
}
