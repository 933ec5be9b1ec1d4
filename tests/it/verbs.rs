//! The verbs as scripts see them: stdout, stderr, JSON and exit codes of the built program.

use crate::support::Home;

const CONFIG: &str = "\
# mine
[profile work]
region = eu-west-1
mfa_serial = arn:aws:iam::111122223333:mfa/alice

[profile admin]
role_arn = arn:aws:iam::444455556666:role/admin
source_profile = work
";
const CREDENTIALS: &str = "\
[work]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE ; mine
aws_secret_access_key = not-a-real-secret/but+long

[other]
aws_access_key_id = AKIAIOSFODNN7OTHER00
aws_secret_access_key = another-fake-secret
";

fn home() -> Home {
    Home::with(CONFIG, CREDENTIALS)
}

#[test]
fn without_a_terminal_awsprof_prints_the_list() {
    let home = home();
    let plain = home.awsprof(&[]).ok();
    assert_eq!(plain, home.awsprof(&["list"]).ok());
    assert!(plain.contains("work") && plain.contains("111122223333"), "{plain}");
}

#[test]
fn list_has_the_fields_of_the_contract() {
    let rows = home().awsprof(&["list", "--json"]).json();
    let work = rows.as_array().unwrap().iter().find(|row| row["name"] == "work").unwrap();
    assert_eq!(work["kind"], "static");
    assert_eq!(work["account"], "111122223333");
    assert_eq!(work["region"], "eu-west-1");
    assert_eq!(work["default"], false);
    assert_eq!(work["expires_at"], serde_json::Value::Null);
    let admin = home().awsprof(&["list", "admin", "--json"]).json();
    assert_eq!(admin.as_array().unwrap().len(), 1);
    assert_eq!(admin[0]["kind"], "assume-role");
}

#[test]
fn show_names_every_line_and_masks_every_secret() {
    let home = home();
    let shown = home.awsprof(&["show", "work", "--json"]).json();
    let settings = shown["settings"].as_array().unwrap();
    let find = |key: &str| settings.iter().find(|line| line["key"] == key).unwrap();
    assert_eq!(find("region")["line"], 3);
    assert_eq!(find("region")["file"], home.file(".aws/config").to_str().unwrap());
    assert_eq!(find("aws_secret_access_key")["value"], "****");
    for args in [&["show", "work"][..], &["show", "--all", "--json"], &["show", "work", "--json"]] {
        assert!(!home.awsprof(args).ok().contains("not-a-real-secret"), "{args:?}");
    }
    assert_eq!(home.awsprof(&["show", "ghost", "--json"]).error(3)["code"], "profile-not-found");
}

#[test]
fn chain_says_which_link_won_and_why() {
    let home = home();
    let trace = home.awsprof(&["chain", "other", "--json"]).json();
    assert_eq!(trace["winner"], "credentials-file");
    assert_eq!(trace["profile_from"], "--profile");
    let won = trace["links"].as_array().unwrap().iter().find(|link| link["verdict"] == "won").unwrap();
    assert_eq!(won["access_key_id"], "AKIAIOSFODNN7OTHER00");
    assert_eq!(won["evidence"]["line"], 6);
    let ghost = home.awsprof(&["chain", "ghost", "--json"]).json();
    assert_eq!(ghost["winner"], serde_json::Value::Null);
    assert!(ghost["error"].as_str().unwrap().contains("ghost"));
    assert_eq!(home.awsprof(&["chain", "--tool", "abacus", "--json"]).error(2)["code"], "unknown-tool");
}

#[test]
fn environment_keys_shadow_the_file_and_the_trace_says_so() {
    let mut home = home();
    home.set("AWS_ACCESS_KEY_ID", "AKIAFROMTHEENVIRONMT");
    home.set("AWS_SECRET_ACCESS_KEY", "environment-fake-secret");
    home.set("AWS_PROFILE", "other");
    let answer = home.awsprof(&["chain", "--json"]);
    assert!(!answer.stdout.contains("environment-fake-secret"));
    let trace = answer.json();
    assert_eq!(trace["winner"], "env");
    let codes: Vec<_> = trace["warnings"].as_array().unwrap().iter().map(|w| w["code"].clone()).collect();
    assert!(codes.contains(&"env-shadows-profile".into()), "{codes:?}");
}

#[test]
fn use_writes_the_default_and_undo_takes_it_back_byte_for_byte() {
    let home = home();
    let answer = home.awsprof(&["use", "other", "--json"]).json();
    assert_eq!(answer["profile"], "other");
    assert!(home.read(".aws/credentials").contains("[default]\naws_access_key_id = AKIAIOSFODNN7OTHER00"));
    let rows = home.awsprof(&["list", "other", "--json"]).json();
    assert_eq!(rows[0]["default"], true);
    let undone = home.awsprof(&["undo", "--json"]).json();
    assert_eq!(undone["verb"], "use");
    assert_eq!(home.read(".aws/credentials"), CREDENTIALS);
    assert_eq!(home.read(".aws/config"), CONFIG);
    home.awsprof(&["redo"]).ok();
    assert!(home.read(".aws/credentials").contains("[default]"));
}

#[test]
fn use_goes_back_with_a_dash_and_away_with_clear() {
    let home = home();
    home.awsprof(&["use", "other"]).ok();
    home.awsprof(&["use", "work"]).ok();
    let back = home.awsprof(&["use", "-", "--json"]).json();
    assert_eq!((&back["profile"], &back["previous"]), (&"other".into(), &"work".into()));
    home.awsprof(&["use", "--clear"]).ok();
    assert_eq!(home.read(".aws/credentials"), CREDENTIALS);
    assert_eq!(home.awsprof(&["use", "ghost", "--json"]).error(3)["code"], "profile-not-found");
}

#[test]
fn an_unmanaged_default_is_saved_before_it_is_replaced() {
    let own =
        "[default]\naws_access_key_id = AKIAIOSFODNN7MYOWN00\naws_secret_access_key = my-own-fake-secret\n\n";
    let home = Home::with(CONFIG, &format!("{own}{CREDENTIALS}"));
    let error = home.awsprof(&["use", "other", "--json"]).error(7);
    assert!(error["hint"].as_str().unwrap().contains("--yes"), "{error}");
    assert_eq!(
        home.read(".aws/credentials"),
        format!("{own}{CREDENTIALS}"),
        "nobody agreed: nothing is written"
    );
    let diff = home.awsprof(&["use", "other", "--dry-run"]).ok();
    assert!(diff.contains("default-original") && !diff.contains("my-own-fake-secret"), "{diff}");
    home.awsprof(&["use", "other", "--yes"]).ok();
    let text = home.read(".aws/credentials");
    assert!(text.contains("[default-original]") && text.contains("AKIAIOSFODNN7MYOWN00"), "{text}");
    home.awsprof(&["use", "--clear"]).ok();
    assert!(home.read(".aws/credentials").starts_with(own));
}

#[test]
fn a_code_is_needed_and_there_is_nobody_to_ask() {
    let error = home().awsprof(&["renew", "work", "--json"]).error(7);
    assert!(error["hint"].as_str().unwrap().contains("--code"), "{error}");
}

#[test]
fn impossible_renewals_are_refused_before_anything_is_sent() {
    let mut home = home();
    home.set("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    for (args, code) in [
        (&["renew", "ghost", "--code", "123456", "--json"][..], 3),
        (&["renew", "work", "--code", "12345", "--json"], 7),
        (&["renew", "work", "--code", "123456", "--duration", "5m", "--json"], 7),
        (&["renew", "work", "--code", "123456", "--duration", "40h", "--json"], 7),
    ] {
        home.awsprof(args).error(code);
    }
    home.awsprof(&["renew", "work", "--code", "123456", "--json"]).error(5);
    assert_eq!(home.read(".aws/credentials"), CREDENTIALS);
}

#[test]
fn a_home_without_files_says_what_was_looked_for() {
    let home = Home::empty();
    let answer = home.awsprof(&["list"]);
    assert!(
        answer.stderr.contains(".aws/config") && answer.stderr.contains("is not there"),
        "{}",
        answer.stderr
    );
    assert_eq!(answer.ok(), "");
}

#[test]
fn help_and_version_are_answers_and_a_typo_is_usage() {
    assert!(home().awsprof(&["--version"]).ok().starts_with("awsprof "));
    let verbs = [
        "demo", "list", "show", "chain", "use", "renew", "whoami", "undo", "redo", "export", "exec",
        "presign",
    ];
    let objects = ["add", "edit", "rename", "copy", "remove", "import"];
    for verb in verbs.into_iter().chain(["eks-token", "imds", "setup"]).chain(objects) {
        assert!(home().awsprof(&[verb, "--help"]).ok().contains("Example"), "{verb}");
    }
    assert_eq!(home().awsprof(&["lost"]).code, 2);
}
