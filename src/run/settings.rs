//! awsprof's own settings as the screen needs them: listed, changed, and gone by.

use std::path::Path;

use jiff::Timestamp;

use crate::app::settings::{Listing, Preferences, Setter, Setting, Turned};
use crate::app::{Group, Order, Outcome, Trouble};
use crate::aws::store::{self, StoreError, own};
use crate::config::{self, Motion, Settings, SettingsError, UiSettings, UseMode, edit};
use crate::jobs::Context;

/// What the model goes by.
///
/// # Errors
/// Keys that cannot be followed.
pub fn preferences(settings: &Settings, file: &Path) -> Result<Preferences, SettingsError> {
    let (rules, notify) = super::keeping::rules(settings, Timestamp::UNIX_EPOCH);
    Ok(Preferences {
        rules,
        notify,
        keymap: super::keymap::keymap(settings, file)?,
        motion: settings.ui.motion == Motion::Full,
        shell: settings.choose.mode == UseMode::Shell,
        turned: Some(turned(&settings.ui)),
    })
}

const fn turned(settings: &UiSettings) -> Turned {
    Turned {
        mouse: settings.mouse,
        order: match settings.order {
            config::Order::File => Order::File,
            config::Order::Name => Order::Name,
            config::Order::Frecency => Order::Frecency,
        },
        group: match settings.group {
            config::Group::Account => Group::Account,
            config::Group::Sso => Group::Sso,
            config::Group::None => Group::None,
        },
    }
}

/// The settings as they stand in the file now, and what the model is to go by in place of those of `before`. What keys
/// have turned stays as it is unless its own setting is another now.
///
/// # Errors
/// As [`Settings::read`] and [`preferences`].
pub fn changed(context: &Context, before: &Settings) -> Result<(Settings, Preferences), SettingsError> {
    let now = Settings::at(&context.world, &context.settings)?;
    let turned = Some(turned(&now.ui)).filter(|it| *it != turned(&before.ui));
    let preferences = Preferences { turned, ..preferences(&now, &context.settings)? };
    Ok((now, preferences))
}

/// Every setting and what the file says of it.
pub fn listing(context: &Context) -> Listing {
    let text = text(&context.settings).unwrap_or_default();
    let one = |edit::Listed { key, default, meaning, set, choices }| Setting {
        key,
        default,
        meaning,
        set,
        choices,
    };
    Listing { file: context.settings.clone(), settings: edit::list(&text).into_iter().map(one).collect() }
}

fn text(file: &Path) -> Result<String, Wrong> {
    let bytes = own::load_bytes(file)?.unwrap_or_default();
    String::from_utf8(bytes).map_err(|_| Wrong::Said(format!("{} is not UTF-8", file.display())))
}

/// What keeps a setting from being written.
#[derive(Debug, thiserror::Error)]
enum Wrong {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("{0}")]
    Said(String),
}

impl Wrong {
    /// In words; the page has named the file already.
    fn said(&self) -> String {
        match self {
            Self::Settings(SettingsError { at: None, message, .. }) => message.clone(),
            other => other.to_string(),
        }
    }
}

/// Changes a setting, or says what that would change. A symlink is followed.
pub fn set(context: &Context, setter: Setter, confirmed: bool) -> Outcome {
    let file = store::resolve(&context.settings);
    match attempt(&file, &setter, confirmed) {
        Ok(None) => Outcome::Set(setter),
        Ok(Some(diff)) => Outcome::AskSetting { setter, diff },
        Err(wrong) => {
            let hint =
                matches!(wrong, Wrong::Settings(_)).then(|| format!("its default is {}", default(&setter)));
            Outcome::Failed { trouble: Trouble { message: wrong.said(), hint }, keep_dialog: false }
        }
    }
}

fn default(setter: &Setter) -> &'static str {
    crate::config::keys().find(|(key, ..)| *key == setter.key).map_or("", |(_, default, _)| default)
}

fn attempt(file: &Path, setter: &Setter, confirmed: bool) -> Result<Option<String>, Wrong> {
    let change = || {
        let before = text(file)?;
        let after = edit::set(&before, file, setter.key, setter.value.as_deref())?;
        preferences(&Settings::parse(&after, file)?, file)?;
        Ok::<_, Wrong>((before, after))
    };
    if confirmed {
        return own::alone(file, || Ok(own::rewrite(file, change()?.1.as_bytes())?)).map(|()| None);
    }
    let (before, after) = change()?;
    Ok(Some(store::diff(&file.display().to_string(), before.as_bytes(), after.as_bytes())))
}
