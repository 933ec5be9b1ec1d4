//! Hints on the screen name keys by what they do (`{mfa:close} cancels`), never by the key: keys can be bound anew.

use std::fs;
use std::path::Path;

use awsprof::app::Keymap;

/// The text literals handed to `Keymap::fill` in a source.
fn templates(source: &str) -> impl Iterator<Item = &str> {
    let open = ["fill(\"", "fill(&format!(\""];
    let behind = open.into_iter().flat_map(move |open| source.split(open).skip(1));
    behind.filter_map(|rest| rest.split('"').next())
}

fn hints() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
    let sources =
        fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    sources.flat_map(|source| templates(&source).map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn every_hint_names_a_key_that_exists() {
    let (keymap, hints) = (Keymap::default(), hints());
    assert!(hints.len() > 15, "the hints were not found: {hints:?}");
    for hint in hints {
        let text = hint.replace("{{", "{").replace("}}", "}");
        let filled = keymap.fill(&text);
        let names = |text: &str| text.matches('{').count();
        // What `format!` puts in before stays: `{below}`.
        let data = text.matches("{below}").count();
        assert_eq!(names(&filled), data, "{hint:?} is shown as {filled:?}");
    }
}
