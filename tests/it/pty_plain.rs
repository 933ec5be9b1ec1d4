//! `--plain` as a screen reader meets it, in a real terminal: lines only, a code typed, an end by each way out.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rustix::process::Signal;

use crate::pty::{Terminal, shown_code};
use crate::support::Home;

/// The demo as a conversation, in a temporary folder of the test's own.
fn demo() -> (Home, Terminal) {
    let mut home = Home::empty();
    let folder = home.path().to_str().unwrap().to_owned();
    home.set("TMPDIR", &folder);
    let mut terminal = Terminal::start(&home, &["--plain", "demo"]);
    terminal.shows("2. work, IAM user, account 111122223333, no session").shows("q to quit");
    (home, terminal)
}

/// Nothing is left: no folder of the demo, no changed terminal.
fn assert_gone(home: &Home, terminal: &Terminal) {
    let left: Vec<_> =
        std::fs::read_dir(home.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("awsprof-demo-")), "{left:?}");
    terminal.assert_restored_to_lines();
}

#[test]
fn a_session_is_renewed_in_plain_lines() {
    let (home, mut terminal) = demo();
    terminal.press("r work\r").shows("MFA code for arn:aws:iam::111122223333:mfa/alice: ");
    let code = shown_code(&terminal.text());
    terminal.press(&format!("{code}\r")).shows("work-mfa renewed, good for 1");
    terminal.press("s\r").shows("work-mfa, 11h 59m left; carries work-admin");
    terminal.press("u work\r").shows("Write this? [y/N] ").press("y\r").shows("is now `work`");
    terminal.press("z\r").shows("took back `use work`");
    terminal.press("\x04");
    assert_eq!(terminal.ends(), 0);
    assert_gone(&home, &terminal);
    let told = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(!told.contains('\x1b'), "an escape sequence in {told:?}");
    let drawn_over = told.replace("\r\n", "\n");
    assert!(!drawn_over.contains('\r'), "a line is drawn over in {told:?}");
}

#[test]
fn a_signal_ends_it_and_deletes_the_demo() {
    for (signal, keys) in [(None, "\x03"), (Some(Signal::TERM), ""), (Some(Signal::HUP), "")] {
        let (home, mut terminal) = demo();
        terminal.press(keys);
        if let Some(signal) = signal {
            terminal.signal(signal);
        }
        assert_ne!(terminal.ends(), 0, "{signal:?}");
        assert_gone(&home, &terminal);
    }
}
