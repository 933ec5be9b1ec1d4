//! Settings as they are written and read.

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
    let lines: Vec<String> = keys().map(|(key, default, _)| format!("{key} = {default}")).collect();
    assert_eq!(read(&lines.join("\n")).unwrap(), Settings::default());
}
