use std::path::PathBuf;

use super::*;
use crate::aws::world::{AwsFiles, World};

/// `code severity place profile` of every problem.
fn found(config: &str, credentials: &str) -> Vec<String> {
    let files = AwsFiles { config: PathBuf::from("c"), credentials: PathBuf::from("k") };
    let estate = Estate::from_texts(files, config.into(), credentials.into());
    let line = |p: &Problem| {
        let file = p.file.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
        let profile = p.profile.as_deref().unwrap_or("-");
        format!("{} {:?} {file}:{} {profile}", p.code, p.severity, p.line.unwrap_or(0))
    };
    lint(&estate).iter().map(line).collect()
}

#[test]
fn a_healthy_estate_has_no_problems() {
    let config = "[default]\nregion = x\n[profile a]\nrole_arn = r\nsource_profile = default\n\
                  [profile s]\nsso_session = s\nservices = v\n[sso-session s]\nsso_region = x\n\
                  [services v]\nsts =\n  endpoint_url = u\n[plugins]\nx = y\n";
    let keys = "[default]\naws_access_key_id = A\naws_secret_access_key = s\n";
    assert_eq!(found(config, keys), [""; 0]);
}

#[test]
fn headers_of_the_other_file_are_found() {
    let expected = ["profile-prefix-missing Warning c:1 -", "profile-prefix-in-credentials Warning k:1 -"];
    assert_eq!(found("[a]\n", "[profile a]\n"), expected);
}

#[test]
fn duplicates_are_found() {
    let config = "[default]\n[profile default]\n[profile a]\nK = 1\nk = 2\n[profile a]\nk = 3\n";
    let expected =
        ["default-twice Warning c:1 default", "duplicate-key Error c:5 a", "duplicate-section Error c:6 a"];
    assert_eq!(found(config, ""), expected);
}

#[test]
fn broken_keys_are_found() {
    let credentials = "[a]\naws_access_key_id = A # mine\n[b]\naws_secret_access_key = s\n\
                       [c]\naws_access_key_id =\naws_secret_access_key = s\n";
    let expected = [
        "inline-comment-in-value Error k:2 a",
        "partial-keys Error k:2 a",
        "partial-keys Error k:4 b",
        "partial-keys Error k:6 c",
    ];
    assert_eq!(found("", credentials), expected);
}

#[test]
fn references_to_nothing_are_found() {
    let config = "[profile a]\nrole_arn = r\nsource_profile = nobody\nsso_session = none\nservices = gone\n";
    let expected = [
        "dangling-source-profile Error c:3 a",
        "dangling-sso-session Error c:4 a",
        "dangling-services Error c:5 a",
    ];
    assert_eq!(found(config, ""), expected);
}

#[test]
fn cycles_are_found_unless_keys_end_them() {
    let role =
        |name: &str, source: &str| format!("[profile {name}]\nrole_arn = r\nsource_profile = {source}\n");
    let config = [role("a", "b"), role("b", "c"), role("c", "b"), role("d", "d"), role("e", "e")].concat();
    let keys = "[e]\naws_access_key_id = A\naws_secret_access_key = s\n";
    let expected = ["b", "c", "d"].map(|name| {
        let line = [("b", 6), ("c", 9), ("d", 12)].iter().find(|(n, _)| *n == name).unwrap().1;
        format!("source-profile-cycle Error c:{line} {name}")
    });
    assert_eq!(found(&config, keys), expected);
}

#[test]
fn grammar_faults_name_their_profile() {
    let expected = ["no-section Error c:1 -", "no-equals-sign Error c:3 a", "invalid-key Warning c:4 a"];
    assert_eq!(found("x = 1\n[profile a]\njunk\nin valid = 1\n", ""), expected);
    assert_eq!(found("", "\u{feff}[a]\n"), ["byte-order-mark Error k:1 a"]);
}

#[test]
fn leftovers_are_found() {
    let config = "[profile a]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n\
                  mfa_serial = arn:aws:iam::111122223333:user/alice\n";
    let credentials = "[a]\naws_access_key_id = AKIA2\naws_secret_access_key = s\naws_session_token = t\n\
                       aws_security_token = u\n";
    let expected = [
        "keys-in-both-files Warning c:2 a",
        "mfa-serial-is-a-user Error c:4 a",
        "stale-session-token Error k:4 a",
        "stale-security-token Error k:5 a",
    ];
    assert_eq!(found(config, credentials), expected);
}

#[test]
fn sources_that_hide_each_other_are_found() {
    let config = "[profile sso]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n[sso-session s]\n\
                  [profile process]\ncredential_process = p\n[profile role]\nrole_arn = r\nsource_profile = own\n\
                  [profile own]\nrole_arn = r\nsource_profile = own\n";
    let keys = |name: &str| format!("[{name}]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n");
    let expected = [
        "pasted-keys-over-sso Warning k:2 sso",
        "process-shadowed Warning k:5 process",
        "keys-beside-role Warning k:8 role",
    ];
    assert_eq!(found(config, &["sso", "process", "role", "own"].map(keys).concat()), expected);
}

#[test]
fn keys_in_the_config_file_are_found() {
    let config = "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n";
    assert_eq!(found(config, ""), ["keys-in-config Warning c:2 default"]);
}

#[test]
fn identity_center_settings_that_cannot_work_are_found() {
    let config = "[sso-session s]\nsso_start_url = u\nsso_region = r\n\
                  [profile same]\nsso_session = s\nsso_region = r\n\
                  [profile differs]\nsso_session = s\nsso_region = q\n\
                  [profile unused]\nsso_start_url = u\n\
                  [profile half]\nsso_account_id = 1\nsso_start_url = u\n";
    let expected = [
        "sso-leftovers Info c:6 same",
        "sso-leftovers Error c:9 differs",
        "sso-leftovers Warning c:11 unused",
        "sso-incomplete Error c:13 half",
    ];
    assert_eq!(found(config, ""), expected);
}

#[test]
fn keys_that_look_like_known_ones_are_found_and_own_ones_are_not() {
    let config = "[default]\nregoin = x\nmy_team = y\n[sso-session s]\nsso_regin = x\n[services v]\nregoin =\n  endpoint_urls = z\n";
    assert_eq!(found(config, ""), ["unknown-key Warning c:2 default", "unknown-key Warning c:5 -"]);
}

#[test]
fn line_ends_that_differ_or_lack_are_found() {
    let expected = ["mixed-line-ends Warning c:1 -", "missing-final-newline Warning c:3 -"];
    assert_eq!(found("[default]\r\noutput = json\nregion = x", ""), expected);
}

fn diagnosed(env: &[(&str, &str)], config: &str, credentials: &str) -> Vec<String> {
    let set = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let env = env.iter().chain(&[("HOME", "/h")]).map(set).collect();
    let file = |name: &str, text: &str| (PathBuf::from("/h/.aws").join(name), text.as_bytes().to_vec());
    let files = [file("config", config), file("credentials", credentials)].into_iter().collect();
    let world = World::in_memory(env, files, "2026-11-22T12:00:00Z".parse().unwrap());
    let problems = diagnose(&world, &Estate::read(&world));
    problems.iter().map(|problem| format!("{} {:?}", problem.code, problem.severity)).collect()
}

#[test]
fn variables_that_shadow_or_lead_nowhere_are_found() {
    let keys = [("AWS_ACCESS_KEY_ID", "AKIA1"), ("AWS_SECRET_ACCESS_KEY", "s")];
    assert_eq!(diagnosed(&keys, "", ""), ["env-shadows-profile Warning"]);
    assert_eq!(diagnosed(&keys[..1], "", ""), ["partial-keys Error"]);
    assert_eq!(diagnosed(&keys[1..], "", ""), ["partial-keys Warning"]);
    assert_eq!(diagnosed(&[("AWS_PROFILE", "ghost")], "", ""), ["profile-missing Error"]);
    assert_eq!(diagnosed(&[("AWS_PROFILE", "a")], "[profile a]\n", ""), [""; 0]);
    assert_eq!(diagnosed(&[("AWS_SESSION_TOKEN", "t")], "", ""), ["stale-session-token Warning"]);
    let old = [("AWS_SECURITY_TOKEN", "u"), ("AWS_SESSION_TOKEN", "t"), ("AWS_ACCESS_KEY_ID", "ASIA1")];
    assert_eq!(diagnosed(&old, "", ""), ["partial-keys Error", "stale-security-token Warning"]);
    assert_eq!(diagnosed(&[("AWS_CONFIG_FILE", "/nowhere")], "", ""), ["file-variable Error"]);
    let regions = [("AWS_REGION", "a"), ("AWS_DEFAULT_REGION", "b")];
    assert_eq!(diagnosed(&regions, "", ""), ["region-variables-differ Warning"]);
    assert_eq!(diagnosed(&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")], "", ""), ["env-shadows-profile Warning"]);
}

#[test]
fn expired_sessions_count_where_they_hide_something() {
    let session = |until: &str| {
        format!(
            "[a]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n\
             x_security_token_expires = {until}\n"
        )
    };
    let process = "[profile a]\ncredential_process = p\n";
    let expected = ["process-shadowed Warning", "expired-session-blocks Warning"];
    assert_eq!(diagnosed(&[], process, &session("2026-11-22T11:00:00Z")), expected);
    assert_eq!(diagnosed(&[], process, &session("2026-11-22T13:00:00Z")), expected[..1]);
    assert_eq!(diagnosed(&[], "", &session("2026-11-22T11:00:00Z")), [""; 0]);
    let default = session("2026-11-22T11:00:00Z").replace("[a]", "[default]");
    assert_eq!(diagnosed(&[], "", &default), ["expired-default Info"]);
}

#[test]
fn a_file_that_is_no_ini_does_not_flood_the_list() {
    let problems = found("", &"junk\n".repeat(100_000));
    assert_eq!(problems.len(), 201);
    assert_eq!(problems[0], "more-problems Info k:0 -");
}
