//! The sandbox against other people's clients: strict in a way that they pass.
//!
//! Ignored by default: they need the AWS CLI and boto3, which a bare machine does not have.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use awsprof::aws::world::{Clock, Env};
use awsprof::sandbox::Sandbox;
use awsprof::sandbox::cast::Cast;
use awsprof::sandbox::home::{demo_env, demo_home};

/// A demo home on a sandbox with the real time: real clients sign with it.
struct Home {
    sandbox: Sandbox,
    dir: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let sandbox = Sandbox::start(Cast::demo().unwrap(), Clock::System).unwrap();
        let dir = tempfile::tempdir().unwrap();
        demo_home(dir.path(), &sandbox).unwrap();
        Self { sandbox, dir }
    }

    /// Runs a program in the demo's environment and nothing else.
    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let path = Env::real().get("PATH").unwrap_or_default().to_owned();
        let caller: Env = [("PATH".to_owned(), path)].into_iter().collect();
        let env = demo_env(self.dir.path(), &self.sandbox, &caller);
        let root: Env = Env::real();
        let mut command = Command::new(program);
        command.args(arguments).env_clear().stdin(Stdio::null());
        command.envs(env.iter()).envs(root.get("PYENV_ROOT").map(|root| ("PYENV_ROOT", root)));
        command.output().unwrap()
    }

    fn aws(&self, arguments: &[&str]) -> Result<serde_json::Value, String> {
        let output = self.run("aws", &[arguments, &["--output", "json"]].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(serde_json::from_slice(&output.stdout).unwrap()) } else { Err(said) }
    }

    fn code(&self, user: &str) -> String {
        self.sandbox.authenticator(user).unwrap().digits
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }
}

#[test]
#[ignore = "needs the AWS CLI"]
fn the_aws_cli_is_let_in() {
    let home = Home::new();
    for (profile, arn) in [
        ("work", "arn:aws:iam::111122223333:user/alice"),
        ("default", "arn:aws:iam::111122223333:user/dana"),
        ("ci", "arn:aws:iam::444455556666:user/ci-robot"),
        ("play", "arn:aws:iam::444455556666:user/player"),
    ] {
        let who = home.aws(&["sts", "get-caller-identity", "--profile", profile]).unwrap();
        assert_eq!(who["Arn"], arn);
    }
    let devices = home.aws(&["iam", "list-mfa-devices", "--profile", "work"]).unwrap();
    assert_eq!(devices["MFADevices"][0]["SerialNumber"], "arn:aws:iam::111122223333:mfa/alice");
}

#[test]
#[ignore = "needs the AWS CLI"]
fn the_aws_cli_is_refused_in_its_own_words() {
    let home = Home::new();
    let serial = "arn:aws:iam::111122223333:mfa/alice";
    let ask = |code: &str| {
        let command =
            ["sts", "get-session-token", "--profile", "work", "--serial-number", serial, "--token-code"];
        home.aws(&[&command[..], &[code]].concat())
    };
    let code = home.code("alice");
    assert!(ask(&code).unwrap()["Credentials"]["SessionToken"].is_string());
    let again = ask(&code).unwrap_err();
    assert!(again.contains("(AccessDenied)") && again.contains("invalid MFA one time pass code"), "{again}");
    let long = home.aws(&["sts", "get-session-token", "--profile", "work", "--duration-seconds", "129601"]);
    assert!(long.unwrap_err().contains("ValidationError"));
    let broken = home.aws(&["sts", "get-caller-identity", "--profile", "old"]).unwrap_err();
    assert!(broken.contains("Partial credentials") || broken.contains("secret"), "{broken}");
    assert!(home.path().join(".aws/config").exists());
}

#[test]
#[ignore = "needs boto3"]
fn boto3_takes_a_role_with_a_session_and_reads_metadata() {
    let home = Home::new();
    let script = r"
import boto3, sys
from botocore.credentials import InstanceMetadataProvider, InstanceMetadataFetcher
import os
code = sys.argv[1]
sts = boto3.Session(profile_name='work').client('sts')
got = sts.get_session_token(SerialNumber='arn:aws:iam::111122223333:mfa/alice', TokenCode=code)['Credentials']
session = boto3.Session(got['AccessKeyId'], got['SecretAccessKey'], got['SessionToken'], region_name='eu-west-1')
admin = session.client('sts').assume_role(RoleArn='arn:aws:iam::111122223333:role/admin', RoleSessionName='boto')
print(admin['AssumedRoleUser']['Arn'])
url = session.client('sts').generate_presigned_url('get_caller_identity', HttpMethod='GET')
import urllib.request
print('user/alice' in urllib.request.urlopen(url).read().decode())
fetcher = InstanceMetadataFetcher(base_url=os.environ['AWS_EC2_METADATA_SERVICE_ENDPOINT'] + '/')
print(InstanceMetadataProvider(iam_role_fetcher=fetcher).load().access_key[:4])
";
    let output = home.run("python3", &["-c", script, &home.code("alice")]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(lines, "arn:aws:sts::111122223333:assumed-role/admin/boto\nTrue\nASIA\n");
}
