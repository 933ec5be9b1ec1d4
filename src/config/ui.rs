//! `[ui]`: how the screen looks and what it listens to.

use serde::Deserialize;

/// `[ui]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UiSettings {
    /// Whether clicks and the wheel go to awsprof (Shift selects text then).
    pub mouse: bool,
    /// `auto` (by locale), `unicode` or `ascii`.
    pub glyphs: Glyphs,
    /// `full` or `reduce`: no spinner, no countdown by the second.
    pub motion: Motion,
    /// `terminal`, the name of a theme, or the path of one.
    pub theme: String,
    /// `file`, `name` or `frecency`: the order of the profiles.
    pub order: Order,
    /// `account`, `sso` or `none`: what they stand under.
    pub group: Group,
}

/// Which characters the screen is drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Glyphs {
    #[default]
    Auto,
    Unicode,
    Ascii,
}

/// How much moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Motion {
    #[default]
    Full,
    Reduce,
}

/// The order of the profiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    #[default]
    File,
    Name,
    Frecency,
}

/// What profiles stand under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    #[default]
    Account,
    Sso,
    None,
}

impl Default for UiSettings {
    fn default() -> Self {
        Self {
            mouse: true,
            glyphs: Glyphs::Auto,
            motion: Motion::Full,
            theme: "terminal".to_owned(),
            order: Order::File,
            group: Group::Account,
        }
    }
}

/// These settings with what they do, for the docs: key, default, meaning.
pub const KEYS: &[(&str, &str, &str)] = &[
    ("ui.mouse", "true", "clicks and the wheel go to awsprof; hold Shift to select text"),
    ("ui.glyphs", "\"auto\"", "`unicode`, `ascii`, or by the locale"),
    ("ui.motion", "\"full\"", "`reduce`: no spinner and no countdown by the second"),
    (
        "ui.theme",
        "\"terminal\"",
        "colours: the terminal's own sixteen, or a theme for 24-bit colour: `night`, `paper`, `contrast`, or the path of a file like those in `assets/themes`",
    ),
    (
        "ui.order",
        "\"file\"",
        "order of the profiles: as in the files, by `name`, or by `frecency`: often and lately used first",
    ),
    ("ui.group", "\"account\"", "what profiles stand under: `account`, `sso` (their sso-session), `none`"),
    (
        "keys",
        "{}",
        "keys of your own: `NAME = [\"KEY\", \"KEY\"]`, in dialogs under `[keys.in.DIALOG]`; `docs/keys.md` has the names",
    ),
];
