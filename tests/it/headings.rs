//! Headers that boto3 and the AWS CLI read otherwise than the SDKs: no verb writes beside or past them. A table of
//! headers against verbs. After `doctor --fix` the same verb does what boto3 then reads (that half needs boto3 and is
//! ignored by default).

use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Answer, Home};

const KEYS: &str = "aws_access_key_id = AKIAEXAMPLEEXAMPLE01\naws_secret_access_key = example\n";
const BETA: &str = "[beta]\naws_access_key_id = AKIAEXAMPLEEXAMPLE02\naws_secret_access_key = example\n";

/// The header in config, the one in credentials, what is done, the file and line that must be named.
type Row = (&'static str, &'static str, &'static [&'static str], &'static str);

const ROWS: [Row; 14] = [
    ("[ default ]", "", &["use", "beta"], "config:2"),
    ("[\tdefault\t]", "", &["use", "beta"], "config:2"),
    ("[default] ; see [x]", "", &["use", "beta"], "config:2"),
    ("[profile \"default\"]", "", &["use", "beta"], "config:2"),
    ("[profile alpha]", "[ default ]", &["use", "beta"], "credentials:2"),
    ("[profile 'alpha']", "", &["use", "alpha"], "config:2"),
    ("[profile 'alpha']", "[alpha]", &["use", "alpha"], "config:2"),
    ("[profile \"alpha\"]", "", &["add", "alpha", "--set", "region=eu-west-1"], "config:2"),
    ("[profile \"alpha\"]", "", &["edit", "alpha", "--set", "region=eu-west-1"], "config:2"),
    ("[profile alpha] # see [x]", "", &["edit", "alpha", "--set", "region=eu-west-1"], "config:2"),
    ("[profile 'alpha']", "[alpha]", &["rename", "alpha", "gamma"], "config:2"),
    ("[profile 'alpha']", "[beta-2]", &["rename", "beta", "alpha"], "config:2"),
    ("[profile 'alpha']", "[alpha]", &["remove", "alpha"], "config:2"),
    ("[profile alpha]", "[ alpha ]", &["renew", "alpha", "--code", "123456"], "credentials:2"),
];

fn home((config, credentials, ..): &Row) -> Home {
    let config = format!("# mine\n{config}\nregion = eu-west-1\n");
    let credentials = if credentials.is_empty() {
        format!("# mine\n{BETA}")
    } else {
        format!("# mine\n{credentials}\n{KEYS}{BETA}")
    };
    Home::with(&config, &credentials)
}

fn both(home: &Home) -> (String, String) {
    (home.read(".aws/config"), home.read(".aws/credentials"))
}

fn run(home: &Home, arguments: &[&str]) -> Answer {
    let yes = if arguments[0] == "renew" { &[][..] } else { &["--yes"][..] };
    home.awsprof(&[arguments, yes].concat())
}

#[test]
fn nothing_is_written_past_a_header_that_is_read_in_two_ways() {
    for row in &ROWS {
        let home = home(row);
        let before = both(&home);
        let out = run(&home, row.2);
        let said = out.stderr;
        assert_eq!(out.code, 7, "{row:?}: {said}");
        assert!(said.contains(row.3) && said.contains("doctor --fix"), "{row:?}: {said}");
        assert_eq!(both(&home), before, "{row:?}");
    }
}

#[test]
fn the_doctor_tells_them_all() {
    for row in &ROWS {
        let home = home(row);
        let out = home.awsprof(&["doctor", "--json", "--no-probe"]);
        let problems: Vec<Value> = serde_json::from_str(&out.stdout).unwrap();
        let codes = ["header-read-otherwise", "invalid-section-name", "unclosed-header"];
        let problem =
            problems.iter().find(|problem| codes.iter().any(|code| problem["code"] == *code)).unwrap();
        let (file, line) = row.3.split_once(':').unwrap();
        assert!(
            problem["file"].as_str().unwrap().ends_with(file)
                && problem["line"].as_u64() == line.parse().ok()
        );
        assert_eq!(problem["fixable"], true, "{row:?}");
    }
}

/// Keys and region of every profile as boto3 sees them, for each home of the list on standard input.
const ASK: &str = r"
import json, os, sys
import botocore.session

def ask(files):
    os.environ['AWS_CONFIG_FILE'], os.environ['AWS_SHARED_CREDENTIALS_FILE'] = files
    profiles = botocore.session.Session().full_config['profiles']
    return {name: {key: keys.get(key) for key in ('region', 'aws_access_key_id')} for name, keys in profiles.items()}

print(json.dumps([ask(files) for files in json.load(sys.stdin)]))
";

fn botocore(homes: &[Home]) -> Vec<Value> {
    let path = |home: &Home, name| home.file(name).to_str().unwrap().to_owned();
    let files: Vec<_> =
        homes.iter().map(|home| [path(home, ".aws/config"), path(home, ".aws/credentials")]).collect();
    let mut python = std::process::Command::new("python3")
        .args(["-c", ASK])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    serde_json::to_writer(python.stdin.take().unwrap(), &files).unwrap();
    let out = python.wait_with_output().unwrap();
    serde_json::from_slice(&out.stdout).unwrap()
}

#[test]
#[ignore = "needs boto3"]
fn after_the_fix_boto3_reads_what_was_written() {
    // What the fix brings to light is in the way of `add` and of a rename onto it, as it should be.
    let done = |row: &&Row| !matches!(row.2, ["renew" | "add", ..] | ["rename", "beta", _]);
    let rows: Vec<&Row> = ROWS.iter().filter(done).collect();
    let homes: Vec<Home> = rows.iter().map(|row| home(row)).collect();
    for (row, home) in rows.iter().zip(&homes) {
        let fixed = home.awsprof(&["doctor", "--fix", "--yes", "--no-probe"]);
        assert!(both(home).0.contains("# mine"), "{row:?}");
        let out = run(home, row.2);
        assert_eq!(out.code, 0, "{row:?}: {}{}", fixed.stderr, out.stderr);
    }
    for (row, seen) in rows.iter().zip(botocore(&homes)) {
        let home = json!("eu-west-1");
        match row.2 {
            ["use", name] => {
                assert_eq!(seen["default"], *seen.get(*name).unwrap(), "{row:?}: {seen}");
            }
            ["edit", name, ..] => assert_eq!(seen[*name]["region"], home, "{row:?}: {seen}"),
            ["rename", from, to] => {
                assert!(seen.get(*from).is_none() && seen.get(*to).is_some(), "{row:?}: {seen}");
            }
            ["remove", name] => assert!(seen.get(*name).is_none(), "{row:?}: {seen}"),
            other => unreachable!("{other:?}"),
        }
    }
}
