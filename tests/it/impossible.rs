//! Calls that AWS can only refuse: refused here, in words, before anything is sent.

use crate::demo::Demo;

/// Profiles that cannot do what they are asked to.
const CONFIG: &str = "
[profile lonely]
region = eu-west-1

[profile boss]
mfa_serial = arn:aws:iam::111122223333:mfa/root-account-mfa-device

[profile boss-role]
role_arn = arn:aws:iam::111122223333:role/admin
source_profile = boss
mfa_serial = arn:aws:iam::111122223333:mfa/root-account-mfa-device

[profile key]
mfa_serial = arn:aws:iam::111122223333:u2f/user/key/yubi-ABC

[profile china]
region = cn-north-1
mfa_serial = arn:aws:iam::111122223333:mfa/china

[profile china-role]
role_arn = arn:aws-cn:iam::111122223333:role/admin
source_profile = work
mfa_serial = arn:aws:iam::111122223333:mfa/alice

[profile bobs-role]
role_arn = arn:aws:iam::111122223333:role/admin
source_profile = work
mfa_serial = arn:aws:iam::111122223333:mfa/bob-phone

[profile chained]
role_arn = arn:aws:iam::444455556666:role/reader
source_profile = work-admin
duration_seconds = 3601

[profile endless]
role_arn = arn:aws:iam::444455556666:role/reader
source_profile = ci
duration_seconds = 43201
";

fn home() -> Demo {
    let demo = Demo::new();
    let [config, credentials] = demo.files();
    demo.home.write(".aws/config", &format!("{config}{CONFIG}"));
    let keys = ["boss", "key", "china"]
        .map(|name| format!("\n[{name}]\naws_access_key_id = AKIA{name}\naws_secret_access_key = fake\n"));
    let session = "\n[lonely]\naws_access_key_id = ASIALONELY\naws_secret_access_key = fake\naws_session_token = fake\n";
    demo.home.write(".aws/credentials", &format!("{credentials}{}{session}", keys.concat()));
    demo
}

#[test]
fn what_aws_can_only_refuse_is_not_sent() {
    // The command line, and what the refusal must say.
    let table: &[(&str, &str)] = &[
        ("renew lonely --code 123456", "session"),
        ("renew work --code 123456 --duration 899s", "too short"),
        ("renew work --code 123456 --duration 129601s", "too long"),
        ("renew boss --code 123456 --duration 61m", "root user lasts one hour"),
        ("assume boss-role --code 123456", "root user cannot take roles"),
        ("renew key --code 123456", "FIDO security key"),
        (
            "renew work --code 123456 --serial arn:aws:iam::111122223333:u2f/user/alice/yubi-ABC",
            "FIDO security key",
        ),
        (
            "renew work --code 123456 --serial arn:aws:iam::999988887777:mfa/alice",
            "is of account 999988887777",
        ),
        (
            "renew work --code 123456 --serial arn:aws-us-gov:iam::111122223333:mfa/alice",
            "partition aws-us-gov",
        ),
        ("renew china --code 123456", "is of aws-cn"),
        (
            "renew work --code 123456 --serial arn:aws:iam::111122223333:mfa/bob-phone",
            "device of `acme-long-term`",
        ),
        ("renew work --code 123456 --serial short", "cannot be the serial number"),
        ("export bobs-role --code 123456", "device of `acme-long-term`"),
        ("assume china-role --code 123456", "another partition"),
        ("renew work --code 12345", "exactly six digits"),
        ("renew work --code 1234567", "exactly six digits"),
        ("renew work --code 12345x", "exactly six digits"),
        ("renew work --code １２３４５６", "exactly six digits"),
        ("assume work-admin --code 123456 --duration 899s", "too short for AssumeRole"),
        ("assume work-admin --code 123456 --duration 43201s", "too long for AssumeRole"),
        ("assume chained --code 123456", "another role's session lasts one hour"),
        ("export chained --code 123456", "another role's session lasts one hour"),
        ("exec endless -- true", "too long for AssumeRole"),
        ("assume work --code 123456", "no role"),
    ];
    let demo = home();
    let before = demo.files();
    for (line, words) in table {
        let args: Vec<&str> = line.split(' ').collect();
        let answer = demo.home.awsprof(&[&["--json"], &args[..]].concat());
        let error = answer.error(7);
        assert!(error["message"].as_str().unwrap().contains(words), "{line}: {error}");
        assert!(error["hint"].is_string(), "{line}: {error}");
    }
    assert_eq!(demo.sandbox.requests().len(), 0, "nothing was sent");
    assert_eq!(demo.files(), before);
}
