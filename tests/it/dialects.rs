//! What each tool makes of the two files (`reference/chain.md` B.2 and B.3, measured by running the tools).
//!
//! One row an oddity; the letters say for botocore, Go v2, Go v1 with config, JavaScript, Rust and Ruby what
//! becomes of the default profile's keys: `+` found, `-` not found, `!` the tool stops.
#![expect(clippy::expect_used, reason = "a helper of a test may fail it")]

use std::path::PathBuf;

use awsprof::aws::chain::{Facts, Selection, settle, tool};
use awsprof::aws::world::{Env, World};

const TOOLS: [&str; 6] = ["boto3", "go-v2", "go-v1", "js-v3", "rust", "ruby-v3"];
const BODY: &str = "aws_access_key_id = AKIA\naws_secret_access_key = s\n";

/// Oddity, profile, config, credentials (`$` stands for the keys), verdicts.
const ROWS: [(&str, &str, &str, &str, &str); 17] = [
    ("plain", "default", "", "[default]\n$", "++++++"),
    ("colon", "default", "", "[default]\naws_access_key_id: AKIA\naws_secret_access_key: s\n", "+++-!-"),
    (
        "upper case keys",
        "default",
        "",
        "[default]\nAWS_ACCESS_KEY_ID = AKIA\nAWS_SECRET_ACCESS_KEY = s\n",
        "++--+-",
    ),
    ("no prefix in config", "dev", "[dev]\n$", "", "!!+--+"),
    ("prefix in credentials", "dev", "[profile dev]\n", "[profile dev]\n$", "--+--+"),
    ("quoted name", "a b", "[profile \"a b\"]\n$", "", "+!----"),
    ("unquoted name", "a b", "[profile a b]\n", "[a b]\n$", "+++--+"),
    ("blanks in brackets", "default", "", "[ default ]\n$", "-++-+-"),
    ("tab behind profile", "dev", "[profile\tdev]\n$", "", "++-+++"),
    ("two blanks behind profile", "dev", "[profile  dev]\n$", "", "++--++"),
    (
        "indented keys",
        "default",
        "",
        "[default]\n  aws_access_key_id = AKIA\n  aws_secret_access_key = s\n",
        "++++!!",
    ),
    ("junk", "default", "", "[default]\n$junk\n", "!+++!+"),
    ("key before a section", "default", "", "a = b\n[default]\n$", "!+++!+"),
    ("section twice", "default", "", "[default]\naws_access_key_id = AKIA\n[default]\n$", "!+++++"),
    ("byte order mark", "default", "", "\u{feff}[default]\n$", "!-!+!-"),
    ("bracket in a comment", "default", "", "[default] # [x]\n$", "-+++++"),
    (
        "nested keys",
        "default",
        "[default]\ns3 =\n  aws_access_key_id = AKIA\n  aws_secret_access_key = s\n",
        "",
        "------",
    ),
];

fn verdict(id: &str, profile: &str, config: &str, credentials: &str) -> char {
    let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let env: Env =
        [set("HOME", "/h"), set("AWS_SDK_LOAD_CONFIG", "1"), set("AWS_EC2_METADATA_DISABLED", "true")]
            .into_iter()
            .collect();
    let env = if profile == "default" { env } else { env.with("AWS_PROFILE", profile) };
    let file =
        |name: &str, text: &str| (PathBuf::from("/h/.aws").join(name), text.replace('$', BODY).into_bytes());
    let files = [file("config", config), file("credentials", credentials)].into_iter().collect();
    let world = World::in_memory(env, files, jiff::Timestamp::UNIX_EPOCH);
    let tool = tool(id).expect("a tool of the table");
    let trace = settle(&world, &mut Facts::of(&world), tool, &Selection::Environment).trace;
    match (trace.winner, trace.error) {
        (Some(_), _) => '+',
        // A tool's remark that nothing was found is not a stop.
        (None, Some(error)) if Some(error.as_str()) != tool.nothing => '!',
        (None, _) => '-',
    }
}

#[test]
fn every_tool_reads_oddities_its_own_way() {
    for (oddity, profile, config, credentials, expected) in ROWS {
        let here: String = TOOLS.iter().map(|id| verdict(id, profile, config, credentials)).collect();
        assert_eq!(here, expected, "{oddity}");
    }
}
