//! The terminal in other hands for a while: an editor's, the shell's.

use super::Loop;
use crate::app::{Effect, Input, Msg};
use crate::run::{editor, signals, terminal};

impl Loop {
    /// Hands the terminal to the editor, and takes it back.
    pub(super) fn edit(&mut self, path: &std::path::Path, line: u32) -> anyhow::Result<()> {
        self.go()?;
        self.reader.pause()?;
        signals::lend(true);
        terminal::leave();
        let done = editor::run(&self.context.world.env, path, line);
        signals::lend(false);
        self.return_to_screen()?;
        self.reader.resume();
        self.try_or_say(|_| done)?;
        if path == self.context.settings {
            self.prefer()?;
        }
        self.load()
    }

    pub(super) fn suspend(&mut self) -> anyhow::Result<()> {
        terminal::leave();
        signals::stop()?;
        self.return_to_screen()
    }

    pub(super) fn return_to_screen(&mut self) -> anyhow::Result<()> {
        terminal::leave();
        terminal::enter()?;
        self.screen.forget()?;
        let (width, height) = crossterm::terminal::size()?;
        self.tell(Msg::Input(Input::Resize(width, height)))?;
        self.perform(Effect::Check)
    }
}
