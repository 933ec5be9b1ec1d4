//! Kept seeds: where they are kept, what each place says when it cannot, and renewals without typing.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;

use awsprof::aws::secret::Secret;
use awsprof::aws::world::{Clock, Env, Fs, World};
use awsprof::jobs::source::vault;
use awsprof::jobs::{self, CodeSettings, Context, Failure, RenewRequest, Shared, Stage};
use awsprof::vault::seeds::Place;
use awsprof::vault::spent::Spent;
use jiff::{SignedDuration, Timestamp};

use crate::demo::Demo;
use crate::pty::Terminal;
use crate::support::{Home, below};

const SERIAL: &str = "arn:aws:iam::111122223333:mfa/alice";
pub const PASSPHRASE: &str = "correct horse battery";

/// The seed of alice's phone, as the text of its QR image.
fn seed(demo: &Demo) -> String {
    let device = demo.sandbox.cast().user("alice").unwrap().device.clone().unwrap();
    device.totp.url().expose().to_owned()
}

/// What the program would work with in this home; its clock is the sandbox's.
fn context(demo: &Demo, clock: &Clock) -> Context {
    let env: Env = demo.home.env().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    demo.sandbox.set_clock(clock.clone());
    Context {
        world: World { env, fs: Fs::Real, clock: clock.clone() },
        state: demo.home.file(".awsprof/state"),
        settings: demo.home.file(".awsprof/config.toml"),
        cache: demo.home.file(".awsprof/cache"),
        keep: SignedDuration::from_hours(24),
        duration: SignedDuration::from_hours(12),
        session_profiles: BTreeMap::new(),
        production: awsprof::aws::production::Production::default(),
        sync: awsprof::aws::sync::Rules::default(),
        codes: CodeSettings::default(),
        passphrase: Shared::default(),
        skew: Shared::default(),
        asked: awsprof::jobs::probe::Kept::default(),
        last: Shared::default(),
    }
}

fn wait<F: Future>(job: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(job)
}

/// Renews by force without anybody to ask; tells what was said meanwhile.
fn renewed(context: &Context) -> (Result<bool, Failure>, Vec<String>) {
    let request = RenewRequest { profile: "work".to_owned(), force: true, ..RenewRequest::default() };
    let mut said = Vec::new();
    let mut watch = |stage: Stage| said.push(stage.to_string());
    let renewed = wait(jobs::renew(context, &request, &mut jobs::nobody, &mut watch));
    (renewed.map(|renewed| renewed.renewed), said)
}

fn keep(context: &Context, url: &str) {
    let (hush, device) =
        (Secret::new(PASSPHRASE), awsprof::vault::totp::Device::parse(&Secret::new(url)).unwrap());
    context.passphrase.set(Some(hush.clone()));
    wait(vault(context).keep(SERIAL, &device, Place::File, Some(&hush), context.world.now())).unwrap();
}

#[test]
fn a_kept_seed_renews_twice_in_one_step_with_two_codes() {
    let demo = Demo::new();
    let start = Timestamp::from_second(1_800_000_018).unwrap();
    let clock = Clock::shared(start);
    let context = context(&demo, &clock);
    keep(&context, &seed(&demo));
    let (first, said) = renewed(&context);
    assert!(first.unwrap() && clock.now() == start, "{said:?}");
    assert!(said.contains(&"code from encrypted file".to_owned()), "{said:?}");
    let (second, said) = renewed(&context);
    assert!(second.unwrap());
    assert!(said.contains(&"next code in 12 s".to_owned()), "{said:?}");
    assert_eq!(clock.now(), Timestamp::from_second(1_800_000_030).unwrap(), "the next step has just begun");
    let answers: Vec<u16> = demo.sandbox.requests().iter().map(|seen| seen.status).collect();
    assert_eq!(answers, [200, 200], "no code was sent twice");
}

#[test]
fn a_seed_goes_by_the_clock_of_aws_once_a_refusal_has_told_it() {
    for (off, least) in [(90, 2), (-1_800, 3)] {
        let demo = Demo::new();
        let clock = Clock::shared(Timestamp::from_second(1_800_000_018).unwrap());
        let context = context(&demo, &clock);
        let theirs = |clock: &Clock| Clock::Fixed(clock.now() + SignedDuration::from_secs(off));
        demo.sandbox.set_clock(theirs(&clock));
        keep(&context, &seed(&demo));
        let (first, said) = renewed(&context);
        assert!(first.unwrap(), "{said:?}");
        let told = format!("this computer's clock is {} s off: another code, by AWS's", off.abs());
        assert!(said.contains(&told), "{said:?}");
        let answers =
            |demo: &Demo| demo.sandbox.requests().iter().map(|seen| seen.status).collect::<Vec<_>>();
        assert_eq!((answers(&demo).len(), answers(&demo).last()), (least, Some(&200)));
        // The next goes by it from the start; a clock put right meanwhile is noticed the same way.
        clock.jump(Timestamp::from_second(1_800_000_100).unwrap());
        demo.sandbox.set_clock(theirs(&clock));
        let before = answers(&demo).iter().filter(|status| **status == 403).count();
        assert!(renewed(&context).0.unwrap());
        assert_eq!(answers(&demo).iter().filter(|status| **status == 403).count(), before + (least - 2));
        clock.jump(Timestamp::from_second(1_800_000_200).unwrap());
        demo.sandbox.set_clock(clock.clone());
        assert!(renewed(&context).0.unwrap());
        assert_eq!(context.skew.get(), SignedDuration::ZERO);
    }
}

#[test]
fn a_seed_of_another_device_is_sent_once_and_says_so() {
    let demo = Demo::new();
    let context = context(&demo, &Clock::shared(Timestamp::from_second(1_800_000_018).unwrap()));
    keep(&context, "otpauth://totp/other?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
    let failure = renewed(&context).0.unwrap_err();
    assert!(failure.hint.as_ref().unwrap().contains("of another device"), "{failure:?}");
    assert_eq!(demo.sandbox.requests().len(), 1);
}

#[test]
fn a_command_whose_code_is_refused_is_named_with_the_clock() {
    for (off, told) in [
        (0, "mfa_process makes codes of another device"),
        (120, "by this computer's clock, which is 2m slow"),
    ] {
        let demo = Demo::new();
        let config = demo
            .home
            .read(".aws/config")
            .replace("[profile work]\n", "[profile work]\nmfa_process = echo 000000\n");
        demo.home.write(".aws/config", &config);
        let clock = Clock::shared(Timestamp::from_second(1_800_000_018).unwrap());
        let context = context(&demo, &clock);
        demo.sandbox.set_clock(Clock::Fixed(clock.now() + SignedDuration::from_secs(off)));
        let failure = renewed(&context).0.unwrap_err();
        assert!(failure.hint.as_ref().unwrap().contains(told), "{failure:?}");
    }
}

#[test]
fn seeds_of_other_lengths_are_shown_and_not_sent() {
    let demo = Demo::new();
    let context = context(&demo, &Clock::shared(Timestamp::from_second(1_800_000_000).unwrap()));
    keep(&context, &format!("{}&digits=8", seed(&demo).replace("&digits=6", "")));
    let failure = renewed(&context).0.unwrap_err();
    assert!(failure.message.contains("8 digits") && failure.code == "bad-code", "{failure:?}");
    assert!(demo.sandbox.requests().is_empty());
}

#[test]
fn a_code_that_never_left_can_be_sent_again_and_one_that_was_sent_cannot() {
    let mut demo = Demo::new();
    let code = demo.code("alice");
    let renew = |demo: &Demo| demo.home.awsprof(&["renew", "work", "--code", &code, "--force", "--json"]);
    let url = demo.sandbox.url();
    demo.home.set("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9");
    renew(&demo).error(5);
    demo.home.set("AWS_ENDPOINT_URL_STS", &url);
    renew(&demo).ok();
    let error = renew(&demo).error(7);
    assert_eq!(error["code"], "code-spent");
    assert!(error["message"].as_str().unwrap().contains("each code once"), "{error}");
    assert_eq!(demo.actions(), ["GetSessionToken"]);
}

#[test]
fn ten_processes_and_one_code() {
    let home = Home::empty();
    let (state, code) = (home.file("state"), Secret::new("123456"));
    let now = Timestamp::from_second(1_800_000_000).unwrap();
    // Ten independent openings of the file behave as ten processes do: the lock is the kernel's, on an open file.
    let claims: Vec<_> = (0..10)
        .map(|_| {
            let (state, code) = (state.clone(), code.clone());
            std::thread::spawn(move || Spent::at(&state).claim(SERIAL, &code, now).unwrap())
        })
        .collect();
    let ours =
        claims.into_iter().filter(|_| true).map(|claim| claim.join().unwrap()).filter(|ours| *ours).count();
    assert_eq!(ours, 1);
}

#[test]
fn ten_renewals_at_once_send_one_code_once() {
    let demo = Demo::new();
    let code = demo.code("alice");
    let args = ["renew", "work", "--code", &code, "--force", "--json"];
    let start = |_| {
        let mut command = demo.home.command(env!("CARGO_BIN_EXE_awsprof"));
        command.args(args).stdin(std::process::Stdio::null()).stdout(std::process::Stdio::piped());
        command.stderr(std::process::Stdio::piped()).spawn().unwrap()
    };
    let children: Vec<_> = (0..10).map(start).collect();
    for child in children {
        child.wait_with_output().unwrap();
    }
    assert_eq!(demo.actions(), ["GetSessionToken"]);
}

#[test]
fn a_command_of_the_profile_makes_the_code() {
    let demo = Demo::new();
    let script = demo.home.file("code");
    let answer = |text: &str| {
        std::fs::write(&script, text).unwrap();
        std::fs::set_permissions(&script, PermissionsExt::from_mode(0o700)).unwrap();
    };
    let config = demo.home.read(".aws/config");
    let process = format!("[profile work]\nmfa_process = {} --for 'a b'\n", script.display());
    demo.home.write(".aws/config", &config.replace("[profile work]\n", &process));
    answer("#!/bin/sh\necho 'no card in the reader' >&2; exit 3\n");
    let error = demo.home.awsprof(&["renew", "work", "--json"]).error(7);
    assert!(
        error["message"].as_str().unwrap().contains("mfa_process gave no code: no card in the reader"),
        "{error}"
    );
    assert!(demo.sandbox.requests().is_empty());
    let code = demo.code("alice");
    answer(&format!(
        "#!/bin/sh\n[ -t 0 ] || tty >/dev/null 2>&1 || [ \"$2\" = 'a b' ] && echo '111111 is old: {code}'\n"
    ));
    let renewed = demo.home.awsprof(&["renew", "work", "-v"]);
    assert_eq!(renewed.code, 0, "{renewed:?}");
    assert!(renewed.stderr.contains("code from mfa_process"), "{}", renewed.stderr);
    assert!(demo.home.awsprof(&["export", "work", "--format", "json"]).ok().contains("ASIA"));
}

#[test]
fn a_yubikey_is_asked_by_the_name_that_is_set() {
    let mut demo = Demo::new();
    let bin = demo.home.file("bin");
    std::fs::create_dir(&bin).unwrap();
    let text = format!(
        "#!/bin/sh\necho \"$@\" >>{}/asked\necho {}\n",
        demo.home.path().display(),
        demo.code("alice")
    );
    demo.home.write("bin/ykman", &text);
    std::fs::set_permissions(bin.join("ykman"), PermissionsExt::from_mode(0o700)).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    demo.home.set("PATH", &path);
    demo.home.set("YKMAN_OATH_DEVICE_SERIAL", "4711");
    std::fs::create_dir_all(demo.home.file(".awsprof")).unwrap();
    demo.home.write(".awsprof/config.toml", "[mfa.ykman]\nwork = \"AWS:alice\"\n");
    demo.home.awsprof(&["renew", "work"]).ok();
    assert_eq!(demo.home.read("asked"), "--device 4711 oath accounts code --single AWS:alice\n");
}

/// Each way in which there is no keyring, and the reason that is told. None of them hangs.
#[test]
fn every_missing_keyring_is_told_by_its_reason() {
    let home = Home::empty();
    let dead = home.file("dead");
    let _listening = UnixListener::bind(&dead).unwrap();
    let closing = home.file("closing");
    let closer = UnixListener::bind(&closing).unwrap();
    std::thread::spawn(move || closer.incoming().for_each(drop));
    let table = [
        (home.file("nowhere"), "keyring-no-bus", "no session bus"),
        (closing, "keyring-no-bus", "no session bus"),
        (dead, "keyring-silent", "did not answer within 2 s"),
    ];
    for (socket, code, words) in table {
        let mut demo = Demo::new();
        demo.home.set("DBUS_SESSION_BUS_ADDRESS", &format!("unix:path={}", socket.display()));
        let args = ["totp", "add", "work", "--secret-stdin", "--yes", "--store", "keyring", "--json", "-q"];
        let error = demo.home.awsprof_fed(&args, &seed(&demo)).error(7);
        assert_eq!(error["code"], code, "{error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
        let told = demo.home.awsprof(&["doctor", "--no-probe"]);
        assert!(told.stdout.contains(words), "{}", told.stdout);
        // A seed that is said to be there: the reason is told, and a person would be asked.
        demo.home.write_list(SERIAL);
        let error = demo.home.awsprof(&["renew", "work", "--json"]).error(7);
        assert_eq!(error["code"], code, "{error}");
        assert!(demo.sandbox.requests().is_empty());
    }
}

impl Home {
    /// The list of seeds says that this device's is in the keyring.
    fn write_list(&self, serial: &str) {
        std::fs::create_dir_all(self.file(".awsprof/state")).unwrap();
        let kept = format!(
            "{{\"{serial}\":{{\"place\":\"keyring\",\"digits\":6,\"period\":30,\"added\":\"2026-01-01T00:00:00Z\"}}}}"
        );
        self.write(".awsprof/state/seeds.json", &kept);
    }
}

#[test]
fn what_is_no_seed_is_refused_without_being_quoted() {
    let demo = Demo::new();
    let add = |input: &str, more: &[&str]| {
        let args = [&["totp", "add", "work", "--secret-stdin", "--store", "file", "--json", "-q"][..], more]
            .concat();
        demo.home.awsprof_fed(&args, input)
    };
    let error = add("hunter2!!", &["--yes"]).error(2);
    assert!(!error.to_string().contains("hunter2"), "{error}");
    assert_eq!(add(&seed(&demo), &[]).error(7)["code"], "no-terminal", "it asks before it keeps");
    assert_eq!(add(&seed(&demo), &["--yes", "--verify", "000000"]).error(7)["code"], "wrong-code");
    assert_eq!(add(&seed(&demo), &["--yes"]).error(7)["code"], "no-terminal", "a passphrase is typed");
    demo.home.awsprof(&["totp", "code", "work", "--json"]).error(3);
    demo.home.awsprof(&["totp", "remove", "work", "--json"]).error(3);
    demo.home.awsprof(&["totp", "code", "ghost", "--json"]).error(3);
    assert!(below(&demo.home.file(".awsprof")).iter().all(|path| !path.ends_with("seeds.sealed")));
}

/// Adds alice's seed to the sealed file on a terminal, as a person does. Returns all that was shown.
pub fn add_on_a_terminal(demo: &Demo) -> Vec<u8> {
    let mut terminal = Terminal::start(&demo.home, &["totp", "add", "work", "--store", "file"]);
    terminal.shows("seed of arn").press(&format!("{}\r", seed(demo)));
    terminal.shows("worth less").shows("Keep this seed? [y/N]").press("y\r");
    terminal.shows("a new passphrase").press(&format!("{PASSPHRASE}\r"));
    terminal.shows("once more").press(&format!("{PASSPHRASE}\r"));
    terminal.shows("kept the seed");
    assert_eq!(terminal.ends(), 0);
    terminal.raw
}

#[test]
fn a_seed_is_added_listed_shown_used_and_removed() {
    let demo = Demo::new();
    add_on_a_terminal(&demo);
    let listed = demo.home.awsprof(&["totp", "list", "--json"]).json();
    assert_eq!((&listed[0]["serial"], &listed[0]["store"]), (&SERIAL.into(), &"file".into()));
    assert!(listed[0]["profiles"].as_array().unwrap().contains(&"work".into()), "{listed}");
    assert!(demo.home.awsprof(&["totp", "list"]).ok().contains("encrypted file"));
    let error = demo.home.awsprof(&["totp", "code", "work", "--json"]).error(7);
    assert_eq!(error["code"], "no-terminal");

    let mut terminal = Terminal::start(&demo.home, &["totp", "code", "work"]);
    terminal.shows("passphrase of the sealed seeds").press("wrong horse battery\r");
    terminal.shows("error: the passphrase is not the one");
    assert_eq!(terminal.ends(), 7);
    let mut terminal = Terminal::start(&demo.home, &["totp", "code", "work", "--json"]);
    terminal
        .shows("passphrase")
        .press(&format!("{PASSPHRASE}\r"))
        .shows("\"seconds_left\"")
        .shows("\"period\": 30");
    assert_eq!(terminal.ends(), 0);

    demo.sandbox.set_clock(Clock::System);
    let mut terminal = Terminal::start(&demo.home, &["renew", "work", "-v"]);
    terminal.shows("passphrase").press(&format!("{PASSPHRASE}\r"));
    terminal.shows("code from encrypted file").shows("work-mfa renewed");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(demo.actions(), ["GetSessionToken"]);

    let mut terminal = Terminal::start(&demo.home, &["totp", "remove", "work"]);
    terminal.shows("passphrase").press(&format!("{PASSPHRASE}\r")).shows("removed the seed");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(demo.home.awsprof(&["totp", "list", "--json"]).json(), serde_json::json!([]));
}

#[test]
fn a_kept_seed_renews_where_the_clock_is_wrong() {
    let demo = Demo::new();
    add_on_a_terminal(&demo);
    demo.sandbox.set_clock(Clock::Fixed(Clock::System.now() + SignedDuration::from_mins(3)));
    let mut terminal = Terminal::start(&demo.home, &["renew", "work", "-v"]);
    terminal.shows("passphrase").press(&format!("{PASSPHRASE}\r"));
    terminal.shows("another code, by AWS's").shows("work-mfa renewed");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(demo.actions(), ["GetSessionToken"; 2]);
}

#[test]
fn a_conversation_takes_the_passphrase_out_of_sight() {
    let demo = Demo::new();
    add_on_a_terminal(&demo);
    demo.sandbox.set_clock(Clock::System);
    let mut terminal = Terminal::start(&demo.home, &["--plain"]);
    terminal.shows("q to quit").press("r work\r").shows("passphrase of the sealed seeds");
    terminal.press(&format!("{PASSPHRASE}\r")).shows("work-mfa renewed, good for");
    terminal.press("s\r").shows("work-mfa, 11h 59m left");
    terminal.press("q\r");
    assert_eq!(terminal.ends(), 0);
    terminal.assert_restored_to_lines();
    let told = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(!told.contains(PASSPHRASE) && !told.contains("correct"), "{told}");
}

#[test]
fn seed_and_passphrase_are_nowhere_but_in_the_sealed_file() {
    let demo = Demo::new();
    let shown = add_on_a_terminal(&demo);
    let url = seed(&demo);
    let seed = url.split("secret=").nth(1).unwrap().split('&').next().unwrap();
    for secret in [&seed[..seed.len() / 2], PASSPHRASE] {
        let held = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!held(&shown), "the terminal showed it");
        let files = below(demo.home.path());
        assert!(files.iter().any(|path| path.ends_with("seeds.sealed")));
        for path in files {
            assert!(!held(&std::fs::read(&path).unwrap()), "{}", path.display());
            if path.starts_with(demo.home.file(".awsprof")) {
                assert_eq!(
                    path.metadata().unwrap().permissions().mode() & 0o777,
                    0o600,
                    "{}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_child_that_asks_the_keyring_is_for_no_person() {
    let mut terminal = Terminal::start(&Home::empty(), &["__keyring", "get"]);
    terminal.shows("for awsprof itself");
    assert_eq!(terminal.ends(), 2);
    assert!(!Home::empty().awsprof(&["--help"]).ok().contains("__keyring"));
}

/// A session bus in which this script runs.
fn on_a_bus(demo: &Demo, script: &str) -> String {
    let mut command = demo.home.command("dbus-run-session");
    command.args(["--", "sh", "-ec", script]).env("AWSPROF", env!("CARGO_BIN_EXE_awsprof"));
    command.env("SEED", seed(demo)).env("XDG_DATA_HOME", demo.home.file("data"));
    command.env("XDG_RUNTIME_DIR", demo.home.file("run"));
    std::fs::create_dir(demo.home.file("run")).unwrap();
    std::fs::set_permissions(demo.home.file("run"), PermissionsExt::from_mode(0o700)).unwrap();
    let output = command.stdin(std::process::Stdio::null()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

const ADD: &str = "printf %s \"$SEED\" | $AWSPROF totp add work --secret-stdin --yes --store keyring";

#[test]
#[ignore = "needs dbus-run-session"]
fn a_bus_without_a_keyring_says_so() {
    let demo = Demo::new();
    std::fs::create_dir_all(demo.home.file("bus/services")).unwrap();
    demo.home.write(
        "bus/session.conf",
        "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
    );
    let bare = format!(
        "dbus-run-session --config-file=bus/session.conf -- sh -c '{}' || true; dbus-run-session --config-file=bus/session.conf -- $AWSPROF doctor || true",
        ADD.replace('\'', "'\\''")
    );
    let said = on_a_bus(&demo, &bare);
    assert_eq!(said.matches("the session bus has no keyring service").count(), 2, "{said}");
}

#[test]
#[ignore = "needs dbus-run-session and gnome-keyring"]
fn gnomes_keyring_keeps_a_seed_and_a_locked_one_says_so() {
    let demo = Demo::new();
    demo.sandbox.set_clock(Clock::System);
    let script = format!(
        "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null\n{ADD}\n$AWSPROF totp list\n$AWSPROF totp code work\n$AWSPROF renew work -v\n$AWSPROF doctor --no-probe | grep keyring\n"
    );
    let said = on_a_bus(&demo, &script);
    for words in ["in the keyring", "keyring ", "code from keyring", "work-mfa renewed", "reachable"] {
        assert!(said.contains(words), "no {words}: {said}");
    }
    assert_eq!(demo.actions(), ["GetSessionToken"]);
    // Another daemon on the same files, and nobody unlocks it.
    std::fs::remove_dir_all(demo.home.file("run")).unwrap();
    let locked = format!(
        "gnome-keyring-daemon --start --components=secrets >/dev/null\n$AWSPROF totp code work || true\n{ADD} || true"
    );
    let said = on_a_bus(&demo, &locked);
    assert!(said.contains("locked"), "{said}");
    assert!(!said.contains("kept the seed"), "{said}");
}

#[test]
fn the_screen_asks_for_the_passphrase_once_and_renews_without_a_code() {
    let demo = Demo::new();
    add_on_a_terminal(&demo);
    demo.sandbox.set_clock(Clock::System);
    let mut terminal = Terminal::start(&demo.home, &[]);
    terminal.shows("1 Profiles").shows("work-admin").press("gg").shows("▸  work ");
    terminal
        .press("r")
        .shows("Passphrase for work")
        .press("wrong horse\r")
        .shows("not sealed with this passphrase");
    terminal.press("\x15").press(&format!("{PASSPHRASE}\r")).shows("renewed work, saved in [work-mfa]");
    // The codes of this moment and of the next were sent; another one is waited for, and Esc leaves.
    let device = demo.sandbox.cast().user("alice").unwrap().device.clone().unwrap().totp;
    let (spent, now) = (Spent::at(&demo.home.file(".awsprof/state")), Clock::System.now());
    for step in [0, 30, 60] {
        let code = device.code(now + SignedDuration::from_secs(step)).digits;
        spent.claim(SERIAL, &code, now).unwrap();
    }
    terminal.press("r").shows("next code in").press("\x1b").shows("cancelled").press("\x03");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(demo.actions().iter().filter(|action| *action == "GetSessionToken").count(), 1);
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(!raw.contains(PASSPHRASE) && !raw.contains("horse"));
}
