//! The chain, held against what the real tools did (`../shared/scenarios`) and against printed traces.
#![expect(clippy::disallowed_methods, reason = "a test reads its cases from disk")]
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use awsprof::aws::chain::trace::{Link, Trace, Verdict};
use awsprof::aws::chain::{Facts, Selection, settle, text, tool, tools};
use awsprof::aws::world::{Env, World};
use serde_json::Value;

const HOME: &str = "/home/me";

fn filled(text: &str) -> String {
    text.replace("{HOME}", HOME).replace("{PORT}", "1")
}

fn strings(value: &Value) -> Vec<(String, String)> {
    let pairs = value.as_object().into_iter().flatten();
    pairs.filter_map(|(key, value)| Some((key.clone(), filled(value.as_str()?)))).collect()
}

fn world(env: &Value, files: Vec<(PathBuf, Vec<u8>)>) -> World {
    let env: Env = strings(env).into_iter().chain([("HOME".to_owned(), HOME.to_owned())]).collect();
    World::in_memory(env, files.into_iter().collect(), "2026-11-22T12:00:00Z".parse().unwrap())
}

fn at_home(path: &str) -> PathBuf {
    Path::new(HOME).join(path)
}

fn selection(profile: &Value) -> Selection {
    profile.as_str().map_or(Selection::Environment, |name| Selection::Explicit(name.to_owned()))
}

fn scenario_files(scenario: &Value) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<(PathBuf, Vec<u8>)> = strings(&scenario["files"])
        .into_iter()
        .map(|(path, text)| (at_home(&path), text.into_bytes()))
        .collect();
    for name in ["config", "credentials"] {
        let text =
            scenario[name].as_str().map(|text| (at_home(".aws").join(name), filled(text).into_bytes()));
        files.extend(text);
    }
    files
}

/// The kind a scenario calls a link by.
fn kind(trace: &Trace) -> &'static str {
    match trace.winner {
        None => "nothing",
        Some(Link::Env) => "env",
        Some(Link::CredentialsFile | Link::ConfigFile) => "profile_static",
        Some(Link::AssumeRole) => "assume_role",
        Some(Link::WebIdentity | Link::WebIdentityEnv) => "web_identity",
        Some(Link::Sso) => "sso",
        Some(Link::CredentialProcess) => "process",
        Some(Link::Login) => "login",
        Some(Link::Ec2CredentialFile) => "ec2_credentials_file",
        Some(Link::BotoConfig) => "boto_config",
        Some(other) => other.label(),
    }
}

/// How a settled trace differs from what the tool did.
fn difference(want: &Value, trace: &Trace) -> Option<String> {
    let winner = match want["winner"].as_str()? {
        "error" | "none" => "nothing",
        other => other,
    };
    if kind(trace) != winner {
        return Some(format!("{winner} wins there, here {}", kind(trace)));
    }
    let won = trace.links.iter().find(|link| link.verdict == Verdict::Won)?;
    let key = won.access_key_id.as_deref();
    if want["akid"].as_str() != key {
        return Some(format!("the key is {} there, here {key:?}", want["akid"]));
    }
    let region = trace.region.as_ref().map(|region| region.value.as_str()).filter(|value| !value.is_empty());
    let differs =
        want.get("region").is_some_and(|there| there.as_str().filter(|text| !text.is_empty()) != region);
    differs.then(|| format!("the region is {} there, here {region:?}", want["region"]))
}

#[test]
fn as_the_real_tools_did_without_asking_anything() {
    let Some(shared) = std::env::var_os("AWSPROF_SHARED") else { return };
    let text = std::fs::read_to_string(Path::new(&shared).join("scenarios/scenarios.json")).unwrap();
    let scenarios: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut compared: BTreeMap<&str, u32> = BTreeMap::new();
    let mut wrong = Vec::new();
    for scenario in scenarios.iter().filter(|scenario| scenario.get("config_b64").is_none_or(Value::is_null))
    {
        let world = world(&scenario["env"], scenario_files(scenario));
        for tool in tools() {
            let selection = selection(&scenario["cli_profile"]);
            let settled = settle(&world, &mut Facts::of(&world), tool, &selection);
            let trace = settled.trace;
            if settled.needs.is_some() || scenario["expected"].get(tool.id).is_none() {
                continue;
            }
            *compared.entry(tool.id).or_default() += 1;
            let differs = difference(&scenario["expected"][tool.id], &trace);
            wrong.extend(differs.map(|how| format!("{} · {}: {how}", scenario["name"], tool.id)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared.values().all(|count| *count >= 15), "too little was compared: {compared:?}");
}

/// `tests/chain/NAME/`: `case.json` (tools, environment, explicit profile), the files of a home, and the
/// traces as they are printed. `SNAPSHOTS=overwrite cargo test` writes them anew.
#[test]
fn traces_are_printed_as_expected() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chain");
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(&cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(names.len() >= 12);
    for folder in names {
        let case: Value = serde_json::from_slice(&std::fs::read(folder.join("case.json")).unwrap()).unwrap();
        let world = world(&case["env"], home_files(&folder.join("home"), Path::new("")));
        let ids = case["tools"].as_array().unwrap().iter().filter_map(Value::as_str);
        let printed: Vec<String> = ids
            .map(|id| {
                let tool = tool(id).unwrap();
                let settled = settle(&world, &mut Facts::of(&world), tool, &selection(&case["profile"]));
                text::print(&settled.trace)
            })
            .collect();
        let expected = snapbox::Data::read_from(&folder.join("expect.txt"), None);
        snapbox::Assert::new().action_env("SNAPSHOTS").eq(printed.join("\n"), expected);
    }
}

/// Every file under a case's home, at its place in the home of the test's world.
fn home_files(home: &Path, under: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(home.join(under)).into_iter().flatten().flatten() {
        let path = under.join(entry.file_name());
        if entry.path().is_dir() {
            files.extend(home_files(home, &path));
        } else {
            files.push((Path::new(HOME).join(&path), std::fs::read(entry.path()).unwrap()));
        }
    }
    files
}
