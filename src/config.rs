//! awsprof's own settings and folders.
//!
//! Settings come from `config.toml` (read with `toml_edit`; every key is listed in [`keys`], and an unknown one
//! is reported with its line instead of being ignored). Folders follow the platform's convention through
//! `directories`; `AWSPROF_HOME` puts all of them under one folder and `AWSPROF_CONFIG` names another file.

pub mod edit;
mod keep;
mod keys;
mod shell;
mod ui;

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Span, SpanRelativeTo};
use serde::Deserialize;

pub use keep::{Desktop, NotifySettings, RenewSettings};
pub use keys::KeySetting;
pub use shell::{GuardSettings, PromptSettings, SsoSettings, UseMode, UseSettings};
pub use ui::{Glyphs, Group, Motion, Order, UiSettings};

use crate::aws::world::World;

/// Where awsprof keeps its own files. Directories are made 0700 when first written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// `config.toml`.
    pub settings: PathBuf,
    /// Journal, managed default, used one-time-code steps.
    pub state: PathBuf,
    /// Role sessions.
    pub cache: PathBuf,
}

impl Folders {
    /// Works out the folders for this world; `None` if it has no home directory.
    #[must_use]
    pub fn of(world: &World) -> Option<Self> {
        let mut folders = match world.env.non_empty("AWSPROF_HOME") {
            Some(root) => Self::under(Path::new(root)),
            None => Self::platform(world)?,
        };
        if let Some(file) = world.env.non_empty("AWSPROF_CONFIG") {
            folders.settings = PathBuf::from(file);
        }
        Some(folders)
    }

    fn under(root: &Path) -> Self {
        Self { settings: root.join("config.toml"), state: root.join("state"), cache: root.join("cache") }
    }

    /// `directories` reads the process's own environment, which is right for the real world; a world whose
    /// home is another one (the demo, a test) gets the same layout below that home.
    fn platform(world: &World) -> Option<Self> {
        let home = world.home()?;
        let dirs = directories::ProjectDirs::from("", "", "awsprof")?;
        if !dirs.config_dir().starts_with(&home) {
            return Some(Self::under(&home.join(".awsprof")));
        }
        let state = dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned();
        Some(Self {
            settings: dirs.config_dir().join("config.toml"),
            state,
            cache: dirs.cache_dir().to_owned(),
        })
    }
}

/// Everything a user can set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The screen.
    pub ui: UiSettings,
    /// MFA sessions.
    pub session: SessionSettings,
    /// What can be taken back.
    pub journal: JournalSettings,
    /// Kept seeds.
    pub totp: TotpSettings,
    /// Other sources of codes.
    pub mfa: MfaSettings,
    /// Keys of the user's own, in the file's order.
    #[serde(deserialize_with = "keys::unread")]
    pub keys: Vec<KeySetting>,
    /// Sessions that stay alive.
    pub renew: RenewSettings,
    /// Calls for a person.
    pub notify: NotifySettings,
    /// Before which profiles awsprof asks.
    pub guard: GuardSettings,
    /// What choosing a profile does.
    #[serde(rename = "use")]
    pub choose: UseSettings,
    /// The segment in a shell's prompt.
    pub prompt: PromptSettings,
    /// Profiles made from Identity Center.
    pub sso: SsoSettings,
}

/// `[session]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionSettings {
    /// How long a new MFA session is asked for: 15m to 36h.
    #[serde(deserialize_with = "duration_text")]
    pub duration: SignedDuration,
    /// `PROFILE = "SESSION PROFILE"`: where a profile's MFA session is written.
    pub profiles: std::collections::BTreeMap<String, String>,
}

/// `[journal]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JournalSettings {
    /// How long a write can be taken back; the journal holds what the credentials file held, so not for ever.
    #[serde(deserialize_with = "duration_text")]
    pub keep: SignedDuration,
}

/// `[totp]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TotpSettings {
    /// Where `totp add` keeps a seed; `off` uses none.
    pub store: TotpStore,
}

/// Where seeds are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TotpStore {
    #[default]
    Auto,
    Keyring,
    File,
    Off,
}

/// `[mfa]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MfaSettings {
    /// `PROFILE = "NAME"`: the credential on the YubiKey, as `ykman oath accounts list` shows it.
    pub ykman: std::collections::BTreeMap<String, String>,
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self { duration: SignedDuration::from_hours(12), profiles: std::collections::BTreeMap::new() }
    }
}

impl Default for JournalSettings {
    fn default() -> Self {
        Self { keep: SignedDuration::from_hours(90 * 24) }
    }
}

/// Every setting with what it does, for the docs: key, default, meaning.
pub const KEYS: &[(&str, &str, &str)] = &[
    ("session.duration", "\"12h\"", "length of a new MFA session, 15m to 36h"),
    ("session.profiles", "{}", "`PROFILE = \"NAME\"`: the session profile of an IAM user's profile"),
    ("journal.keep", "\"90d\"", "how long a write can be taken back before its journal entry is erased"),
    (
        "totp.store",
        "\"auto\"",
        "where `totp add` keeps a seed: `keyring`, `file` (sealed with a passphrase), `auto` (the keyring if one can be reached), or `off`: kept seeds are not used",
    ),
    (
        "mfa.ykman",
        "{}",
        "`PROFILE = \"NAME\"`: codes from a YubiKey by `ykman oath accounts code --single NAME`",
    ),
    (
        "guard.production",
        "[]",
        "patterns for profiles that are asked about before they are used: `*prod*` (a name), `account:111122223333`, `arn:aws:iam::1111…:role/*`",
    ),
    (
        "use.mode",
        "\"default\"",
        "what `use`, and Enter on the screen, do: switch the default profile, or (`shell`) set AWS_PROFILE in the calling shell, by the function of `awsprof init`",
    ),
    (
        "sso.template",
        "\"{account_name}-{role_name}\"",
        "what `sso sync` calls profiles: `{account_name}`, `{account_id}`, `{role_name}`, `{email}`, `{session}`",
    ),
    ("sso.accounts", "{}", "`\"111122223333\" = \"NAME\"`: what `sso sync` calls an account"),
    ("sso.region", "\"\"", "the region in profiles that `sso sync` makes; that of the sign-in without it"),
    (
        "prompt.format",
        "\"{profile}{ prod}{ left}\"",
        "what `awsprof prompt` prints: `{profile}`, `{left}` (of its session), `{prod}`; a blank inside goes with what is empty",
    ),
];

/// Every setting of every table, as [`KEYS`].
pub fn keys() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
    ui::KEYS.iter().chain(KEYS).chain(keep::KEYS)
}

/// A settings file that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}: {message}", file.display(), at.map_or_else(String::new, |(line, column)| format!(":{line}:{column}")))]
pub struct SettingsError {
    pub file: PathBuf,
    /// Line and column, both from 1.
    pub at: Option<(usize, usize)>,
    pub message: String,
}

impl Settings {
    /// Reads the settings file; a missing one gives the defaults.
    ///
    /// # Errors
    /// A file that cannot be read, is not TOML, or holds an unknown key or value: the error names line and column.
    pub fn read(world: &World, folders: &Folders) -> Result<Self, SettingsError> {
        Self::at(world, &folders.settings)
    }

    /// Reads a settings file; a missing one gives the defaults.
    ///
    /// # Errors
    /// As [`Settings::read`].
    pub fn at(world: &World, file: &Path) -> Result<Self, SettingsError> {
        let wrong = |message| SettingsError { file: file.to_owned(), at: None, message };
        match world.fs.read_file(file) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))?;
                Self::parse(&text, file)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(wrong(error.to_string())),
        }
    }

    /// Reads the text of the settings file.
    ///
    /// # Errors
    /// As [`Settings::read`].
    pub fn parse(text: &str, file: &Path) -> Result<Self, SettingsError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let settings: Result<Self, _> = toml_edit::de::from_str(text);
        let settings = settings.map_err(|error| SettingsError {
            file: file.to_owned(),
            at: error.span().map(|span| keys::place(text, span.start)),
            message: error.message().trim_end().replace('\n', ", "),
        })?;
        Ok(Self { keys: keys::read(text, file)?, ..settings })
    }
}

/// Parses `90m`, `12h`, `1h30m`, `90d` (a day is 24 hours) or plain seconds.
///
/// # Errors
/// Anything else, in words.
pub fn parse_duration(text: &str) -> Result<SignedDuration, String> {
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return Ok(SignedDuration::from_secs(i64::from(seconds)));
    }
    let day = SpanRelativeTo::days_are_24_hours();
    let span = text.trim().parse::<Span>().and_then(|span| span.to_duration(day));
    let duration = span.ok().filter(|duration| !duration.is_negative());
    duration.ok_or_else(|| format!("`{text}` is not a duration such as 45m or 12h"))
}

fn duration_text<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<SignedDuration, D::Error> {
    let text = String::deserialize(reader)?;
    parse_duration(&text).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests;
