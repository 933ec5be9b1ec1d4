//! Profiles made from Identity Center, with the real binary and the sandbox.

use std::process::Stdio;

use awsprof::aws::sign_in;
use awsprof::aws::world::Clock;
use awsprof::sandbox::cast::{Cast, PortalAccount};
use awsprof::sandbox::faults::Fault;
use awsprof::sandbox::sign_ins::Person;
use awsprof::sandbox::{Sandbox, oidc};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::support::Home;

const CONFIG: &str = "# mine\n[sso-session acme]\nsso_region = eu-west-1\nsso_start_url = https://acme.awsapps.com/start\n\
    sso_registration_scopes = sso:account:access\n\n[profile acme-lab-reader]\nregion   =  us-west-2   # mine\n";

struct Rig {
    sandbox: Sandbox,
    home: Home,
}

impl Rig {
    /// Signed in.
    fn with(cast: Cast) -> Self {
        let sandbox = Sandbox::start(cast, Clock::System).unwrap();
        sandbox.person(Person::Confirms { after: 1 });
        let mut home = Home::with(CONFIG, "");
        for (name, value) in sandbox.env() {
            home.set(name, &value);
        }
        let rig = Self { sandbox, home };
        rig.sign_in("2099-01-01T00:00:00Z");
        rig
    }

    fn new() -> Self {
        Self::with(Cast::demo().unwrap())
    }

    fn sign_in(&self, until: &str) {
        let cast = self.sandbox.cast();
        let token = json!({
            "startUrl": "https://acme.awsapps.com/start", "region": "eu-west-1", "accessToken": cast.portal_token,
            "expiresAt": until, "clientId": oidc::CLIENT.0, "clientSecret": oidc::CLIENT.1,
            "registrationExpiresAt": "2099-01-01T00:00:00Z", "refreshToken": cast.refresh_token,
        });
        let file = sign_in::file(self.home.path(), "acme");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, token.to_string()).unwrap();
    }

    fn config(&self) -> String {
        self.home.read(".aws/config")
    }

    fn asked(&self, path: &str) -> usize {
        self.sandbox.requests().iter().filter(|seen| seen.path == path).count()
    }
}

/// As many accounts with five roles each.
fn many(accounts: usize) -> Cast {
    let role = |number| format!("Role{number}");
    let account = |number| PortalAccount {
        id: format!("{number:012}"),
        name: format!("Team {number}"),
        roles: (0..5).map(role).collect(),
    };
    Cast { portal: (1..=accounts).map(account).collect(), ..Cast::demo().unwrap() }
}

#[test]
fn every_role_gets_a_profile_and_nothing_else_changes() {
    let rig = Rig::new();
    let diff = rig.home.awsprof(&["sso", "sync", "--dry-run"]).ok();
    assert!(diff.contains("+[profile acme-production-admin]"), "{diff}");
    assert_eq!(rig.config(), CONFIG, "a dry run writes nothing");
    let answer = rig.home.awsprof(&["sso", "sync", "acme", "--yes", "--json"]).json();
    assert_eq!((&answer["roles"], answer["changed"].as_array().unwrap().len()), (&json!(9), 1));
    let config = rig.config();
    assert!(config.starts_with(CONFIG), "{config}");
    let lab = "[profile acme-lab-reader-444455556666]\nsso_session = acme\nsso_account_id = 444455556666\n\
               sso_role_name = reader\nregion = eu-west-1\n";
    assert!(config.contains(lab), "a name that is taken is not taken away: {config}");
    assert!(config.contains("[profile acme-shop-eu-readonlyaccess]\n"), "{config}");
    let again = rig.home.awsprof(&["sso", "sync", "--yes"]);
    assert!(again.stderr.contains("9 roles of acme have their profiles already"), "{}", again.stderr);
    assert_eq!(rig.config(), config);
    let keys = rig.home.awsprof(&["export", "acme-lab-reader-444455556666", "--format", "process"]).ok();
    assert!(keys.contains("ASIASANDBOX"));
    rig.home.awsprof(&["undo", "--yes"]).ok();
    assert_eq!(rig.config(), CONFIG);
}

#[test]
fn what_is_no_longer_listed_goes_and_what_rests_on_it_is_said() {
    let rig = Rig::with(many(2));
    rig.home.awsprof(&["sso", "sync", "--yes"]).ok();
    let theirs = "[profile on]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = team-2-role4\n";
    rig.home.write(".aws/config", &(rig.config() + theirs));
    let mut fewer = Rig::with(many(1));
    fewer.home.write(".aws/config", &rig.config());
    let diff = fewer.home.awsprof(&["sso", "sync", "--dry-run", "--json"]).json();
    let reasons = diff["confirm"].to_string();
    assert!(
        reasons.contains("5 profiles are removed") && reasons.contains("`on` rests on `team-2-role4`"),
        "{reasons}"
    );
    let refused = fewer.home.awsprof(&["sso", "sync"]);
    assert_eq!(refused.code, 7, "nobody is there to agree: {}", refused.stderr);
    fewer.home.awsprof(&["sso", "sync", "--yes"]).ok();
    let config = fewer.config();
    assert!(config.contains("team-1-role0") && !config.contains("[profile team-2-role0]"));
    assert!(config.ends_with(theirs));
    fewer.home.set("AWSPROF_CONFIG", fewer.home.file("own.toml").to_str().unwrap());
    fewer.home.write("own.toml", "[sso]\ntemplate = \"{account_id}.{role_name}\"\naccounts.\"000000000001\" = \"x\"\nregion = \"us-west-2\"\n");
    fewer.home.awsprof(&["sso", "sync", "--yes"]).ok();
    let config = fewer.config();
    assert!(
        config.contains("[profile 000000000001.role0]") && config.contains("region = us-west-2\n"),
        "{config}"
    );
    fewer.home.awsprof(&["sso", "sync", "--yes", "--template", "{account_name}_{role_name}"]).ok();
    assert!(fewer.config().contains("[profile x_role0]"));
}

#[test]
fn a_profile_of_ones_own_for_a_role_is_said() {
    let rig = Rig::new();
    let own = |name: &str, role: &str| {
        format!(
            "\n[profile {name}]\nsso_session = acme\nsso_account_id = 444455556666\nsso_role_name = {role}\n"
        )
    };
    let config = format!("{CONFIG}{}", own("lab", "reader"));
    rig.home.write(".aws/config", &config);
    let reasons =
        |rig: &Rig| rig.home.awsprof(&["sso", "sync", "--dry-run", "--json"]).json()["confirm"].to_string();
    let told = reasons(&rig);
    assert!(told.contains("9 profiles are added"), "{told}");
    assert!(told.contains("1 of these roles has a profile of your own already, which stays: lab"), "{told}");
    rig.home.awsprof(&["sso", "sync", "--yes"]).ok();
    assert!(
        rig.config().starts_with(&config) && rig.config().contains("[profile acme-lab-reader-444455556666]")
    );
    let again = rig.home.awsprof(&["sso", "sync", "--yes"]);
    assert!(again.stderr.contains("9 roles of acme have their profiles already"), "{}", again.stderr);
}

#[test]
fn who_is_not_signed_in_is_told_how() {
    let rig = Rig::new();
    std::fs::remove_file(sign_in::file(rig.home.path(), "acme")).unwrap();
    let error = rig.home.awsprof(&["sso", "sync", "--yes", "--json"]).error(4);
    assert_eq!(
        (&error["code"], &error["hint"]),
        (&json!("not-signed-in"), &json!("`awsprof login acme` signs in"))
    );
    assert!(rig.sandbox.requests().is_empty());
    // One that is over is renewed.
    rig.sign_in("2026-01-01T00:00:00Z");
    rig.home.awsprof(&["sso", "list"]).ok();
    assert_eq!(rig.asked("/token"), 1);
    assert_eq!(rig.config(), CONFIG);
}

#[test]
fn a_listing_with_a_hole_writes_nothing() {
    let cases = [
        (Fault::json(401, "UnauthorizedException", "Session token not found or invalid"), 4, "revoked"),
        (Fault::captive_portal(), 5, "web page"),
        (Fault::Cut(30), 5, "cut off"),
    ];
    for (fault, code, words) in cases {
        let rig = Rig::new();
        rig.sandbox.next_answer(fault);
        let answer = rig.home.awsprof(&["sso", "sync", "--yes"]);
        assert_eq!(answer.code, code, "{}", answer.stderr);
        assert!(answer.stderr.contains(words), "{}", answer.stderr);
        assert_eq!(rig.config(), CONFIG);
    }
    let rig = Rig::new();
    rig.sandbox.next_answer(Fault::json(429, "TooManyRequestsException", "HTTP 429 Unknown Code"));
    rig.home.awsprof(&["sso", "sync", "--yes"]).ok();
    assert_eq!(rig.asked("/assignment/accounts"), 2, "throttled once, asked again");
}

#[test]
fn a_role_is_used_without_a_profile() {
    let rig = Rig::new();
    let lines = rig.home.awsprof(&["sso", "env", "acme", "222233334444", "DataEngineer"]).ok();
    assert!(
        lines.contains("export AWS_ACCESS_KEY_ID=ASIASANDBOX") && lines.contains("AWS_REGION=eu-west-1"),
        "{lines}"
    );
    let error = rig.home.awsprof(&["sso", "env", "acme", "222233334444", "Nobody", "--json"]).error(4);
    assert!(error["message"].as_str().unwrap().contains("No access"), "{error}");
    std::fs::remove_file(sign_in::file(rig.home.path(), "acme")).unwrap();
    let error = rig.home.awsprof(&["sso", "env", "acme", "222233334444", "DataEngineer", "--json"]).error(4);
    assert_eq!(error["hint"], "`awsprof login acme` signs in");
    assert_eq!(rig.config(), CONFIG);
}

#[test]
fn pages_are_turned() {
    let rig = Rig::with(many(250));
    let rows = rig.home.awsprof(&["sso", "list", "--json"]).json();
    assert_eq!(rows.as_array().unwrap().len(), 1250);
    assert_eq!((rig.asked("/assignment/accounts"), rig.asked("/assignment/roles")), (3, 250));
    assert_eq!(
        rows[0],
        json!({"account": "000000000001", "account_name": "Team 1",
        "email": "aws+000000000001@acme.example", "role": "Role0"})
    );
}

#[test]
fn names_that_mean_no_session() {
    let rig = Rig::new();
    let error = rig.home.awsprof(&["sso", "sync", "nothing", "--json"]).error(3);
    assert!(error["message"].as_str().unwrap().contains("neither a profile nor an sso-session"), "{error}");
    rig.home.write(
        ".aws/config",
        &format!("{CONFIG}[sso-session b]\nsso_region = r\nsso_start_url = https://b\n"),
    );
    let error = rig.home.awsprof(&["sso", "sync", "--json"]).error(2);
    assert_eq!(error["code"], "several-sessions");
    rig.home.write(".aws/config", "");
    assert_eq!(rig.home.awsprof(&["sso", "list", "--json"]).error(3)["code"], "no-session");
}

#[test]
#[ignore = "needs python3 with boto3"]
fn botocore_resolves_what_was_made() {
    let rig = Rig::new();
    rig.home.awsprof(&["login", "acme"]).ok();
    rig.home.awsprof(&["sso", "sync", "--yes"]).ok();
    let script = "import boto3; print(boto3.Session(profile_name='acme-data-dataengineer').client('sts')\
                  .get_caller_identity()['Arn'])";
    let output = rig.home.command("python3").args(["-c", script]).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("222233334444:assumed-role/DataEngineer/"));
}

#[test]
fn a_listing_that_is_broken_off_writes_nothing() {
    let rig = Rig::new();
    rig.sandbox.next_answer(Fault::Silence);
    let mut command = rig.home.command(env!("CARGO_BIN_EXE_awsprof"));
    let mut child = command.args(["sso", "sync", "--yes"]).stdin(Stdio::null()).spawn().unwrap();
    // The portal has the question and keeps silent: now it is waited for.
    while rig.asked("/assignment/accounts") == 0 {
        std::thread::yield_now();
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    assert!(!child.wait().unwrap().success());
    assert_eq!(rig.config(), CONFIG);
}
