//! Every bad day between here and AWS, on the way a person renews and on the way a session renews itself: its own
//! sentence, its own hint, requests counted, and both files byte for byte as they were.

use awsprof::aws::world::Clock;
use awsprof::sandbox::faults::Fault;
use jiff::SignedDuration;

use crate::demo::Demo;
use crate::keeping::{by_command, session};

/// A row of the table.
struct Row {
    name: &'static str,
    /// Makes the day bad.
    spoil: fn(&mut Demo),
    /// The exit code, and words of the sentence and of the hint.
    code: u8,
    says: &'static str,
    hint: &'static str,
    /// Requests that reached AWS.
    requests: usize,
}

fn all(demo: &Demo, fault: &Fault) {
    (0..3).for_each(|_| demo.sandbox.next_answer(fault.clone()));
}

/// Where STS is looked for.
fn sts_at(demo: &mut Demo, url: &str) {
    demo.home.set("AWS_ENDPOINT_URL_STS", url);
}

fn later() -> Fault {
    Fault::refusal(403, "SignatureDoesNotMatch", "Signature expired: 20260101T000000Z is now earlier than …")
}

const TABLE: &[Row] = &[
    row(
        "captive portal",
        |d| d.sandbox.next_answer(Fault::captive_portal()),
        5,
        "a web page came back",
        "captive portal",
        1,
    ),
    row(
        "redirect",
        |d| d.sandbox.next_answer(Fault::redirect("http://127.0.0.1:9/")),
        5,
        "a redirect, which AWS never does",
        "captive portal",
        1,
    ),
    row("truncated XML", |d| d.sandbox.next_answer(Fault::Cut(420)), 5, "damaged", "nothing was written", 1),
    row(
        "no token",
        |d| d.sandbox.next_answer(Fault::Without("SessionToken")),
        5,
        "has no SessionToken",
        "nothing was written",
        1,
    ),
    row(
        "empty secret",
        |d| d.sandbox.next_answer(Fault::Empty("SecretAccessKey")),
        5,
        "an empty SecretAccessKey",
        "nothing was written",
        1,
    ),
    row(
        "endless answer",
        |d| d.sandbox.next_answer(Fault::Huge(50_000_000)),
        5,
        "more than 256 KB",
        "nothing was written",
        1,
    ),
    row("clock", |d| d.sandbox.next_answer(later()), 4, "clock is too far off", "NTP", 1),
    row("no such name", |d| sts_at(d, "http://sts.invalid"), 5, "has no address", "VPN", 0),
    row("nobody listens", |d| sts_at(d, "http://127.0.0.1:9"), 5, "127.0.0.1", "AWS_ENDPOINT_URL", 0),
    row(
        "proxy refuses",
        |d| {
            sts_at(d, "https://sts.example");
            d.home.set("HTTPS_PROXY", "http://127.0.0.1:9");
        },
        5,
        "proxy",
        "HTTPS_PROXY",
        0,
    ),
    row(
        "proxy wants a password",
        |d| d.sandbox.next_answer(Fault::status(407)),
        5,
        "user name and password",
        "HTTPS_PROXY",
        1,
    ),
    row(
        "TLS",
        |d| {
            let plain = d.sandbox.url().replace("http:", "https:");
            sts_at(d, &plain);
        },
        5,
        "no safe connection",
        "AWS_CA_BUNDLE",
        0,
    ),
    row(
        "500",
        |d| d.sandbox.next_answer(Fault::status(500)),
        5,
        "nobody knows whether AWS used the code",
        "next code",
        1,
    ),
    row(
        "503",
        |d| d.sandbox.next_answer(Fault::refusal(503, "ServiceUnavailable", "later")),
        5,
        "nobody knows",
        "next code",
        1,
    ),
    row("429", |d| all(d, &Fault::status(429)), 5, "slow down", "wait a minute", 3),
    row("throttling", |d| all(d, &Fault::throttled()), 5, "slow down: Rate exceeded", "wait a minute", 3),
    row(
        "expired",
        |d| {
            d.sandbox.next_answer(Fault::refusal(
                403,
                "ExpiredToken",
                "The security token included in the request is expired",
            ));
        },
        4,
        "has expired",
        "renew",
        1,
    ),
    row(
        "denied",
        |d| d.sandbox.next_answer(Fault::refusal(403, "AccessDenied", "not you")),
        4,
        "AccessDenied: not you",
        "policy",
        1,
    ),
    row(
        "unknown key",
        |d| d.sandbox.next_answer(Fault::refusal(403, "InvalidClientTokenId", "invalid")),
        4,
        "does not know this access key",
        "inactive",
        1,
    ),
    row(
        "used code",
        |d| {
            d.sandbox.next_answer(Fault::refusal(
                403,
                "AccessDenied",
                "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
            ));
        },
        4,
        "wrong or was used already",
        "next code",
        1,
    ),
    row("broken after sending", |d| d.sandbox.next_answer(Fault::Broken), 5, "nobody knows", "next code", 1),
    row(
        "silence after sending",
        |d| d.sandbox.next_answer(Fault::Silence),
        5,
        "nobody knows",
        "next code",
        1,
    ),
];

const fn row(
    name: &'static str,
    spoil: fn(&mut Demo),
    code: u8,
    says: &'static str,
    hint: &'static str,
    requests: usize,
) -> Row {
    Row { name, spoil, code, says, hint, requests }
}

/// A home with a session that is about to end, on a bad day.
fn bad_day(row: &Row) -> (Demo, [String; 2]) {
    let mut demo = Demo::new();
    by_command(&demo);
    session(&demo, 5);
    let files = demo.files();
    (row.spoil)(&mut demo);
    (demo, files)
}

fn by_a_person(row: &Row) {
    let (demo, before) = bad_day(row);
    let error = demo.renew("work").error(row.code.into());
    let (says, hint) = (error["message"].as_str().unwrap(), error["hint"].as_str().unwrap());
    assert!(says.contains(row.says), "{}: {says}", row.name);
    assert!(hint.contains(row.hint), "{}: {hint}", row.name);
    assert_eq!((demo.files(), demo.actions().len()), (before, row.requests), "{}", row.name);
}

/// Without a person the same is said, and when it is tried again.
fn by_itself(row: &Row) {
    let (demo, before) = bad_day(row);
    let watched = demo.home.awsprof(&["watch", "--once"]);
    let said = &watched.stderr;
    assert_eq!(watched.code, i32::from(row.code), "{}: {said}", row.name);
    assert!(said.contains("work-mfa: not renewed: ") && said.contains(row.says), "{}: {said}", row.name);
    assert!(said.contains(row.hint) && said.contains("work-mfa: tries again in "), "{}: {said}", row.name);
    assert_eq!((demo.files(), demo.actions().len()), (before, row.requests), "{}", row.name);
}

/// All at once: one of the days lasts fifteen seconds.
#[test]
fn every_bad_day_has_its_sentence_and_leaves_the_files_alone() {
    std::thread::scope(|scope| {
        for row in TABLE {
            scope.spawn(move || by_a_person(row));
            scope.spawn(move || by_itself(row));
        }
    });
}

#[test]
fn no_two_bad_days_that_differ_sound_alike() {
    let mut sentences: Vec<&str> =
        TABLE.iter().map(|row| row.says).filter(|says| *says != "nobody knows").collect();
    let count = sentences.len();
    sentences.sort_unstable();
    sentences.dedup();
    assert_eq!(sentences.len(), count);
}

/// A clock that is wrong costs one more request, and the session is there.
#[test]
fn a_wrong_clock_is_corrected_on_the_way() {
    for hours in [-1, 1] {
        let demo = Demo::new();
        demo.sandbox.set_clock(Clock::Fixed(Clock::System.now() + SignedDuration::from_hours(hours)));
        by_command(&demo);
        session(&demo, 5);
        let watched = demo.home.awsprof(&["watch", "--once"]);
        assert_eq!(watched.code, 0, "{}", watched.stderr);
        assert_eq!(demo.actions(), ["GetSessionToken"; 2]);
    }
}
