//! `imds`: the sandbox's instance, looked at from outside, with nothing secret shown.

use crate::demo::Demo;

/// A demo whose metadata service may be asked.
fn instance() -> Demo {
    let mut demo = Demo::new();
    demo.home.set("AWS_EC2_METADATA_DISABLED", "false");
    demo
}

#[test]
fn the_overview_says_who_answered_and_what_cannot_be_read() {
    let demo = instance();
    let overview = demo.home.awsprof(&["imds"]).ok();
    for words in ["IMDSv2, token good for", "demo-instance", "instance-id", "policy", "cannot be read here"] {
        assert!(overview.contains(words), "{words}: {overview}");
    }
    let json = demo.home.awsprof(&["imds", "--json"]).json();
    assert_eq!((&json["version"], &json["path"]), (&2.into(), &"latest/meta-data/".into()));
    assert_eq!(json["role"]["name"], "demo-instance");
    assert!(json["role"]["expires_at"].as_str().unwrap().ends_with('Z'));
    assert!(json["entries"].as_array().unwrap().contains(&"instance-id".into()));
}

#[test]
fn values_come_alone_on_stdout_and_credentials_never_whole() {
    let demo = instance();
    let value = |path: &str| demo.home.awsprof(&["imds", path]);
    assert_eq!(value("placement/region").ok(), "us-east-1\n");
    assert_eq!(value("/latest/meta-data/iam/").ok(), "info\nsecurity-credentials/\n");
    assert!(value("dynamic/instance-identity/document").ok().contains("i-0123456789abcdef0"));
    let keys = value("iam/security-credentials/demo-instance");
    assert!(keys.stderr.contains("cannot be read here"), "{}", keys.stderr);
    let keys: serde_json::Value = serde_json::from_str(&keys.ok()).unwrap();
    assert!(keys["AccessKeyId"].as_str().unwrap().starts_with("ASIA"));
    assert_eq!((&keys["SecretAccessKey"], &keys["Token"]), (&"****".into(), &"****".into()));
    assert_eq!(demo.home.awsprof(&["imds", "nowhere", "--json"]).error(3)["code"], "not-found");
}

#[test]
fn version_one_is_asked_only_when_told_and_a_disabled_service_not_at_all() {
    let mut demo = instance();
    assert_eq!(demo.home.awsprof(&["imds", "instance-id", "--v1"]).code, 4, "this instance wants a token");
    demo.home.set("AWS_EC2_METADATA_V1_DISABLED", "true");
    let asked = demo.sandbox.requests().len();
    assert_eq!(demo.home.awsprof(&["imds", "instance-id", "--v1"]).code, 1);
    demo.home.set("AWS_EC2_METADATA_DISABLED", "true");
    let error = demo.home.awsprof(&["imds", "--json"]).error(1);
    assert!(error["message"].as_str().unwrap().contains("AWS_EC2_METADATA_DISABLED"), "{error}");
    assert_eq!(demo.sandbox.requests().len(), asked);
}
