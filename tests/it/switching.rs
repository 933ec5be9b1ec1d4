//! `use`, as boto3 and the AWS CLI see it: one row a case of the design's *Switching the default*.
//!
//! Each case is written, switched and undone; boto3 says, from copies of the files before and after, who a
//! profile is, and the CLI how it comes to its credentials. What the profile was before, the default must be after; what rested on the old default must rest
//! on the same. Ignored by default: it needs boto3. One Python process answers for all cases.

use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use serde_json::{Value, json};

use awsprof::aws::world::Clock;

use crate::demo::{Demo, value};

const ALICE: &str = "aws_access_key_id = AKIASANDBOXALICE7Q3F\naws_secret_access_key = sandbox+alice/0123456789abcdefghijklmnop\n";
const DANA: &str = "aws_access_key_id = AKIASANDBOXDANA0B2WZ\naws_secret_access_key = sandbox/dana/0123456789abcdefghijklmnopq\n";
const BOB: &str = "aws_access_key_id = AKIASANDBOXBOBBY4K9M\naws_secret_access_key = sandbox/bob+0123456789abcdefghijklmnopqr\n";
const READER: &str = "role_arn = arn:aws:iam::444455556666:role/reader\n";
const SSO: &str =
    "sso_session = acme\nsso_account_id = 444455556666\nsso_role_name = reader\nregion = eu-west-1\n";
const PROCESS: &str = "credential_process = cat {process}\n";
const SSO_SESSION: &str =
    "[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n";

/// What boto3 makes of a profile in each pair of files of the list on standard input.
const ASK: &str = r"
import json, os, sys
import boto3, botocore.session
from awscli.clidriver import create_clidriver

def cli(profile):
    # The AWS CLI's own session, with what its plug-ins do to the chain.
    session = create_clidriver().session
    try:
        session.set_config_variable('profile', profile)
        keys = session.get_credentials()
        return {'method': keys and keys.method, 'region': session.get_config_variable('region')}
    except Exception as error:
        return {'error': type(error).__name__}

def ask(case):
    os.environ['AWS_CONFIG_FILE'], os.environ['AWS_SHARED_CREDENTIALS_FILE'] = case['files']
    os.environ.update({name: case['url'] for name in os.environ if name.startswith('AWS_ENDPOINT_URL')})
    try:
        session = boto3.Session(profile_name=case['profile'])
        keys = session.get_credentials()
        seen = {'method': keys and keys.method, 'region': session.region_name}
    except Exception as error:
        return {'error': type(error).__name__}
    seen['cli'] = cli(case['profile'])
    try:
        sts = session.client('sts', region_name=session.region_name or 'us-east-1')
        arn = sts.get_caller_identity()['Arn']
        seen['arn'] = arn.rsplit('/', 1)[0] if ':assumed-role/' in arn else arn
    except Exception as error:
        seen['error'] = type(error).__name__
    return seen

print(json.dumps([ask(case) for case in json.load(sys.stdin)]))
";

struct Case {
    name: &'static str,
    config: String,
    credentials: String,
    /// Profiles whose identity must be the same before and after.
    stay: &'static [&'static str],
}

fn case(name: &'static str, config: String, credentials: String, stay: &'static [&'static str]) -> Case {
    Case { name, config, credentials, stay }
}

fn cases() -> Vec<Case> {
    let default = |body: &str| format!("[default]\n{body}\n");
    let work = |body: &str| format!("[profile work]\n{body}\n");
    let keys = |body: &str| format!("[work]\n{body}\n");
    let base = format!("[base]\n{ALICE}\n");
    let stale = format!("{DANA}aws_session_token = stale\naws_security_token = stale\n");
    let role = format!("{READER}source_profile = base\nregion = eu-west-1\n");
    let resting = format!("{READER}source_profile = default\n");
    let rests = format!("[profile rests]\n{resting}\n");
    vec![
        case("keys, none before", work("region = eu-west-1"), keys(ALICE), &[]),
        case(
            "keys over keys with a stale token",
            work("region = eu-west-1"),
            default(&stale) + &keys(ALICE),
            &[],
        ),
        case("role over keys", work(&role), default(DANA) + &base, &["base"]),
        case("role that rests on the default", work(&resting) + &rests, default(ALICE), &["rests", "work"]),
        case(
            "keys where a role rests on the default",
            rests,
            default(ALICE) + &keys(BOB),
            &["rests", "work"],
        ),
        case("role on top of a role", default(&role) + &work(&resting), base.clone(), &["work"]),
        case("SSO over a role", default(&role) + &work(SSO) + SSO_SESSION, base.clone(), &["base"]),
        case("SSO over keys", work(SSO) + SSO_SESSION, default(DANA), &[]),
        case("keys over SSO", default(SSO) + SSO_SESSION, keys(ALICE), &[]),
        case("process over keys in config", default(DANA) + &work(PROCESS), String::new(), &[]),
        case("keys over a process", default(PROCESS), keys(ALICE), &[]),
        case("default in config only", default("region = us-west-2\noutput = json\n"), keys(ALICE), &[]),
        case("default in credentials only", work("region = eu-west-1"), default(DANA) + &keys(ALICE), &[]),
        case(
            "[profile default]",
            format!("[profile default]\nregion = us-west-2\n\n{}", work("region = eu-west-1")),
            default(DANA) + &keys(ALICE),
            &[],
        ),
        case("keys in config", work(ALICE), default(DANA), &[]),
        case("a user with its region nowhere", String::new(), default(DANA) + &keys(ALICE), &[]),
    ]
}

/// Files copied aside, and who is to be asked about.
#[derive(Default)]
struct Questions {
    asked: Vec<Value>,
    /// Every home, with the sandbox that answers for it.
    demos: Vec<Demo>,
}

impl Questions {
    fn demo(&self) -> &Demo {
        self.demos.last().unwrap()
    }

    /// Copies the files as they are; the profile is asked about later. The number of the question.
    fn ask(&mut self, profile: Option<&str>) -> usize {
        let at = self.asked.len();
        let copy = |name: &str| -> PathBuf {
            let to = self.demo().home.file(&format!("{name}-{at}"));
            std::fs::copy(self.demo().home.file(&format!(".aws/{name}")), &to).unwrap();
            to
        };
        let files = [copy("config"), copy("credentials")];
        self.asked.push(json!({"files": files, "profile": profile, "url": self.demo().sandbox.url()}));
        at
    }

    /// Asks boto3 everything at once.
    fn answers(&self) -> Vec<Value> {
        let mut python = self.demo().home.command("python3");
        python.args(["-c", ASK]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = python.spawn().unwrap();
        let text = serde_json::to_vec(&self.asked).unwrap();
        child.stdin.take().unwrap().write_all(&text).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

/// Two questions that must have the same answer.
type Same = (String, usize, usize);

fn play(case: &Case, questions: &mut Questions) -> Vec<Same> {
    questions.demos.push(Demo::new());
    let process = questions.demo().home.file("play-credentials.json").display().to_string();
    let files = [&case.config, &case.credentials].map(|text| text.replace("{process}", &process));
    questions.demo().home.write(".aws/config", &files[0]);
    questions.demo().home.write(".aws/credentials", &files[1]);
    let verb = |questions: &Questions, args: &[&str]| drop(questions.demo().home.awsprof(args).ok());
    let old = questions.ask(Some("work"));
    let old_default = questions.ask(None);
    let stayed: Vec<_> = case.stay.iter().map(|name| questions.ask(Some(name))).collect();
    verb(questions, &["use", "work", "--yes", "--json"]);
    let mut same = vec![(format!("{}: work as default", case.name), old, questions.ask(None))];
    for (name, before) in case.stay.iter().zip(stayed) {
        same.push((format!("{}: {name} as before", case.name), before, questions.ask(Some(name))));
    }
    if files.iter().any(|text| text.contains("default]")) {
        let saved = questions.ask(Some("default-original"));
        same.push((format!("{}: the saved default", case.name), old_default, saved));
        verb(questions, &["use", "--clear", "--yes"]);
        same.push((format!("{}: cleared", case.name), old_default, questions.ask(None)));
        verb(questions, &["undo", "--yes"]);
    }
    verb(questions, &["undo", "--yes"]);
    assert_eq!(questions.demo().files(), files, "{}: undone byte for byte", case.name);
    same
}

fn assert_same(same: &[Same], questions: &Questions) {
    let answers = questions.answers();
    let differ = same.iter().filter(|(_, one, other)| answers[*one] != answers[*other]);
    let told =
        differ.map(|(name, one, other)| format!("{name}: {} became {}", answers[*one], answers[*other]));
    assert_eq!(told.collect::<Vec<_>>(), <[String; 0]>::default());
    let known = answers.iter().filter(|answer| answer["arn"].is_string()).count();
    assert!(known * 2 > answers.len(), "boto3 was refused everywhere: {answers:?}");
}

#[test]
#[ignore = "needs boto3 and the AWS CLI as Python modules"]
fn the_default_is_what_the_profile_was() {
    let mut questions = Questions::default();
    let same: Vec<Same> = cases().iter().flat_map(|case| play(case, &mut questions)).collect();
    assert_same(&same, &questions);
}

#[test]
#[ignore = "needs boto3 and the AWS CLI as Python modules"]
fn there_and_back_and_with_a_session() {
    let mut questions = Questions { asked: Vec::new(), demos: vec![Demo::new()] };
    questions.demo().renew("work").ok();
    let files = questions.demo().files();
    let first = questions.ask(None);
    let [session, play, ci] = ["work-mfa", "play", "ci"].map(|name| questions.ask(Some(name)));
    let mut same = Vec::new();
    let mut after = |args: &[&str], profile: usize, questions: &mut Questions| {
        questions.demo().home.awsprof(args).ok();
        same.push((format!("after {args:?}"), profile, questions.ask(None)));
    };
    after(&["use", "work", "--yes"], session, &mut questions);
    after(&["use", "play"], play, &mut questions);
    after(&["use", "-"], session, &mut questions);
    after(&["use", "ci"], ci, &mut questions);
    after(&["use", "-"], session, &mut questions);
    after(&["use", "-"], ci, &mut questions);
    after(&["use", "work-mfa"], session, &mut questions);
    after(&["use", "--clear"], first, &mut questions);
    (0..8).for_each(|_| drop(questions.demo().home.awsprof(&["undo", "--yes"]).ok()));
    assert_eq!(questions.demo().files(), files, "undone byte for byte");
    assert_same(&same, &questions);
}

#[test]
#[ignore = "needs boto3 and the AWS CLI as Python modules"]
fn a_renewal_keeps_the_default_in_step_and_drift_is_asked_about() {
    let mut questions = Questions { asked: Vec::new(), demos: vec![Demo::new()] };
    questions.demo().renew("work").ok();
    questions.demo().home.awsprof(&["use", "work", "--yes"]).ok();
    let later = questions.demo().sandbox.now() + jiff::SignedDuration::from_secs(31);
    questions.demo().sandbox.set_clock(Clock::Fixed(later));
    let code = questions.demo().code("alice");
    let answer =
        questions.demo().home.awsprof(&["renew", "work", "--force", "--code", &code, "--json"]).json();
    let credentials = questions.demo().home.read(".aws/credentials");
    let id = value(&credentials, "[default]", "aws_access_key_id").unwrap();
    assert_eq!(answer["access_key_id"], id, "the new session");
    let mut same = vec![("renewed".to_owned(), questions.ask(Some("work-mfa")), questions.ask(None))];
    questions.demo().home.write(".aws/credentials", &credentials.replacen(id, "AKIASOMEBODYELSES000", 1));
    let drifted = questions.demo().files();
    let error = questions.demo().home.awsprof(&["use", "play", "--json"]).error(7);
    assert!(error["message"].as_str().unwrap().contains("consent"), "{error}");
    assert_eq!(questions.demo().files(), drifted, "nothing without an answer");
    let play = questions.ask(Some("play"));
    questions.demo().home.awsprof(&["use", "play", "--yes"]).ok();
    same.push(("drifted".to_owned(), play, questions.ask(None)));
    assert_same(&same, &questions);
}
