//! The terminal is handed over and taken back: to the editor, to the shell.

use std::path::Path;

use super::Loop;
use crate::app::{Effect, Input, Msg};
use crate::aws::store::own;
use crate::run::{editor, signals, terminal};

impl Loop {
    /// Hands the terminal to the editor, and takes it back.
    pub(super) fn edit(&mut self, path: &Path, line: u32) -> anyhow::Result<()> {
        self.go()?;
        if path == self.context.settings {
            // No editor writes where there is no folder. One that cannot be made is its to tell.
            let _ = own::folder(path);
        }
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
