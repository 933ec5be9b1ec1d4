//! Every warning of the contract: where it has to be said, where it must not be, and to which tools.

use awsprof::aws::chain::trace::Warning;
use awsprof::aws::chain::{Facts, Selection, compare, settle, tool, tools};

use super::rules::{Row, world};

/// Code, variables, explicit profile, config, credentials; the tools that say it, and those that do not.
type Case = (
    &'static str,
    &'static str,
    Option<&'static str>,
    (&'static str, &'static str),
    &'static str,
    &'static str,
);

const KEYS: &str = "AWS_ACCESS_KEY_ID=AKIAENV AWS_SECRET_ACCESS_KEY=s AWS_REGION=r AWS_DEFAULT_REGION=r ";
const DEV: (&str, &str) = ("[profile dev]\nregion = r\n", "[dev]\n$AKIADEV");
const SSO: &str = "[profile dev]\nregion = r\nsso_account_id = 1\nsso_role_name = n\nsso_start_url = https://x\nsso_region = us-east-1\n";
const EXPIRED: &str = "[default]\naws_access_key_id = ASIAOLD\naws_secret_access_key = s\naws_session_token = t\nx_security_token_expires = 1969-01-01T00:00:00Z\n";
const LATER: &str = "[default]\naws_access_key_id = ASIAOLD\naws_secret_access_key = s\naws_session_token = t\nx_security_token_expires = 2099-01-01T00:00:00Z\n";
const HALF: &str = "[default]\naws_access_key_id = AKIAHALF\n";
const COMMENT: &str = "[default]\naws_access_key_id = AKIA # mine\naws_secret_access_key = s\n";

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    let all = "boto3 aws-cli-v1 aws-cli-v2 go-v2 rust ruby-v3 java-v2 dotnet-v4 php-v3 cpp kotlin terraform";
    vec![
        (
            "env-shadows-profile",
            "AWS_ACCESS_KEY_ID=AKIAENV AWS_SECRET_ACCESS_KEY=s AWS_PROFILE=dev",
            None,
            DEV,
            all,
            "js-v3 dotnet-v3",
        ),
        ("env-shadows-profile", KEYS, None, DEV, "", "boto3 js-v3 rust"),
        ("env-shadows-profile", KEYS, Some("dev"), DEV, "", "boto3 js-v3 rust java-v2"),
        (
            "env-shadows-instance-profile",
            "AWS_ACCESS_KEY_ID=AKIAENV AWS_SECRET_ACCESS_KEY=s AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1/x",
            None,
            ("", ""),
            all,
            "",
        ),
        ("env-shadows-instance-profile", KEYS, None, ("", ""), "", "boto3 go-v2 java-v2"),
        (
            "env-shadows-instance-profile",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1/x",
            None,
            ("", "[default]\n$AKIA"),
            "",
            "boto3 go-v2",
        ),
        (
            "stale-session-token",
            "AWS_SESSION_TOKEN=t",
            None,
            ("", "[default]\n$AKIA"),
            "boto3 go-v2 java-v2",
            "",
        ),
        (
            "stale-session-token",
            "AWS_ACCESS_KEY_ID=AKIA AWS_SECRET_ACCESS_KEY=s AWS_SESSION_TOKEN=t",
            None,
            ("", ""),
            "boto3 go-v2",
            "",
        ),
        (
            "stale-session-token",
            "AWS_ACCESS_KEY_ID=ASIA AWS_SECRET_ACCESS_KEY=s AWS_SESSION_TOKEN=t",
            None,
            ("", ""),
            "",
            "boto3 go-v2",
        ),
        (
            "stale-security-token",
            "AWS_ACCESS_KEY_ID=ASIA AWS_SECRET_ACCESS_KEY=s AWS_SESSION_TOKEN=t AWS_SECURITY_TOKEN=u",
            None,
            ("", ""),
            "boto3 aws-cli-v2 go-v2",
            "",
        ),
        (
            "stale-security-token",
            "AWS_ACCESS_KEY_ID=ASIA AWS_SECRET_ACCESS_KEY=s AWS_SECURITY_TOKEN=t",
            None,
            ("", ""),
            "",
            "boto3",
        ),
        (
            "pasted-keys-over-sso",
            "AWS_PROFILE=dev",
            None,
            (SSO, "[dev]\n$AKIADEV"),
            "boto3 go-v2 js-v3 java-v2 rust",
            "",
        ),
        ("pasted-keys-over-sso", "AWS_PROFILE=dev", None, (SSO, ""), "", "boto3 go-v2"),
        ("expired-session-blocks", "", None, ("", EXPIRED), "boto3 go-v2 js-v3", ""),
        ("expired-session-blocks", "", None, ("", LATER), "", "boto3 go-v2 js-v3"),
        (
            "process-shadowed",
            "",
            None,
            ("[default]\ncredential_process = x\n", "[default]\n$AKIA"),
            "boto3 go-v2 js-v3 kotlin",
            "rust java-v2",
        ),
        ("process-shadowed", "", None, ("[default]\ncredential_process = x\n", ""), "", "boto3 go-v2"),
        (
            "region-unset",
            "",
            None,
            ("", "[default]\n$AKIA"),
            "boto3 aws-cli-v1 go-v2 js-v3 java-v2 dotnet-v4 php-v3 cpp",
            "",
        ),
        (
            "region-unset",
            "AWS_REGION=r AWS_DEFAULT_REGION=r",
            None,
            ("", "[default]\n$AKIA"),
            "",
            "boto3 aws-cli-v2 go-v2 js-v3 cpp",
        ),
        (
            "region-unset",
            "AWS_REGION=r",
            None,
            ("", "[default]\n$AKIA"),
            "boto3 aws-cli-v1",
            "aws-cli-v2 go-v2 js-v3 java-v2 cpp",
        ),
        (
            "region-variable-ignored",
            "AWS_REGION=r",
            None,
            ("", "[default]\n$AKIA"),
            "boto3 aws-cli-v1",
            "aws-cli-v2 js-v3 java-v2",
        ),
        (
            "region-variable-ignored",
            "AWS_DEFAULT_REGION=r",
            None,
            ("", "[default]\n$AKIA"),
            "js-v3 java-v2 kotlin dotnet-v4",
            "boto3 aws-cli-v2 go-v2 cpp",
        ),
        (
            "profile-missing",
            "AWS_PROFILE=ghost",
            None,
            DEV,
            "boto3 go-v2 js-v3 rust java-v2 dotnet-v3 php-v3 kotlin",
            "",
        ),
        ("profile-missing", "AWS_PROFILE=dev", None, DEV, "", "boto3 go-v2 js-v3 rust"),
        ("profile-missing", "AWS_DEFAULT_PROFILE=ghost", None, DEV, "boto3 go-v2 cpp", "js-v3 rust java-v2"),
        ("partial-keys", "AWS_ACCESS_KEY_ID=AKIA", None, ("", ""), "boto3 go-v2 js-v3 java-v2", ""),
        ("partial-keys", "", None, ("", HALF), "boto3 js-v3 java-v2 kotlin rust ruby-v3", ""),
        ("partial-keys", "", None, ("", "[default]\n$AKIA"), "", "boto3 js-v3 rust"),
        (
            "inline-comment-in-value",
            "",
            None,
            ("", COMMENT),
            "boto3 aws-cli-v1 aws-cli-v2 ruby-v3",
            "go-v2 js-v3 rust java-v2",
        ),
        ("inline-comment-in-value", "", None, ("", "[default]\n$AKIA"), "", "boto3 ruby-v3"),
        ("keys-on-instance", KEYS, None, ("", ""), "", "boto3 go-v2"),
    ]
}

fn warnings(case: &Case, id: &str) -> Vec<Warning> {
    let world = world(&Row { env: case.1, config: case.3.0, credentials: case.3.1, ..Row::default() });
    let selection = case.2.map_or(Selection::Environment, |name| Selection::Explicit(name.to_owned()));
    settle(&world, &mut Facts::of(&world), tool(id).unwrap(), &selection).trace.warnings
}

#[test]
fn each_warning_is_said_where_it_holds_and_nowhere_else() {
    let mut wrong = Vec::new();
    for case in cases() {
        let says = |id: &str| warnings(&case, id).iter().any(|warning| warning.code == case.0);
        wrong.extend(
            case.4
                .split(' ')
                .filter(|id| !id.is_empty() && !says(id))
                .map(|id| format!("{case:?}: {id} is silent")),
        );
        wrong.extend(
            case.5
                .split(' ')
                .filter(|id| !id.is_empty() && says(id))
                .map(|id| format!("{case:?}: {id} says it")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn region_unset_says_what_each_tool_then_does() {
    let case: Case = ("region-unset", "", None, ("", "[default]\n$AKIA"), "", "");
    for (id, does) in [
        ("boto3", "NoRegionError"),
        ("aws-cli-v2", "You must specify a region"),
        ("go-v2", "Missing Region"),
        ("js-v3", "Region is missing"),
        ("ruby-v3", "MissingRegionError"),
        ("php-v3", "Missing required client configuration options"),
        ("dotnet-v4", "No RegionEndpoint"),
        ("terraform", "Missing region configuration"),
        ("cpp", "us-east-1 is taken"),
    ] {
        let said = warnings(&case, id);
        let message = &said.iter().find(|warning| warning.code == "region-unset").unwrap().message;
        assert!(message.contains(does), "{id}: {message}");
    }
}

#[test]
fn a_missing_profile_says_where_the_tool_ends_instead() {
    let case: Case = (
        "profile-missing",
        "AWS_PROFILE=ghost AWS_ACCESS_KEY_ID=AKIA AWS_SECRET_ACCESS_KEY=s",
        None,
        DEV,
        "",
        "",
    );
    for (id, then) in [
        ("boto3", "stops"),
        ("go-v2", "stops"),
        ("rust", "ends with environment"),
        ("java-v2", "ends with environment"),
    ] {
        let said = warnings(&case, id);
        let message = &said.iter().find(|warning| warning.code == "profile-missing").unwrap().message;
        assert!(message.contains(then), "{id}: {message}");
    }
}

#[test]
fn disagreement_is_said_with_all_tools_only() {
    let disagree = |env, files: (&'static str, &'static str)| {
        let world = world(&Row { env, config: files.0, credentials: files.1, ..Row::default() });
        let trace = |tool| settle(&world, &mut Facts::of(&world), tool, &Selection::Environment).trace;
        let mut traces: Vec<_> = tools().iter().map(|tool| trace(tool)).collect();
        compare(&mut traces);
        traces.iter().any(|trace| trace.warnings.iter().any(|warning| warning.code == "tools-disagree"))
    };
    assert!(disagree("AWS_ACCESS_KEY_ID=AKIAENV AWS_SECRET_ACCESS_KEY=s AWS_PROFILE=dev", DEV));
    assert!(!disagree("", ("", "[default]\n$AKIA")));
}
