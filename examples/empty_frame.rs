//! The measure of start-up: a ratatui program that draws one empty frame and exits. `awsprof`'s first complete
//! frame is compared with this one's, in the same run.

use std::io;

use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

fn main() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen)?;
    Terminal::new(CrosstermBackend::new(io::stdout()))?.draw(|_| ())?;
    execute!(io::stdout(), LeaveAlternateScreen)?;
    disable_raw_mode()
}
