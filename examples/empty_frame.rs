//! The measure of start-up: a ratatui program that draws one empty frame and exits. `awsprof`'s first complete
//! frame is compared with this one's, in the same run: each inside a synchronized update, whose end is the mark.

use std::io;

use crossterm::execute;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

fn main() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, BeginSynchronizedUpdate)?;
    Terminal::new(CrosstermBackend::new(io::stdout()))?.draw(|_| ())?;
    execute!(io::stdout(), EndSynchronizedUpdate, LeaveAlternateScreen)?;
    disable_raw_mode()
}
