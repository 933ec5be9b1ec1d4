//! `awsprof doctor`, one folder a problem: `tests/doctor/CASE/` holds the files as somebody has them, the problems
//! that are found there, and the files as `--fix` leaves them, byte for byte.
//!
//! | in the folder | is |
//! |---|---|
//! | `config`, `credentials`, `env` | what is there (a file that is not in the folder is not there) |
//! | `problems.json` | what `doctor --json` says of it |
//! | `expected-config`, `expected-credentials` | what `doctor --fix` makes of a file; without it the file stays as it is |
//! | `left` | what `doctor` then still finds, `code:file:line`; without it nothing |
//!
//! With `AWSPROF_BLESS=1` the last three are written as they come out, to be looked at.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{Answer, Home, below};

const FILES: [&str; 2] = ["config", "credentials"];

fn cases() -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/doctor");
    let mut cases: Vec<PathBuf> = all.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn bytes(path: PathBuf) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

fn home(case: &Path) -> Home {
    let mut home = Home::empty();
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    std::fs::create_dir(home.file(".aws")).unwrap();
    mode(&home.file(".aws"), 0o700);
    for (file, found) in FILES.into_iter().filter_map(|file| Some((file, bytes(case.join(file))?))) {
        let path = home.file(".aws").join(file);
        std::fs::write(&path, found).unwrap();
        mode(&path, 0o600);
    }
    let env = String::from_utf8(bytes(case.join("env")).unwrap_or_default()).unwrap();
    env.lines().filter_map(|line| line.split_once('=')).for_each(|(name, value)| home.set(name, value));
    home
}

/// Runs the doctor, who never shows a secret.
fn doctor(home: &Home, args: &[&str]) -> Answer {
    let answer = home.awsprof(&[&["doctor", "--no-probe"], args].concat());
    let said = [answer.stdout.as_str(), &answer.stderr].concat();
    for secret in ["not-a-real", "fake-secret", "fake-token", "left-over-token", "older-token"] {
        assert!(!said.contains(secret), "{said}");
    }
    answer
}

/// What is found, with the names of the two files for their paths.
fn problems(home: &Home) -> Value {
    let answer = doctor(home, &["--json"]);
    let mut found: Value = serde_json::from_str(&answer.stdout).unwrap();
    let all = found.as_array_mut().unwrap();
    let errors = all.iter().any(|problem| problem["severity"] == "error");
    assert_eq!(answer.code, i32::from(errors), "{all:?}");
    for problem in all {
        let file = problem["file"].as_str().map(|file| file.rsplit('/').next().unwrap().to_owned());
        problem["file"] = json!(file);
    }
    found
}

fn text(home: &Home) -> [Option<Vec<u8>>; 2] {
    FILES.map(|file| bytes(home.file(".aws").join(file)))
}

/// `code:file:line` of each.
fn places(found: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let place = |p: &Value| format!("{}:{}:{}\n", word(&p["code"]), word(&p["file"]), p["line"]);
    found.as_array().unwrap().iter().map(place).collect()
}

fn bless(case: &Path, found: &Value, after: &[Option<Vec<u8>>; 2], left: &str) {
    std::fs::write(case.join("problems.json"), format!("{found:#}\n")).unwrap();
    for (file, text) in FILES.iter().zip(after).filter(|(file, text)| bytes(case.join(file)) != **text) {
        std::fs::write(case.join(format!("expected-{file}")), text.as_deref().unwrap_or_default()).unwrap();
    }
    if !left.is_empty() {
        std::fs::write(case.join("left"), left).unwrap();
    }
}

#[test]
fn every_case_is_found_mended_as_expected_and_given_back() {
    for case in cases() {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let home = home(&case);
        let (before, found) = (text(&home), problems(&home));
        let fixable = found.as_array().unwrap().iter().any(|problem| problem["fixable"] == true);
        let diff = doctor(&home, &["--fix", "--dry-run"]).ok();
        assert_eq!(diff.contains("\n+") || diff.contains("\n-"), fixable, "{name}: {diff}");
        assert_eq!(text(&home), before, "{name}: a dry run writes nothing");
        doctor(&home, &["--fix", "--yes"]);
        let (after, left) = (text(&home), places(&problems(&home)));
        if std::env::var_os("AWSPROF_BLESS").is_some() {
            bless(&case, &found, &after, &left);
        }
        let expected: Value =
            serde_json::from_slice(&bytes(case.join("problems.json")).unwrap_or_default()).unwrap();
        assert_eq!(found, expected, "{name}");
        for (at, file) in FILES.into_iter().enumerate() {
            let expected = bytes(case.join(format!("expected-{file}"))).or_else(|| before[at].clone());
            let shown = |text: &Option<Vec<u8>>| text.as_deref().map(|t| t.escape_ascii().to_string());
            assert_eq!(shown(&after[at]), shown(&expected), "{name}: {file}");
        }
        let expected = bytes(case.join("left")).unwrap_or_default();
        assert_eq!(left, String::from_utf8(expected).unwrap(), "{name}");
        given_back(&home, &name, &before, &after);
    }
}

/// `undo` gives every byte back, and nothing else has come to stand beside the files.
fn given_back(home: &Home, name: &str, before: &[Option<Vec<u8>>; 2], after: &[Option<Vec<u8>>; 2]) {
    if before != after {
        home.awsprof(&["undo", "--yes"]).ok();
    }
    let empty = |text: &Option<Vec<u8>>| text.clone().unwrap_or_default();
    assert_eq!(text(home).each_ref().map(empty), before.each_ref().map(empty), "{name}: undo");
    for path in below(&home.file(".aws")) {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(FILES.contains(&file.as_str()) || file.ends_with(".awsprof.lock"), "{name}: {file}");
    }
}
