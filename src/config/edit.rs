//! Changing one setting in the text of `config.toml`: comments, order and line ends stay as they are.

use std::path::Path;

use toml_edit::{Document, DocumentMut, Item, Table, TableLike, Value};

use super::keys::place;
use super::{Settings, SettingsError, keys};

/// What the settings page shows of one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub key: &'static str,
    /// As TOML.
    pub default: &'static str,
    pub meaning: &'static str,
    /// As it stands in the file, and its line; `None` where the default holds.
    pub set: Option<(String, usize)>,
    /// Every value it can have, as TOML; empty for one that is typed.
    pub choices: Vec<String>,
}

/// The settings that have a few values to choose from.
const CHOICES: &[(&str, &[&str])] = &[
    ("ui.glyphs", &["auto", "unicode", "ascii"]),
    ("ui.motion", &["full", "reduce"]),
    ("ui.order", &["file", "name", "frecency"]),
    ("ui.group", &["account", "sso", "none"]),
    ("use.mode", &["default", "shell"]),
    ("notify.desktop", &["off", "osc9", "osc777"]),
    ("totp.store", &["auto", "keyring", "file", "off"]),
];

/// Every setting, with what the file says of it.
#[must_use]
pub fn list(text: &str) -> Vec<Listed> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(text).ok();
    let set = |key: &str| {
        let item = find(document.as_ref()?.as_table(), key)?;
        let span = item.span()?;
        let line = place(text, span.start).0;
        Some((item.as_value().map_or_else(|| table(text, key), |_| text[span].to_owned()), line))
    };
    let one = |(key, default, meaning): &(&'static str, &'static str, &'static str)| Listed {
        key,
        default,
        meaning,
        set: set(key),
        choices: choices(key, default),
    };
    keys().map(one).collect()
}

fn find<'a>(table: &'a dyn TableLike, key: &str) -> Option<&'a Item> {
    match key.split_once('.') {
        None => table.get(key),
        Some((outer, inner)) => table.get(outer)?.as_table_like()?.get(inner),
    }
}

/// A table with a header of its own, as it would stand on one line.
fn table(text: &str, key: &str) -> String {
    let document = text.parse::<DocumentMut>().ok();
    let item = document.as_ref().and_then(|document| find(document.as_table(), key)).cloned();
    let value = item.and_then(|item| item.into_value().ok());
    value.map_or_else(String::new, |value| value.to_string().trim().to_owned())
}

fn choices(key: &str, default: &str) -> Vec<String> {
    if matches!(default, "true" | "false") {
        return ["true", "false"].map(str::to_owned).to_vec();
    }
    let known = CHOICES.iter().find(|(known, _)| *known == key);
    known.map_or_else(Vec::new, |(_, values)| values.iter().map(|value| format!("\"{value}\"")).collect())
}

/// The text with a setting in it; without a value the setting goes and its default holds. What is typed may leave the
/// quotes of a text out.
///
/// # Errors
/// A text that is no settings file before or after the change.
pub fn set(text: &str, file: &Path, key: &str, value: Option<&str>) -> Result<String, SettingsError> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    Settings::parse(bare, file)?;
    let wrong = |message: String| SettingsError { file: file.to_owned(), at: None, message };
    let read = || bare.parse::<DocumentMut>().map_err(|error| wrong(error.message().to_owned()));
    let written = |value: Option<Value>| {
        let mut document = read()?;
        put(document.as_table_mut(), key, value)
            .ok_or_else(|| wrong(format!("`{key}` cannot be set here")))?;
        let new = document.to_string();
        Settings::parse(&new, file).map_err(|error| wrong(error.message))?;
        Ok(new)
    };
    let new = match value.map(str::trim) {
        None => written(None),
        Some(typed) => match typed.parse::<Value>().map(|value| written(Some(value))) {
            Ok(Ok(new)) => Ok(new),
            Ok(Err(error)) => written(Some(typed.into())).map_err(|_| error),
            Err(_) => written(Some(typed.into())),
        },
    }?;
    Ok(dressed(text, &new))
}

/// Line ends and the byte order mark of the text it was.
fn dressed(before: &str, new: &str) -> String {
    let mark = if before.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let windows = before.contains("\r\n");
    let lines = new.replace("\r\n", "\n");
    format!("{mark}{}", if windows { lines.replace('\n', "\r\n") } else { lines })
}

/// Puts a value where the old one stood, beside its comment; else into its table, which is made if there is none.
fn put(root: &mut Table, key: &str, value: Option<Value>) -> Option<()> {
    let (table, name): (&mut dyn TableLike, &str) = match key.split_once('.') {
        None => (root, key),
        Some((outer, inner)) => {
            (root.entry(outer).or_insert_with(toml_edit::table).as_table_like_mut()?, inner)
        }
    };
    let Some(mut value) = value else {
        table.remove(name);
        return Some(());
    };
    match table.get_mut(name) {
        Some(Item::Value(old)) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        _ => {
            table.insert(name, Item::Value(value));
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(text: &str, key: &str, value: Option<&str>) -> Result<String, String> {
        set(text, Path::new("c"), key, value).map_err(|error| error.message)
    }

    #[test]
    fn only_the_value_changes() {
        let text =
            "# mine\n[ui]\nmouse = true  # clicks\nglyphs = 'ascii'\n\n[session] # long\nduration = \"8h\"\n";
        let new = text.replace("mouse = true", "mouse = false");
        assert_eq!(change(text, "ui.mouse", Some("false")).unwrap(), new);
        assert_eq!(change(text, "session.duration", Some("9h")).unwrap(), text.replace("8h", "9h"));
        assert_eq!(change(text, "ui.glyphs", None).unwrap(), text.replace("glyphs = 'ascii'\n", ""));
        let windows = text.replace('\n', "\r\n");
        assert_eq!(change(&windows, "ui.mouse", Some("false")).unwrap(), new.replace('\n', "\r\n"));
    }

    #[test]
    fn what_is_not_there_yet_gets_its_table() {
        assert_eq!(change("", "ui.motion", Some("reduce")).unwrap(), "[ui]\nmotion = \"reduce\"\n");
        assert_eq!(
            change("# a\n", "mfa.ykman", Some("{ w = \"x\" }")).unwrap(),
            "[mfa]\nykman = { w = \"x\" }\n# a\n"
        );
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(change("", "session.duration", Some("soon")).unwrap_err().contains("not a duration"));
        assert!(change("", "ui.mouse", Some("perhaps")).unwrap_err().contains("boolean"));
        assert!(change("[ui]\nmouze = 1\n", "ui.mouse", Some("true")).is_err());
    }

    #[test]
    fn every_choice_can_be_made() {
        for listed in list("") {
            for choice in &listed.choices {
                assert!(change("", listed.key, Some(choice)).is_ok(), "{} = {choice}", listed.key);
            }
            let unquoted = listed.choices.iter().any(|choice| choice == listed.default);
            assert!(listed.choices.is_empty() || unquoted, "{}", listed.key);
        }
    }

    #[test]
    fn the_list_says_what_is_set_and_where() {
        let all = list("[session.profiles] # x\nwork = \"w\"\n[ui]\nmouse = false\n");
        let of = |key: &str| all.iter().find(|listed| listed.key == key).unwrap().set.clone();
        assert_eq!(of("ui.mouse"), Some(("false".to_owned(), 4)));
        assert_eq!(of("session.profiles"), Some(("{ work = \"w\" }".to_owned(), 1)));
        assert_eq!(of("ui.glyphs"), None);
    }
}
