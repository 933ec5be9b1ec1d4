//! The contract of `chain --json`, held against every trace of some hundred generated environments and all tools: the
//! words it may use, the links in the tool's own order, and what winner, error and `would_ask` mean to each other.

use std::collections::BTreeMap;
use std::path::PathBuf;

use awsprof::aws::chain::{Facts, Selection, Tool, settle, tools};
use awsprof::aws::world::{Env, World};
use serde_json::Value;

const PROFILE_FROM: [&str; 4] = ["--profile", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "default"];
const VERDICTS: [&str; 7] = ["won", "shadowed", "absent", "incomplete", "expired", "failed", "not-asked"];
const LINKS: &str = "command-line system-properties provider-config sdk-store app-config env web-identity-env \
                     assume-role web-identity sso credentials-file login credential-process config-file \
                     ec2-credential-file boto-config container imds";
const CODES: &str = "env-shadows-instance-profile env-shadows-profile stale-session-token stale-security-token \
                     tools-disagree pasted-keys-over-sso expired-session-blocks process-shadowed region-unset \
                     region-variable-ignored profile-missing keys-on-instance partial-keys inline-comment-in-value";
/// A link of these words is none the less settled: the chain does not have it this time.
const TAKEN_OUT: [&str; 3] = ["takes this link out", "the profile is left at", "only the container is asked"];

const VARIABLES: &[(&str, &[&str])] = &[
    ("AWS_ACCESS_KEY_ID", &["AKIAENV", "AKIAENV", "", " "]),
    ("AWS_SECRET_ACCESS_KEY", &["HIDDEN", "HIDDEN", ""]),
    ("AWS_SESSION_TOKEN", &["HIDDEN", ""]),
    ("AWS_SECURITY_TOKEN", &["HIDDEN"]),
    ("AWS_PROFILE", &["dev", "base", "default", "ghost", ""]),
    ("AWS_DEFAULT_PROFILE", &["dev", "ghost"]),
    ("AWS_REGION", &["eu-west-1", ""]),
    ("AWS_DEFAULT_REGION", &["us-west-2"]),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", &["/h/token", "/gone"]),
    ("AWS_ROLE_ARN", &["arn:aws:iam::1:role/e"]),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &["http://127.0.0.1/x", "http://192.0.2.1/x"]),
    ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", &["/x"]),
    ("AWS_EC2_METADATA_DISABLED", &["true", "true", "1"]),
    ("AWS_CREDENTIAL_EXPIRATION", &["2001-01-01T00:00:00Z", "junk"]),
    ("AWS_SDK_LOAD_CONFIG", &["1"]),
    ("AWS_SDK_CONFIG_OPT_OUT", &["1"]),
];

const SETTINGS: &[&str] = &[
    "aws_access_key_id = AKIAFILE\naws_secret_access_key = HIDDEN\n",
    "aws_access_key_id = ASIAFILE\naws_secret_access_key = HIDDEN\naws_session_token = HIDDEN\n",
    "aws_access_key_id = AKIAHALF\n",
    "region = eu-north-1\n",
    "region = eu-north-1 # home\n",
    "role_arn = arn:aws:iam::1:role/r\nsource_profile = base\n",
    "role_arn = arn:aws:iam::1:role/r\nsource_profile = dev\nmfa_serial = arn:aws:iam::1:mfa/u\n",
    "role_arn = arn:aws:iam::1:role/r\ncredential_source = Environment\n",
    "role_arn = arn:aws:iam::1:role/r\nweb_identity_token_file = /h/token\n",
    "credential_process = print-keys\n",
    "sso_account_id = 1\nsso_role_name = n\nsso_start_url = https://x\nsso_region = us-east-1\n",
    "sso_session = corp\nsso_account_id = 1\nsso_role_name = n\n",
    "login_session = arn:aws:iam::1:user/Admin\n",
    "s3 =\n  region = nested\n",
    "junk\n",
    "x_security_token_expires = 2001-01-01T00:00:00Z\n",
];

/// A small generator of numbers: the same worlds on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    fn file(&mut self, prefix: &str) -> String {
        let mut text = String::new();
        for name in ["default", "dev", "base"] {
            if self.one_in(3) {
                continue;
            }
            let header = if name == "default" { name.to_owned() } else { format!("{prefix}{name}") };
            text.extend(["[", &header, "]\n"]);
            for _ in 0..self.below(4) {
                text.push_str(self.pick(SETTINGS));
            }
        }
        text + "[sso-session corp]\nsso_start_url = https://x\nsso_region = us-east-1\n"
    }

    fn world(&mut self) -> World {
        let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut env = vec![set("HOME", "/h")];
        for (name, values) in VARIABLES {
            if self.one_in(4) {
                env.push(set(name, self.pick(values)));
            }
        }
        let mut files = BTreeMap::from([(PathBuf::from("/h/token"), b"HIDDEN".to_vec())]);
        for (name, prefix) in [("config", "profile "), ("credentials", "")] {
            if !self.one_in(6) {
                files.insert(PathBuf::from("/h/.aws").join(name), self.file(prefix).into_bytes());
            }
        }
        World::in_memory(env.into_iter().collect::<Env>(), files, jiff::Timestamp::UNIX_EPOCH)
    }
}

fn words(value: &Value, key: &str) -> Vec<String> {
    let links = value["links"].as_array().unwrap().iter();
    links.map(|link| link[key].as_str().unwrap_or_default().to_owned()).collect()
}

/// The links this tool has here, in its own order.
fn order(tool: &Tool, env: &Env, explicit: bool) -> Vec<String> {
    let tool = tool.variant.filter(|(when, _)| when(env)).map_or(tool, |(_, variant)| variant);
    let chain = tool.explicit_chain.filter(|_| explicit).unwrap_or(tool.chain);
    let name = |link| serde_json::to_value(link).unwrap().as_str().unwrap().to_owned();
    chain.iter().map(|step| name(step.link)).collect()
}

fn check_links(trace: &Value) {
    for link in trace["links"].as_array().unwrap() {
        assert!(LINKS.split_whitespace().any(|known| link["link"] == known), "{link}");
        assert!(VERDICTS.iter().any(|known| link["verdict"] == *known), "{link}");
        let reason = link["reason"].as_str().unwrap();
        assert!(!reason.is_empty() && !reason.contains('\n'), "{link}");
        assert!(
            link["expires_at"].is_null() || link["expires_at"].as_str().unwrap().ends_with('Z'),
            "{link}"
        );
        check_evidence(&link["evidence"]);
        for hop in link["hops"].as_array().into_iter().flatten() {
            assert!(hop["profile"].is_string() && !hop["source"].as_str().unwrap().is_empty(), "{link}");
            assert!(hop["role_arn"].is_string() || hop["role_arn"].is_null(), "{link}");
        }
        let has_key = link["access_key_id"].is_string();
        assert!(has_key || !["won", "shadowed"].contains(&link["verdict"].as_str().unwrap()), "{link}");
        assert!(link.get("shadows").is_none() || link["verdict"] == "won", "{link}");
    }
}

fn check_evidence(evidence: &Value) {
    let Some(fields) = evidence.as_object() else { return assert!(evidence.is_null(), "{evidence}") };
    let keys: Vec<&str> = fields.keys().map(String::as_str).collect();
    assert!(
        [vec!["file", "line"], vec!["file"], vec!["variable"], vec!["url"]].contains(&keys),
        "{evidence}"
    );
    assert!(fields.get("file").is_none_or(|file| file.as_str().unwrap().starts_with('/')), "{evidence}");
    assert!(fields.get("line").is_none_or(|line| line.as_u64().unwrap() > 0), "{evidence}");
}

/// Winner, error and `would_ask` exclude each other, and each is what the links say.
fn check_end(trace: &Value) {
    let (links, verdicts, reasons) = (words(trace, "link"), words(trace, "verdict"), words(trace, "reason"));
    let won: Vec<&String> =
        links.iter().zip(&verdicts).filter(|(_, v)| *v == "won").map(|(l, _)| l).collect();
    let ends = ["winner", "error", "would_ask"].iter().filter(|key| !trace[**key].is_null()).count();
    assert!(ends <= 1, "{trace}");
    assert_eq!(won.first().map(|link| link.as_str()), trace["winner"].as_str(), "{trace}");
    assert!(won.len() <= 1, "{trace}");
    if let Some(winner) = trace["winner"].as_str() {
        let at = verdicts.iter().position(|verdict| verdict == "won").unwrap();
        let shadowed: Vec<&String> =
            links.iter().zip(&verdicts).filter(|(_, v)| *v == "shadowed").map(|(l, _)| l).collect();
        let shadows: Vec<String> = trace["links"][at]
            .get("shadows")
            .map_or(Vec::new(), |all| serde_json::from_value(all.clone()).unwrap());
        assert_eq!(shadowed, shadows.iter().collect::<Vec<_>>(), "{winner} {trace}");
        assert!(verdicts[..at].iter().all(|verdict| verdict != "shadowed"), "{trace}");
    } else {
        assert!(verdicts.iter().all(|verdict| verdict != "shadowed"), "{trace}");
    }
    if let Some(asks) = trace["would_ask"].as_str() {
        let out = |at: &usize| TAKEN_OUT.iter().any(|words| reasons[*at].contains(words));
        let first = (0..links.len()).find(|at| verdicts[*at] == "not-asked" && !out(at));
        assert_eq!(first.map(|at| links[at].as_str()), Some(asks), "{trace}");
    }
}

fn check_rest(trace: &Value, explicit: Option<&str>) {
    assert!(PROFILE_FROM.iter().any(|known| trace["profile_from"] == *known), "{trace}");
    if let Some(name) = explicit {
        assert_eq!(
            (&trace["profile_from"], &trace["profile"]),
            (&"--profile".into(), &name.into()),
            "{trace}"
        );
    }
    if trace["profile_from"] == "default" {
        assert_eq!(trace["profile"], "default", "{trace}");
    }
    let region = &trace["region"];
    assert!(region.is_null() || region["value"].is_string() && region["from"].is_string(), "{trace}");
    for warning in trace["warnings"].as_array().unwrap() {
        assert!(CODES.split_whitespace().any(|known| warning["code"] == known), "{warning}");
        assert!(!warning["message"].as_str().unwrap().is_empty(), "{warning}");
    }
    assert!(trace["error"].is_null() || !trace["error"].as_str().unwrap().is_empty(), "{trace}");
    assert!(!trace.to_string().contains("HIDDEN"), "a secret: {trace}");
}

#[test]
fn every_trace_keeps_the_contract() {
    let mut dice = Dice(4);
    for _ in 0..400 {
        let world = dice.world();
        let explicit = dice.one_in(3).then(|| dice.pick(&["dev", "base", "default", "ghost"]));
        let selection = explicit.map_or(Selection::Environment, |name| Selection::Explicit(name.to_owned()));
        for tool in tools() {
            let trace = settle(&world, &mut Facts::of(&world), tool, &selection).trace;
            let trace = serde_json::to_value(trace).unwrap();
            assert_eq!(words(&trace, "link"), order(tool, &world.env, explicit.is_some()), "{trace}");
            assert_eq!(trace["tool"], tool.id);
            check_links(&trace);
            check_end(&trace);
            check_rest(&trace, explicit);
        }
    }
}
