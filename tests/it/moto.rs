//! moto as an STS that none of us wrote, and the AWS CLI and boto3 as readers of what awsprof wrote.
//!
//! Ignored by default: they need `moto_server`, `aws` and `python3` with boto3 on the path. `.ci/run` installs them.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::support::Home;

/// A moto server, killed when dropped.
pub struct Moto {
    child: Child,
    url: String,
}

impl Moto {
    /// Starts it; with `open_calls`, only that many requests are let through without checking the signature.
    pub fn start(open_calls: Option<u32>) -> Self {
        let mut command = Command::new("moto_server");
        command.args(["-H", "127.0.0.1", "-p", "0"]).stdout(Stdio::null()).stderr(Stdio::piped());
        for name in ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"] {
            command.env_remove(name);
        }
        if let Some(calls) = open_calls {
            command.env("INITIAL_NO_AUTH_ACTION_COUNT", calls.to_string());
        }
        let mut child = command.spawn().expect("moto_server is on the path");
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let url = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split("Running on ").nth(1).map(|url| url.trim().to_owned()))
            .expect("moto says where it listens");
        // Its log must go somewhere, or it stops when the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, url }
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const CONFIG: &str = "[profile work]\nregion = eu-west-1\nmfa_serial = arn:aws:iam::123456789012:mfa/alice\n";

/// A home whose endpoint it is, and a profile with a device.
pub fn home(moto: &Moto, credentials: &str) -> Home {
    let mut home = Home::with(CONFIG, credentials);
    home.set("AWS_ENDPOINT_URL", &moto.url);
    home
}

fn run(home: &Home, program: &str, args: &[&str]) -> String {
    let output = home.command(program).args(args).stdin(Stdio::null()).output().expect(program);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[ignore = "needs moto_server, the AWS CLI and boto3 (installed by .ci/run)"]
fn the_aws_cli_and_boto3_use_the_session_that_renew_wrote() {
    let moto = Moto::start(None);
    let home = home(
        &moto,
        "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-secret\n",
    );
    let renewed = home.awsprof(&["renew", "work", "--code", "123456", "--json"]).json();
    assert_eq!(renewed["session_profile"], "work-mfa");
    let cli = run(&home, "aws", &["sts", "get-caller-identity", "--profile", "work-mfa"]);
    let ours = home.awsprof(&["whoami", "work", "--json"]).json();
    let theirs: serde_json::Value = serde_json::from_str(&cli).unwrap();
    assert_eq!(ours["arn"], theirs["Arn"]);
    let script = "import boto3; s = boto3.Session(profile_name='work-mfa'); c = s.get_credentials(); \
                  print(c.access_key, c.method, bool(c.token), s.region_name, \
                  s.client('sts').get_caller_identity()['Account'])";
    let seen = run(&home, "python3", &["-c", script]);
    let key = renewed["access_key_id"].as_str().unwrap();
    assert_eq!(seen.trim(), format!("{key} shared-credentials-file True eu-west-1 123456789012"));
}

#[test]
#[ignore = "needs moto_server and the AWS CLI (installed by .ci/run)"]
fn moto_accepts_our_signature_and_refuses_a_wrong_secret() {
    let moto = Moto::start(Some(3));
    let home = home(&moto, "[setup]\naws_access_key_id = a\naws_secret_access_key = b\n");
    let aws = |args: &[&str]| {
        let mut all = args.to_vec();
        all.extend(["--profile", "setup", "--region", "us-east-1"]);
        run(&home, "aws", &all)
    };
    aws(&["iam", "create-user", "--user-name", "alice"]);
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    let allow =
        ["iam", "put-user-policy", "--user-name", "alice", "--policy-name", "all", "--policy-document"];
    aws(&[&allow[..], &[policy]].concat());
    let key: serde_json::Value =
        serde_json::from_str(&aws(&["iam", "create-access-key", "--user-name", "alice"])).unwrap();
    let keys = |secret: &str| {
        let id = key["AccessKey"]["AccessKeyId"].as_str().unwrap();
        format!("[work]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n")
    };
    home.write(".aws/credentials", &keys("wrong"));
    let error = home.awsprof(&["renew", "work", "--code", "123456", "--json"]).error(4);
    assert_eq!(error["code"], "SignatureDoesNotMatch");
    assert_eq!(home.read(".aws/credentials"), keys("wrong"), "a refusal writes nothing");
    home.write(".aws/credentials", &keys(key["AccessKey"]["SecretAccessKey"].as_str().unwrap()));
    let renewed = home.awsprof(&["renew", "work", "--code", "123456", "--json"]).json();
    assert_eq!(renewed["renewed"], true);
}
