//! `[renew]` and `[notify]`: sessions that stay alive, and how a person is called when one cannot.

use jiff::SignedDuration;
use serde::Deserialize;

use super::duration_text;

/// `[renew]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RenewSettings {
    /// What can renew itself does, in the screen and under `watch`.
    pub auto: bool,
}

/// `[notify]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct NotifySettings {
    /// How long before a session's end a person is called who must type its code.
    #[serde(deserialize_with = "duration_text")]
    pub before: SignedDuration,
    /// A line above the footer, until a key is pressed.
    pub toast: bool,
    /// `CODE` on the profile's row.
    pub mark: bool,
    /// The terminal's bell.
    pub bell: bool,
    /// The title of the terminal's window.
    pub title: bool,
    /// A notification on the desktop, by the terminal.
    pub desktop: Desktop,
}

/// How the terminal is asked for a notification on the desktop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Desktop {
    #[default]
    Off,
    Osc9,
    Osc777,
}

impl Default for RenewSettings {
    fn default() -> Self {
        Self { auto: true }
    }
}

impl Default for NotifySettings {
    fn default() -> Self {
        let before = SignedDuration::from_mins(15);
        Self { before, toast: true, mark: true, bell: false, title: false, desktop: Desktop::Off }
    }
}

/// These settings with what they do, for the docs: key, default, meaning.
pub const KEYS: &[(&str, &str, &str)] = &[
    (
        "renew.auto",
        "true",
        "sessions whose code comes without a person, and roles in use, are renewed before they end, in the screen and by `awsprof watch`",
    ),
    ("notify.before", "\"15m\"", "how long before its end a session that needs a person's code calls for it"),
    ("notify.toast", "true", "call in a line above the footer, until a key is pressed"),
    ("notify.mark", "true", "call with `CODE` on the profile's row"),
    ("notify.bell", "false", "call with the terminal's bell"),
    ("notify.title", "false", "say it in the title of the terminal's window"),
    (
        "notify.desktop",
        "\"off\"",
        "a notification on the desktop by the terminal: `osc9` (iTerm2, WezTerm, kitty, Ghostty, Windows Terminal) or `osc777` (foot, urxvt, WezTerm, Ghostty)",
    ),
];
