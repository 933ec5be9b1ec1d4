//! Files that nobody should have: whatever they hold and whatever they are, awsprof starts, answers and ends.

use std::path::Path;

use crate::pty::Terminal;
use crate::support::{Answer, Home};

const GOOD: (&str, &str) = (
    "[profile work]\nregion = eu-west-1\n",
    "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-real-secret\n",
);

/// The verbs, and the exit codes each may end with.
const VERBS: [(&[&str], &[i32]); 5] = [
    (&["list"], &[0]),
    (&["show", "--all", "--json"], &[0]),
    (&["chain", "--all-tools", "--no-probe", "--json"], &[0]),
    (&["doctor", "--no-probe", "--json"], &[0, 1]),
    (&["use", "work", "--dry-run"], &[0, 3, 6, 7]),
];

/// Texts made by hand, as what they are.
fn texts() -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let long = |unit: &str, count: usize| unit.repeat(count).into_bytes();
    let framed =
        |before: &str, count: usize, after: &str| [before, &"x".repeat(count), after].concat().into();
    let plain = |text: &str| text.as_bytes().to_vec();
    vec![
        ("nothing", vec![]),
        ("NULs", plain("[a]\0\nk\0 = \0v\n\0\0\n[b\0]\n")),
        ("a value of 1 MB", framed("[profile a]\nk = ", 1_000_000, "\n")),
        ("a header of 1 MB", framed("[", 1_000_000, "]\nk = 1\n")),
        ("a key of 1 MB", framed("[profile a]\n", 1_000_000, " = 1\n")),
        ("a comment of 1 MB", framed("# ", 1_000_000, "")),
        ("only a BOM", b"\xef\xbb\xbf".to_vec()),
        ("two BOMs", b"\xef\xbb\xbf\xef\xbb\xbf[profile a]\nk = 1\n".to_vec()),
        ("UTF-16", [b"\xff\xfe".to_vec(), utf16("[profile a]\r\nregion = x\r\n")].concat()),
        ("no UTF-8", b"[profile a]\nk = \xff\xfe\x80\n[\xc3\x28]\nx = 1\n".to_vec()),
        ("lone carriage returns", plain("[profile a]\rk = 1\r[profile b]\rk = 2\r")),
        ("doubled carriage returns", plain("[profile a]\r\r\nk = 1\r\r\n")),
        ("open", plain("[")),
        ("closed", plain("]")),
        ("empty header", plain("[]\nk = 1\n[profile]\n[profile ]\n[sso-session]\n[services ]\n")),
        ("open a lot", long("[", 50_000)),
        ("open on every line", long("[\n", 5_000)),
        ("signs", long("=\n", 5_000)),
        ("blanks", long(" ", 200_000)),
        ("empty lines", long("\n", 20_000)),
        (
            "nested",
            plain("[profile a]\ns3 =\n  a = 1\n  b =\n    c = 2\n      d =\n  x y = 1\n  junk\n  = 1\n"),
        ),
        ("every section twice", long("[profile a]\nk = 1\nk = 2\n[a]\n[default]\n[profile default]\n", 500)),
        ("one key many times", [plain("[profile a]\n"), long("region = x\n", 5_000)].concat()),
        ("many continuations", [plain("[profile a]\nk = 1\n"), long("  y\n", 5_000)].concat()),
        ("escapes", plain("[profile \x1b[31mred]\nregion = \x1b]0;pwn\x07\n\x1b[2J\n")),
        (
            "other scripts",
            "[profile 🦀]\nregion = \u{202e}a\u{200b}\n[profile x]\u{85}k = \u{2028}1\n".into(),
        ),
        ("roles in a ring", ring(300, 300)),
        ("roles in a row", ring(2_000, 2_001)),
        (
            "its own source",
            plain("[default]\nrole_arn = r\nsource_profile = default\ninclude_profile = default\n"),
        ),
        ("no INI", long("junk\n", 5_000)),
        ("quotes", plain("[profile \"a b\"]\n[profile 'q]\n[profile \"]\ncredential_process = \"open 'x\n")),
        (
            "times",
            plain(
                "[a]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\nexpiration = -1\nx_security_token_expires = 99999-99-99T99:99:99Z\naws_session_expiration_timestamp = 99999999999999999999\n",
            ),
        ),
        ("URLs", plain("[profile a]\nendpoint_url = :::\nsso_start_url = \nca_bundle = \0\n")),
    ]
}

fn ring(roles: usize, round: usize) -> Vec<u8> {
    let role = |at: usize| format!("[profile p{at}]\nrole_arn = r\nsource_profile = p{}\n", (at + 1) % round);
    (0..roles).map(role).collect::<String>().into_bytes()
}

/// What it is, and how to make one at a path.
type Thing = (&'static str, fn(&Path));

/// What stands where a file should.
fn things() -> Vec<Thing> {
    vec![
        ("a folder", |path| std::fs::create_dir(path).unwrap()),
        ("a pipe", |path| {
            let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
            assert!(made.success());
        }),
        ("/dev/null", |path| std::os::unix::fs::symlink("/dev/null", path).unwrap()),
        ("/dev/zero", |path| std::os::unix::fs::symlink("/dev/zero", path).unwrap()),
        ("a link to itself", |path| std::os::unix::fs::symlink(path.file_name().unwrap(), path).unwrap()),
        ("a link to nothing", |path| std::os::unix::fs::symlink("/nowhere/at/all", path).unwrap()),
        ("a socket", |path| drop(std::os::unix::net::UnixListener::bind(path).unwrap())),
        ("nobody's to read", |path| {
            use std::os::unix::fs::PermissionsExt;
            std::fs::write(path, GOOD.0).unwrap();
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o000)).unwrap();
        }),
    ]
}

const FILES: [&str; 2] = [".aws/config", ".aws/credentials"];

/// A home with something else in the place of one of its good files.
fn with_thing(file: &str, make: fn(&Path)) -> Home {
    let home = Home::with(GOOD.0, GOOD.1);
    std::fs::remove_file(home.file(file)).unwrap();
    make(&home.file(file));
    home
}

fn with_text(file: &str, text: &[u8]) -> Home {
    let home = Home::with(GOOD.0, GOOD.1);
    std::fs::write(home.file(file), text).unwrap();
    home
}

/// Runs one verb, who may take its time but not for ever.
fn survives(home: &Home, (args, codes): (&[&str], &[i32]), what: &str) {
    let mut command = home.command("timeout");
    command.args(["60", "setsid", "--wait", env!("CARGO_BIN_EXE_awsprof")]).args(args);
    let answer = Answer::from(command.stdin(std::process::Stdio::null()).output().unwrap());
    let start = answer.stderr.chars().take(500).collect::<String>();
    assert!(codes.contains(&answer.code), "{what}: {args:?} ended with {}: {start}", answer.code);
    assert!(!answer.stderr.contains("panicked"), "{what}: {args:?}: {start}");
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let wild = answer.stdout.chars().chain(answer.stderr.chars()).find(|&c| control(c));
    assert_eq!(wild, None, "{what}: {args:?}: a control character reaches the terminal");
    if args.contains(&"--json") {
        let value: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        placed(args[0], &value, what);
    }
}

/// A problem in a file says on which line, unless it is the file itself.
fn placed(verb: &str, answer: &serde_json::Value, what: &str) {
    let whole = ["unreadable-file", "file-mode", "directory-mode", "more-problems"];
    for problem in answer.as_array().filter(|_| verb == "doctor").into_iter().flatten() {
        let code = problem["code"].as_str().unwrap();
        let place = problem["file"].is_null() || problem["line"].is_u64() || whole.contains(&code);
        assert!(place, "{what}: {problem}");
    }
}

#[test]
fn no_text_keeps_awsprof_from_answering() {
    for (what, text) in texts() {
        for file in FILES {
            let home = with_text(file, &text);
            for verb in VERBS {
                survives(&home, verb, &format!("{what} in {file}"));
            }
        }
    }
}

#[test]
fn nothing_in_the_place_of_a_file_keeps_awsprof_from_answering() {
    for (what, make) in things() {
        for file in FILES {
            let home = with_thing(file, make);
            for verb in VERBS {
                survives(&home, verb, &format!("{what} for {file}"));
            }
        }
    }
}

#[test]
fn a_pipe_or_a_device_is_named_and_the_other_file_still_works() {
    for at in [1, 3] {
        let home = with_thing(FILES[0], things()[at].1);
        let answer = home.awsprof(&["doctor", "--no-probe", "--json"]);
        assert!(answer.stdout.contains("a pipe or a device"), "{answer:?}");
        assert!(home.awsprof(&["list"]).ok().contains("work"));
    }
}

const PIECES: [&str; 36] = [
    "[profile a]\n",
    "[a]\n",
    "[default]\n",
    "[profile default]\n",
    "[sso-session s]\n",
    "[services v]\n",
    "[",
    "]",
    "\n",
    "\r\n",
    "\r",
    "  ",
    "\t",
    "#",
    " ; ",
    "=",
    " = ",
    "k",
    "region = eu-west-1\n",
    "role_arn = r\n",
    "source_profile = a\n",
    "source_profile = default\n",
    "aws_access_key_id = AKIA1\n",
    "aws_secret_access_key = s # c\n",
    "aws_session_token =\n",
    "s3 =\n  x = 1\n",
    "sso_session = s\n",
    "credential_process = false\n",
    "\0",
    "\u{feff}",
    "\u{e9}",
    "\"",
    "'",
    "x_security_token_expires = soon\n",
    "credential_source = Environment\n",
    "include_profile = a\n",
];

/// A text of pieces, the same on every machine (`SplitMix64`).
fn made(seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        usize::try_from((mixed ^ (mixed >> 27)) >> 33).unwrap()
    };
    let count = next() % 40;
    let mut text: Vec<u8> = (0..count).flat_map(|_| PIECES[next() % PIECES.len()].bytes()).collect();
    if next() % 5 == 0 && !text.is_empty() {
        let at = next() % text.len();
        text[at] = 0xff;
    }
    text
}

#[test]
fn two_hundred_made_pairs_are_survived() {
    for seed in 0..200 {
        let home = with_text(FILES[0], &made(2 * seed));
        std::fs::write(home.file(FILES[1]), made(2 * seed + 1)).unwrap();
        let turn = usize::try_from(seed).unwrap() % VERBS.len();
        survives(&home, VERBS[turn], &format!("pair {seed}"));
    }
}

#[test]
#[ignore = "five times two hundred processes"]
fn every_verb_survives_every_made_pair() {
    for seed in 0..200 {
        let home = with_text(FILES[0], &made(2 * seed));
        std::fs::write(home.file(FILES[1]), made(2 * seed + 1)).unwrap();
        for verb in VERBS {
            survives(&home, verb, &format!("pair {seed}"));
        }
    }
}

#[test]
fn the_screen_opens_over_all_of_them() {
    let screen = |home: &Home| {
        let mut terminal = Terminal::start(home, &[]);
        terminal.shows("1 Profiles").shows("? help").press("q");
        assert_eq!(terminal.ends(), 0);
    };
    let some =
        ["NULs", "a value of 1 MB", "only a BOM", "UTF-16", "lone carriage returns", "open on every line"];
    let texts = texts().into_iter().filter(|(what, _)| some.contains(what) || what.starts_with("roles"));
    texts.for_each(|(_, text)| screen(&with_text(FILES[0], &text)));
    for (_, make) in things() {
        screen(&with_thing(FILES[1], make));
    }
}
