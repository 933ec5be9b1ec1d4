//! The pages about the chain and the machine: tools compared, warnings, who somebody is, instance metadata.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use awsprof::app::browser::Browser;
use awsprof::app::{Dialog, Effect, Keymap, Msg, Outcome, Pane, Rebinding, Trouble, next_wake};
use awsprof::aws::chain::trace::{Hop, Link, Region, Verdict};
use awsprof::aws::metadata::{Found, Metadata};
use awsprof::ui::Look;
use jiff::SignedDuration;

use crate::screen::{drawn, text};
use crate::screen_facts::{self, Driver};

fn shown(driver: &Driver) -> String {
    text(&drawn(driver, &Look::new(false, false)))
}

fn compares(driver: &Driver) -> usize {
    driver.effects.iter().filter(|effect| matches!(effect, Effect::Compare { .. })).count()
}

#[test]
fn tools_are_compared_once_the_cursor_rests_and_not_before() {
    let mut driver = Driver::new(120, 32);
    driver.press("j j k j");
    assert_eq!(compares(&driver), 0);
    assert_eq!(driver.model.comparing.since, Some(driver.now));
    driver.rest();
    assert_eq!(compares(&driver), 1);
    assert!(shown(&driver).contains("tools"), "{}", shown(&driver));
    assert!(shown(&driver).contains("4 tools differ               = compares"), "{}", shown(&driver));
    let told = driver.model.disagreement().unwrap();
    assert!(told.starts_with("JavaScript v3, .NET v3 differ, 2 more otherwise: "), "{told}");
    // Another tool is another side of the same comparison; the way the profile is named is not.
    driver.press("t").rest();
    assert_eq!(compares(&driver), 1);
    driver.press("P").rest();
    assert_eq!(compares(&driver), 2);
    assert!(driver.model.comparing.since.is_none(), "nothing more to wake for");
}

#[test]
fn reasons_are_read_whole_beside_the_profiles() {
    let mut driver = Driver::new(120, 40);
    driver.press("2");
    let links = driver.model.shown_trace().unwrap().trace.links.clone();
    let screen = shown(&driver);
    for link in links.iter().filter(|link| link.access_key_id.is_none()) {
        assert!(screen.contains(&link.reason), "{}: {screen}", link.reason);
    }
    let column = |screen: &str| screen.lines().find_map(|line| line.find("no role_arn"));
    for key in ["j", "G"] {
        assert_eq!(column(&shown(driver.press(key))), column(&screen), "nothing moves with the cursor");
    }
    let wide = shown(Driver::new(160, 40).press("2"));
    assert!(wide.contains("absent     no role_arn"), "the word stands where there is room: {wide}");
}

#[test]
fn the_key_that_would_ask_is_the_one_it_is_bound_to() {
    let mut driver = Driver::new(120, 40);
    let mut trace = screen_facts::trace("work", "aws-cli-v2");
    (trace.winner, trace.would_ask) = (None, Some(Link::Imds));
    trace.links[4].verdict = Verdict::Absent;
    trace.links[7].verdict = Verdict::Absent;
    let (profile, trace) = ("work".to_owned(), Box::new(trace));
    driver.tell(Msg::Traced { job: None, profile, explicit: false, trace, asked_at: None });
    driver.press("2 G");
    assert!(shown(&driver).contains("would win if it has credentials (p asks it)"), "{}", shown(&driver));
    let own = Rebinding { scope: None, name: "probe".to_owned(), keys: vec!["F5".to_owned()] };
    driver.model.keymap = Keymap::with(&[own]).unwrap();
    for keys in ["", "Enter"] {
        let screen = shown(driver.press(keys));
        assert!(screen.contains("if it has credentials (F5 asks it)"), "{screen}");
    }
}

#[test]
fn a_comparison_that_comes_too_late_is_not_shown() {
    let mut driver = Driver::new(120, 32);
    driver.rest().press("j");
    let late = screen_facts::comparison("work");
    let job = awsprof::app::JobId(99);
    driver.tell(Msg::Compared { job, profile: "work".to_owned(), explicit: false, comparison: late });
    assert!(driver.model.compared().is_none());
}

#[test]
fn the_comparison_groups_the_tools_and_enter_switches() {
    let mut driver = Driver::new(120, 32);
    driver.press("=");
    let page = shown(&driver);
    for fact in [
        "Tools ─ AWS_PROFILE=work",
        "✓ WON credentials file …7Q3F",
        "✓ WON config file …0001",
        "✗ no credentials",
        "? would ask instance (IMDS)",
        "✓ WON  ○ shadowed",
        "AWS CLI v2 is the one shown",
    ] {
        assert!(page.contains(fact), "{fact}:\n{page}");
    }
    driver.press("G k");
    assert!(shown(&driver).contains("differs from AWS CLI v2"), "{}", shown(&driver));
    driver.press("g g j j Enter");
    assert!(driver.model.dialog.is_none());
    assert_eq!((driver.model.tool().unwrap().id, driver.model.pane), ("boto3", Pane::Chain));
    assert!(driver.asked().is_empty());
}

#[test]
fn the_comparison_shows_list_or_matrix_where_one_fits() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut driver = Driver::new(width, height);
        driver.press("=");
        assert!(shown(&driver).contains("boto3"), "{}", shown(&driver));
        driver.press("Tab");
        let page = shown(&driver);
        assert!(page.contains("credentials file") && page.contains('✓') && !page.contains("boto3"), "{page}");
        driver.press("Esc");
        assert!(driver.model.dialog.is_none());
    }
}

#[test]
fn warnings_have_a_page_with_what_to_do() {
    let mut driver = Driver::new(120, 32);
    driver.rest().press("w");
    let page = shown(&driver);
    for fact in ["Warnings: 2", "keys-on-instance", "let the instance's role do", "tools-disagree", "="] {
        assert!(page.contains(fact), "{fact}:\n{page}");
    }
    driver.press("Esc");
    driver.model.trace.as_mut().unwrap().trace.warnings.clear();
    driver.model.comparing.known = None;
    driver.press("w");
    assert!(shown(&driver).contains("there is nothing to warn of"));
}

#[test]
fn who_i_am_has_a_page_also_when_it_is_not_known() {
    let mut driver = Driver::new(120, 32);
    let region = Region { value: "eu-west-1".to_owned(), from: "/home/me/.aws/config:12".to_owned() };
    driver.tell(Msg::LookedAround { region: Some(region) });
    assert!(shown(&driver).contains("1111-2222-3333 · eu-west-1 (~/.aws/config:12)"), "{}", shown(&driver));
    driver.press("i");
    for fact in ["arn:aws:iam::111122223333:user/alice", "AIDAEXAMPLE", "~/.aws/config:12"] {
        assert!(shown(&driver).contains(fact), "{fact}:\n{}", shown(&driver));
    }
    driver.press("Esc");
    let hint = Some("renew it".to_owned());
    driver.model.identity = Some(Err(Trouble { message: "ExpiredToken: it has expired".to_owned(), hint }));
    assert!(shown(&driver).contains("i explains"));
    driver.press("i");
    let page = shown(&driver);
    assert!(page.contains("ExpiredToken: it has expired") && page.contains("renew it"), "{page}");
}

#[test]
fn answers_say_how_old_they_are_and_time_goes_on() {
    let mut driver = Driver::new(120, 32);
    driver.rest();
    driver.model.overview.sessions.clear();
    driver.model.kept.keeper = awsprof::aws::keep::Keeper::default();
    driver
        .model
        .overview
        .rows
        .iter_mut()
        .for_each(|row| row.session = awsprof::aws::overview::SessionState::None);
    driver.model.trace.as_mut().unwrap().asked_at = Some(driver.now - SignedDuration::from_secs(190));
    assert!(shown(&driver).contains("3 min ago"), "{}", shown(&driver));
    assert_eq!(next_wake(&driver.model, driver.now), Some(driver.now + SignedDuration::from_secs(50)));
}

/// A trace whose winner is a role on a role.
pub fn hops(driver: &mut Driver) {
    let hop = |profile: &str, role: Option<&str>, source: &str| Hop {
        profile: profile.to_owned(),
        role_arn: role.map(str::to_owned),
        source: source.to_owned(),
        limit: role.map(|_| "at most 1 h: a role taken by a role".to_owned()),
    };
    let trace = &mut driver.model.trace.as_mut().unwrap().trace;
    trace.winner = Some(Link::AssumeRole);
    trace.links[4].verdict = Verdict::Absent;
    let role = &mut trace.links[1];
    role.verdict = Verdict::Won;
    role.reason = String::from("assumed arn:aws:iam::111122223333:role/dev with the credentials of midrole");
    role.access_key_id = Some("ASIAIOSFODNN7DEV".to_owned());
    role.expires_at = Some(screen_facts::now() + SignedDuration::from_mins(58));
    role.hops = vec![
        hop("devrole", Some("arn:aws:iam::111122223333:role/dev"), "midrole"),
        hop("midrole", Some("arn:aws:iam::111122223333:role/mid"), "base"),
        hop("base", None, "credentials file"),
    ];
}

#[test]
fn a_role_shows_the_roles_it_rests_on() {
    let mut driver = Driver::new(120, 32);
    hops(&mut driver);
    let chain = "devrole ← midrole ← base (credentials file)";
    assert!(shown(&driver).contains(chain), "{}", shown(&driver));
    driver.press("2 g g j Enter");
    let page = shown(&driver);
    for fact in [chain, "midrole is arn:aws:iam::111122223333:role/mid", "in 58m 00s", "…7DEV"] {
        assert!(page.contains(fact), "{fact}:\n{page}");
    }
    assert!(text(&drawn(&driver, &Look::new(false, true))).contains("devrole <- midrole"));
}

fn browser(driver: &Driver) -> &Browser {
    match &driver.model.dialog {
        Some(Dialog::Imds(browser)) => browser,
        other => unreachable!("{other:?}"),
    }
}

/// Answers the request that was made last.
pub fn answer(driver: &mut Driver, found: Found) {
    let asked = driver.effects.iter().rev().find_map(|effect| match effect {
        Effect::Metadata { job, path, role } => Some((*job, path.clone(), *role)),
        _ => None,
    });
    let (job, path, role) = asked.unwrap();
    let end = screen_facts::now() + SignedDuration::from_hours(6);
    let result = Ok(Metadata {
        endpoint: "http://169.254.169.254/".to_owned(),
        version: 2,
        token_ttl: Some(21600),
        path,
        found,
        role: role.then(|| ("web-server".to_owned(), Some(end))),
    });
    driver.tell(Msg::Metadata { job, result });
}

pub fn entries(names: &[&str]) -> Found {
    Found::Entries(names.iter().map(|name| (*name).to_owned()).collect())
}

fn asked_paths(driver: &mut Driver) -> Vec<String> {
    let path = |effect| match effect {
        Effect::Metadata { path, .. } => Some(path),
        _ => None,
    };
    driver.asked().into_iter().filter_map(path).collect()
}

#[test]
fn the_metadata_is_walked_by_keys_and_going_up_asks_nothing() {
    let mut driver = Driver::new(120, 32);
    driver.press("I");
    answer(&mut driver, entries(&["dynamic/", "meta-data/", "user-data"]));
    assert_eq!(asked_paths(&mut driver), ["latest/"]);
    let page = shown(&driver);
    for fact in ["IMDSv2 answered", "token good for 21600 s", "role web-server", "cannot be read here"] {
        assert!(page.contains(fact), "{fact}:\n{page}");
    }
    driver.press("j Enter");
    answer(&mut driver, entries(&["iam/", "instance-id", "public-keys/"]));
    driver.press("j Enter");
    answer(&mut driver, Found::Value("i-0123".to_owned()));
    assert!(shown(&driver).contains("i-0123"));
    driver.press("Enter k j h");
    assert_eq!(asked_paths(&mut driver), ["latest/meta-data/", "latest/meta-data/instance-id"]);
    assert_eq!(browser(&driver).folder().unwrap().path, "latest/");
    driver.press("Backspace");
    assert_eq!(browser(&driver).levels.len(), 1, "the root stays");
    driver.press("q");
    assert!(driver.model.dialog.is_none());
}

#[test]
fn a_request_for_metadata_shows_itself_and_is_cancelled_with_esc() {
    let mut driver = Driver::new(120, 32);
    driver.press("I");
    assert!(!shown(&driver).contains("Esc cancels"));
    driver.now += SignedDuration::from_millis(160);
    driver.tell(Msg::Woke);
    assert!(shown(&driver).contains("asking for latest/ (Esc cancels)"), "{}", shown(&driver));
    driver.press("Enter");
    assert_eq!(asked_paths(&mut driver).len(), 1, "one request at a time");
    driver.press("Esc");
    let effects = driver.asked();
    let [Effect::Cancel(job)] = effects[..] else { unreachable!("{effects:?}") };
    driver.tell(Msg::Done { job, outcome: Outcome::Cancelled });
    assert!(browser(&driver).asking.is_none() && driver.model.jobs.is_empty());
    let trouble = Trouble { message: "nobody answers at http://169.254.169.254".to_owned(), hint: None };
    driver.press("r");
    let job = driver.model.jobs[0].id;
    driver.tell(Msg::Metadata { job, result: Err(trouble) });
    assert!(shown(&driver).contains("✗ nobody answers"), "{}", shown(&driver));
    driver.press("Esc");
    assert!(driver.model.dialog.is_none());
    // An answer that comes after the page was closed opens nothing.
    driver.press("I");
    let job = driver.model.jobs[0].id;
    driver.model.dialog = None;
    answer(&mut driver, entries(&["dynamic/"]));
    assert!(driver.model.dialog.is_none() && driver.model.jobs.iter().all(|running| running.id != job));
}
