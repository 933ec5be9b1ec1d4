//! Production: a badge and a word, and a question before anything is done there.

use crate::demo::Demo;
use crate::pty::Terminal;
use crate::support::Home;

const CONFIG: &str = "[profile work]\nregion = eu-west-1\n\n[profile admin]\nrole_arn = arn:aws:iam::777788889999:role/x\n\
                      source_profile = work\n";
const CREDENTIALS: &str = "[work]\naws_access_key_id = AKIAFAKEKEY000000001\naws_secret_access_key = fake\n\n\
                           [live]\naws_access_key_id = AKIAFAKEKEY000000002\naws_secret_access_key = fake\n";

fn home(patterns: &str) -> Home {
    let home = Home::with(CONFIG, CREDENTIALS);
    std::fs::create_dir(home.file(".awsprof")).unwrap();
    home.write(".awsprof/config.toml", &format!("[guard]\nproduction = [{patterns}]\n"));
    home
}

fn marked(home: &Home) -> Vec<String> {
    let rows = home.awsprof(&["list", "--json"]).json();
    let marked = rows.as_array().unwrap().iter().filter(|row| row["production"] == true);
    marked.map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn patterns_are_about_names_accounts_and_arns() {
    assert_eq!(marked(&home("")), ["live"], "its name says so");
    assert_eq!(marked(&home("\"wo?k\"")), ["work", "live"]);
    assert_eq!(marked(&home("\"account:7777-8888-9999\"")), ["admin", "live"]);
    assert_eq!(marked(&home("\"arn:aws:iam::777788889999:role/*\"")), ["admin", "live"]);
    let text = home("").awsprof(&["list"]).ok();
    assert!(text.contains("PROD  live"), "{text}");
}

#[test]
fn a_name_alone_asks_nothing_and_a_pattern_does() {
    let home = home("");
    home.awsprof(&["use", "live"]).ok();
    home.awsprof(&["exec", "live", "--", "true"]).ok();
    home.write(".awsprof/config.toml", "[guard]\nproduction = [\"*LIVE*\"]\n");
    home.awsprof(&["use", "work", "--yes"]).ok();
    let error = home.awsprof(&["use", "live", "--json"]).error(7);
    assert_eq!(error["code"], "no-terminal");
    home.awsprof(&["use", "-", "--json"]).error(7);
    home.awsprof(&["exec", "live", "--json", "--", "true"]).error(7);
    home.awsprof(&["console", "live", "--print", "--json"]).error(7);
    home.awsprof(&["exec", "live", "--yes", "--", "true"]).ok();
    home.awsprof(&["exec", "work", "--", "true"]).ok();
    home.awsprof(&["use", "live", "--yes"]).ok();
    let list = home.awsprof(&["list", "--json"]).json();
    let default = list.as_array().unwrap().iter().find(|row| row["name"] == "default").unwrap().clone();
    assert_eq!(default["production"], true, "a copy is as dangerous");
}

#[test]
fn the_name_is_typed_on_the_terminal() {
    let home = home("\"live\"");
    let mut no = Terminal::start(&home, &["exec", "live", "--", "touch", "ran"]);
    no.shows("`live` is PRODUCTION. Type its name").press("y\r");
    assert_eq!(no.ends(), 7);
    assert!(!home.file("ran").exists());
    let mut yes = Terminal::start(&home, &["exec", "live", "--", "touch", "ran"]);
    yes.shows("Type its name").press("live\r");
    assert_eq!(yes.ends(), 0);
    assert!(home.file("ran").exists());
    let mut default = Terminal::start(&home, &["use", "live"]);
    default.shows("PRODUCTION").shows("Type the name").press("live\r");
    assert_eq!(default.ends(), 0);
    assert!(home.read(".aws/credentials").contains("[default]\naws_access_key_id = AKIAFAKEKEY000000002"));
}

#[test]
fn the_screen_asks_for_the_name_too() {
    let home = home("\"live\"");
    let mut screen = Terminal::start(&home, &[]);
    screen.shows("live PROD").shows("credentials file").press("/live\r").shows("▸  live").press("\r");
    screen.shows("PRODUCTION").press("\r").shows("type the profile's name first").press("live\r");
    screen.shows("live is the default now").press("q");
    assert_eq!(screen.ends(), 0);
}

#[test]
fn a_screen_that_only_reads_refuses_and_a_verb_cannot_be_told_so() {
    let demo = Demo::new();
    let before = demo.files();
    let mut screen = Terminal::start(&demo.home, &["--read-only"]);
    screen
        .shows("READ-ONLY")
        .shows("work-admin")
        .press("gg")
        .press("r")
        .shows("read-only")
        .press("X")
        .press("u");
    screen.press("q");
    assert_eq!(screen.ends(), 0);
    assert_eq!(demo.files(), before);
    assert!(!demo.actions().iter().any(|action| action == "GetSessionToken"));
    demo.home.awsprof(&["--read-only", "--json", "use", "work"]).error(2);
}
