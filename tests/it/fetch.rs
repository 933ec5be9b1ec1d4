//! Links that fetch, with the built program against the embedded AWS: what is asked for, how often, and what is said.

use std::net::TcpListener;

use awsprof::aws::world::Clock;
use awsprof::sandbox::Sandbox;
use awsprof::sandbox::cast::{Cast, Role};
use awsprof::sandbox::faults::Fault;
use serde_json::Value;

use crate::support::Home;

const ROBOT: &str = "[ci]\naws_access_key_id = AKIASANDBOXROBOT0001\n\
    aws_secret_access_key = sandbox.robot/0123456789abcdefghijklmnop\n";

const ROLES: &str = "[profile ci]\nregion = eu-west-1\n\
    [profile mid]\nrole_arn = arn:aws:iam::444455556666:role/mid\nsource_profile = ci\nregion = eu-west-1\n\
    [profile end]\nrole_arn = arn:aws:iam::444455556666:role/end\nsource_profile = mid\nregion = eu-west-1\n\
    duration_seconds = 7200\n\
    [profile tagged]\nrole_arn = arn:aws:iam::444455556666:role/mid\nsource_profile = ci\nregion = eu-west-1\n\
    role_session_name = me\nexternal_id = acme-7\nduration_seconds = 1800\nsource_identity = alice\n\
    session_tags = Team=blue, Cost = 7\ntransitive_session_tags = Team\n\
    policy_arns = arn:aws:iam::aws:policy/ReadOnlyAccess\n";

fn role(arn: &'static str, trusts: &'static str) -> Role {
    let (role_id, trusts) = ("AROASANDBOXTEST00001", vec![trusts]);
    Role { arn, role_id, trusts, needs_mfa: false, longest: 43200, external_id: None }
}

fn rig(config: &str) -> (Sandbox, Home) {
    let mut cast = Cast::demo().unwrap();
    cast.roles.push(role("arn:aws:iam::444455556666:role/mid", "ci-robot"));
    cast.roles.push(role("arn:aws:iam::444455556666:role/end", "mid"));
    let sandbox = Sandbox::start(cast, Clock::System).unwrap();
    let mut home = Home::with(config, ROBOT);
    for (name, value) in sandbox.env() {
        home.set(name, &value);
    }
    (sandbox, home)
}

/// A home in which only the metadata service could have keys.
fn on_instance() -> (Sandbox, Home) {
    let (sandbox, mut home) = rig("");
    home.write(".aws/credentials", "");
    home.set("AWS_EC2_METADATA_DISABLED", "false");
    home.set("AWS_REGION", "us-east-1");
    (sandbox, home)
}

fn link(trace: &Value, name: &str) -> Value {
    let links = trace["links"].as_array().unwrap();
    links.iter().find(|link| link["link"] == name).unwrap().clone()
}

fn reason(trace: &Value, name: &str) -> String {
    link(trace, name)["reason"].as_str().unwrap().to_owned()
}

/// What each request of an action asked for, the moment taken out of unnamed sessions.
fn asked(sandbox: &Sandbox, action: &str) -> Vec<String> {
    let requests = sandbox.requests();
    let of = requests.iter().filter(|seen| seen.action == action);
    let undated = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    of.map(|seen| {
        let mut fields: Vec<String> = seen
            .fields
            .iter()
            .filter(|(name, _)| !["Action", "Version"].contains(&name.as_str()))
            .map(|(name, value)| match name.as_str() {
                "RoleSessionName" => format!("{name}={}", undated(value)),
                _ => format!("{name}={value}"),
            })
            .collect();
        fields.sort();
        fields.join(" ")
    })
    .collect()
}

const EVERYTHING: &str = "DurationSeconds=1800 ExternalId=acme-7 \
    PolicyArns.member.1.arn=arn:aws:iam::aws:policy/ReadOnlyAccess RoleArn=arn:aws:iam::444455556666:role/mid \
    RoleSessionName=me SourceIdentity=alice Tags.member.1.Key=Team Tags.member.1.Value=blue Tags.member.2.Key=Cost \
    Tags.member.2.Value=7 TransitiveTagKeys.member.1=Team";

#[test]
fn awsprof_asks_for_a_role_with_everything_and_a_tool_with_what_it_knows() {
    let (sandbox, home) = rig(ROLES);
    home.awsprof(&["export", "tagged"]).ok();
    assert_eq!(asked(&sandbox, "AssumeRole"), [EVERYTHING]);
    let rows = [
        (
            "boto3",
            "tagged",
            "DurationSeconds=1800 ExternalId=acme-7 RoleArn=arn:aws:iam::444455556666:role/mid RoleSessionName=me",
        ),
        ("rust", "tagged", "ExternalId=acme-7 RoleArn=arn:aws:iam::444455556666:role/mid RoleSessionName=me"),
        ("java-v2", "mid", "RoleArn=arn:aws:iam::444455556666:role/mid RoleSessionName=aws-sdk-java-"),
        ("boto3", "mid", "RoleArn=arn:aws:iam::444455556666:role/mid RoleSessionName=botocore-session-"),
        ("js-v3", "mid", "RoleArn=arn:aws:iam::444455556666:role/mid RoleSessionName=aws-sdk-js-"),
        ("go-v2", "mid", "RoleArn=arn:aws:iam::444455556666:role/mid RoleSessionName=aws-go-sdk-"),
        ("ruby-v3", "mid", "RoleArn=arn:aws:iam::444455556666:role/mid RoleSessionName=default_session"),
    ];
    for (tool, profile, sent) in rows {
        let (sandbox, mut home) = rig(ROLES);
        home.set("AWS_PROFILE", profile);
        let trace = home.awsprof(&["chain", "--tool", tool, "--json"]).json();
        assert_eq!(link(&trace, "assume-role")["verdict"], "won", "{tool} {profile}: {trace}");
        assert_eq!(asked(&sandbox, "AssumeRole"), [sent], "{tool} {profile}");
    }
}

#[test]
#[ignore = "needs python3 with boto3"]
fn boto3_sends_tags_as_we_do() {
    let (sandbox, home) = rig(ROLES);
    let script = "import boto3; boto3.Session(profile_name='ci').client('sts').assume_role(\
        RoleArn='arn:aws:iam::444455556666:role/mid', RoleSessionName='me', ExternalId='acme-7', DurationSeconds=1800, \
        SourceIdentity='alice', TransitiveTagKeys=['Team'], \
        PolicyArns=[{'arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess'}], \
        Tags=[{'Key': 'Team', 'Value': 'blue'}, {'Key': 'Cost', 'Value': '7'}])";
    let output = home.command("python3").args(["-c", script]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(asked(&sandbox, "AssumeRole"), [EVERYTHING]);
}

#[test]
fn a_duration_that_will_be_refused_is_said_before_it_is_sent() {
    let (sandbox, home) = rig(ROLES);
    let trace = home.awsprof(&["chain", "end", "--no-probe", "--json"]).json();
    let limits: Vec<&str> = link(&trace, "assume-role")["hops"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|hop| hop["limit"].as_str())
        .map(|text| text.to_owned().leak() as &str)
        .collect();
    assert_eq!(limits.len(), 2, "{trace}");
    assert!(limits[0].contains("7200 s, refused: one hour"), "{limits:?}");
    assert!(limits[1].contains("1 h by default, up to the role's own maximum"), "{limits:?}");
    let warnings = trace["warnings"].as_array().unwrap();
    assert!(warnings.iter().any(|warning| warning["code"] == "role-duration-refused"), "{warnings:?}");
    let error = home.awsprof(&["export", "end", "--json"]).error(7);
    assert_eq!(error["code"], "duration");
    assert_eq!(asked(&sandbox, "AssumeRole"), [] as [&str; 0]);

    home.write(".aws/config", &ROLES.replace("7200", "3600"));
    home.awsprof(&["export", "end"]).ok();
    assert_eq!(asked(&sandbox, "AssumeRole").len(), 2);
    let text = home.awsprof(&["chain", "end"]).ok();
    assert!(text.contains("← mid (asks for 3600 s, 1 h at most: a role takes it)"), "{text}");
    let rust = home.awsprof(&["chain", "end", "--tool", "rust", "--no-probe"]).ok();
    assert!(rust.contains("(1 h: Rust SDK does not send duration_seconds)"), "{rust}");
}

#[test]
fn an_identity_has_its_alias_where_iam_tells_it() {
    let (sandbox, home) = rig(ROLES);
    let count = |action: &str| sandbox.requests().iter().filter(|seen| seen.action == action).count();
    assert_eq!(home.awsprof(&["whoami", "ci", "--json"]).json()["alias"], "acme-lab");
    assert!(home.awsprof(&["whoami", "ci"]).ok().contains("acme-lab"));
    assert_eq!(count("ListAccountAliases"), 2);
    let trace = home.awsprof(&["chain", "ci", "--json"]).json();
    assert_eq!(trace["identity"]["alias"], "acme-lab");
    assert!(home.awsprof(&["chain", "ci"]).ok().contains("account 444455556666 (acme-lab)"));
    // A role may not ask: that is no failure.
    let who = home.awsprof(&["whoami", "mid", "--json"]).json();
    assert_eq!((&who["alias"], who["account"].as_str()), (&Value::Null, Some("444455556666")));
    let before = count("ListAccountAliases");
    home.awsprof(&["chain", "ci", "--all-tools", "--json"]).ok();
    assert_eq!(count("ListAccountAliases"), before + 1, "once an account and run");
}

#[test]
fn expired_keys_of_an_instance_are_used_and_said_to_be_expired() {
    let (sandbox, home) = on_instance();
    let expired = "{\"Code\":\"Success\",\"AccessKeyId\":\"ASIAOLD\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\
        \"Expiration\":\"2020-01-01T00:00:00Z\"}";
    let text = |body: &str| Fault::Instead { status: 200, headers: Vec::new(), body: body.to_owned() };
    for answer in [text("token=="), text("demo-instance"), text(expired)] {
        sandbox.next_answer(answer);
    }
    let trace = home.awsprof(&["chain", "--json"]).json();
    assert_eq!(trace["winner"], "imds");
    assert_eq!(link(&trace, "imds")["access_key_id"], "ASIAOLD");
    let reason = reason(&trace, "imds");
    assert!(reason.contains("expired at 2020-01-01") && reason.contains("static stability"), "{reason}");
}

#[test]
fn an_instance_without_credentials_says_the_services_own_reason() {
    let (sandbox, home) = on_instance();
    let text = |body: &str| Fault::Instead { status: 200, headers: Vec::new(), body: body.to_owned() };
    let refused = "{\"Code\":\"AssumeRoleUnauthorizedAccess\",\"Message\":\"EC2 cannot assume the role\"}";
    for answer in [text("token=="), text("demo-instance"), text(refused)] {
        sandbox.next_answer(answer);
    }
    let trace = home.awsprof(&["chain", "--json"]).json();
    assert_eq!(link(&trace, "imds")["verdict"], "failed");
    assert!(reason(&trace, "imds").contains("AssumeRoleUnauthorizedAccess EC2 cannot assume the role"));
}

#[test]
fn version_1_is_tried_by_the_tools_that_know_it() {
    let gone = || Fault::Instead { status: 404, headers: Vec::new(), body: String::new() };
    let rows = [("boto3", None, "won"), ("boto3", Some("true"), "failed"), ("rust", None, "failed")];
    for (tool, disabled, verdict) in rows {
        let mut cast = Cast::demo().unwrap();
        cast.metadata_v1 = true;
        let old = Sandbox::start(cast, Clock::System).unwrap();
        let (_, mut home) = on_instance();
        home.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", &old.url());
        if let Some(value) = disabled {
            home.set("AWS_EC2_METADATA_V1_DISABLED", value);
        }
        old.next_answer(gone());
        let trace = home.awsprof(&["chain", "--tool", tool, "--json"]).json();
        let got = link(&trace, "imds")["verdict"].clone();
        let got = if got == "absent" { "failed".into() } else { got };
        assert_eq!(got, verdict, "{tool} {disabled:?}: {trace}");
    }
}

/// A service that takes connections and never says a word, as behind a hop limit of 1.
#[test]
fn a_token_that_never_arrives_names_the_hop_limit_and_keeps_to_the_timeout() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let (_, mut home) = on_instance();
    home.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", &format!("http://{}", silent.local_addr().unwrap()));
    for tool in ["aws-cli-v2", "rust"] {
        let trace = home.awsprof(&["chain", "--tool", tool, "--json"]).json();
        assert!(reason(&trace, "imds").contains("hop limit 1?"), "{tool}: {}", reason(&trace, "imds"));
        assert_eq!(trace["winner"], Value::Null);
    }
}

#[test]
fn a_wrong_metadata_setting_stops_botocore_and_is_named_by_others() {
    let (_, mut home) = on_instance();
    home.write(".aws/credentials", &ROBOT.replace("[ci]", "[default]"));
    home.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", "");
    home.set("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv7");
    let boto3 = home.awsprof(&["chain", "--tool", "boto3", "--json"]).json();
    assert!(boto3["error"].as_str().unwrap().starts_with("InvalidIMDSEndpointModeError"), "{boto3}");
    let rust = home.awsprof(&["chain", "--tool", "rust", "--json"]).json();
    assert_eq!(rust["winner"], "credentials-file");
}

#[test]
fn a_containers_token_file_is_read_each_time_and_its_failure_is_final() {
    let (sandbox, mut home) = on_instance();
    let uri = sandbox.container_env()[0].1.clone();
    home.set("AWS_CONTAINER_CREDENTIALS_FULL_URI", &uri);
    home.set("AWS_CONTAINER_AUTHORIZATION_TOKEN", "not this one");
    let file = home.file("token");
    home.set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file.to_str().unwrap());
    let good = sandbox.cast().container_token;
    let verdict = |tool: &str| {
        let trace = home.awsprof(&["chain", "--tool", tool, "--json"]).json();
        (link(&trace, "container")["verdict"].as_str().unwrap().to_owned(), trace)
    };
    for (text, tool, expected) in [
        (good.clone(), "boto3", "won"),
        ("stale".to_owned(), "boto3", "failed"),
        (good.clone(), "boto3", "won"),
        (format!("{good}\n"), "boto3", "failed"),
        (format!("{good}\n"), "js-v3", "won"),
    ] {
        home.write("token", &text);
        let (got, trace) = verdict(tool);
        assert_eq!(got, expected, "{tool} {text:?}: {trace}");
        if expected == "failed" {
            assert_eq!(trace["winner"], Value::Null, "never the instance's role: {trace}");
        }
    }
    assert!(!sandbox.requests().iter().any(|seen| seen.path.contains("security-credentials")));
}

#[test]
fn a_web_identity_is_asked_for_without_a_signature() {
    let (sandbox, mut home) = rig(ROLES);
    let file = home.file("jwt");
    home.write("jwt", "demo-token-for-reader");
    home.set("AWS_WEB_IDENTITY_TOKEN_FILE", file.to_str().unwrap());
    home.set("AWS_ROLE_ARN", "arn:aws:iam::444455556666:role/reader");
    home.set("AWS_REGION", "eu-west-1");
    let rows =
        [("boto3", "botocore-session-"), ("js-v3", "aws-sdk-js-session-"), ("rust", "web-identity-token-")];
    for (tool, _) in rows {
        let trace = home.awsprof(&["chain", "--tool", tool, "--json"]).json();
        assert!(trace["winner"].as_str().unwrap().starts_with("web-identity"), "{tool}: {trace}");
    }
    let requests = sandbox.requests();
    let seen: Vec<_> = requests.iter().filter(|seen| seen.action == "AssumeRoleWithWebIdentity").collect();
    assert!(seen.iter().all(|seen| seen.access_key_id.is_none()));
    let names: Vec<String> = rows
        .iter()
        .map(|(_, name)| format!("RoleArn=arn:aws:iam::444455556666:role/reader RoleSessionName={name}"))
        .collect();
    assert_eq!(asked(&sandbox, "AssumeRoleWithWebIdentity"), names);
}

#[test]
fn what_keeps_a_profile_from_being_of_a_kind_in_dotnet_is_named() {
    let home =
        Home::with("", "[default]\naws_access_key_id = A\naws_secret_access_key = s\nmfa_serial = arn:1\n");
    let trace = home.awsprof(&["chain", "--tool", "dotnet-v4", "--json"]).json();
    let told = reason(&trace, "credentials-file");
    assert_eq!(told, "the profile's keys make no kind of credentials together with mfa_serial");
}
