//! The pages in front of the panes: what opens them, what they say, what closes them.

use awsprof::app::log::{Came, What};
use awsprof::app::{Authenticator, Dialog, Effect, Input, Msg, Outcome, Pane, Said, next_wake};
use awsprof::aws::chain::explain::{Obstacle, obstacle};
use awsprof::aws::chain::trace::{Link, Verdict};
use awsprof::ui::Look;
use jiff::SignedDuration;

use crate::screen::{MONO, drawn, text};
use crate::screen_facts::{self, Driver};

fn driver() -> Driver {
    Driver::new(120, 32)
}

fn shown(driver: &Driver) -> String {
    text(&drawn(driver, &Look::new(false, false)))
}

#[test]
fn enter_on_a_link_explains_it_and_uses_nothing() {
    let mut driver = driver();
    driver.press("2 Enter");
    assert!(driver.asked().is_empty());
    let page = shown(&driver);
    for fact in ["5 of 10: credentials file", "✓ WON", "…7Q3F", "~/.aws/credentials:14", "it wins already"]
    {
        assert!(page.contains(fact), "{fact}:\n{page}");
    }
    driver.press("Tab Tab Tab");
    let page = shown(&driver);
    assert!(page.contains("8 of 10: config file"), "{page}");
    assert!(page.contains("come first, those of the credentials file"), "{page}");
    driver.press("e");
    let effects = driver.asked();
    assert!(matches!(&effects[..], [Effect::Edit { line: 31, .. }]), "{effects:?}");
    driver.press("Esc");
    assert!(driver.model.dialog.is_none());
    assert_eq!(driver.model.pane, Pane::Chain);
}

#[test]
fn enter_elsewhere_still_uses() {
    for (pane, profile) in [("1", "work"), ("3", "work-mfa")] {
        let mut driver = driver();
        driver.press(pane).press("Enter");
        let effects = driver.asked();
        let change = awsprof::aws::change::Change::Use { profile: profile.to_owned() };
        assert!(
            matches!(&effects[..], [Effect::Write { change: asked, .. }] if *asked == change),
            "{effects:?}"
        );
    }
}

#[test]
fn every_link_says_what_it_reads_and_what_it_needs() {
    let mut trace = screen_facts::trace("work", "boto3");
    assert_eq!(obstacle(&trace, 4), Obstacle::None);
    assert_eq!(obstacle(&trace, 7), Obstacle::Behind(Link::CredentialsFile));
    assert_eq!(obstacle(&trace, 0), Obstacle::Itself);
    trace.links[0].verdict = Verdict::Incomplete;
    trace.links[4].verdict = Verdict::NotAsked;
    (trace.winner, trace.error) = (None, Some("partial credentials".to_owned()));
    assert_eq!(obstacle(&trace, 4), Obstacle::Stopped(Link::Env));
    for link in trace.links.iter().map(|report| report.link.rule()) {
        assert!(!link.reads.is_empty() && !link.needs.is_empty() && link.source.contains(['/', '.']));
    }
}

#[test]
fn a_waiting_chord_shows_what_can_follow_after_a_moment() {
    let mut driver = driver();
    driver.tell(Msg::Input(Input::Focus(false))).press("j").rest().press("g");
    assert_eq!(next_wake(&driver.model, driver.now), Some(driver.now + SignedDuration::from_millis(300)));
    assert!(!shown(&driver).contains("and then"));
    driver.now += SignedDuration::from_millis(300);
    driver.tell(Msg::Woke);
    assert!(shown(&driver).contains("and then"));
    assert_ne!(next_wake(&driver.model, driver.now), Some(driver.now));
    driver.press("g");
    assert_eq!(driver.model.cursors[0], 0);
    assert!(!shown(&driver).contains("and then"));
}

#[test]
fn m_gives_the_mouse_to_the_terminal_and_takes_it_back() {
    let mut driver = driver();
    driver.press("m");
    assert_eq!(driver.asked(), [Effect::Mouse(false)]);
    assert_eq!(driver.model.toasts.last().map(|toast| &toast.said), Some(&Said::Mouse(false)));
    driver.press("m");
    assert_eq!(driver.asked(), [Effect::Mouse(true)]);
}

#[test]
fn a_low_terminal_shows_rows_without_frames() {
    for (pane, wanted) in [("1", "work-admin"), ("2", "credentials file"), ("3", "old-mfa")] {
        let mut driver = Driver::new(30, 6);
        driver.press(pane);
        let page = shown(&driver);
        assert!(page.contains(wanted), "{page}");
        assert!(!page.contains('│'), "{page}");
    }
    let mut driver = Driver::new(30, 6);
    driver.press("/ p l a");
    assert!(shown(&driver).contains("/pla"));
    driver.tell(Msg::Input(Input::Resize(30, 4)));
    assert!(shown(&driver).contains("/pla"));
    assert!(!matches!(driver.model.dialog, Some(Dialog::Help(_))));
}

#[test]
fn the_authenticator_stays_in_sight_while_its_code_is_typed() {
    for (width, height) in [(120, 40), (80, 24), (40, 12), (30, 6)] {
        let mut driver = Driver::new(width, height);
        let shown = Authenticator { digits: "492039".to_owned(), seconds_left: 17, used: false };
        driver.tell(Msg::Authenticator(Some(shown))).press("r 4");
        let page = self::shown(&driver);
        assert!(page.contains("492 039"), "{page}");
        assert!(page.contains(" 4 ") || page.contains("[4]"), "{page}");
    }
}

fn typed(driver: &mut Driver, line: &str) {
    driver.press(":").paste(line).press("Enter");
}

#[test]
fn a_command_goes_to_its_profile_and_does_what_the_key_does() {
    let mut driver = driver();
    typed(&mut driver, "use work-admin");
    let effects = driver.asked();
    let change = awsprof::aws::change::Change::Use { profile: "work-admin".to_owned() };
    assert!(
        matches!(&effects[..], [Effect::Write { change: asked, confirmed: false, .. }] if *asked == change)
    );
    let mut driver = self::driver();
    driver.press("/ l a b Enter");
    typed(&mut driver, "renew work");
    assert!(
        matches!(&driver.model.dialog, Some(Dialog::Mfa(mfa)) if mfa.profile == "work"),
        "the filter hid it"
    );
    let mut driver = self::driver();
    typed(&mut driver, "renew play");
    assert!(matches!(driver.model.toasts.last().map(|toast| &toast.said), Some(Said::Disabled(_))));
    typed(&mut driver, "tool boto3");
    assert_eq!(driver.model.tool, 1);
    typed(&mut driver, "q");
    assert!(matches!(driver.asked()[..], [Effect::Quit(_)]));
}

#[test]
fn a_command_is_completed() {
    let mut driver = driver();
    driver.press(": u s Tab");
    let text = |driver: &Driver| match &driver.model.dialog {
        Some(Dialog::Command(command)) => command.text.clone(),
        _ => String::new(),
    };
    assert_eq!(text(&driver), "use ");
    driver.press("p l a Down Tab");
    assert_eq!(text(&driver), "use play ");
    driver.press("C-u").paste("them").press("Enter");
    assert_eq!(text(&driver), "theme ", "half a command is filled in, not done");
    driver.paste("mo").press("Enter");
    assert_eq!(driver.asked(), [Effect::Theme(awsprof::app::Theme::Mono)]);
    typed(&mut driver, "frobnicate");
    assert!(shown(&driver).contains("no such command: frobnicate"));
    // It stays where it can be put right, and says what is wrong with it.
    assert!(matches!(&driver.model.dialog, Some(Dialog::Command(line)) if line.text == "frobnicate"));
    for (line, wrong) in [
        ("u s e Space n o b o d y", "no such profile: nobody"),
        ("t o o l Space x", "no such tool: x"),
        ("t h e m e Space x", "no such theme: x"),
        ("u n d o Space x", "nothing follows undo"),
    ] {
        driver.press(&format!("C-u {line} Enter"));
        assert!(shown(&driver).contains(wrong), "{wrong}: {}", shown(&driver));
    }
    driver.press("Esc");
    driver.press(": Backspace");
    assert!(driver.model.dialog.is_none());
}

#[test]
fn a_command_writes_nothing_in_read_only_mode() {
    let mut driver = driver();
    driver.model.read_only = true;
    typed(&mut driver, "use work-admin");
    typed(&mut driver, "undo");
    assert!(driver.asked().is_empty());
    assert!(driver.model.log.0.iter().all(|deed| deed.what == What::Identify));
}

#[test]
fn the_log_says_what_was_done_and_what_came_of_it() {
    let mut driver = driver();
    driver.press("j Enter");
    let job = driver.model.jobs[0].id;
    driver.tell(Msg::Done { job, outcome: Outcome::Cancelled }).press("p");
    let deeds: Vec<_> = driver.model.log.0.iter().map(|deed| (deed.what.command(), &deed.came)).collect();
    let command = |text: &str| Some(text.to_owned());
    assert_eq!(
        deeds,
        [
            (command("awsprof whoami"), &Came::Done),
            (command("awsprof use work-mfa"), &Came::Cancelled),
            (command("AWS_PROFILE=work-mfa awsprof chain --tool aws-cli-v2"), &Came::Underway),
        ]
    );
    driver.press("L");
    let page = shown(&driver);
    assert!(page.contains("make work-mfa the default") && page.contains("awsprof use work-mfa"), "{page}");
    driver.press("Esc");
    assert!(driver.model.dialog.is_none());
}

#[test]
fn the_timeline_shows_when_each_session_ends() {
    let mut driver = driver();
    driver.press("T");
    let page = shown(&driver);
    for fact in ["ends 21:02", "ends 09:42", "expired", "12:30"] {
        assert!(page.contains(fact), "{fact}:\n{page}");
    }
}

#[test]
fn the_unseen_cursor_rests_on_the_selected_line() {
    let mut driver = driver();
    let line = |driver: &Driver| {
        let buf = drawn(driver, &MONO);
        let (column, row) = awsprof::ui::resting(&driver.model, &MONO, &buf).unwrap();
        (column, text(&buf).lines().nth(usize::from(row)).unwrap().to_owned())
    };
    let (column, first) = line(&driver);
    assert!(first.contains("▸◆ work "), "{first}");
    driver.press("j");
    assert!(line(&driver).1.contains("▸  work-mfa"), "{}", line(&driver).1);
    assert_eq!(line(&driver).0, column, "it moves down, not sideways");
    driver.press("3");
    assert!(line(&driver).1.contains("work-mfa  ━"), "{}", line(&driver).1);
    driver.press("1 A j");
    assert!(line(&driver).1.contains("▸ role"), "{}", line(&driver).1);
}
