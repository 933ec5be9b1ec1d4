//! Settings changed on their page in the real program: each holds at once, in the screen that is running.

use crate::pty::Terminal;
use crate::support::Home;

const CONFIG: &str = "[profile work]\nregion = eu-west-1\nmfa_serial = arn:aws:iam::111122223333:mfa/alice\n\n[profile play]\n";
const CREDENTIALS: &str =
    "[work]\naws_access_key_id = AKIAIOSFODNN7WORK000\naws_secret_access_key = work-fake-secret\n";

fn started(home: &Home) -> Terminal {
    let mut terminal = Terminal::start(home, &[]);
    terminal.shows("1 Profiles").shows("credentials file");
    terminal
}

/// Opens the page, chooses a setting, changes it and says yes; `typed` is its value, empty for the next choice.
fn set(terminal: &mut Terminal, key: &str, typed: &str) {
    let at = awsprof::config::keys().position(|(known, ..)| *known == key).unwrap();
    terminal.press("S").shows("ui.mouse").press("gg").press(&"j".repeat(at)).shows(&format!("▸ {key} "));
    if !typed.is_empty() {
        terminal.press("\r\x15").press(typed);
    }
    terminal
        .press("\r")
        .shows("+++")
        .press("y")
        .shows(&format!("▸ {key} "))
        .shows(&format!("wrote {key} = "));
    terminal.press("\x1b").shows("Chain");
}

#[test]
fn what_is_production_is_so_at_once() {
    let home = Home::with(CONFIG, CREDENTIALS);
    let mut terminal = started(&home);
    set(&mut terminal, "guard.production", "[\"wo*\"]");
    terminal.shows("work PROD").press("gg\r").shows("`work` is PRODUCTION").shows("agree").press("\x03");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_choice_goes_to_the_shell_at_once() {
    let mut home = Home::with(CONFIG, CREDENTIALS);
    home.write("out", "");
    let out = home.file("out").to_str().unwrap().to_owned();
    home.set("AWSPROF_SHELL_OUT", &out);
    let mut terminal = started(&home);
    set(&mut terminal, "use.mode", "");
    terminal.press("gg\r");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(home.read("out"), "work\n");
}

#[test]
fn the_windows_title_is_ours_and_goes_back_at_once() {
    let home = Home::with(CONFIG, CREDENTIALS);
    let mut terminal = started(&home);
    set(&mut terminal, "notify.title", "");
    terminal.writes("\x1b[22;2t").writes("\x1b]0;awsprof");
    set(&mut terminal, "notify.title", "");
    terminal.writes("\x1b[23;2t").press("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn the_editor_finds_a_folder_for_the_first_settings() {
    let mut home = Home::with(CONFIG, CREDENTIALS);
    home.write("edit", "#!/bin/sh\nprintf '[guard]\\nproduction = [\"wo*\"]\\n' >\"$1\"\n");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(home.file("edit"), mode).unwrap();
    let editor = home.file("edit").to_str().unwrap().to_owned();
    home.set("EDITOR", &editor);
    home.set("AWSPROF_CONFIG", home.path().join("new/own.toml").to_str().unwrap());
    let mut terminal = started(&home);
    terminal.press("S").shows("ui.mouse").press("e").shows("= [\"wo*\"]").press("\x1b").shows("work PROD");
    terminal.press("q");
    assert_eq!(terminal.ends(), 0);
}
