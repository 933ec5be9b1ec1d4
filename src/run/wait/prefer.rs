//! Another theme, or other settings, while the screen stands.

use super::Loop;
use crate::app::{Msg, Theme, Trouble};
use crate::config::UiSettings;
use crate::run::{context, looks, settings, terminal, theme};

impl Loop {
    pub(super) fn wear(&mut self, theme: Theme) -> anyhow::Result<()> {
        let Theme::Named(name) = theme else {
            self.screen.wear(theme);
            return Ok(());
        };
        match theme::palette(name, &self.context.world) {
            Ok(palette) => self.screen.paint(palette),
            Err(why) => return self.warn(why),
        }
        Ok(())
    }

    pub(super) fn warn(&mut self, message: String) -> anyhow::Result<()> {
        self.tell(Msg::Failed(Trouble { message, hint: None }))
    }

    /// Looks as the settings say, if that is otherwise than `before`: another theme may have been put on since.
    fn dress(&mut self, before: &UiSettings) -> anyhow::Result<()> {
        let ui = &self.settings.ui;
        if (ui.glyphs, &ui.theme) == (before.glyphs, &before.theme) {
            return Ok(());
        }
        let (look, word) = looks::dressed(ui, self.color, &self.context.world);
        self.screen.dress(look);
        word.map_or(Ok(()), |word| self.warn(word))
    }

    /// Goes by the settings as they stand in the file now.
    pub(super) fn prefer(&mut self) -> anyhow::Result<()> {
        match settings::changed(&self.context, &self.settings) {
            Ok((settings, preferences)) => {
                let before = std::mem::replace(&mut self.settings, settings);
                self.context = context::renewed(self.context.clone(), &self.settings);
                self.worker.obey(self.context.clone());
                self.dress(&before.ui)?;
                self.try_or_say(|it| terminal::titled(it.settings.notify.title))?;
                self.tell(Msg::Prefer(Box::new(preferences)))
            }
            Err(error) => {
                let hint = Some("the settings of before hold until the line is corrected".to_owned());
                self.tell(Msg::Failed(Trouble { message: error.to_string(), hint }))
            }
        }
    }
}
