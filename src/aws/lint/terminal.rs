//! What the environment says of the terminal: whether the screen can be drawn in it, and how.

use super::Findings;
use crate::aws::overview::Severity;
use crate::aws::world::Env;

/// Of a program that runs without a terminal nothing is said.
pub(super) fn check(found: &mut Findings<'_>, env: &Env) {
    let Some(term) = env.non_empty("TERM") else { return };
    if term == "dumb" {
        let message = "TERM is dumb: such a terminal cannot show the screen; the verbs work";
        found.add_outside("terminal-dumb", Severity::Info, message);
    }
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, env.non_empty(name)?)));
    let utf8 = |locale: &str| locale.to_lowercase().replace('-', "").contains("utf8");
    if let Some((name, locale)) = locale.filter(|(_, locale)| !utf8(locale)) {
        let message = format!("{name} is {locale}, which is not UTF-8: the screen is drawn in plain ASCII");
        found.add_outside("locale-not-utf-8", Severity::Info, message);
    }
}
