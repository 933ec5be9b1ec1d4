//! boto3 by the three ways awsprof offers: `credential_process`, the endpoint of `serve`, the written session profile;
//! each against the sandbox and against moto.
//!
//! Ignored by default: they need `python3` with boto3 and `moto_server` on the path. `.ci/run` installs them.

use std::process::Stdio;

use crate::demo::Demo;
use crate::moto::Moto;
use crate::serve::Served;
use crate::support::Home;

const WHO: &str = "
import sys, boto3
session = boto3.Session(profile_name=sys.argv[1] or None, region_name='eu-west-1')
keys = session.get_credentials()
print(keys.method, keys.access_key, bool(keys.token), session.client('sts').get_caller_identity()['Account'])
";

/// What boto3 makes of a profile (`\"\"`: none): how it came to its keys, the key, whether a token, the account.
fn boto3(home: &Home, profile: &str, env: &[(&str, &str)]) -> Vec<String> {
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_awsprof")).parent().unwrap();
    let mut command = home.command("python3");
    command.env("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()));
    command.envs(env.iter().copied()).args(["-c", WHO, profile]).stdin(Stdio::null());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().split_whitespace().map(str::to_owned).collect()
}

/// All three ways lead to the session that `renew` made.
fn three_ways(home: &Home, session: &str, account: &str) {
    let seen = |method: &str| [method, session, "True", account].map(str::to_owned).to_vec();
    assert_eq!(boto3(home, "work-mfa", &[]), seen("shared-credentials-file"));
    home.awsprof(&["setup", "process", "work", "--yes"]).ok();
    assert_eq!(boto3(home, "work-auto", &[]), seen("custom-process"));
    let served = Served::start(home, &["work"]);
    let (url, token) = &served.endpoints[0];
    let env = [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str()),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", token),
        ("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"),
        ("AWS_CONFIG_FILE", "/nonexistent"),
    ];
    assert_eq!(boto3(home, "", &env), seen("container-role"));
    assert_eq!(served.interrupt(), 0);
}

#[test]
#[ignore = "needs boto3"]
fn three_ways_to_one_session_at_the_sandbox() {
    let demo = Demo::new();
    let renewed = demo.renew("work").json();
    three_ways(&demo.home, renewed["access_key_id"].as_str().unwrap(), "111122223333");
    let actions = demo.actions();
    assert_eq!(actions.iter().filter(|action| *action == "GetSessionToken").count(), 1, "{actions:?}");
}

#[test]
#[ignore = "needs moto_server and boto3 (installed by .ci/run)"]
fn three_ways_to_one_session_at_moto() {
    let moto = Moto::start(None);
    let home = crate::moto::home(
        &moto,
        "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-secret\n",
    );
    let renewed = home.awsprof(&["renew", "work", "--code", "123456", "--json"]).json();
    three_ways(&home, renewed["access_key_id"].as_str().unwrap(), "123456789012");
}
