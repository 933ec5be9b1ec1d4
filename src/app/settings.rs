//! The page of awsprof's own settings: what each is, where it is set, and changing one.

use std::path::PathBuf;

use super::dialog::Dialog;
use super::enabled::{Enabled, unless};
use super::keeping::Notify;
use super::keymap::Keymap;
use super::model::Model;
use super::msg::{JobId, Trouble};
use super::order::{Group, Order};
use super::said::Why;
use crate::aws::keep::Rules;

/// A setting as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub key: &'static str,
    /// As TOML.
    pub default: &'static str,
    pub meaning: &'static str,
    /// As it stands in the file, and its line.
    pub set: Option<(String, usize)>,
    /// Every value it can have, as TOML; empty for one that is typed.
    pub choices: Vec<String>,
}

impl Setting {
    /// What holds, as TOML.
    #[must_use]
    pub fn value(&self) -> &str {
        self.set.as_ref().map_or(self.default, |(value, _)| value)
    }

    /// The choice `by` places further on.
    #[must_use]
    pub fn choice(&self, by: isize) -> Option<&str> {
        let plain = |value: &str| value.trim_matches(['"', '\'']).to_owned();
        let now = plain(self.value());
        let at = self.choices.iter().position(|choice| plain(choice) == now).unwrap_or(0);
        let count = self.choices.len();
        let next = (at + count).checked_add_signed(by)?.checked_rem(count)?;
        self.choices.get(next).map(String::as_str)
    }
}

/// Every setting, and the file they are in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    pub file: PathBuf,
    pub settings: Vec<Setting>,
}

/// A new value for a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setter {
    pub key: &'static str,
    /// `None`: its default.
    pub value: Option<String>,
}

/// The page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// `None` until the file was read.
    pub listing: Option<Listing>,
    pub selected: usize,
    /// A value being typed.
    pub typing: Option<String>,
    /// Why what was typed is not taken.
    pub refused: Option<Trouble>,
    pub job: Option<JobId>,
}

impl Page {
    /// The setting that is chosen.
    #[must_use]
    pub fn chosen(&self) -> Option<&Setting> {
        self.listing.as_ref()?.settings.get(self.selected)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.listing.as_ref().map_or(0, |listing| listing.settings.len())
    }
}

/// The settings that the model itself goes by.
#[derive(Clone, Debug)]
pub struct Preferences {
    pub keymap: Keymap,
    pub motion: bool,
    pub rules: Rules,
    pub notify: Notify,
    /// A choice is for the calling shell, not for all of them.
    pub shell: bool,
    /// `None`: as it is.
    pub turned: Option<Turned>,
}

/// What has a setting, and keys that turn it for the time being.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turned {
    pub mouse: bool,
    pub order: Order,
    pub group: Group,
}

/// The chosen setting can be changed.
///
/// # Errors
/// Read-only, or the settings are not read yet.
pub fn can_set(model: &Model) -> Enabled {
    unless(model.read_only, Why::ReadOnly)?;
    unless(setting(model).is_none(), Why::NothingLoaded)
}

/// The chosen setting stands in the file.
///
/// # Errors
/// It does not.
pub fn is_set(model: &Model) -> Enabled {
    can_set(model)?;
    unless(setting(model).is_none_or(|setting| setting.set.is_none()), Why::NotSet)
}

fn setting(model: &Model) -> Option<&Setting> {
    match &model.dialog {
        Some(Dialog::Settings(page)) => page.chosen(),
        _ => None,
    }
}
