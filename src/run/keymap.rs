//! The keys of the screen, with the user's own from `config.toml` in them.

use std::path::Path;

use crate::app::{Keymap, Rebinding};
use crate::config::{Settings, SettingsError};

/// The table of keys as the settings have it.
///
/// # Errors
/// A name, a key or a dialog that is not there, or a key that would mean two things: the error names its place.
pub fn keymap(settings: &Settings, file: &Path) -> Result<Keymap, SettingsError> {
    let wanted: Vec<Rebinding> = settings
        .keys
        .iter()
        .map(|setting| Rebinding {
            scope: setting.scope.clone(),
            name: setting.name.clone(),
            keys: setting.keys.iter().map(|(key, _)| key.clone()).collect(),
        })
        .collect();
    Keymap::with(&wanted).map_err(|clash| {
        let setting = &settings.keys[clash.at];
        let at = clash.key.and_then(|key| setting.keys.get(key)).map_or(setting.at, |(_, at)| *at);
        SettingsError { file: file.to_owned(), at: Some(at), message: clash.why }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        let file = Path::new("/h/config.toml");
        let settings = Settings::parse(text, file).unwrap();
        keymap(&settings, file).unwrap_err().to_string()
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        assert!(
            error("[keys]\nuse = [\"Enter\", \"u\"]\n")
                .starts_with("/h/config.toml:2:17: `u` is a key of `undo`")
        );
        assert!(
            error("[ui]\nmouse = true\n[keys]\n  fly = \"f\"\n")
                .starts_with("/h/config.toml:4:3: nothing is called")
        );
        assert!(
            error("[keys.in.doctor]\nfix = \"Entre\"\n").starts_with("/h/config.toml:2:7: `Entre` is no key")
        );
    }
}
