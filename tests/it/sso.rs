//! A sign-in to Identity Center that is due: renewed once, by botocore's file protocol, and shared with boto3.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;

use awsprof::aws::sign_in;
use awsprof::aws::world::Clock;
use awsprof::sandbox::cast::Cast;
use awsprof::sandbox::{Sandbox, oidc};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::support::Home;

const CONFIG: &str = "[sso-session acme]\nsso_region = eu-west-1\nsso_start_url = https://acme.awsapps.com/start\n\
    [profile lab]\nsso_session = acme\nsso_account_id = 444455556666\nsso_role_name = reader\nregion = eu-west-1\n\
    [profile old]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n\
    sso_account_id = 444455556666\nsso_role_name = reader\n";

struct Rig {
    sandbox: Sandbox,
    home: Home,
}

impl Rig {
    /// A home with a sign-in of `session` that ends in `left` seconds.
    fn new(session: &str, left: i64) -> Self {
        let sandbox = Sandbox::start(Cast::demo().unwrap(), Clock::System).unwrap();
        let mut home = Home::with(CONFIG, "");
        for (name, value) in sandbox.env() {
            home.set(name, &value);
        }
        let rig = Self { sandbox, home };
        std::fs::create_dir_all(rig.file(session).parent().unwrap()).unwrap();
        rig.put(session, &rig.sign_in(left));
        rig
    }

    fn file(&self, session: &str) -> PathBuf {
        sign_in::file(self.home.path(), session)
    }

    fn sign_in(&self, left: i64) -> Value {
        let cast = self.sandbox.cast();
        json!({
            "startUrl": "https://acme.awsapps.com/start", "region": "eu-west-1", "accessToken": cast.portal_token,
            "expiresAt": time(left), "clientId": oidc::CLIENT.0, "clientSecret": oidc::CLIENT.1,
            "registrationExpiresAt": time(86400), "refreshToken": cast.refresh_token, "somebodyElses": {"a": 1},
        })
    }

    fn put(&self, session: &str, value: &Value) {
        std::fs::write(self.file(session), value.to_string()).unwrap();
    }

    fn get(&self, session: &str) -> Value {
        serde_json::from_slice(&std::fs::read(self.file(session)).unwrap()).unwrap()
    }

    /// Renewals that Identity Center saw.
    fn renewals(&self) -> usize {
        self.sandbox.requests().iter().filter(|seen| seen.path == "/token").count()
    }

    /// The chain's word on Identity Center: verdict, reason.
    fn chain(&self, profile: &str, more: &[&str]) -> (String, String) {
        let args = [&["chain", profile, "--json"], more].concat();
        let trace = self.home.awsprof(&args).json();
        let links = trace["links"].as_array().unwrap();
        let link = links.iter().find(|link| link["link"] == "sso").unwrap();
        let text = |key: &str| link[key].as_str().unwrap().to_owned();
        (text("verdict"), text("reason"))
    }
}

fn time(from_now: i64) -> String {
    let at = Timestamp::now() + SignedDuration::from_secs(from_now);
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[test]
fn a_sign_in_that_is_over_is_renewed_and_the_file_keeps_its_shape() {
    for left in [-3600, 600] {
        let rig = Rig::new("acme", left);
        let (verdict, reason) = rig.chain("lab", &["--no-probe"]);
        assert_eq!((verdict.as_str(), rig.renewals()), ("not-asked", 0), "{reason}");
        assert!(reason.contains("would renew the sign-in"), "{reason}");
        let (verdict, reason) = rig.chain("lab", &[]);
        assert_eq!(verdict, "won", "{reason}");
        assert!(reason.contains("the sign-in was renewed just now, good until"), "{reason}");
        let (before, after) = (rig.sign_in(left), rig.get("acme"));
        for key in ["startUrl", "region", "clientId", "clientSecret", "somebodyElses"] {
            assert_eq!(after[key], before[key], "{key}");
        }
        for key in ["accessToken", "refreshToken"] {
            assert_ne!(after[key], before[key], "{key}");
        }
        assert!(after["expiresAt"].as_str() > Some(&time(7 * 3600)));
        assert_eq!(rig.file("acme").metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let (verdict, reason) = rig.chain("lab", &[]);
        assert_eq!((verdict.as_str(), reason.contains("renewed")), ("won", false));
        assert_eq!(rig.renewals(), 1);
    }
}

#[test]
fn a_sign_in_with_more_than_a_quarter_of_an_hour_is_left_alone() {
    let rig = Rig::new("acme", 16 * 60);
    let before = rig.get("acme");
    assert_eq!(rig.chain("lab", &[]).0, "won");
    assert_eq!((rig.renewals(), rig.get("acme")), (0, before));
}

#[test]
fn twenty_at_once_make_one_renewal() {
    let rig = Rig::new("acme", -60);
    let start = |_| {
        let mut command = rig.home.command(env!("CARGO_BIN_EXE_awsprof"));
        command.args(["export", "lab", "--format", "process"]).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children: Vec<_> = (0..20).map(start).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(rig.renewals(), 1);
}

#[test]
fn a_refused_renewal_says_to_sign_in_and_is_not_tried_again_for_a_minute() {
    let rig = Rig::new("acme", -60);
    let mut revoked = rig.sign_in(-60);
    revoked["refreshToken"] = "revoked".into();
    rig.put("acme", &revoked);
    let (verdict, reason) = rig.chain("lab", &[]);
    assert_eq!(verdict, "expired");
    for words in ["InvalidGrantException", "aws sso login --sso-session acme"] {
        assert!(reason.contains(words), "{reason}");
    }
    assert_eq!((rig.renewals(), rig.get("acme")), (1, revoked.clone()));
    let (_, reason) = rig.chain("lab", &[]);
    assert!(reason.contains("a renewal failed at") && reason.contains("aws sso login"), "{reason}");
    assert_eq!(rig.renewals(), 1);
    // A token that still lives is used all the same.
    let mut living = rig.sign_in(300);
    living["refreshToken"] = "revoked".into();
    rig.put("acme", &living);
    let (verdict, reason) = rig.chain("lab", &[]);
    assert_eq!((verdict.as_str(), rig.renewals()), ("won", 1));
    assert!(reason.contains("could not be renewed: a renewal failed at"), "{reason}");
    // Who signs in again is not kept waiting.
    rig.put("acme", &rig.sign_in(8 * 3600));
    assert_eq!(rig.chain("lab", &[]).0, "won");
}

#[test]
fn what_cannot_be_renewed_is_not_sent() {
    let rig = Rig::new("acme", -60);
    for (key, why) in
        [("refreshToken", "has no refreshToken"), ("registrationExpiresAt", "has no registrationExpiresAt")]
    {
        let mut value = rig.sign_in(-60);
        value.as_object_mut().unwrap().remove(key);
        rig.put("acme", &value);
        let (verdict, reason) = rig.chain("lab", &[]);
        assert_eq!(verdict, "expired");
        assert!(reason.contains(why), "{reason}");
    }
    std::fs::remove_file(rig.file("acme")).unwrap();
    let (verdict, reason) = rig.chain("lab", &[]);
    assert_eq!(verdict, "failed");
    assert!(reason.contains("aws sso login --sso-session acme"), "{reason}");
    assert_eq!(rig.renewals(), 0);
}

#[test]
fn a_sign_in_without_a_session_is_never_renewed() {
    let rig = Rig::new("https://acme.awsapps.com/start", -60);
    let (verdict, reason) = rig.chain("old", &[]);
    assert_eq!((verdict.as_str(), rig.renewals()), ("expired", 0));
    assert!(reason.contains("aws sso login --profile old"), "{reason}");
    rig.put("https://acme.awsapps.com/start", &rig.sign_in(60));
    assert_eq!((rig.chain("old", &[]).0.as_str(), rig.renewals()), ("won", 0));
}

#[test]
fn a_sign_in_that_was_revoked_says_to_sign_in_again() {
    let rig = Rig::new("acme", 3600);
    let mut revoked = rig.sign_in(3600);
    revoked["accessToken"] = "revoked".into();
    rig.put("acme", &revoked);
    let (verdict, reason) = rig.chain("lab", &[]);
    assert_eq!((verdict.as_str(), rig.renewals()), ("expired", 0), "{reason}");
    assert!(reason.contains("aws sso login --sso-session acme"), "{reason}");
    let trace = rig.home.awsprof(&["chain", "lab", "--tool", "boto3", "--json"]).json();
    assert!(trace["error"].as_str().unwrap().starts_with("UnauthorizedSSOTokenError"), "{trace}");
}

/// Who boto3 is with the profile `lab`.
fn boto3(rig: &Rig) -> String {
    let script =
        "import boto3; print(boto3.Session(profile_name='lab').client('sts').get_caller_identity()['Arn'])";
    let output = rig.home.command("python3").args(["-c", script]).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[ignore = "needs python3 with boto3"]
fn boto3_and_awsprof_renew_for_each_other() {
    let rig = Rig::new("acme", -60);
    assert_eq!(rig.chain("lab", &[]).0, "won");
    assert!(boto3(&rig).contains(":assumed-role/reader/"));
    assert_eq!(rig.renewals(), 1, "boto3 uses the token that awsprof renewed");
    let mut over = rig.get("acme");
    over["expiresAt"] = time(-60).into();
    rig.put("acme", &over);
    assert!(boto3(&rig).contains(":assumed-role/reader/"));
    assert_eq!(rig.renewals(), 2, "boto3 renews with the refresh token that awsprof wrote");
    assert_eq!(rig.chain("lab", &[]).0, "won");
    assert_eq!(rig.renewals(), 2, "and awsprof uses the token that boto3 renewed");
    let mut over = rig.get("acme");
    over["expiresAt"] = time(-60).into();
    rig.put("acme", &over);
    assert_eq!(rig.chain("lab", &[]).0, "won");
    assert_eq!(rig.renewals(), 3, "and renews with the refresh token that boto3 wrote");
}
