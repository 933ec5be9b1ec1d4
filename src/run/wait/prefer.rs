//! Another theme, or other settings, while the screen stands.

use super::Loop;
use crate::app::{Msg, Theme, Trouble};
use crate::run::{looks, settings, theme};

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

    /// Goes by the settings as they stand in the file now.
    pub(super) fn prefer(&mut self) -> anyhow::Result<()> {
        let file = self.context.settings.clone();
        let read = settings::read(&self.context).and_then(|it| Ok((settings::preferences(&it, &file)?, it)));
        match read {
            Ok((preferences, settings)) => {
                let (look, word) = looks::dressed(&settings.ui, self.color, &self.context.world);
                self.screen.dress(look);
                self.tell(Msg::Prefer(Box::new(preferences)))?;
                word.map_or(Ok(()), |word| self.warn(word))
            }
            Err(error) => {
                let hint = Some("the settings of before hold until the line is corrected".to_owned());
                self.tell(Msg::Failed(Trouble { message: error.to_string(), hint }))
            }
        }
    }
}
