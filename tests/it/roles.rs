//! Roles: one code for all of a device, sessions in awsprof's own cache, and how both are forgotten.

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::demo::{Demo, section};
use crate::support::below;

/// The demo with a second role on alice's device and one without a code.
fn demo() -> Demo {
    let demo = Demo::new();
    let [config, _] = demo.files();
    let more = "
[profile work-deploy]
role_arn = arn:aws:iam::777788889999:role/deploy-prod
source_profile = work
mfa_serial = arn:aws:iam::111122223333:mfa/alice

[profile reader]
role_arn = arn:aws:iam::444455556666:role/reader
source_profile = ci
role_session_name = tester
";
    demo.home.write(".aws/config", &format!("{config}{more}"));
    demo
}

fn row(demo: &Demo, name: &str) -> Value {
    let rows = demo.home.awsprof(&["list", "--json"]).json();
    rows.as_array().unwrap().iter().find(|row| row["name"] == name).unwrap().clone()
}

#[test]
fn one_code_takes_every_role_on_the_device() {
    let demo = demo();
    let code = demo.code("alice");
    let first = demo.home.awsprof(&["assume", "work-admin", "--code", &code, "--json"]).json();
    assert_eq!((&first["profile"], &first["session_profile"]), (&"work-admin".into(), &Value::Null));
    assert_eq!((&first["renewed"], &first["requests"]), (&true.into(), &2.into()));
    let second = demo.home.awsprof(&["renew", "work-deploy", "--json"]).json();
    assert_eq!((&second["renewed"], &second["requests"]), (&true.into(), &1.into()));
    assert_eq!(demo.actions(), ["GetSessionToken", "AssumeRole", "AssumeRole"]);

    let again = demo.home.awsprof(&["assume", "work-admin", "--json"]).json();
    assert_eq!((&again["renewed"], &again["requests"]), (&false.into(), &0.into()));
    assert_eq!(again["access_key_id"], first["access_key_id"]);
    let forced = demo.home.awsprof(&["assume", "work-admin", "--force", "--duration", "2h", "--json"]).json();
    assert_ne!(forced["access_key_id"], first["access_key_id"]);
    assert_eq!(demo.actions().len(), 4);
    assert_eq!(row(&demo, "work-admin")["expires_at"], forced["expires_at"]);

    let files = below(&demo.home.file(".awsprof/cache/roles"));
    assert_eq!(files.len(), 2);
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(!file.to_string_lossy().contains("admin"));
    }
}

#[test]
fn every_verb_uses_the_cache() {
    let demo = demo();
    let keys = demo.home.awsprof(&["export", "reader", "--format", "process"]).json();
    let exec = demo.home.awsprof(&["exec", "reader", "--", "printenv", "AWS_ACCESS_KEY_ID"]).ok();
    assert_eq!(keys["AccessKeyId"], exec.trim());
    let who = demo.home.awsprof(&["whoami", "reader", "--json"]).json();
    assert_eq!(who["arn"], "arn:aws:sts::444455556666:assumed-role/reader/tester");
    demo.home.awsprof(&["presign", "reader"]).ok();
    assert_eq!(demo.actions()[..2], ["AssumeRole", "GetCallerIdentity"]);
    let asked = &demo.sandbox.requests()[1];
    assert_eq!(asked.access_key_id.as_deref(), keys["AccessKeyId"].as_str());
}

#[test]
fn a_cached_session_is_taken_anew_when_it_is_too_short_or_another_one() {
    let demo = demo();
    let export =
        |args: &[&str]| demo.home.awsprof(&[&["export", "reader", "--format", "process"], args].concat());
    let first = export(&[]).json();
    assert_eq!(export(&["--min-ttl", "50m"]).json(), first);
    let error = demo.home.awsprof(&["export", "reader", "--min-ttl", "61m", "--json"]).error(2);
    assert!(error["message"].as_str().unwrap().contains("longer than a new session"), "{error}");
    let config = demo.home.read(".aws/config");
    demo.home
        .write(".aws/config", &config.replace("role_session_name = tester", "role_session_name = another"));
    assert_ne!(export(&[]).json()["AccessKeyId"], first["AccessKeyId"]);
    demo.home.write(".aws/config", &config);
    assert_eq!(export(&[]).json(), first, "the first one is still there");
    assert_eq!(demo.actions(), ["AssumeRole", "AssumeRole"]);
    for file in below(&demo.home.file(".awsprof/cache/roles")) {
        std::fs::write(file, "{damaged").unwrap();
    }
    assert_ne!(export(&[]).json(), first, "a damaged entry counts as none");
}

/// An entry as the AWS CLI writes it, for the role `reader` taken as `tester`.
fn cli_entry(demo: &Demo, account: &str, key: &str) {
    let until = demo.sandbox.now() + jiff::SignedDuration::from_hours(1);
    let until = jiff::Timestamp::from_second(until.as_second()).unwrap();
    let entry = serde_json::json!({
        "Credentials": {"AccessKeyId": key, "SecretAccessKey": "s", "SessionToken": "t", "Expiration": until.to_string()},
        "AssumedRoleUser": {"AssumedRoleId": "AROA:tester", "Arn": format!("arn:aws:sts::{account}:assumed-role/reader/tester")},
    });
    std::fs::create_dir_all(demo.home.file(".aws/cli/cache")).unwrap();
    // sha1 of {"RoleArn": "arn:aws:iam::444455556666:role/reader", "RoleSessionName": "tester"}
    demo.home.write(&format!(".aws/cli/cache/{CLI_KEY}.json"), &entry.to_string());
}
const CLI_KEY: &str = "b823fb1384fe3bea3b409b3e4e6ae1c50fadb355";

#[test]
fn the_cli_s_cache_is_read_where_it_is_of_the_role_s_account() {
    let demo = demo();
    cli_entry(&demo, "444455556666", "ASIAFROMTHECLI");
    let keys = demo.home.awsprof(&["export", "reader", "--format", "process"]).json();
    assert_eq!(keys["AccessKeyId"], "ASIAFROMTHECLI");
    assert_eq!(demo.actions(), [""; 0]);
    cli_entry(&demo, "999999999999", "ASIAOFANOTHERONE");
    let keys = demo.home.awsprof(&["export", "reader", "--format", "process"]).json();
    assert_ne!(keys["AccessKeyId"], "ASIAOFANOTHERONE");
    assert_eq!(demo.actions(), ["AssumeRole"]);
}

#[test]
fn forgetting_a_user_takes_the_session_and_the_roles_on_it_and_can_be_undone() {
    let demo = demo();
    let before = demo.files();
    demo.home.awsprof(&["assume", "work-admin", "--code", &demo.code("alice")]).ok();
    demo.home.awsprof(&["assume", "reader"]).ok();
    let with = demo.files();
    let refused = demo.home.awsprof(&["forget", "work", "--json"]).error(7);
    assert!(refused["hint"].as_str().unwrap().contains("--yes"), "{refused}");
    assert_eq!(demo.files(), with);
    let shown = demo.home.awsprof(&["forget", "work", "--dry-run"]).ok();
    assert!(shown.contains("-[work-mfa]") && !shown.contains("aws_session_token = I"), "{shown}");
    let answer = demo.home.awsprof(&["forget", "work", "--yes", "--json"]).json();
    assert_eq!(answer["changed"].as_array().unwrap().len(), 2, "{answer}");
    assert!(answer["notes"].to_string().contains("work-admin"), "{answer}");
    let squeezed =
        |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(demo.files().map(|text| squeezed(&text)), before.map(|text| squeezed(&text)));
    assert_eq!(below(&demo.home.file(".awsprof/cache/roles")).len(), 1, "reader rests on somebody else");
    demo.home.awsprof(&["undo", "--yes"]).ok();
    assert_eq!(demo.files(), with);
}

#[test]
fn only_what_awsprof_wrote_is_forgotten() {
    let demo = demo();
    let before = demo.files();
    let error = demo.home.awsprof(&["forget", "acme", "--yes", "--json"]).error(3);
    assert!(error["message"].as_str().unwrap().contains("written by aws-mfa"), "{error}");
    assert_eq!(
        demo.home.awsprof(&["forget", "work", "--yes", "--json"]).error(3)["code"],
        "nothing-to-forget"
    );
    assert_eq!(
        demo.home.awsprof(&["forget", "ghost", "--yes", "--json"]).error(3)["code"],
        "profile-not-found"
    );
    assert_eq!(demo.files(), before);
    demo.home.awsprof(&["assume", "reader"]).ok();
    demo.home.awsprof(&["forget", "reader"]).ok();
    assert_eq!(demo.files(), before, "a cached role is no change of the files, and nothing to ask about");
    demo.renew("work").ok();
    demo.home.awsprof(&["assume", "reader"]).ok();
    demo.home.awsprof(&["forget", "--all", "--yes"]).ok();
    assert!(below(&demo.home.file(".awsprof/cache/roles")).is_empty());
    assert!(!demo.files()[1].contains("work-mfa") && demo.files()[1].contains("ASIASANDBOXEXPIRED01"));
}

#[test]
fn a_default_that_holds_the_session_goes_back_to_the_keys() {
    let demo = demo();
    demo.renew("work").ok();
    demo.home.awsprof(&["use", "work", "--yes"]).ok();
    let default = |demo: &Demo| section(&demo.files()[1], "[default]").join("\n");
    assert!(default(&demo).contains("aws_session_token"));
    demo.home.awsprof(&["forget", "work", "--yes"]).ok();
    assert!(default(&demo).contains("AKIASANDBOXALICE7Q3F") && !default(&demo).contains("aws_session_token"));
    assert_eq!(row(&demo, "work")["default"], true, "and is still what `use` made");
}

#[test]
fn a_role_of_the_machine_is_kept_as_any_other() {
    let mut demo = Demo::new();
    let [config, _] = demo.files();
    let roles = "
[profile from-env]
role_arn = arn:aws:iam::444455556666:role/reader
credential_source = Environment
region = eu-west-1
";
    demo.home.write(".aws/config", &format!("{config}{roles}"));
    let cast = demo.sandbox.cast();
    let shell = |demo: &mut Demo, user: &str| {
        let user = cast.user(user).unwrap();
        demo.home.set("AWS_ACCESS_KEY_ID", user.access_key_id);
        demo.home.set("AWS_SECRET_ACCESS_KEY", user.secret_access_key);
    };
    let export = |demo: &Demo| demo.home.awsprof(&["export", "from-env", "--format", "process"]).json();
    shell(&mut demo, "ci-robot");
    let first = export(&demo);
    assert_eq!(export(&demo), first);
    assert_eq!(demo.actions(), ["AssumeRole"], "once");
    assert_eq!(row(&demo, "from-env")["expires_at"], first["Expiration"]);
    shell(&mut demo, "alice");
    assert_ne!(export(&demo)["AccessKeyId"], first["AccessKeyId"], "somebody else asks");
    assert_eq!(demo.actions().len(), 2);
    shell(&mut demo, "ci-robot");
    assert_eq!(export(&demo), first);
    demo.home.awsprof(&["forget", "--all", "--yes"]).ok();
    let taken = demo.home.awsprof(&["assume", "from-env", "--json"]).json();
    assert_ne!(taken["access_key_id"], first["AccessKeyId"]);
    assert_eq!((&taken["renewed"], &taken["requests"]), (&true.into(), &1.into()));
    let again = demo.home.awsprof(&["assume", "from-env", "--json"]).json();
    assert_eq!((&again["renewed"], &again["access_key_id"]), (&false.into(), &taken["access_key_id"]));
    let forced = demo.home.awsprof(&["renew", "from-env", "--force", "--json"]).json();
    assert_ne!(forced["access_key_id"], taken["access_key_id"]);
    assert_eq!(export(&demo)["AccessKeyId"], forced["access_key_id"]);
    demo.home.awsprof(&["assume", "from-env", "--duration", "2h", "--json"]).error(2);
}
