//! How the screen is to look, decided once: by the settings, then by what the environment says of the terminal.

use crate::app::Tool;
use crate::aws::chain;
use crate::aws::world::Env;
use crate::config::{Glyphs, UiSettings};
use crate::ui::Look;

/// Colour as asked for; else unless `NO_COLOR` is set to something (no-color.org) or the terminal is dumb, where
/// `CLICOLOR_FORCE` wins.
pub fn look(settings: &UiSettings, color: Option<bool>, env: &Env) -> Look {
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
fn speaks_unicode(env: &Env) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| env.non_empty(name));
    let utf8 = |locale: &str| locale.to_lowercase().replace('-', "").contains("utf8");
    locale.is_none_or(utf8) && !matches!(env.get("TERM"), Some("linux" | "dumb"))
}

/// Every tool whose chain can be shown.
pub fn tools() -> Vec<Tool> {
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
