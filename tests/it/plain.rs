//! `--plain` as a screen reader meets it: lines in, lines out, on a dumb terminal and in a pipe.

use crate::support::Home;

const CONFIG: &str = "[profile work]\nregion = eu-west-1\n\n[profile admin]\nrole_arn = arn:aws:iam::444455556666:role/admin\nsource_profile = work\n";
const CREDENTIALS: &str =
    "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-real-secret\n";

fn home() -> Home {
    let mut home = Home::with(CONFIG, CREDENTIALS);
    home.set("TERM", "dumb");
    home
}

/// What is said to these lines.
fn said(home: &Home, args: &[&str], lines: &str) -> String {
    home.awsprof_fed(&[&["--plain"], args].concat(), lines).ok()
}

#[test]
fn profiles_are_numbered_and_told_one_a_line() {
    let home = home();
    let told = said(&home, &[], "1\nl adm\nnonsense\nu 9\n");
    assert!(
        told.starts_with("awsprof: 2 profiles; the default is none\n1. work, IAM user, ready\n"),
        "{told}"
    );
    for line in [
        "> work, IAM user, ready, region eu-west-1\n",
        "> 2. admin, role, account 444455556666,",
        "> no such command: nonsense; h tells what there is\n",
        "> refused: no profile `9`; give a number from 1 to 2, or a name\n",
    ] {
        assert!(told.contains(line), "{line} is not in {told}");
    }
    assert!(!told.contains('\u{1b}'), "no escape sequence");
}

#[test]
fn a_default_is_made_and_taken_back() {
    let home = home();
    let told = said(&home, &[], "use work\nl\nz\nq\nl\n");
    assert!(told.contains("work, IAM user, ready, the default\n"), "{told}");
    assert_eq!(home.read(".aws/credentials"), CREDENTIALS);
    assert!(told.ends_with("> "), "nothing is told after q: {told}");
}

#[test]
fn a_chain_is_told_with_its_outcome_first() {
    let told = said(&home(), &[], "1\nc\ns\n");
    assert!(told.contains("> credentials come from: credentials file, WON"), "{told}");
    assert!(told.contains("\nlink 1: environment, absent, AWS_ACCESS_KEY_ID is not set\n"), "{told}");
    assert!(told.contains("no session yet"), "{told}");
}

#[test]
fn read_only_writes_nothing() {
    let home = home();
    let told = said(&home, &["--read-only"], "u 1\nz\n");
    assert_eq!(told.matches("read-only: nothing is written").count(), 2, "{told}");
    assert_eq!(home.read(".aws/credentials"), CREDENTIALS);
}

#[test]
fn the_demo_takes_the_flags_of_the_screen_behind_its_name() {
    let told = home().awsprof_fed(&["demo", "--plain", "--read-only"], "u 1\n").ok();
    assert_eq!(told.matches("read-only: nothing is written").count(), 1, "{told}");
}
