//! The Rust SDK's own cases (`../shared/vectors`) through the `rust` tool: its recorded traffic answers the probes.
//! Found through `AWSPROF_SHARED`; without it these tests pass without looking at anything.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use awsprof::aws::chain::trace::{Link, Verdict};
use awsprof::aws::chain::{Answer, Facts, Probe, Resolution, Selection, settle, tool};
use awsprof::aws::secret::{Credentials, Secret};
use awsprof::aws::world::{Env, World};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::replay::{Asker, Replay};

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

/// The wanted result of one folder as a moment: what was recorded is judged as if it were half an hour before its end.
fn moment(want: &Value) -> Timestamp {
    let end = want["Ok"]["expiry"].as_i64().map(|second| Timestamp::from_second(second).unwrap());
    end.map_or_else(|| NOW.parse().unwrap(), |end| end - SignedDuration::from_mins(30))
}

/// How the answer for one folder differs from what the SDK did: its result, and the requests it made.
fn difference(folder: &Path) -> Option<String> {
    let mut found = BTreeMap::new();
    files(&folder.join("fs"), Path::new(""), &mut found);
    let mut env = env(&json(&folder.join("env.json")));
    if folder.parent().is_some_and(|parent| parent.ends_with("profile-provider")) {
        // Only the profile's provider is asked there.
        env = env.without("AWS_ACCESS_KEY_ID").with("AWS_EC2_METADATA_DISABLED", "true");
    }
    let want = &json(&folder.join("test-case.json"))["result"];
    let world = World::in_memory(env.clone(), found, moment(want));
    let traffic = json(&folder.join("http-traffic.json"));
    let replay = Replay::start(&traffic, want["Ok"]["expiry"].as_i64());
    let asker = Asker::new(&env, &replay, moment(want));
    let resolution = resolved(&world, &Selection::Environment, |probe| asker.answer(probe));
    let wrong = replay.differences(&asker.origins.borrow());
    let result = result(want, &resolution);
    let all: Vec<String> = result.into_iter().chain(wrong).collect();
    let name = folder.file_name().unwrap().to_string_lossy();
    (!all.is_empty()).then(|| format!("{name}: {}", all.join("\n    ")))
}

fn result(want: &Value, resolution: &Resolution) -> Option<String> {
    let here = resolution.credentials.as_ref().map(|keys| {
        serde_json::json!({
            "access_key_id": keys.access_key_id, "secret_access_key": keys.secret_access_key.expose(),
            "session_token": keys.session_token.as_ref().map(Secret::expose), "account_id": keys.account,
            "expiry": keys.expires_at.map(Timestamp::as_second),
        })
    });
    let known = ["access_key_id", "secret_access_key", "session_token", "account_id", "expiry"];
    match (&want["Ok"], here) {
        (Value::Null, None) => error(want["ErrorContains"].as_str().unwrap(), resolution),
        (there, Some(here)) if known.iter().all(|key| here[key] == there[key]) => None,
        (there, here) => Some(format!("{there} there, here {here:?}; {:?}", resolution.trace.error)),
    }
}

/// The SDK's words in ours, where they differ.
fn here(words: &str) -> Vec<&str> {
    let same = [
        ("provider was not enabled", "no providers in chain provided credentials"),
        ("provider was not enabled", "credential_source Environment has no credentials"),
        ("provider was not enabled", "credential_source Ec2InstanceMetadata has no credentials"),
        (
            "selected profile will resolve an access token instead of credentials",
            "give a token, not credentials",
        ),
        (
            "failed to read `/home/.aws/sso/cache/dace00cba5f8355ec9d274ceb2bcebdfbeed0e12.json`",
            "does not exist",
        ),
        ("No such file or directory (os error 2)", "No such file or directory: '/"),
        (
            "`web_identity_token_file` was specified but `role_arn` was missing",
            "could not find source profile B",
        ),
        (
            "external process exited with code exit status: 1",
            "an error occurred while loading credentials: exit status: 1",
        ),
        ("invalid JSON in response", "is not the JSON it should be"),
        ("an error occurred while loading credentials", "has a problem of its own (HTTP 503)"),
        ("could not parse profile file", "could not parse /home/.aws/config"),
        ("InvalidIdentityTokenException: No OpenIDConnect", "InvalidIdentityToken: No OpenIDConnect"),
    ];
    let ours = same.iter().filter(|(there, _)| words.contains(there)).map(|(_, here)| *here);
    ours.chain([words]).collect()
}

/// What the SDK says must be said here too, as the tool's error or as a link's reason.
fn error(words: &str, resolution: &Resolution) -> Option<String> {
    let reasons = resolution.trace.links.iter().map(|link| link.reason.clone());
    let said: Vec<String> = reasons.chain(resolution.trace.error.clone()).collect();
    let any = |said: &String| here(words).iter().any(|words| said.contains(words));
    (!said.iter().any(any)).then(|| format!("nobody says {words:?}: {said:#?}"))
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
    // The cases are about profiles alone; without a region nothing could be signed.
    let env: Env = [("HOME", "/home"), ("AWS_REGION", "us-east-1")]
        .into_iter()
        .map(|(key, value)| (key.into(), value.into()))
        .collect();
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

/// The same cases through the chain: where the `rust` tool asks, or what it says instead.
#[test]
fn vectors_of_the_metadata_endpoint() {
    let Some(path) = vectors("imds-endpoint-tests.json") else { return };
    let cases = json(&path)["tests"].as_array().unwrap().clone();
    assert_eq!(cases.len(), 14);
    for case in cases {
        let overrides = [("endpoint_override", "ENDPOINT"), ("mode_override", "ENDPOINT_MODE")];
        let overrides = overrides.into_iter().filter_map(|(key, name)| Some((case[key].as_str()?, name)));
        let env = overrides.fold(env(&case["env"]).with("HOME", "/home"), |env, (value, name)| {
            env.with(&format!("AWS_EC2_METADATA_SERVICE_{name}"), value)
        });
        let file = case["fs"]["config"].as_str().unwrap_or_default().as_bytes().to_vec();
        let files = [(PathBuf::from("config"), file)].into_iter().collect();
        let world = World::in_memory(env, files, NOW.parse().unwrap());
        let mut asked = None;
        let resolution = resolved(&world, &Selection::Environment, |probe| {
            if let Probe::Imds(how) = probe {
                asked = Some(format!("{}/latest/api/token", how.endpoint));
            }
            Answer::Nothing("nobody is there".to_owned())
        });
        assert_eq!(asked.as_deref(), case["result"]["Ok"].as_str(), "{}", case["docs"]);
        if let Some(words) = case["result"]["Err"].as_str() {
            let link = resolution.trace.links.iter().find(|link| link.link == Link::Imds).unwrap();
            assert!(link.reason.contains(words) && link.verdict == Verdict::Failed, "{link:?}");
        }
    }
}

/// `aws login` caches, as far as reading goes: what AWS CLI v2 makes of each case before it would renew anything.
#[test]
fn vectors_of_the_login_cache() {
    let Some(path) = vectors("login-provider-test-cases.json") else { return };
    let cases = json(&path);
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let cache = case["cacheContents"].as_object().unwrap();
        let cached = cache.iter().map(|(name, text)| {
            (PathBuf::from("/home/.aws/login/cache").join(name), text.to_string().into_bytes())
        });
        let config = case["configContents"].as_str().unwrap().as_bytes().to_vec();
        let files = cached.chain([(PathBuf::from("/home/.aws/config"), config)]).collect();
        let home: Env = [("HOME".to_owned(), "/home".to_owned())].into_iter().collect();
        let world = World::in_memory(home, files, "2026-11-22T12:00:00Z".parse().unwrap());
        let selection = Selection::Explicit("signin".to_owned());
        let resolution = settle(&world, &mut Facts::of(&world), tool("aws-cli-v2").unwrap(), &selection);
        let link = resolution.trace.links.iter().find(|link| link.link == Link::Login).unwrap();
        let outcome = &case["outcomes"][0];
        let renews = case.get("mockApiCalls").is_some();
        let (doc, reason) = (&case["documentation"], &link.reason);
        match (outcome["result"].as_str().unwrap(), &resolution.credentials) {
            ("credentials", Some(keys)) => {
                assert_eq!(keys.access_key_id, outcome["accessKeyId"].as_str().unwrap(), "{doc}");
                assert_eq!(keys.account.as_deref(), outcome["accountId"].as_str(), "{doc}");
                let until = outcome["expiresAt"].as_str().map(|text| text.parse().unwrap());
                assert_eq!(keys.expires_at, until, "{doc}");
            }
            (_, None) if renews => {
                assert_eq!(link.verdict, Verdict::NotAsked, "{doc}: {reason}");
                assert!(reason.contains("would renew the sign-in, which expired at"), "{doc}: {reason}");
            }
            ("error", None) => assert_ne!(link.verdict, Verdict::Won, "{doc}: {reason}"),
            (result, _) => panic!("{doc}: {result} there, here {:?}: {reason}", link.verdict),
        }
    }
}
