//! The Rust SDK's own cases (`../shared/vectors`) through the `rust` tool: its recorded traffic answers the probes.
//! Found through `AWSPROF_SHARED`; without it these tests pass without looking at anything.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use awsprof::aws::chain::trace::{Link, Verdict};
use awsprof::aws::chain::{Answer, Facts, Probe, Resolution, Selection, settle, tool};
use awsprof::aws::secret::{Credentials, Secret};
use awsprof::aws::world::{Env, World};
use serde_json::Value;

const NOW: &str = "2009-02-13T00:00:00Z";

fn vectors(name: &str) -> Option<PathBuf> {
    Some(Path::new(&std::env::var_os("AWSPROF_SHARED")?).join("vectors").join(name))
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn env(value: &Value) -> Env {
    let pairs = value.as_object().into_iter().flatten();
    pairs.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}

fn files(root: &Path, under: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(root.join(under)).into_iter().flatten().flatten() {
        let path = under.join(entry.file_name());
        if entry.path().is_dir() {
            files(root, &path, found);
        } else {
            found.insert(Path::new("/").join(&path), std::fs::read(entry.path()).unwrap());
        }
    }
}

/// The Rust tool's answer, each probe answered by `answer`.
fn resolved(world: &World, selection: &Selection, mut answer: impl FnMut(&Probe) -> Answer) -> Resolution {
    let mut facts = Facts::of(world);
    for _ in 0..20 {
        let resolution = settle(world, &mut facts, tool("rust").unwrap(), selection);
        let Some(probe) = resolution.needs.clone() else { return resolution };
        let answer = answer(&probe);
        facts.learn(&probe, answer);
    }
    unreachable!("a chain that does not come to an end");
}

/// The bodies of all recorded replies, in their order.
fn bodies(folder: &Path) -> VecDeque<String> {
    let traffic = json(&folder.join("http-traffic.json"));
    let mut bodies: BTreeMap<u64, String> = BTreeMap::new();
    for event in traffic["events"].as_array().unwrap() {
        let data = &event["action"]["Data"];
        if let (Some(at), Some("Response"), Some(text)) =
            (event["connection_id"].as_u64(), data["direction"].as_str(), data["data"]["Utf8"].as_str())
        {
            bodies.entry(at).or_default().push_str(text);
        }
    }
    bodies.into_values().collect()
}

/// The text behind one of these names, in JSON or in XML.
fn field(body: &str, names: &[&str]) -> Option<String> {
    let (body, lower) = (body.to_owned(), body.to_lowercase());
    names.iter().find_map(|name| {
        let name = name.to_lowercase();
        let xml = lower.find(&format!("<{name}>")).map(|at| at + name.len() + 2);
        let json = || {
            let after = lower.find(&format!("\"{name}\""))? + name.len() + 2;
            Some(after + lower[after..].find('"')? + 1)
        };
        let start = xml.or_else(json)?;
        let end = start + body[start..].find(['<', '"'])?;
        Some(body[start..end].to_owned())
    })
}

fn keys(body: &str) -> Option<Credentials> {
    Some(Credentials {
        access_key_id: field(body, &["AccessKeyId"])?,
        secret_access_key: Secret::new(field(body, &["SecretAccessKey"])?),
        session_token: field(body, &["SessionToken", "Token"]).map(Secret::new),
        expires_at: None,
        account: None,
    })
}

/// The next recorded reply that has keys; where there is none, that is what failed.
fn replay(bodies: &mut VecDeque<String>) -> Answer {
    while let Some(body) = bodies.pop_front() {
        if let Some(keys) = keys(&body) {
            return Answer::Keys(keys);
        }
    }
    Answer::Failed("the recording has no keys".to_owned())
}

fn ran(command: &str) -> Answer {
    let output = std::process::Command::new("sh").args(["-c", command]).output().unwrap();
    let keys = keys(&String::from_utf8_lossy(&output.stdout)).filter(|_| output.status.success());
    keys.map_or_else(|| Answer::Failed("the command has no keys".to_owned()), Answer::Keys)
}

/// How the answer for one folder differs from what the SDK did.
fn difference(folder: &Path) -> Option<String> {
    let mut found = BTreeMap::new();
    files(&folder.join("fs"), Path::new(""), &mut found);
    let mut env = env(&json(&folder.join("env.json")));
    if folder.parent().is_some_and(|parent| parent.ends_with("profile-provider")) {
        // Only the profile's provider is asked there.
        env = env.without("AWS_ACCESS_KEY_ID").with("AWS_EC2_METADATA_DISABLED", "true");
    }
    let world = World::in_memory(env, found, NOW.parse().unwrap());
    let mut replies = bodies(folder);
    let resolution = resolved(&world, &Selection::Environment, |probe| match probe {
        Probe::Process { command, .. } => ran(command),
        Probe::Metadata { .. } => Answer::Nothing("not recorded".to_owned()),
        _ => replay(&mut replies),
    });
    let want = &json(&folder.join("test-case.json"))["result"]["Ok"];
    let keys = resolution.credentials.as_ref();
    let here = keys.map(|keys| {
        let token = keys.session_token.as_ref().map(|token| token.expose().to_owned());
        (keys.access_key_id.clone(), keys.secret_access_key.expose().to_owned(), token)
    });
    let text = |key: &str| want[key].as_str().map(str::to_owned);
    let there =
        text("access_key_id").map(|id| (id, text("secret_access_key").unwrap(), text("session_token")));
    (here != there)
        .then(|| format!("{}: {there:?} there, here {here:?}; {:#?}", folder.display(), resolution.trace))
}

fn folders(name: &str, least: usize) {
    let Some(root) = vectors(name) else { return };
    let folders: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(folders.len() >= least);
    let wrong: Vec<String> = folders.iter().filter_map(|folder| difference(folder)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn vectors_of_the_default_chain() {
    folders("default-credential-provider-chain", 29);
}

#[test]
fn vectors_of_the_profile_provider() {
    folders("profile-provider", 18);
}

#[test]
fn vectors_of_the_container_endpoint() {
    let Some(path) = vectors("ecs-tests.json") else { return };
    let cases = json(&path)["tests"].as_array().unwrap().clone();
    assert_eq!(cases.len(), 11);
    for case in cases {
        let env = env(&case["env"]).with("HOME", "/home").with("AWS_EC2_METADATA_DISABLED", "true");
        let world = World::in_memory(env, BTreeMap::new(), NOW.parse().unwrap());
        let mut asked = None;
        let resolution = resolved(&world, &Selection::Environment, |probe| {
            if let Probe::Container { url, .. } = probe {
                asked = Some(url.clone());
            }
            Answer::Nothing("nobody is there".to_owned())
        });
        assert_eq!(asked.as_deref(), case["result"]["Ok"].as_str(), "{}", case["docs"]);
        let container = resolution.trace.links.iter().find(|link| link.link == Link::Container).unwrap();
        let set = !case["env"].as_object().unwrap().is_empty();
        assert_eq!(container.verdict == Verdict::Failed, set, "{}", case["docs"]);
    }
}

/// The two files that a case of `assume-role-tests.json` is about.
fn config(input: &Value) -> String {
    let mut text = String::new();
    for (kind, sections) in [("profile", &input["profiles"]), ("sso-session", &input["sso_sessions"])] {
        for (name, keys) in sections.as_object().into_iter().flatten() {
            text.extend(["[", kind, " ", name, "]\n"]);
            for (key, value) in keys.as_object().unwrap() {
                text.extend([key, " = ", value.as_str().unwrap(), "\n"]);
            }
        }
    }
    text
}

/// What a probe is, as the case says it: the kind, and what tells it from others.
fn step(probe: &Probe) -> String {
    match probe {
        Probe::AssumeRole(ask) => {
            format!("role {} {:?} {:?}", ask.role_arn, ask.session_name, ask.external_id)
        }
        Probe::WebIdentity(ask) => format!("web {} {:?}", ask.role_arn, ask.session_name),
        Probe::Sso(ask) => format!("sso {} {} {:?}", ask.account, ask.role, ask.endpoint.region),
        Probe::Imds(_) => "named Ec2InstanceMetadata".to_owned(),
        other => other.key(),
    }
}

fn expected(step: &Value) -> Option<String> {
    let (kind, what) = step.as_object()?.iter().next()?;
    let text = |key: &str| what[key].as_str().map(str::to_owned);
    Some(match kind.as_str() {
        "AccessKey" => format!("keys {}", text("access_key_id")?),
        "NamedSource" => format!("named {}", what.as_str()?),
        "AssumeRole" => {
            format!("role {} {:?} {:?}", text("role_arn")?, text("role_session_name"), text("external_id"))
        }
        "WebIdentityToken" => format!("web {} {:?}", text("role_arn")?, text("role_session_name")),
        // Without an account it is a token for another chain: there are no credentials.
        "Sso" => {
            format!("sso {} {} {:?}", text("sso_account_id")?, text("sso_role_name")?, text("sso_region"))
        }
        _ => return None,
    })
}

fn steps_taken(input: &Value) -> (Vec<String>, bool) {
    let selected = input["selected_profile"].as_str().unwrap();
    let sign_in = r#"{"accessToken":"t","expiresAt":"2199-01-01T00:00:00Z"}"#;
    let env: Env = [("HOME", "/home")].into_iter().map(|(key, value)| (key.into(), value.into())).collect();
    let source = input["profiles"].to_string().contains("Ec2InstanceMetadata");
    let env = if source { env } else { env.with("AWS_EC2_METADATA_DISABLED", "true") };
    let files = [
        ("/home/.aws/config", config(input)),
        ("/var/token.jwt", "jwt".to_owned()),
        // The SHA-1 of the start URL that the cases use.
        ("/home/.aws/sso/cache/7c459196c60f9c8b83244ac9c88b673bfec5eece.json", sign_in.to_owned()),
    ];
    let files = files.into_iter().map(|(path, text)| (PathBuf::from(path), text.into_bytes())).collect();
    let world = World::in_memory(env, files, NOW.parse().unwrap());
    let mut steps = Vec::new();
    let resolution = resolved(&world, &Selection::AsIf(selected.to_owned()), |probe| {
        if let (Probe::AssumeRole(ask), true) = (probe, steps.is_empty()) {
            steps.push(format!("keys {}", ask.source.access_key_id));
        }
        if matches!(probe, Probe::Metadata { .. }) {
            return Answer::Nothing("no region".to_owned());
        }
        steps.push(step(probe));
        Answer::Keys(Credentials::long_term("made", "up"))
    });
    if let (true, Some(keys)) = (steps.is_empty(), &resolution.credentials) {
        steps.push(format!("keys {}", keys.access_key_id));
    }
    (steps, resolution.credentials.is_some())
}

#[test]
fn vectors_of_roles_in_profiles() {
    let Some(path) = vectors("assume-role-tests.json") else { return };
    let cases = json(&path);
    let cases = cases.as_array().or_else(|| cases["tests"].as_array()).unwrap();
    assert_eq!(cases.len(), 28);
    for case in cases {
        let (taken, found) = steps_taken(&case["input"]);
        let chain = case["output"]["ProfileChain"].as_array();
        let chain: Option<Vec<String>> = chain.and_then(|steps| steps.iter().map(expected).collect());
        match chain {
            Some(chain) => assert_eq!(taken, chain, "{}", case["docs"]),
            None => assert!(!found, "{}: {taken:?}", case["docs"]),
        }
    }
}
