//! awsprof's own settings follow a profile that gets another name: both sides of `session.profiles`.
//!
//! `toml_edit` says where the names stand and only they are replaced, so comments, line ends and a byte order mark
//! stay as they are.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::{Document, Item, Key, TableLike, Value};

/// The text of `config.toml` with `to` in place of `from`; `None` if it does not name `from`, or not so that it can
/// be replaced.
#[must_use]
pub fn renamed(text: &str, from: &str, to: &str) -> Option<String> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lead = text.len() - bare.len();
    let document = Document::parse(bare).ok()?;
    let mut places = places(profiles(document.as_table())?, from, to);
    places.sort_by_key(|(at, _)| std::cmp::Reverse(at.start));
    let mut new = text.to_owned();
    for (at, name) in &places {
        new.replace_range(at.start + lead..at.end + lead, name);
    }
    let name = |name: String| if name == from { to.to_owned() } else { name };
    let meant: BTreeMap<String, String> =
        pairs(bare)?.into_iter().map(|(profile, session)| (name(profile), name(session))).collect();
    let read = pairs(new.strip_prefix('\u{feff}').unwrap_or(&new));
    (!places.is_empty() && read == Some(meant)).then_some(new)
}

/// `session.profiles` of a text of `config.toml`; `None` if it is no TOML.
#[must_use]
pub fn session_profiles(text: &str) -> Option<BTreeMap<String, String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Document::parse(text).ok().map(|_| pairs(text).unwrap_or_default())
}

fn profiles(table: &dyn TableLike) -> Option<&dyn TableLike> {
    table.get("session")?.as_table_like()?.get("profiles")?.as_table_like()
}

fn pairs(text: &str) -> Option<BTreeMap<String, String>> {
    let document = Document::parse(text).ok()?;
    let named = |(key, item): (&str, &Item)| Some((key.to_owned(), item.as_str()?.to_owned()));
    Some(profiles(document.as_table())?.iter().filter_map(named).collect())
}

/// Every place of the name, with what is to stand there.
fn places(profiles: &dyn TableLike, from: &str, to: &str) -> Vec<(Range<usize>, String)> {
    let key = profiles.get_key_value(from).and_then(|(key, _)| key.span());
    let values = profiles.iter().filter(|(_, item)| item.as_str() == Some(from));
    let values = values.filter_map(|(_, item)| item.span());
    let key = key.into_iter().map(|at| (at, Key::new(to).to_string()));
    key.chain(values.map(|at| (at, Value::from(to).to_string()))).collect()
}

#[cfg(test)]
mod tests {
    use super::{renamed, session_profiles};

    #[test]
    fn only_the_name_changes() {
        let text = "\u{feff}# mine\r\n[session]\r\nduration = \"8h\" # long\r\n\r\n[session.profiles] # here\r\nwork = \"job\"  # a\r\n\"a.b\" = 'work'\r\n";
        let new = text.replace("work = ", "day = ").replace("'work'", "\"day\"");
        assert_eq!(renamed(text, "work", "day").unwrap(), new);
        assert_eq!(renamed(text, "a.b", "x/y").unwrap(), text.replace("\"a.b\"", "\"x/y\""));
        assert_eq!(renamed(text, "8h", "x"), None, "not a profile");
        assert_eq!(renamed(text, "session", "x"), None);
    }

    #[test]
    fn what_the_settings_say_now() {
        let of = |text, profile| session_profiles(text).map(|all| all.get(profile).cloned());
        assert_eq!(of("\u{feff}session.profiles.work = \"job\"\n", "work"), Some(Some("job".to_owned())));
        assert_eq!(of("[ui]\n", "work"), Some(None));
        assert_eq!(of("[session", "work"), None);
    }

    #[test]
    fn however_it_is_written() {
        for (text, new) in [
            ("session.profiles.work = \"s\"\n", "session.profiles.day = \"s\"\n"),
            ("session = { profiles = { work = \"work\" } }", "session = { profiles = { day = \"day\" } }"),
            ("[session]\nprofiles.work='s'", "[session]\nprofiles.day='s'"),
        ] {
            assert_eq!(renamed(text, "work", "day").as_deref(), Some(new));
        }
        assert_eq!(renamed("[session.profiles]\nwork = \"s\"\nday = \"t\"\n", "work", "day"), None, "taken");
        assert_eq!(renamed("[session", "work", "day"), None);
        assert_eq!(renamed("", "work", "day"), None);
    }
}
