//! Sessions that stay alive: `watch` on the demo's home, and what the screen says and does.
#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Stdio};

use awsprof::app::{Effect, JobKind, Msg, Outcome, Stage, next_wake};
use awsprof::aws::keep::Fault;
use awsprof::sandbox::faults::Fault as BadDay;
use awsprof::ui::Look;
use jiff::{SignedDuration, Timestamp};
use rustix::process::{Pid, Signal, kill_process};

use crate::demo::Demo;
use crate::pty::Terminal;
use crate::screen::{drawn, text};
use crate::screen_facts::Driver;
use crate::support::below;

fn now() -> Timestamp {
    awsprof::aws::world::Clock::System.now()
}

/// A session of alice's in `[work-mfa]`, as awsprof leaves one, with so many minutes left.
pub fn session(demo: &Demo, minutes: i64) {
    let end = Timestamp::from_second((now() + SignedDuration::from_mins(minutes)).as_second()).unwrap();
    let keys = "aws_access_key_id = ASIASANDBOXENDING001\naws_secret_access_key = ending\n";
    let section =
        format!("\n[work-mfa]\n{keys}aws_session_token = ending\nx_security_token_expires = {end}\n");
    demo.home.write(".aws/credentials", &(demo.home.read(".aws/credentials") + &section));
}

/// Has a command of the profile print the code of alice's device.
pub fn by_command(demo: &Demo) {
    let script = demo.home.file("code");
    std::fs::write(&script, format!("#!/bin/sh\necho {}\n", demo.code("alice"))).unwrap();
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o700)).unwrap();
    let process = format!("[profile work]\nmfa_process = {}\n", script.display());
    let config = demo.home.read(".aws/config").replace("[profile work]\n", &process);
    demo.home.write(".aws/config", &config);
}

/// A session about to end that can renew itself.
fn due() -> Demo {
    let demo = Demo::new();
    by_command(&demo);
    session(&demo, 5);
    demo
}

fn started(demo: &Demo, args: &[&str]) -> Child {
    let mut command = demo.home.command(env!("CARGO_BIN_EXE_awsprof"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn what_is_due_is_renewed_once_and_what_comes_next_is_said() {
    let demo = due();
    let [_, before] = demo.files();
    let watched = demo.home.awsprof(&["watch", "--once"]);
    assert_eq!((watched.code, watched.stdout.as_str()), (0, ""), "{}", watched.stderr);
    let lines: Vec<&str> = watched.stderr.lines().collect();
    assert_eq!(lines[0], "work-mfa: renewed", "{lines:?}");
    assert!(lines[1].starts_with("work-mfa: renews itself in 11h "), "{lines:?}");
    assert_eq!(lines.len(), 2, "{lines:?}");
    let [_, after] = demo.files();
    assert_ne!(before, after);
    assert_eq!(before[..before.find("[work-mfa]").unwrap()], after[..after.find("[work-mfa]").unwrap()]);
    let again = demo.home.awsprof(&["watch", "--once"]);
    assert!(again.code == 0 && again.stderr.starts_with("work-mfa: renews itself in 11h "), "{again:?}");
    assert_eq!(demo.actions(), ["GetSessionToken"]);
}

#[test]
fn what_needs_a_person_is_said_and_left() {
    let demo = Demo::new();
    session(&demo, 5);
    let before = demo.files();
    let watched = demo.home.awsprof(&["watch", "--once"]);
    assert_eq!(watched.code, 7, "{}", watched.stderr);
    assert_eq!(watched.stderr, "work-mfa: needs a code: awsprof renew work-mfa\n");
    assert!(demo.files() == before && demo.sandbox.requests().is_empty());
}

#[test]
fn switched_off_it_renews_nothing() {
    let demo = due();
    std::fs::create_dir_all(demo.home.file(".awsprof")).unwrap();
    demo.home.write(".awsprof/config.toml", "[renew]\nauto = false\n");
    assert_eq!(demo.home.awsprof(&["watch", "--once"]).code, 7);
    assert!(demo.sandbox.requests().is_empty());
}

#[test]
fn a_section_that_is_not_awsprofs_is_nobodys_to_renew() {
    let demo = due();
    let unmarked: String =
        demo.home.read(".aws/credentials").replace("x_security_token_expires", "expiration");
    demo.home.write(".aws/credentials", &unmarked);
    let watched = demo.home.awsprof(&["watch", "--once"]);
    assert!(demo.sandbox.requests().is_empty(), "{watched:?}");
}

#[test]
fn eight_watchers_make_one_request() {
    let demo = due();
    let children: Vec<Child> = (0..8).map(|_| started(&demo, &["watch", "--once"])).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && said.contains("renews itself in 11h"), "{said}");
    }
    assert_eq!(demo.actions(), ["GetSessionToken"]);
}

#[test]
fn a_signal_ends_it_well() {
    for signal in [Signal::TERM, Signal::INT] {
        let demo = due();
        let mut child = started(&demo, &["watch"]);
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().contains("renews itself in 11h")));
        kill_process(Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap(), signal).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal:?}");
    }
}

#[test]
fn a_file_that_changes_makes_another_plan() {
    let demo = Demo::new();
    by_command(&demo);
    session(&demo, 600);
    let mut child = started(&demo, &["watch"]);
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut until = |text: &str| assert!(lines.any(|line| line.unwrap().contains(text)), "{text}");
    until("renews itself in 9h");
    let credentials = demo.home.read(".aws/credentials");
    let end = credentials.split("x_security_token_expires = ").nth(1).unwrap().trim().to_owned();
    let soon = Timestamp::from_second((now() + SignedDuration::from_mins(3)).as_second()).unwrap();
    demo.home.write(".aws/credentials", &credentials.replace(&end, &soon.to_string()));
    until("work-mfa: renewed");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The one cached role, with another end.
fn role_ends(demo: &Demo, minutes: i64) {
    let files = below(&demo.home.file(".awsprof/cache/roles"));
    let file = files.iter().find(|file| file.extension().is_some_and(|ext| ext == "json")).unwrap();
    let mut entry: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let end = now() + SignedDuration::from_mins(minutes);
    entry["expires_at"] = end.to_string().into();
    entry["made_at"] = (end - SignedDuration::from_hours(1)).to_string().into();
    std::fs::write(file, entry.to_string()).unwrap();
}

#[test]
fn a_role_is_kept_while_somebody_uses_it() {
    let demo = Demo::new();
    demo.renew("work").ok();
    demo.home.awsprof(&["assume", "work-admin"]).ok();
    let watch = || demo.home.awsprof(&["watch", "--once"]).stderr;
    role_ends(&demo, 5);
    let said = watch();
    assert!(said.contains("work-admin: renewed"), "{said}");
    assert!(said.contains("work-admin: rides on work-mfa; not used"), "{said}");
    role_ends(&demo, 5);
    assert!(!watch().contains("renewed"), "nobody has had it since");
    role_ends(&demo, 20);
    demo.home.awsprof(&["export", "work-admin"]).ok();
    role_ends(&demo, 5);
    assert!(watch().contains("work-admin: renewed"));
    assert_eq!(demo.actions(), ["GetSessionToken", "AssumeRole", "AssumeRole", "AssumeRole"]);
}

#[test]
fn the_service_is_written_once_and_never_over_somebodys_own() {
    let demo = Demo::new();
    let path = demo.home.file(".config/systemd/user/awsprof-watch.service");
    let install = |more: &[&str]| demo.home.awsprof(&[&["watch", "--install"], more].concat());
    let text = install(&["--dry-run"]).ok();
    let program = env!("CARGO_BIN_EXE_awsprof");
    assert!(text.contains(&format!("\nExecStart={program} watch\n")) && !path.exists(), "{text}");
    assert!(text.contains(&format!("Environment=AWSPROF_HOME={}", demo.home.path().display())), "{text}");
    let written = install(&[]);
    assert!(written.stderr.contains("systemctl --user enable --now awsprof-watch.service"), "{written:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    assert!(install(&[]).stderr.contains("is there already"));
    std::fs::write(&path, "[Unit]\n# mine\n").unwrap();
    assert_eq!(install(&["--json"]).error(7)["code"], "no-terminal");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "[Unit]\n# mine\n");
    install(&["--yes"]).ok();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn the_screen_renews_what_is_due_and_says_so() {
    let demo = due();
    let mut screen = Terminal::start(&demo.home, &[]);
    screen.shows("work-mfa has renewed itself").shows("renews itself in 11h");
    screen.press("L").shows("renew the session of work-mfa").press("q").shows("3 Sessions").press("q");
    assert_eq!(screen.ends(), 0);
    assert_eq!(demo.actions().iter().filter(|action| *action == "GetSessionToken").count(), 1);
}

#[test]
fn a_read_only_screen_renews_nothing() {
    let demo = due();
    let before = demo.files();
    let mut screen = Terminal::start(&demo.home, &["--read-only"]);
    screen.shows("work-mfa ends in").press("q");
    assert_eq!(screen.ends(), 0);
    assert!(demo.files() == before && !demo.actions().contains(&"GetSessionToken".to_owned()));
}

#[test]
fn a_person_is_called_in_every_way_that_is_wanted() {
    let demo = Demo::new();
    session(&demo, 10);
    std::fs::create_dir_all(demo.home.file(".awsprof")).unwrap();
    let wanted = "[notify]\nbell = true\ntitle = true\ndesktop = \"osc777\"\n";
    demo.home.write(".awsprof/config.toml", wanted);
    let mut screen = Terminal::start(&demo.home, &[]);
    screen.shows("work-mfa ends in 9m").shows("r renews it").shows("work-mfa CODE").shows("work CODE");
    screen.shows("needs a code: press r").press("q");
    assert_eq!(screen.ends(), 0);
    let raw = String::from_utf8_lossy(&screen.raw).into_owned();
    let called = raw.find("\x1b]777;notify;awsprof;work-mfa ends in 9m").unwrap_or_else(|| panic!("{raw:?}"));
    assert!(raw[called..].split("\x1b\\").nth(1).unwrap().starts_with('\x07'), "{raw:?}");
    assert_eq!(raw.matches("\x1b]777;").count(), 1, "once");
    assert!(raw.contains("\x1b]0;awsprof: work-mfa needs a code\x07"), "{raw:?}");
    let (kept, back) = (raw.find("\x1b[22;2t").unwrap(), raw.find("\x1b[23;2t").unwrap());
    assert!(kept < back);
}

#[test]
fn by_default_only_the_screen_itself_calls() {
    let demo = Demo::new();
    session(&demo, 10);
    let mut screen = Terminal::start(&demo.home, &[]);
    screen.shows("work-mfa ends in 9m").press("q");
    screen.ends();
    let raw = String::from_utf8_lossy(&screen.raw).into_owned();
    assert!(!raw.contains('\x07') && !raw.contains("\x1b]"), "{raw:?}");
}

/// The facts of the pictures, with a session that renews itself.
fn driver() -> Driver {
    let mut driver = Driver::new(120, 32);
    let mut overview = driver.model.overview.clone();
    overview.sessions[0].code_from = Some("keyring");
    driver.tell(Msg::Loaded(Box::new(overview)));
    driver.effects.clear();
    driver
}

fn shown(driver: &Driver) -> String {
    text(&drawn(driver, &Look::new(false, false)))
}

/// Lets time pass until the plan has started its renewal.
fn kept(driver: &mut Driver) -> awsprof::app::JobId {
    driver.now += SignedDuration::from_secs(692 * 60 - 14 * 60);
    driver.tell(Msg::Woke);
    let asked = driver.asked();
    let keep = asked.iter().find_map(|effect| match effect {
        Effect::Keep { job, profile, role: false, .. } => Some((*job, profile.clone())),
        _ => None,
    });
    let (job, profile) = keep.unwrap_or_else(|| panic!("{asked:?}"));
    assert_eq!(profile, "work-mfa");
    job
}

#[test]
fn a_renewal_by_itself_opens_no_dialog_and_a_wait_counts_down() {
    let mut driver = driver();
    assert!(shown(&driver).contains("renews itself in 11h 1"), "{}", shown(&driver));
    let job = kept(&mut driver);
    driver.tell(Msg::Progress { job, stage: Stage::CodeFrom("keyring") });
    assert!(shown(&driver).contains("renewing: code from keyring"));
    driver.tell(Msg::Progress {
        job,
        stage: Stage::NextCode { at: driver.now + SignedDuration::from_secs(12) },
    });
    assert!(driver.model.dialog.is_none() && shown(&driver).contains("next code in 12 s"));
    let at = driver.now + SignedDuration::from_secs(4);
    driver.tell(Msg::Progress { job, stage: Stage::Retrying { attempt: 2, at, throttled: true } });
    assert!(shown(&driver).contains("AWS is throttling, next try in 4 s"), "{}", shown(&driver));
    driver.model.motion = false;
    let wake = next_wake(&driver.model, driver.now).unwrap();
    assert!(wake <= driver.now + SignedDuration::from_secs(1), "the seconds are counted");
    driver.press("Esc");
    assert_eq!(driver.asked(), [Effect::Cancel(job)]);
    driver.tell(Msg::Done { job, outcome: Outcome::Cancelled });
    assert!(
        !driver.asked().iter().any(|effect| matches!(effect, Effect::Keep { .. })),
        "whoever cancelled wants peace"
    );
    assert!(shown(&driver).contains("tries again in"), "{}", shown(&driver));
}

#[test]
fn failures_are_said_once_and_a_refusal_calls() {
    let mut driver = driver();
    let mut job = kept(&mut driver);
    let trouble = || awsprof::app::Trouble { message: "the key was retired".to_owned(), hint: None };
    let refused = |job| Msg::Done {
        job,
        outcome: Outcome::NotKept {
            profile: "work-mfa".to_owned(),
            fault: Fault::Refused,
            trouble: trouble(),
        },
    };
    driver.tell(refused(job));
    assert!(shown(&driver).contains("work-mfa was not renewed: the key was retired"), "{}", shown(&driver));
    driver.now += SignedDuration::from_secs(61);
    driver.tell(Msg::Woke);
    job = driver.model.jobs.iter().find(|job| job.kind == JobKind::Keep).unwrap().id;
    driver.tell(refused(job));
    let text = shown(&driver);
    assert!(text.contains("work-mfa ends in 13m") && text.contains("and did not renew itself"), "{text}");
    assert!(text.contains("work-mfa CODE") && text.contains("press r: the key was retired"), "{text}");
    driver.now += SignedDuration::from_hours(3);
    driver.asked();
    driver.tell(Msg::Woke);
    assert_eq!(driver.asked(), [], "nothing more is sent");
    assert!(next_wake(&driver.model, driver.now).is_none_or(|wake| wake > driver.now));
}

#[test]
fn every_moment_named_is_a_later_one() {
    let mut driver = driver();
    let mut wakes = 0;
    let end = driver.now + SignedDuration::from_hours(13);
    while let Some(wake) = next_wake(&driver.model, driver.now).filter(|wake| *wake < end) {
        assert!(wake > driver.now, "{wake}");
        driver.now = wake;
        driver.tell(Msg::Woke);
        for effect in driver.asked() {
            if let Effect::Keep { job, profile, .. } = effect {
                let trouble = awsprof::app::Trouble { message: "no network".to_owned(), hint: None };
                let outcome = Outcome::NotKept { profile, fault: Fault::Passing, trouble };
                driver.tell(Msg::Done { job, outcome });
            }
        }
        wakes += 1;
    }
    assert!(wakes < 13 * 60 + 3 * 3600, "{wakes} wake-ups");
}

#[test]
fn a_storm_of_throttling_is_waited_out() {
    let demo = due();
    let before = demo.files();
    for _ in 0..3 {
        demo.sandbox.next_answer(BadDay::throttled());
    }
    let watched = demo.home.awsprof(&["watch", "--once"]);
    assert_eq!(watched.code, 5, "{}", watched.stderr);
    assert!(watched.stderr.contains("work-mfa: AWS is throttling, next try in "), "{}", watched.stderr);
    assert!(watched.stderr.contains("work-mfa: tries again in "), "{}", watched.stderr);
    assert_eq!((demo.files(), demo.actions().len()), (before, 3));
    let watched = demo.home.awsprof(&["watch", "--once"]);
    assert!(
        watched.code == 0 && watched.stderr.contains("work-mfa: renewed"),
        "the code was never looked at: {watched:?}"
    );
}
