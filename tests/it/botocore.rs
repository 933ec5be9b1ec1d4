//! botocore itself as the oracle of its dialect: 2,000 pairs of files gone wrong in every way; for each, what
//! `botocore.session.Session().full_config` holds and what awsprof says boto3 reads are the same, or both refuse.
//!
//! Ignored by default: it needs `python3` with botocore on the path. `.ci/run` installs it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use awsprof::aws::chain::{View, tool};
use awsprof::aws::ini::SectionKind;
use awsprof::aws::world::World;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

const CASES: usize = 2000;

fn pick(words: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    prop::sample::select(words).prop_map(str::to_owned)
}

/// Headers that mostly name something, so that most files are read.
fn header() -> impl Strategy<Value = String> {
    let name = pick(&["a", "b", "c", "d", "default", "DEFAULT", "dev"]);
    let odd = pick(&[
        "\"my prof\"",
        "'q'",
        "a b",
        "é",
        "x]",
        "[y",
        "\"open",
        "tail\\",
        "a#b",
        "a;b",
        "",
        " ",
        "\\ z",
        "\u{a0}n",
    ]);
    let name = prop_oneof![8 => name, 1 => odd];
    let kind = pick(&[
        "",
        "",
        "profile ",
        "profile ",
        "profile  ",
        "profile\t",
        "profiles ",
        "sso-session ",
        "services ",
    ]);
    let pad = pick(&["", "", "", "", " ", "\t"]);
    let end = pick(&["]", "]", "]", "]", "]", "] # see", "] # [docs]", "];", "]] tail", ""]);
    (pick(&["", "", "", "", "", "", " "]), kind, pad, name, end)
        .prop_map(|(indent, kind, pad, name, end)| format!("{indent}[{pad}{kind}{name}{pad}{end}"))
}

fn entry() -> impl Strategy<Value = String> {
    let indent = pick(&["", "", "", "", "", " ", "  ", "\t", "    ", "\u{a0}", "\u{b}"]);
    let key = prop_oneof![
        6 => "[a-f]{1,3}",
        2 => pick(&["region", "REGION", "aws_access_key_id", "s3", "in valid", "k\"", "É", "İ", "ß", "a#", ";a"]),
        1 => pick(&["", "\u{2028}", "x\u{85}y"]),
    ];
    let delimiter = pick(&["=", " = ", " = ", "  =\t", ":", " : ", ":=", "=:", " =", "= "]);
    let value = prop_oneof![
        6 => pick(&["v", "w x", "https://h:1/p?q=r", "arn:aws:iam::1:role/r", "a=b", "a:b"]),
        3 => pick(&["", "", "# c", "v # c", "v ; c", "\"q\"", "'q", "\\", "%(a)s", "[v]", "é\u{2028}z", "\u{c}", "v\u{b}w"]),
    ];
    (indent, key, delimiter, value)
        .prop_map(|(indent, key, delimiter, value)| format!("{indent}{key}{delimiter}{value}"))
}

fn line() -> impl Strategy<Value = Vec<u8>> {
    let rest = pick(&[
        "", "", " ", "\t", "# c", "; c", "  # c", "  ; c", "  k = v", "\tk = v", "   more", " =", "\u{2028}",
        "\u{feff}",
    ]);
    let rare = pick(&["junk", "= v", ": v", "[", "[]", "[ ]", "rem x", "REM x", "\u{1c}", "k\u{1d}= v"]);
    let text = prop_oneof![30 => header(), 60 => entry(), 25 => rest, 1 => rare].prop_map(String::into_bytes);
    prop_oneof![400 => text, 1 => Just(b"k = \xff\xfe".to_vec())]
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    let start = prop_oneof![30 => header().prop_map(|h| format!("{h}\n")), 1 => Just("\u{feff}[a]\n".to_owned()), 2 => Just(String::new())];
    let end = pick(&["\n", "\n", "\n", "\n", "\n", "\n", "\n", "\r\n", "\r\n", "\r", "\n\n", ""]);
    (start, prop::collection::vec((line(), end), 0..9)).prop_map(|(start, lines)| {
        let mut text = start.into_bytes();
        lines.into_iter().for_each(|(line, end)| text.extend([line, end.into_bytes()].concat()));
        text
    })
}

fn cases() -> Vec<(Vec<u8>, Vec<u8>)> {
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    (0..CASES).map(|_| (file(), file()).new_tree(&mut runner).unwrap().current()).collect()
}

fn theirs(cases: &[(Vec<u8>, Vec<u8>)]) -> Vec<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/full_config.py");
    let mut python = Command::new("python3")
        .arg(script)
        .env_clear()
        .envs(std::env::var("PATH").map(|path| ("PATH", path)))
        .envs([("LANG", "C.UTF-8"), ("PYTHONUTF8", "1")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is on the path");
    let hex = |text: &[u8]| text.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let cases: Vec<Value> = cases.iter().map(|(config, keys)| json!([hex(config), hex(keys)])).collect();
    python.stdin.take().unwrap().write_all(Value::Array(cases).to_string().as_bytes()).unwrap();
    serde_json::from_slice(&python.wait_with_output().unwrap().stdout).expect("botocore is installed")
}

fn ours(config: &[u8], credentials: &[u8]) -> Value {
    let file = |name: &str, text: &[u8]| (PathBuf::from("/h/.aws").join(name), text.to_vec());
    let files: BTreeMap<_, _> =
        [file("config", config), file("credentials", credentials)].into_iter().collect();
    let env = [("HOME".to_owned(), "/h".to_owned())].into_iter().collect();
    let world = World::in_memory(env, files, jiff::Timestamp::UNIX_EPOCH);
    let Ok(view) = View::read(&world, tool("boto3").unwrap()) else { return Value::Null };
    let all = |kind| {
        view.names(kind).into_iter().map(|name| (name.to_owned(), section(&view, kind, name))).collect()
    };
    let [profiles, sso, services]: [Value; 3] =
        [SectionKind::Profile, SectionKind::SsoSession, SectionKind::Services]
            .map(|kind| Value::Object(all(kind)));
    json!({"profiles": profiles, "sso_sessions": sso, "services": services})
}

fn section(view: &View, kind: SectionKind, name: &str) -> Value {
    let seen = view.section(kind, name).unwrap();
    let winners = seen.iter().filter(|seen| !seen.shadowed);
    let value = |seen: &awsprof::aws::chain::view::Seen<'_>| {
        if seen.nested { json!(seen.pairs()) } else { json!(seen.text) }
    };
    winners.map(|seen| (seen.key.to_owned(), value(seen))).collect::<serde_json::Map<_, _>>().into()
}

#[test]
#[ignore = "needs python3 with botocore"]
fn boto3_reads_what_we_say_it_reads() {
    let cases = cases();
    let theirs = theirs(&cases);
    assert_eq!(theirs.len(), CASES);
    let read = theirs.iter().filter(|answer| !answer.is_null()).count();
    assert!(read > CASES / 5, "most files are refused: {read} of {CASES} were read");
    let differing: Vec<String> = std::iter::zip(&cases, theirs)
        .filter_map(|((config, keys), theirs)| {
            let ours = ours(config, keys);
            let texts = [config, keys].map(|text| String::from_utf8_lossy(text));
            (ours != theirs)
                .then(|| format!("{:?}\n{:?}\n  boto3: {theirs}\n  ours:  {ours}", texts[0], texts[1]))
        })
        .collect();
    assert!(
        differing.is_empty(),
        "{} differ:\n{}",
        differing.len(),
        differing[..differing.len().min(12)].join("\n")
    );
}
