//! The sentences of `reference/chain.md` A.0 and A.9 to A.15, one row a sentence: what is set, and where a tool's keys come from.
//!
//! A row gives variables, the explicit profile, config and credentials (`$X` stands for a pair with the key id X), and what each
//! tool ends with: the key id, `-` for none, `!` for an error that is the tool's own, or the link it would ask.

use std::path::PathBuf;

use awsprof::aws::chain::trace::{Trace, Verdict};
use awsprof::aws::chain::{Facts, Selection, settle, tool};
use awsprof::aws::world::{Env, World};

#[derive(Default)]
pub struct Row {
    pub rule: &'static str,
    pub env: &'static str,
    pub explicit: Option<&'static str>,
    pub config: &'static str,
    pub credentials: &'static str,
    pub ends: &'static [(&'static str, &'static str)],
}

const OTHERS: [&str; 8] =
    ["java-v1", "java-v2", "kotlin", "cpp", "php-v3", "dotnet-v3", "dotnet-v4", "powershell"];

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

/// `$X` on a line of its own becomes a pair of keys, ` / ` the end of a line.
fn filled(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix('$') {
        Some(id) => format!("aws_access_key_id = {id}\naws_secret_access_key = s\n"),
        None => format!("{line}\n"),
    };
    text.replace(" / ", "\n").lines().map(line).collect()
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
            let row = Row { config, credentials: "[default]\n$CRED", ..Row::default() };
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
