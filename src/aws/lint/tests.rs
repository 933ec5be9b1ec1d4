use std::path::PathBuf;

use super::*;
use crate::aws::world::AwsFiles;

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
fn a_file_that_is_no_ini_does_not_flood_the_list() {
    let problems = found("", &"junk\n".repeat(100_000));
    assert_eq!(problems.len(), 201);
    assert_eq!(problems[0], "more-problems Info k:0 -");
}
