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
    assert!(error.contains("mouze") && error.contains("config.toml:2:1:"), "{error}");
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

#[test]
fn keys_know_where_they_stand() {
    let text = "[keys]\nuse = [\"Enter\", \"u\"] # both\n\"undo\" = \"z\"\n[keys.in.doctor]\nfix = [\"x\"]\n";
    let keys = read(text).unwrap().keys;
    let name = |key: &KeySetting| (key.scope.clone(), key.name.clone(), key.at);
    let names: Vec<_> = keys.iter().map(name).collect();
    let doctor = Some("doctor".to_owned());
    assert_eq!(
        names,
        [
            (None, "use".to_owned(), (2, 1)),
            (None, "undo".to_owned(), (3, 1)),
            (doctor, "fix".to_owned(), (5, 1))
        ]
    );
    assert_eq!(keys[0].keys, [("Enter".to_owned(), (2, 8)), ("u".to_owned(), (2, 17))]);
    assert_eq!(read("[keys]\nuse = 3\n").unwrap_err().at, Some((2, 7)));
    assert_eq!(read("keys = 3\n").unwrap_err().at, Some((1, 8)));
}
