//! How the screen is to look, decided once: by the settings, then by what the environment says of the terminal.

use std::io;

use super::{Setup, keeping, theme};
use crate::app::about::About;
use crate::app::{Chooses, Model, Msg, Tool, update};
use crate::aws::chain;
use crate::aws::world::{Env, World};
use crate::config::{Glyphs, UiSettings};
use crate::jobs::Context;
use crate::ui::Look;

/// A theme that cannot be used comes with the reason.
pub fn dressed(settings: &UiSettings, color: Option<bool>, world: &World) -> (Look, Option<String>) {
    let look = look(settings, color, &world.env);
    match theme::palette(&settings.theme, world) {
        Ok(palette) => (look.with(palette), None),
        Err(_) if !look.color => (look, None),
        Err(why) => (look, Some(why)),
    }
}

/// Colour as asked for; else unless `NO_COLOR` is set to something (no-color.org) or the terminal is dumb, where
/// `CLICOLOR_FORCE` wins.
fn look(settings: &UiSettings, color: Option<bool>, env: &Env) -> Look {
    let forced = env.non_empty("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    let plain = env.non_empty("NO_COLOR").is_some() || env.get("TERM") == Some("dumb");
    let ascii = match settings.glyphs {
        Glyphs::Ascii => true,
        Glyphs::Unicode => false,
        Glyphs::Auto => !speaks_unicode(env),
    };
    Look::new(color.unwrap_or(forced || !plain), ascii)
}

/// By the locale, as `setlocale` reads it; a terminal without one is taken for a modern one.
#[must_use]
pub fn speaks_unicode(env: &Env) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| env.non_empty(name));
    let utf8 = |locale: &str| locale.to_lowercase().replace('-', "").contains("utf8");
    locale.is_none_or(utf8) && !matches!(env.get("TERM"), Some("linux" | "dumb"))
}

/// The model before anything was read.
pub fn model(setup: &Setup) -> io::Result<Model> {
    let (width, height) = crossterm::terminal::size()?;
    let mut model = Model::new(setup.context.world.now(), tools());
    model.size = (width, height);
    model.home = setup.context.world.home();
    model.read_only = setup.read_only;
    model.about = about(&setup.context);
    model.choosing.does = setup.chooses;
    model.filter.editing = setup.chooses == Chooses::Name;
    let now = model.now;
    (model.kept.keeper.rules, _) = keeping::rules(&setup.settings, now);
    update(&mut model, Msg::Prefer(Box::new(setup.preferences.clone())), now);
    Ok(model)
}

/// Where awsprof keeps its own, and what the environment says of the terminal.
fn about(context: &Context) -> About {
    let folders = vec![
        ("settings", context.settings.clone()),
        ("state", context.state.clone()),
        ("cache", context.cache.clone()),
    ];
    let variables = ["TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "NO_COLOR", "SSH_TTY", "TMUX"];
    let said =
        variables.into_iter().filter_map(|name| Some((name, context.world.env.non_empty(name)?.to_owned())));
    About { folders, terminal: said.collect() }
}

/// The tool whose chain a new model shows.
pub fn tool() -> &'static str {
    chain::tools().first().map_or("", |tool| tool.id)
}

/// Every tool whose chain can be shown.
fn tools() -> Vec<Tool> {
    chain::tools().iter().map(|tool| Tool { id: tool.id, name: tool.name }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(pairs: &[(&str, &str)]) -> (bool, bool) {
        let env = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let look = look(&UiSettings::default(), None, &env);
        (look.color, look.ascii)
    }

    #[test]
    fn the_flag_decides_before_the_environment() {
        let env = [("NO_COLOR".to_owned(), "1".to_owned())].into_iter().collect();
        assert!(look(&UiSettings::default(), Some(true), &env).color);
        assert!(!look(&UiSettings::default(), Some(false), &Env::default()).color);
    }

    #[test]
    fn the_environment_decides() {
        assert_eq!(seen(&[]), (true, false));
        assert_eq!(seen(&[("NO_COLOR", "1"), ("LANG", "C.UTF-8")]), (false, false));
        assert_eq!(seen(&[("NO_COLOR", "")]), (true, false));
        assert_eq!(seen(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]), (true, false));
        assert_eq!(seen(&[("LC_ALL", "POSIX"), ("LANG", "C.UTF-8")]), (true, true));
        assert_eq!(seen(&[("TERM", "linux"), ("LANG", "en_GB.utf8")]), (true, true));
    }
}
