//! The sentences of `reference/chain.md` A.0 and A.9 to A.15, one row a sentence: what is set, and where a tool's keys come from.
//!
//! A row gives variables, the explicit profile, config and credentials (`$X` stands for a pair with the key id X), and what each
//! tool ends with: the key id, `-` for none, `!` for an error that is the tool's own, or the link it would ask.

use std::path::PathBuf;

use awsprof::aws::chain::trace::{Trace, Verdict};
use awsprof::aws::chain::{Facts, Selection, settle, tool};
use awsprof::aws::world::{Env, World};

pub struct Row {
    rule: &'static str,
    env: &'static str,
    explicit: Option<&'static str>,
    config: &'static str,
    credentials: &'static str,
    ends: &'static [(&'static str, &'static str)],
}

pub const fn row(
    rule: &'static str,
    env: &'static str,
    files: (&'static str, &'static str),
    ends: &'static [(&'static str, &'static str)],
) -> Row {
    Row { rule, env, explicit: None, config: files.0, credentials: files.1, ends }
}

pub const fn given(
    rule: &'static str,
    env: &'static str,
    explicit: &'static str,
    files: (&'static str, &'static str),
    ends: &'static [(&'static str, &'static str)],
) -> Row {
    Row { rule, env, explicit: Some(explicit), config: files.0, credentials: files.1, ends }
}

const ENV: &str = "AWS_ACCESS_KEY_ID=ENV AWS_SECRET_ACCESS_KEY=s";
const ENV_DEV: &str = "AWS_ACCESS_KEY_ID=ENV AWS_SECRET_ACCESS_KEY=s AWS_PROFILE=dev";
const ENV_GHOST: &str = "AWS_ACCESS_KEY_ID=ENV AWS_SECRET_ACCESS_KEY=s AWS_PROFILE=ghost";
const DEV: (&str, &str) = ("", "[dev]\n$DEV");
const PROCESS_AND_KEYS: (&str, &str) = ("[default]\ncredential_process = x\n$CONF", "-");
const PROCESS_OVER_KEYS: (&str, &str) = ("[default]\ncredential_process = x\n", "[default]\n$CRED");
const ROLE: (&str, &str) = ("[profile dev]\nrole_arn = r\nsource_profile = base\n", "[base]\n$BASE");
const ROLE_IN_CREDENTIALS: (&str, &str) = ("", "[dev]\nrole_arn = r\nsource_profile = base\n[base]\n$BASE");
const ROLE_WITH_CODE: (&str, &str) =
    ("[profile dev]\nrole_arn = r\nsource_profile = base\nmfa_serial = m\n", "[base]\n$BASE");
const SPLIT: (&str, &str) =
    ("[default]\naws_secret_access_key = s\n", "[default]\naws_access_key_id = CRED\n");
const OTHERS: [&str; 8] =
    ["java-v1", "java-v2", "kotlin", "cpp", "php-v3", "dotnet-v3", "dotnet-v4", "powershell"];

const ROWS: &[Row] = &[
    row(
        "keys in the environment beat AWS_PROFILE, but not in JavaScript and .NET v3",
        ENV_DEV,
        DEV,
        &[
            ("boto3", "ENV"),
            ("aws-cli-v1", "ENV"),
            ("aws-cli-v2", "ENV"),
            ("go-v2", "ENV"),
            ("go-v1", "ENV"),
            ("terraform", "ENV"),
            ("rust", "ENV"),
            ("ruby-v3", "ENV"),
            ("java-v1", "ENV"),
            ("java-v2", "ENV"),
            ("dotnet-v4", "ENV"),
            ("php-v3", "ENV"),
            ("cpp", "ENV"),
            ("kotlin", "ENV"),
            ("powershell", "ENV"),
            ("js-v3", "DEV"),
            ("dotnet-v3", "DEV"),
        ],
    ),
    given(
        "an explicit profile beats keys in the environment, but not in Rust, Java v2, Kotlin, C++",
        ENV,
        "dev",
        DEV,
        &[
            ("boto3", "DEV"),
            ("aws-cli-v2", "DEV"),
            ("go-v2", "DEV"),
            ("terraform", "DEV"),
            ("js-v3", "DEV"),
            ("ruby-v3", "DEV"),
            ("dotnet-v4", "DEV"),
            ("php-v3", "DEV"),
            ("powershell", "DEV"),
            ("rust", "ENV"),
            ("java-v2", "ENV"),
            ("kotlin", "ENV"),
            ("cpp", "ENV"),
        ],
    ),
    row(
        "a missing AWS_PROFILE is an error before the environment's keys in botocore and Go v2",
        ENV_GHOST,
        DEV,
        &[
            ("boto3", "!"),
            ("aws-cli-v1", "!"),
            ("aws-cli-v2", "!"),
            ("go-v2", "!"),
            ("terraform", "!"),
            ("go-v1", "ENV"),
            ("rust", "ENV"),
            ("java-v1", "ENV"),
            ("java-v2", "ENV"),
            ("kotlin", "ENV"),
            ("cpp", "ENV"),
            ("php-v3", "ENV"),
            ("ruby-v3", "ENV"),
            ("dotnet-v3", "ENV"),
            ("dotnet-v4", "ENV"),
            ("js-v3", "-"),
        ],
    ),
    row(
        "a missing AWS_PROFILE stops .NET v4, not v3",
        "AWS_PROFILE=ghost",
        DEV,
        &[("dotnet-v4", "!"), ("dotnet-v3", "-")],
    ),
    row("but `default` missing does not", "AWS_PROFILE=default", DEV, &[("dotnet-v4", "-")]),
    given(
        "a missing -ProfileName is an error",
        ENV,
        "ghost",
        DEV,
        &[("powershell", "!"), ("dotnet-v4", "!"), ("php-v3", "-")],
    ),
    row(
        "AWS_DEFAULT_PROFILE is C++'s too",
        "AWS_DEFAULT_PROFILE=dev",
        DEV,
        &[
            ("cpp", "DEV"),
            ("boto3", "DEV"),
            ("java-v1", "-"),
            ("java-v2", "-"),
            ("kotlin", "-"),
            ("php-v3", "-"),
            ("dotnet-v3", "-"),
            ("dotnet-v4", "-"),
            ("js-v3", "-"),
            ("rust", "-"),
        ],
    ),
    row(
        "static keys or the process, both in config",
        "",
        PROCESS_AND_KEYS,
        &[
            ("java-v2", "credential-process"),
            ("kotlin", "CONF"),
            ("cpp", "credential-process"),
            ("php-v3", "-"),
            ("java-v1", "credential-process"),
            ("dotnet-v3", "-"),
            ("dotnet-v4", "-"),
        ],
    ),
    row(
        "static keys in credentials, the process in config",
        "",
        PROCESS_OVER_KEYS,
        &[
            ("java-v2", "credential-process"),
            ("kotlin", "CRED"),
            ("cpp", "CRED"),
            ("php-v3", "CRED"),
            ("java-v1", "CRED"),
            ("dotnet-v3", "-"),
            ("dotnet-v4", "-"),
        ],
    ),
    row(
        "a process in [profile x] is PHP's",
        "AWS_PROFILE=dev",
        ("[profile dev]\ncredential_process = x\n", ""),
        &[("php-v3", "credential-process"), ("java-v1", "-"), ("dotnet-v4", "credential-process")],
    ),
    row(
        "id and secret in two files",
        "",
        SPLIT,
        &[
            ("java-v2", "CRED"),
            ("kotlin", "CRED"),
            ("dotnet-v4", "CRED"),
            ("java-v1", "-"),
            ("cpp", "-"),
            ("php-v3", "-"),
        ],
    ),
    row(
        "Java v1 reads the config file where there is no other",
        "",
        ("[default]\n$CONF", "-"),
        &[("java-v1", "CONF"), ("cpp", "-"), ("php-v3", "-")],
    ),
    row(
        "and not beside an empty credentials file",
        "",
        ("[default]\n$CONF", ""),
        &[("java-v1", "-"), ("java-v2", "CONF")],
    ),
    row(
        "Java v1's prefix is part of the name",
        "AWS_PROFILE=dev",
        ("[profile dev]\n$CONF", "-"),
        &[("java-v1", "-")],
    ),
    row(
        "PHP reads [profile x] of the config file",
        "AWS_PROFILE=dev",
        ("[profile dev]\n$CONF", ""),
        &[("php-v3", "CONF")],
    ),
    row(
        "a role and its source across the files",
        "AWS_PROFILE=dev",
        ROLE,
        &[
            ("java-v2", "assume-role"),
            ("kotlin", "assume-role"),
            ("dotnet-v3", "assume-role"),
            ("dotnet-v4", "assume-role"),
            ("cpp", "-"),
            ("php-v3", "-"),
            ("java-v1", "-"),
        ],
    ),
    row(
        "a role and its source in credentials",
        "AWS_PROFILE=dev",
        ROLE_IN_CREDENTIALS,
        &[("java-v1", "assume-role"), ("php-v3", "assume-role"), ("cpp", "-")],
    ),
    row(
        "mfa_serial",
        "AWS_PROFILE=dev AWS_REGION=r AWS_DEFAULT_REGION=r",
        ROLE_WITH_CODE,
        &[
            ("boto3", "!"),
            ("go-v2", "!"),
            ("js-v3", "!"),
            ("java-v2", "assume-role"),
            ("kotlin", "assume-role"),
            ("rust", "assume-role"),
            ("ruby-v3", "assume-role"),
            ("dotnet-v4", "-"),
        ],
    ),
    row(
        "the legacy secret is .NET's, the legacy pair Java v1's and Go's",
        "AWS_ACCESS_KEY_ID=A AWS_SECRET_KEY=s",
        ("", ""),
        &[
            ("dotnet-v4", "A"),
            ("java-v1", "A"),
            ("go-v2", "A"),
            ("java-v2", "-"),
            ("cpp", "-"),
            ("php-v3", "-"),
        ],
    ),
    row(
        "keys pasted over an Identity Center profile",
        "AWS_PROFILE=dev",
        (
            "[profile dev]\nsso_start_url = https://x\nsso_region = r\nsso_account_id = 1\nsso_role_name = n\n",
            "[dev]\n$DEV",
        ),
        &[
            ("kotlin", "DEV"),
            ("cpp", "DEV"),
            ("go-v2", "DEV"),
            ("js-v3", "DEV"),
            ("php-v3", "DEV"),
            ("java-v2", "-"),
            ("dotnet-v3", "-"),
            ("dotnet-v4", "-"),
            ("boto3", "!"),
            ("rust", "!"),
        ],
    ),
    row(
        "web identity and the container are behind a profile with keys",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1/x",
        ("", "[default]\n$CRED"),
        &[
            ("java-v1", "CRED"),
            ("java-v2", "CRED"),
            ("kotlin", "CRED"),
            ("cpp", "CRED"),
            ("php-v3", "CRED"),
            ("dotnet-v3", "CRED"),
            ("dotnet-v4", "CRED"),
            ("powershell", "CRED"),
        ],
    ),
    row(
        "a container is asked when nothing else is there",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1/x",
        ("", ""),
        &[
            ("java-v1", "container"),
            ("java-v2", "container"),
            ("kotlin", "container"),
            ("cpp", "container"),
            ("php-v3", "container"),
            ("dotnet-v3", "container"),
            ("dotnet-v4", "container"),
            ("powershell", "container"),
        ],
    ),
    row(
        ".NET takes the usual file where the named one is not there",
        "AWS_SHARED_CREDENTIALS_FILE=/nowhere",
        ("", "[default]\n$CRED"),
        &[("dotnet-v3", "CRED"), ("dotnet-v4", "CRED"), ("cpp", "-"), ("java-v2", "-"), ("java-v1", "CRED")],
    ),
    row(
        "PHP's config file is where it is",
        "AWS_PROFILE=dev AWS_CONFIG_FILE=/nowhere",
        ("[profile dev]\n$CONF", ""),
        &[("php-v3", "CONF"), ("java-v2", "-")],
    ),
    row(
        "half a pair is an error in Rust, and nothing to those that go on",
        "",
        ("", "[default]\naws_access_key_id = HALF\n"),
        &[("rust", "!"), ("boto3", "!"), ("go-v2", "!"), ("js-v3", "-"), ("ruby-v3", "-"), ("go-v1", "-")],
    ),
    row(
        "a section in credentials makes good Go's half pair in config",
        "",
        ("[default]\naws_access_key_id = HALF\n", "[default]\n"),
        &[("go-v2", "-"), ("boto3", "!")],
    ),
    row(
        "a token file in the environment without a role",
        "AWS_WEB_IDENTITY_TOKEN_FILE=/t",
        ("", ""),
        &[("rust", "-"), ("ruby-v3", "-"), ("js-v3", "-"), ("go-v2", "!"), ("boto3", "!")],
    ),
    row(
        "a role is not asked for without a region by botocore, Rust and Go v1",
        "AWS_SDK_LOAD_CONFIG=1",
        ("[default]\nrole_arn = r\nsource_profile = base\n", "[base]\n$BASE"),
        &[("boto3", "!"), ("aws-cli-v1", "!"), ("rust", "!"), ("go-v1", "!"), ("js-v3", "assume-role")],
    ),
    row(
        "a process is JavaScript's next where the profile's role leads nowhere",
        "",
        ("[default]\nrole_arn = r\nsource_profile = ghost\ncredential_process = x\n", ""),
        &[("js-v3", "credential-process"), ("boto3", "!"), ("go-v2", "!")],
    ),
    row(
        "the environment is no credential_source of Ruby's, and spelled in any case for Rust",
        "AWS_PROFILE=dev AWS_REGION=r",
        ("[profile dev]\nrole_arn = r\ncredential_source = environment\n", ""),
        &[("ruby-v3", "!"), ("rust", "!"), ("js-v3", "-"), ("boto3", "!")],
    ),
    row(
        "Ruby without its config file",
        "AWS_SDK_CONFIG_OPT_OUT=1",
        ("[default]\n$CONF", ""),
        &[("ruby-v3", "-"), ("rust", "CONF")],
    ),
    row(
        "Go v1 without its config file runs a process",
        "",
        ("", "[default]\ncredential_process = x\n"),
        &[("go-v1", "credential-process")],
    ),
    row(
        "and misses the role of a token file",
        "",
        ("", "[default]\nweb_identity_token_file = /t\nrole_arn = r\n"),
        &[("go-v1", "!"), ("go-v2", "!")],
    ),
    row(
        "a session that JavaScript's profile contradicts is the session's",
        "AWS_PROFILE=dev",
        (
            "[profile dev]\nsso_session = s\nsso_account_id = 1\nsso_role_name = n\nsso_region = x\n[sso-session s]\nsso_start_url = u\nsso_region = y\n",
            "",
        ),
        &[("js-v3", "!"), ("boto3", "!"), ("rust", "!")],
    ),
];

pub fn world(row: &Row) -> World {
    let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let variables = row.env.split_whitespace().filter_map(|pair| pair.split_once('='));
    let usual = [("HOME", "/h"), ("AWS_EC2_METADATA_DISABLED", "true")];
    let env: Env = usual.into_iter().chain(variables).map(|(name, value)| set(name, value)).collect();
    let files = [("config", row.config), ("credentials", row.credentials)];
    let files = files.into_iter().filter(|(_, text)| *text != "-");
    let files = files.map(|(name, text)| (PathBuf::from("/h/.aws").join(name), filled(text).into_bytes()));
    let token = (PathBuf::from("/token"), b"t".to_vec());
    World::in_memory(env, files.chain([token]).collect(), jiff::Timestamp::UNIX_EPOCH)
}

/// `$X` on a line of its own becomes a pair of keys.
fn filled(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix('$') {
        Some(id) => format!("aws_access_key_id = {id}\naws_secret_access_key = s\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn end(trace: &Trace, nothing: Option<&str>) -> String {
    let won = trace.links.iter().find(|link| link.verdict == Verdict::Won);
    match (won.and_then(|link| link.access_key_id.clone()), trace.would_ask, &trace.error) {
        (Some(id), ..) => id,
        (None, Some(link), _) => serde_json::to_value(link).unwrap().as_str().unwrap().to_owned(),
        (None, None, Some(error)) if Some(error.as_str()) != nothing => "!".to_owned(),
        (None, None, _) => "-".to_owned(),
    }
}

/// What each row's tools end with instead of what the row says.
pub fn wrong(rows: &[Row]) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in rows {
        let world = world(row);
        for (id, expected) in row.ends {
            let tool = tool(id).unwrap();
            let explicit = row.explicit.map(|name| Selection::Explicit(name.to_owned()));
            let selection = explicit.unwrap_or(Selection::Environment);
            let trace = settle(&world, &mut Facts::of(&world), tool, &selection).trace;
            let here = end(&trace, tool.nothing);
            if here != *expected {
                wrong.push(format!("{}: {id} ends with {expected}, here {here} {:?}", row.rule, trace.error));
            }
        }
    }
    wrong
}

#[test]
fn every_sentence_holds() {
    let wrong = wrong(ROWS);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The region of each tool when every source names another one, the sources taken away from the front.
#[test]
fn regions_come_in_each_tool_s_order() {
    let rows: [(&str, &[&str]); 17] = [
        ("aws-cli-v2", &["new", "old", "file", "-"]),
        ("aws-cli-v1", &["old", "file", "-"]),
        ("boto3", &["old", "file", "-"]),
        ("java-v2", &["new", "file", "-"]),
        ("java-v1", &["new", "file", "-"]),
        ("go-v2", &["new", "old", "file", "-"]),
        ("go-v1", &["new", "-"]),
        ("js-v3", &["new", "file", "-"]),
        ("rust", &["new", "old", "file", "-"]),
        ("dotnet-v3", &["new", "file", "-"]),
        ("dotnet-v4", &["new", "file", "-"]),
        ("php-v3", &["new", "file", "-"]),
        ("ruby-v3", &["new", "old", "file", "-"]),
        ("cpp", &["old", "new", "file", "us-east-1"]),
        ("kotlin", &["new", "file", "-"]),
        ("powershell", &["new", "file", "-"]),
        ("terraform", &["new", "old", "file", "-"]),
    ];
    for (id, order) in rows {
        let (mut env, mut config) =
            ("AWS_REGION=new AWS_DEFAULT_REGION=old".to_owned(), "[default]\nregion = file\n");
        for expected in order {
            let row = row("", "", (config, "[default]\n$CRED"), &[]);
            let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let pairs: Vec<_> = env.split_whitespace().filter_map(|pair| pair.split_once('=')).collect();
            let mut world = world(&row);
            world.env = world.env.iter().chain(pairs).map(|(name, value)| set(name, value)).collect();
            let trace =
                settle(&world, &mut Facts::of(&world), tool(id).unwrap(), &Selection::Environment).trace;
            let here = trace.region.map_or("-".to_owned(), |region| region.value);
            assert_eq!(here, *expected, "{id}");
            match *expected {
                "file" => config = "[default]\n",
                value => {
                    let kept: Vec<_> = env.split_whitespace().filter(|pair| !pair.ends_with(value)).collect();
                    env = kept.join(" ");
                }
            }
        }
    }
}

#[test]
fn a_blank_key_id_is_no_key_id_where_the_tool_trims() {
    for id in OTHERS {
        let env = [
            ("HOME", "/h"),
            ("AWS_ACCESS_KEY_ID", " "),
            ("AWS_SECRET_ACCESS_KEY", "s"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ];
        let env: Env = env.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let world = World::in_memory(env, std::collections::BTreeMap::new(), jiff::Timestamp::UNIX_EPOCH);
        let trace = settle(&world, &mut Facts::of(&world), tool(id).unwrap(), &Selection::Environment).trace;
        assert_eq!(trace.winner.is_none(), ["java-v1", "java-v2", "kotlin"].contains(&id), "{id}");
    }
}
