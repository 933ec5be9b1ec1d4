//! `serve`: the container endpoint, to who knows the token and nobody else, for as long as the program lives.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::demo::Demo;
use crate::support::Home;

/// A running `awsprof serve --json`.
pub struct Served {
    child: Child,
    /// By profile: URL and token.
    pub endpoints: Vec<(String, String)>,
}

impl Served {
    pub fn start(home: &Home, profiles: &[&str]) -> Self {
        let mut command = home.command("setsid");
        command.args(["--wait", env!("CARGO_BIN_EXE_awsprof"), "serve", "--json"]).args(profiles);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut text = String::new();
        while !text.ends_with("\n]\n") {
            text += &(lines.next().expect("it says where it listens") + "\n");
        }
        let all: Vec<Value> = serde_json::from_str(&text).unwrap();
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        let pair = |value: &Value| {
            (
                word(&value["AWS_CONTAINER_CREDENTIALS_FULL_URI"]),
                word(&value["AWS_CONTAINER_AUTHORIZATION_TOKEN"]),
            )
        };
        Self { child, endpoints: all.iter().map(pair).collect() }
    }

    pub fn host(&self) -> &str {
        self.endpoints[0].0.strip_prefix("http://").unwrap().split('/').next().unwrap()
    }

    pub fn token(&self) -> &str {
        &self.endpoints[0].1
    }

    /// Status and body.
    pub fn ask(&self, method: &str, path: &str, host: &str, token: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {token}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let status = text.split(' ').nth(1).unwrap().parse().unwrap();
        let body = text.split("\r\n\r\n").nth(1).unwrap();
        (status, serde_json::from_str(body).expect("JSON"))
    }

    /// The program's own process, below `setsid`.
    pub fn pid(&self) -> u32 {
        let parent = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).unwrap();
        children.split_whitespace().next().map_or(parent, |pid| pid.parse().unwrap())
    }

    /// The signal of Ctrl-C to the program itself; its exit code.
    pub fn interrupt(mut self) -> i32 {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.pid()).unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
        self.child.wait().unwrap().code().unwrap()
    }
}

#[test]
fn credentials_are_for_who_knows_the_token_and_means_this_address() {
    let demo = Demo::new();
    demo.renew("work").ok();
    let served = Served::start(&demo.home, &["work", "ci"]);
    let (host, token) = (served.host().to_owned(), served.token().to_owned());
    assert!(token.len() == 64 && served.endpoints[1].0.ends_with("/ci"));
    let (status, keys) = served.ask("GET", "/work", &host, &token);
    let exported = demo.home.awsprof(&["export", "work", "--format", "process"]).json();
    assert_eq!((status, &keys["AccessKeyId"]), (200, &exported["AccessKeyId"]));
    assert_eq!((&keys["Token"], &keys["Expiration"]), (&exported["SessionToken"], &exported["Expiration"]));
    let (_, keys) = served.ask("GET", "/ci", &host, &token);
    assert_eq!((&keys["AccessKeyId"], &keys["Token"]), (&"AKIASANDBOXROBOT0001".into(), &"".into()));
    let wrong = format!("{}x", &token[..63]);
    for (method, path, host, token, status) in [
        ("GET", "/work", host.as_str(), "", 401),
        ("GET", "/work", &host, wrong.as_str(), 401),
        ("GET", "/work", "evil.example", &token, 403),
        ("GET", "/old", &host, &token, 404),
        ("GET", "/", &host, &token, 404),
        ("POST", "/work", &host, &token, 405),
    ] {
        let (got, body) = served.ask(method, path, host, token);
        assert_eq!(got, status, "{method} {path} {host}: {body}");
        assert!(body["code"].is_string() && body["message"].is_string(), "{body}");
        assert!(!body.to_string().contains("AccessKeyId"));
    }
    assert_eq!(served.interrupt(), 0);
}

#[test]
fn roles_are_taken_when_they_are_asked_for_and_once() {
    let demo = Demo::new();
    demo.renew("work").ok();
    let served = Served::start(&demo.home, &["work-admin", "acme"]);
    let (host, token) = (served.host().to_owned(), served.token().to_owned());
    let first = served.ask("GET", "/work-admin", &host, &token);
    assert_eq!(first.0, 200, "{}", first.1);
    assert_eq!(served.ask("GET", "/work-admin", &host, &token), first);
    assert_eq!(demo.actions(), ["GetSessionToken", "AssumeRole"]);
    let (status, body) = served.ask("GET", "/acme", &host, &token);
    assert_eq!(
        (status, &body["code"]),
        (400, &"CredentialsUnavailable".into()),
        "nobody to ask for a code: {body}"
    );
    served.interrupt();
}

#[test]
fn a_profile_that_is_not_there_is_not_served() {
    let demo = Demo::new();
    assert_eq!(demo.home.awsprof(&["serve", "ghost", "--json"]).error(3)["code"], "profile-not-found");
}

#[test]
#[ignore = "needs boto3"]
fn boto3_comes_back_for_the_next_session() {
    let demo = Demo::new();
    demo.renew("work").ok();
    let served = Served::start(&demo.home, &["work-admin"]);
    let script = "
import datetime, sys, boto3, botocore.session
session = botocore.session.Session()
session.set_config_variable('credentials_file', '/nonexistent')
session.set_config_variable('config_file', '/nonexistent')
session.set_config_variable('region', 'eu-west-1')
keys = session.get_credentials()
print(keys.method, session.create_client('sts').get_caller_identity()['Arn'])
first = keys.get_frozen_credentials().access_key
input()
keys._expiry_time = datetime.datetime.now(datetime.timezone.utc)
print(keys.get_frozen_credentials().access_key != first, session.create_client('sts').get_caller_identity()['Arn'])
";
    let mut python = demo.home.command("python3");
    python.env_remove("AWS_EC2_METADATA_DISABLED");
    python.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &served.endpoints[0].0);
    python.env("AWS_CONTAINER_AUTHORIZATION_TOKEN", served.token());
    python.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut python = python.spawn().unwrap();
    let mut lines = BufReader::new(python.stdout.take().unwrap()).lines().map_while(Result::ok);
    let arn = "arn:aws:sts::111122223333:assumed-role/admin/";
    let first = lines.next().unwrap();
    assert!(first.starts_with("container-role ") && first.contains(arn), "{first}");
    demo.home.awsprof(&["assume", "work-admin", "--force"]).ok();
    python.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    let second = lines.next().unwrap();
    assert!(second.starts_with("True ") && second.contains(arn), "{second}");
    assert!(python.wait().unwrap().success());
    served.interrupt();
}
