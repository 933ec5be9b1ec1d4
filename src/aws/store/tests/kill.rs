//! The writer killed before each of its system calls in turn, and each call failing in turn.
//!
//! The test binary runs itself as the writer under `strace`, which counts the calls and strikes at the Nth.
//! Ignored by default because it needs `strace`; `.ci/run` runs it.

use std::path::Path;
use std::process::{Command, Stdio};

use super::*;
use crate::aws::store::{Recovery, recover};

const NAME: &str = "aws::store::tests::kill::the_writer";
const CALLS: [&str; 12] = [
    "openat",
    "renameat2",
    "rename",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "write",
    "fsync",
    "fchmod",
    "flock",
    "mkdir",
];

const CONFIG: &str = "[default]\nregion = us-east-1\n\n[profile work]\nregion = eu-west-1\n";
const CREDENTIALS: &str = "[default]\naws_access_key_id = AKIAOLD\naws_secret_access_key = old\n\n[work]\n\
                           aws_access_key_id = AKIAWORK\naws_secret_access_key = s\n";

/// Not a test by itself: the program that is killed. It does nothing unless it is told its home.
#[test]
fn the_writer() {
    let Ok(home) = std::env::var("AWSPROF_TEST_HOME") else { return };
    let env: Env = [("HOME".to_owned(), home.clone())].into_iter().collect();
    let world = World { env, fs: Fs::Real, clock: Clock::Fixed(NOW.parse().unwrap()) };
    let state = StateDir::new(Path::new(&home).join("state"));
    let done = apply(&world, &state, &Change::Use { profile: "work".to_owned() }, true);
    assert!(done.is_ok(), "{done:?}");
}

/// Runs the writer with one strike. `true` if it ended well.
fn write_struck(home: &Home, call: &str, strike: &str) -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")]);
    strace.args(["-e", &format!("inject={call}:{strike}")]);
    strace.arg(std::env::current_exe().unwrap()).args(["--exact", NAME, "--test-threads=1"]);
    strace.env_clear().env("AWSPROF_TEST_HOME", home.dir.path());
    strace.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

/// What the home must be afterwards, whatever happened.
fn check(home: &Home, new: &(String, String), what: &str) -> Recovery {
    let old = (CONFIG.to_owned(), CREDENTIALS.to_owned());
    let now = home.both();
    assert!(now.0 == old.0 || now.0 == new.0, "{what}: config is torn:\n{}", now.0);
    assert!(now.1 == old.1 || now.1 == new.1, "{what}: credentials are torn:\n{}", now.1);
    let recovery = recover(&home.world, &home.state).unwrap();
    let mended = home.both();
    assert!(mended == old || mended == *new, "{what}: only one file is new after the next start");
    assert_eq!(home.names(), ["config", "credentials"], "{what}");
    let again = apply(&home.world, &home.state, &Change::Use { profile: "work".to_owned() }, true);
    assert!(again.is_ok(), "{what}: {again:?}");
    assert_eq!(home.both(), *new, "{what}");
    recovery
}

/// Strikes each call at its first, second, … time until the writer no longer comes so far. How often it was
/// struck, and how often there was something to finish.
fn strike_everywhere(kind: &str) -> (u32, u32) {
    let model = Home::with(CONFIG, CREDENTIALS);
    model.use_profile("work");
    let new = model.both();
    let (mut struck, mut finished) = (0, 0);
    for call in CALLS {
        let mut unharmed = 0;
        for at in 1..200 {
            let home = Home::with(CONFIG, CREDENTIALS);
            let ended_well = write_struck(&home, call, &format!("{kind}:when={at}"));
            let what = format!("{call} {kind}:when={at}");
            finished += u32::from(check(&home, &new, &what) == Recovery::Finished);
            // An error may be survived, so it takes a few unharmed runs to know that the end is reached.
            unharmed = if ended_well { unharmed + 1 } else { 0 };
            struck += u32::from(!ended_well);
            if unharmed > if kind.starts_with("signal") { 0 } else { 6 } {
                break;
            }
        }
    }
    (struck, finished)
}

#[test]
#[ignore = "needs strace"]
fn killed_before_each_call_it_is_wholly_old_or_wholly_new() {
    let (struck, finished) = strike_everywhere("signal=KILL");
    assert!(struck > 60 && finished > 10, "the strikes did not reach the writer: {finished} of {struck}");
}

#[test]
#[ignore = "needs strace"]
fn with_each_call_failing_it_is_wholly_old_or_wholly_new() {
    for errno in ["ENOSPC", "EIO", "EACCES", "EINTR"] {
        let (struck, _) = strike_everywhere(&format!("error={errno}"));
        assert!(struck > 10, "{errno}: the strikes did not reach the writer: {struck}");
    }
}
