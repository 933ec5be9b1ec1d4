//! One frame after the other: each is one write, inside a synchronized update.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use crate::app::{Model, Theme};
use crate::ui::{self, Look};

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

/// The terminal as a place to draw on.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Held>>,
    held: Held,
    look: Look,
}

impl Screen {
    /// # Errors
    /// The size cannot be asked for.
    pub fn new(look: Look) -> io::Result<Self> {
        let held = Held::default();
        Ok(Self { terminal: Terminal::new(CrosstermBackend::new(held.clone()))?, held, look })
    }

    /// Draws what has changed since the last frame.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, model: &Model) -> io::Result<()> {
        queue!(self.held, BeginSynchronizedUpdate)?;
        let look = self.look;
        self.terminal.draw(|frame| ui::view(model, &look, frame))?;
        queue!(self.held, EndSynchronizedUpdate)?;
        let frame = std::mem::take(&mut *self.held.0.borrow_mut());
        let mut out = io::stdout().lock();
        out.write_all(&frame)?;
        out.flush()
    }

    /// Looks otherwise from the next frame on.
    pub fn wear(&mut self, theme: Theme) {
        let Look { color, ascii, .. } = self.look;
        self.look = match theme {
            Theme::Color => Look::new(true, ascii),
            Theme::Mono => Look::new(false, ascii),
            Theme::Unicode => Look::new(color, false),
            Theme::Ascii => Look::new(color, true),
        };
    }

    /// Forgets what stands on the terminal: the next frame is drawn whole.
    ///
    /// # Errors
    /// The size cannot be asked for.
    pub fn forget(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// What lies under a cell.
    pub fn spot(&mut self, model: &Model, column: u16, row: u16) -> crate::app::Spot {
        let area = self.terminal.get_frame().area();
        ui::layout::spot(model, area, column, row)
    }
}
