//! One row a form: what stands in the file, and what the profile then holds.

use super::*;

fn here() -> Here {
    Here { now: "2026-11-22T12:00:00Z".parse().unwrap(), zone: TimeZone::fixed(jiff::tz::offset(2)) }
}

fn import(stem: &str, text: &str) -> Vec<Found> {
    read(stem, text.as_bytes(), &here()).unwrap()
}

/// Everything but the notes, as `key=value`.
fn said(found: &Found) -> String {
    let settings = found.settings.iter().map(|(key, value)| format!("{key}={value}"));
    let secrets = found.secrets.iter().map(|(key, value)| format!("{key}={}", value.expose()));
    let mut all: Vec<String> = settings.chain(secrets).collect();
    all.sort();
    format!("{} ({}): {}", found.name, found.from, all.join(" "))
}

const ID: &str = "aws_access_key_id=AKIA1 aws_secret_access_key=s;K#1/+=";

#[test]
fn every_form_is_recognised_and_read_whole() {
    let rows: [(&str, &str, &[&str]); 13] = [
        (
            "rootkey",
            "AWSAccessKeyId=AKIA1\r\nAWSSecretKey=s;K#1/+=\r\n",
            &[&format!("rootkey (AWS console CSV): {ID}")],
        ),
        (
            "users",
            "\r\nUser Name,Access Key Id,Secret Access Key,Password\r\nann,,,pw\r\nbob,AKIA1,s;K#1/+=,\r\n",
            &[&format!("bob (AWS console CSV): {ID}")],
        ),
        (
            "s3cfg",
            "access_key = \"AKIA1\"\nsecret_key = \"s;K#1/+=\" \nhost_base = \"s3.amazonaws.com\"\n",
            &[&format!("s3cmd (s3cmd): {ID}")],
        ),
        (
            "mixed",
            "[b]\naws_access_key_id = AKIA1\naws_secret_access_key = s;K#1/+=\n[default]\naws_access_key_id = AKIA2\naws_secret_access_key = t\n[profile a]\naws_access_key_id = AKIA1\naws_secret_access_key = s;K#1/+=\n",
            &[
                "default (AWS credentials): aws_access_key_id=AKIA2 aws_secret_access_key=t",
                &format!("a (AWS credentials): {ID}"),
                &format!("b (AWS credentials): {ID}"),
            ],
        ),
        (
            "alice_accessKeys (1)",
            "\u{feff}Access key ID,Secret access key\r\nAKIA1,s;K#1/+=\r\n",
            &[&format!("alice (AWS console CSV): {ID}")],
        ),
        (
            "credentials",
            "User name,Password,Access key ID,Secret access key,Console login link\n\"bob, jr\",\"p\"\"w\",AKIA1,s;K#1/+=,https://x\n",
            &[&format!("bob--jr (AWS console CSV): {ID}")],
        ),
        (
            "s3cfg",
            "[default]\naccess_key = AKIA1\nsecret_key = s;K#1/+=\naccess_token =\nbucket_location = EU\nhost_base = s3.amazonaws.com\n",
            &[&format!("s3cmd (s3cmd): {ID} region=eu-west-1")],
        ),
        (
            "s3cfg",
            "[default]\naccess_key=AKIA1\nsecret_key=s;K#1/+=\nhost_base = minio:9000\nuse_https = False\n",
            &[&format!("s3cmd (s3cmd): {ID} endpoint_url=http://minio:9000")],
        ),
        (
            "boto",
            "[Boto]\ndebug = 0\n[Credentials]\naws_access_key_id: AKIA1\naws_secret_access_key: s;K#1/+=\n[profile two]\naws_access_key_id = AKIA2\naws_secret_access_key = t\n",
            &[&format!("boto (boto): {ID}"), "two (boto): aws_access_key_id=AKIA2 aws_secret_access_key=t"],
        ),
        (
            "rclone",
            "[drive]\ntype = drive\n[my s3]\ntype = s3\nprovider = Minio\naccess_key_id = AKIA1\nsecret_access_key = s;K#1/+=\nregion = eu-west-1\nendpoint = minio.local\n[auto]\ntype = s3\nenv_auth = true\n",
            &[&format!("my-s3 (rclone): {ID} endpoint_url=https://minio.local region=eu-west-1")],
        ),
        (
            "-",
            "[work]\naws_access_key_id=ASIA1\naws_secret_access_key=s\naws_session_token=t\naws_credential_expiration=2026-11-23T00:00:00Z\nregion=eu-west-1\n",
            &[
                "work (aws-vault): aws_access_key_id=ASIA1 aws_secret_access_key=s aws_session_token=t region=eu-west-1 x_security_token_expires=2026-11-23T00:00:00Z",
            ],
        ),
        (
            "credentials",
            "[p-long-term]\naws_access_key_id = AKIA1\naws_secret_access_key = s;K#1/+=\naws_mfa_device = arn:aws:iam::1:mfa/a\n[p]\nassumed_role = False\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\naws_security_token = t\nexpiration = 2026-11-23 00:00:00\n",
            &[
                "p-long-term (aws-mfa): aws_access_key_id=AKIA1 aws_mfa_device=arn:aws:iam::1:mfa/a aws_secret_access_key=s;K#1/+=",
                "p (aws-mfa): assumed_role=False aws_access_key_id=ASIA1 aws_secret_access_key=s aws_security_token=t aws_session_token=t expiration=2026-11-23 00:00:00",
            ],
        ),
        (
            "config",
            "[profile a]\nregion = x\naws_access_key_id = AKIA1\naws_secret_access_key = s;K#1/+=\n[profile role]\nrole_arn = r\n",
            &[&format!("a (AWS credentials): {ID} region=x")],
        ),
    ];
    for (stem, text, expected) in rows {
        assert_eq!(import(stem, text).iter().map(said).collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn every_writers_expiry_becomes_our_mark() {
    let keys = "aws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n";
    for (marks, from, expiry) in [
        (
            "manager = awsume\nautoawsume = true\nexpiration = 2026-11-22 23:00:00\n",
            "awsume",
            "2026-11-22T21:00:00Z",
        ),
        (
            "x_principal_arn = a\nx_security_token_expires = 2026-11-22T23:00:00+01:00\n",
            "saml2aws",
            "2026-11-22T22:00:00Z",
        ),
        ("aws_session_expiration_timestamp = 1795392000\n", "aws-mfa (jhandguy)", "2026-11-23T00:00:00Z"),
    ] {
        let found = &import("credentials", &format!("[p]\n{keys}{marks}"))[0];
        assert_eq!((found.from, found.get(NATIVE)), (from, Some(expiry)));
        assert!(found.notes.is_empty());
        let keys: Vec<&str> = found.settings.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["aws_access_key_id", NATIVE], "nothing of their marks is left");
    }
    let old = &import("x", &format!("[p]\n{keys}aws_credential_expiration = 2026-11-22T11:59:59Z\n"))[0];
    assert!(old.notes[0].contains("expired"), "{:?}", old.notes);
}

const NATIVE: &str = "x_security_token_expires";

#[test]
fn what_cannot_be_taken_over_is_named() {
    let refusal = |text: &[u8]| read("x", text, &here()).unwrap_err();
    assert_eq!(refusal(b"\xff\xfe"), ImportError::NotText);
    assert_eq!(refusal(&vec![0; 1 << 20]), ImportError::NotText);
    assert_eq!(
        refusal(b"# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\nabc"),
        ImportError::Encrypted
    );
    assert_eq!(
        refusal(b"Access key ID\nAKIA1\n"),
        ImportError::Malformed { line: 1, what: "there is no column for the secret access key" }
    );
    assert_eq!(
        refusal(b"Access key ID,Secret access key\nAKIA1,\n"),
        ImportError::Malformed { line: 2, what: "a key and its secret are not both there" }
    );
    assert_eq!(refusal(b"Access key ID,Secret access key\n"), ImportError::Nothing);
    assert_eq!(refusal(b"hello"), ImportError::Unknown);
    assert_eq!(refusal(b"[profile a]\nregion = x\n"), ImportError::Nothing);
    assert_eq!(refusal(b"[r]\ntype = s3\nenv_auth = true\n"), ImportError::Nothing);
}

#[test]
fn debug_shows_no_secret() {
    let found = import("a", "Access key ID,Secret access key\nAKIA1,hush\n");
    assert!(!format!("{found:?}").contains("hush"));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let _ = read("x", &bytes, &here());
    }

    #[test]
    fn any_lines_are_survived(lines in "(\\[[a-c ]{0,3}\\]?|type ?= ?s3|access_key ?[=:] ?x|,\"|Access key ID,|\u{e9}|\n){0,20}") {
        let _ = read("x", lines.as_bytes(), &here());
    }
}
