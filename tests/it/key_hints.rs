//! Hints on the screen name keys by what they do (`{mfa:close} cancels`), never by the key: keys can be bound anew.
//! What names nothing would be shown as it stands, so the sources are searched for such names.

use std::fs;
use std::path::Path;

use awsprof::app::Keymap;

/// Every source beneath `folder`.
fn sources(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![fs::read_to_string(path).unwrap()] })
        .collect()
}

/// The names of keys in a text: what stands in its braces.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// `mfa:close`: a key of a dialog, which no format string looks like.
fn of_dialog(name: &str) -> bool {
    let word = |part: &str| part.len() > 1 && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    name.split_once(':').is_some_and(|(scope, intent)| word(scope) && word(intent))
}

/// The text literals handed to `Keymap::fill` as they are.
fn filled(source: &str) -> impl Iterator<Item = &str> {
    source
        .split("keymap.fill(")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
}

#[test]
fn every_hint_names_a_key_that_exists() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let dialogs = sources.iter().flat_map(|source| names(source)).filter(|name| of_dialog(name));
    let panes = sources.iter().flat_map(|source| filled(source)).flat_map(names);
    let mut all: Vec<&str> = dialogs.chain(panes).collect();
    all.sort_unstable();
    all.dedup();
    assert!(all.contains(&"mfa:close") && all.contains(&"whoami"), "the hints were not found: {all:?}");
    let keymap = Keymap::default();
    let unknown: Vec<_> =
        all.into_iter().filter(|name| keymap.fill(&format!("{{{name}}}")).contains('{')).collect();
    assert_eq!(unknown, [""; 0]);
}
