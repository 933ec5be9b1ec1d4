//! awsprof's own settings and folders.
//!
//! Settings come from `config.toml` (read with `toml_edit`; every key is listed in [`KEYS`], and an unknown one
//! is reported with its line instead of being ignored). Folders follow the platform's convention through
//! `directories`; `AWSPROF_HOME` puts all of them under one folder and `AWSPROF_CONFIG` names another file.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Span, SpanRelativeTo};
use serde::Deserialize;

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
}

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

impl Default for UiSettings {
    fn default() -> Self {
        Self { mouse: true, glyphs: Glyphs::Auto, motion: Motion::Full }
    }
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
    ("ui.mouse", "true", "clicks and the wheel go to awsprof; hold Shift to select text"),
    ("ui.glyphs", "\"auto\"", "`unicode`, `ascii`, or by the locale"),
    ("ui.motion", "\"full\"", "`reduce`: no spinner and no countdown by the second"),
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
];

/// A settings file that could not be understood.
#[derive(Debug, thiserror::Error)]
#[error("{}: {message}", file.display())]
pub struct SettingsError {
    pub file: PathBuf,
    pub message: String,
}

impl Settings {
    /// Reads the settings file; a missing one gives the defaults.
    ///
    /// # Errors
    /// A file that cannot be read, is not TOML, or holds an unknown key or value: the message names line and column.
    pub fn read(world: &World, folders: &Folders) -> Result<Self, SettingsError> {
        let wrong = |message: String| SettingsError { file: folders.settings.clone(), message };
        let bytes = match world.fs.read_file(&folders.settings) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(wrong(error.to_string())),
        };
        let text = String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))?;
        toml_edit::de::from_str(&text).map_err(|error| wrong(error.to_string().trim_end().to_owned()))
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
mod tests {
    use super::*;
    use crate::aws::world::Env;

    fn world(settings: &str) -> World {
        let env: Env = [("AWSPROF_HOME".to_owned(), "/h".to_owned())].into_iter().collect();
        let files = [(PathBuf::from("/h/config.toml"), settings.as_bytes().to_vec())].into();
        World::in_memory(env, files, jiff::Timestamp::UNIX_EPOCH)
    }

    fn read(settings: &str) -> Result<Settings, SettingsError> {
        let world = world(settings);
        Settings::read(&world, &Folders::of(&world).unwrap())
    }

    #[test]
    fn reads_what_is_set_and_defaults_the_rest() {
        let settings = read("[session]\nduration = \"8h\"\n[ui]\nglyphs = \"ascii\"\n").unwrap();
        assert_eq!(settings.session.duration, SignedDuration::from_hours(8));
        assert_eq!(settings.ui.glyphs, Glyphs::Ascii);
        assert!(settings.ui.mouse);
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let error = read("[ui]\nmouze = true\n").unwrap_err().to_string();
        assert!(error.contains("mouze") && error.contains("line 2"), "{error}");
    }

    #[test]
    fn a_bad_duration_says_what_a_good_one_looks_like() {
        assert!(read("[session]\nduration = \"soon\"\n").unwrap_err().to_string().contains("12h"));
        assert_eq!(parse_duration("3600"), Ok(SignedDuration::from_hours(1)));
        assert_eq!(parse_duration("1h30m"), Ok(SignedDuration::from_mins(90)));
        assert_eq!(parse_duration("90d"), Ok(SignedDuration::from_hours(2160)));
        assert!(parse_duration("-1h").is_err() && parse_duration("1 month").is_err());
    }

    #[test]
    fn every_documented_default_is_the_default() {
        let lines: Vec<String> = KEYS.iter().map(|(key, default, _)| format!("{key} = {default}")).collect();
        assert_eq!(read(&lines.join("\n")).unwrap(), Settings::default());
    }
}
