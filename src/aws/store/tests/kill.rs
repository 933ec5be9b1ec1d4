//! The writer killed before each of its system calls in turn, and each call failing in turn.
//!
//! The test binary runs itself as the writer under `strace`, which counts the calls and strikes at the Nth.
//! Ignored by default because it needs `strace` and takes minutes; `.ci/run` runs it.

use std::path::Path;
use std::process::{Command, Stdio};

use super::*;
use crate::aws::store::recover;

const NAME: &str = "aws::store::tests::kill::the_writer";
const CALLS: &str =
    "openat,renameat2,rename,renameat,link,linkat,unlink,unlinkat,write,fsync,fchmod,fchown,mkdir";

const CONFIG: &str = "[default]\nregion = us-east-1\n\n[profile work]\nregion = eu-west-1\n";
const CREDENTIALS: &str = "[default]\naws_access_key_id = AKIAOLD\naws_secret_access_key = old\n\n[work]\n\
                           aws_access_key_id = AKIAWORK\naws_secret_access_key = s\n";

/// Not a test by itself: the program that is killed. It does nothing unless it is told its home.
#[test]
fn the_writer() {
    let Ok(home) = std::env::var("AWSPROF_TEST_HOME") else { return };
    let env: Env = [("HOME".to_owned(), home.clone())].into_iter().collect();
    let world = World { env, fs: Fs::Real, clock: Clock::Fixed(NOW.parse().unwrap()) };
    let state = StateDir(Path::new(&home).join("state"));
    let done = apply(&world, &state, &Change::Use { profile: "work".to_owned() }, true);
    assert!(done.is_ok(), "{done:?}");
}

/// Runs the writer with one strike. `true` if it ended well.
fn write_struck(home: &Home, strike: &str) -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={CALLS}")]);
    strace.args(["-e", &format!("inject={CALLS}:{strike}")]);
    strace.arg(std::env::current_exe().unwrap()).args(["--exact", NAME, "--test-threads=1"]);
    strace.env_clear().env("AWSPROF_TEST_HOME", home.dir.path());
    strace.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

/// What the home must be afterwards, whatever happened.
fn check(home: &Home, new: &(String, String), what: &str) {
    let old = (CONFIG.to_owned(), CREDENTIALS.to_owned());
    let now = home.both();
    assert!(now.0 == old.0 || now.0 == new.0, "{what}: config is torn:\n{}", now.0);
    assert!(now.1 == old.1 || now.1 == new.1, "{what}: credentials are torn:\n{}", now.1);
    recover(&home.world, &home.state).unwrap();
    let mended = home.both();
    assert!(mended == old || mended == *new, "{what}: only one file is new after the next start");
    assert_eq!(home.names(), ["config", "credentials"], "{what}");
    let again = apply(&home.world, &home.state, &Change::Use { profile: "work".to_owned() }, true);
    assert!(again.is_ok(), "{what}: {again:?}");
    assert_eq!(home.both(), *new, "{what}");
}

fn strike_everywhere(kind: &str) -> u32 {
    let model = Home::with(CONFIG, CREDENTIALS);
    model.use_profile("work");
    let new = model.both();
    for at in 1..400 {
        let home = Home::with(CONFIG, CREDENTIALS);
        let what = format!("{kind}:when={at}");
        let ended_well = write_struck(&home, &what);
        let done = ended_well && home.both() == new;
        check(&home, &new, &what);
        if done && kind.starts_with("signal") {
            return at;
        }
    }
    400
}

#[test]
#[ignore = "needs strace; minutes"]
fn killed_before_each_call_it_is_wholly_old_or_wholly_new() {
    let calls = strike_everywhere("signal=KILL");
    assert!((20..400).contains(&calls), "{calls} calls: the strikes did not reach the writer");
}

#[test]
#[ignore = "needs strace; minutes"]
fn with_each_call_failing_it_is_wholly_old_or_wholly_new() {
    let model = Home::with(CONFIG, CREDENTIALS);
    model.use_profile("work");
    let new = model.both();
    for errno in ["ENOSPC", "EIO", "EACCES", "EINTR"] {
        for at in 1..140 {
            let home = Home::with(CONFIG, CREDENTIALS);
            let what = format!("error={errno}:when={at}");
            write_struck(&home, &what);
            check(&home, &new, &what);
        }
    }
}
