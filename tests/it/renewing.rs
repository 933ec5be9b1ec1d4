//! The main job on the demo's own home: type a code, keep working, and lose no byte.

use awsprof::sandbox::faults::Fault;

use crate::demo::Demo;

/// The text without one section (header and keys, up to a blank line or a comment), which must be there once.
fn without_section(text: &str, name: &str) -> String {
    let header = format!("[{name}]\n");
    assert_eq!(text.matches(&header).count(), 1, "{text}");
    let start = text.find(&header).unwrap();
    let rest = &text[start + header.len()..];
    let ends = |line: &&str| line.is_empty() || line.starts_with(['#', '[']);
    let kept = rest.lines().skip_while(|line| !ends(line));
    std::iter::once(&text[..start]).chain(kept).collect::<Vec<_>>().join("\n")
}

fn squeezed(text: &str) -> String {
    text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_code_becomes_a_session_profile() {
    let demo = Demo::new();
    let [config, credentials] = demo.files();
    let answer = demo.renew("work").json();
    assert_eq!(answer["session_profile"], "work-mfa");
    assert_eq!((&answer["renewed"], &answer["requests"]), (&true.into(), &1.into()));
    let seen = demo.sandbox.requests();
    assert_eq!(seen.iter().map(|seen| seen.action.as_str()).collect::<Vec<_>>(), ["GetSessionToken"]);

    let [config_after, credentials_after] = demo.files();
    let id = answer["access_key_id"].as_str().unwrap();
    assert!(credentials_after.contains(&format!("aws_access_key_id = {id}")), "{credentials_after}");
    assert_eq!(squeezed(&without_section(&credentials_after, "work-mfa")), squeezed(&credentials));
    assert_eq!(squeezed(&without_section(&config_after, "profile work-mfa")), squeezed(&config));
    assert!(config_after.contains("[profile work-mfa]\nregion"), "{config_after}");

    let who = demo.home.awsprof(&["whoami", "work", "--json"]).json();
    assert_eq!(who["arn"], "arn:aws:iam::111122223333:user/alice");
    assert_eq!(who["alias"], "acme-prod");
    let seen = demo.sandbox.requests();
    let asked = seen.iter().skip(1).map(|seen| (seen.action.as_str(), seen.access_key_id.as_deref()));
    let mut asked: Vec<_> = asked.collect();
    asked.sort_unstable();
    assert_eq!(asked, [("GetCallerIdentity", Some(id)), ("ListAccountAliases", Some(id))]);
}

#[test]
fn a_pair_of_aws_mfa_is_renewed_where_aws_mfa_looks() {
    let demo = Demo::new();
    let answer = demo.renew("acme-long-term").json();
    assert_eq!(answer["session_profile"], "acme");
    let [_, credentials] = demo.files();
    let acme = &credentials[credentials.find("[acme]").unwrap()..credentials.find("[ci]").unwrap()];
    for key in ["assumed_role", "aws_session_token", "aws_security_token", "expiration"] {
        assert_eq!(acme.matches(&format!("\n{key} = ")).count(), 1, "{acme}");
    }
    assert!(!acme.contains("expiredLongAgo"), "{acme}");
}

/// A bad answer and the exit code it leads to, after one request. The files stay as they were, byte for byte.
#[test]
fn whatever_goes_wrong_the_files_stay() {
    let table = [
        ("captive portal", Fault::captive_portal(), 5),
        ("cut inside the token", Fault::Cut(420), 5),
        ("no secret", Fault::Without("SecretAccessKey"), 5),
        ("empty token", Fault::Empty("SessionToken"), 5),
        ("50 MB", Fault::Huge(50_000_000), 5),
        ("broken", Fault::Broken, 5),
        ("5xx", Fault::status(503), 5),
        ("redirect", Fault::redirect("http://127.0.0.1:9/"), 5),
        ("denied", Fault::refusal(403, "AccessDenied", "not you"), 4),
    ];
    for (name, fault, code) in table {
        let demo = Demo::new();
        let before = demo.files();
        demo.sandbox.next_answer(fault);
        let error = demo.renew("work").error(code);
        assert!(error["hint"].is_string(), "{name}: {error}");
        assert_eq!(demo.sandbox.requests().len(), 1, "{name}: asked again");
        assert_eq!(demo.files(), before, "{name}");
    }
}

/// Used by this awsprof it is not sent again; used elsewhere AWS says so.
#[test]
fn a_used_code_is_refused_in_plain_words() {
    let demo = Demo::new();
    demo.renew("work").ok();
    let before = demo.files();
    let shown = demo.sandbox.authenticator("alice").unwrap();
    assert!(shown.used);
    let again = || demo.home.awsprof(&["renew", "work", "--code", &shown.digits, "--force", "--json"]);
    let refused = again().error(7);
    assert!(refused["message"].as_str().unwrap().contains("each code once"), "{refused}");
    assert_eq!(demo.actions().len(), 1, "it was not sent");
    std::fs::remove_file(demo.home.file(".awsprof/state/used-codes.json")).unwrap();
    let error = again().error(4);
    assert!(error["message"].as_str().unwrap().contains("used already"), "{error}");
    assert!(!error.to_string().contains(&shown.digits) && !refused.to_string().contains(&shown.digits));
    assert_eq!(demo.files(), before);
}

#[test]
#[ignore = "needs the AWS CLI and boto3"]
fn the_aws_cli_and_boto3_accept_what_was_written() {
    let demo = Demo::new();
    demo.renew("work").ok();
    demo.renew("acme-long-term").ok();
    let who = |profile: &str| {
        let boto = format!(
            "import boto3; print(boto3.Session(profile_name='{profile}').client('sts').get_caller_identity()['Arn'])"
        );
        let cli = ["sts", "get-caller-identity", "--profile", profile, "--query", "Arn", "--output", "text"];
        let said = [
            demo.home.command("aws").args(cli).output(),
            demo.home.command("python3").args(["-c", &boto]).output(),
        ];
        said.map(|output| String::from_utf8(output.unwrap().stdout).unwrap().trim().to_owned())
    };
    assert_eq!(who("work-mfa"), ["arn:aws:iam::111122223333:user/alice"; 2]);
    assert_eq!(who("acme"), ["arn:aws:iam::111122223333:user/bob"; 2]);
}

/// What aws-mfa does before it says "still valid": its options must be there and its expiry must be its own.
const AWS_MFA: &str = "
import configparser, datetime, sys
config = configparser.RawConfigParser()
config.read(sys.argv[1])
keys = ('assumed_role', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'aws_security_token', 'expiration')
values = dict(config.items('acme'))
assert sorted(values) == sorted(keys), values.keys()
assert config.getboolean('acme', 'assumed_role') is False
assert values['aws_session_token'] == values['aws_security_token']
left = datetime.datetime.strptime(values['expiration'], '%Y-%m-%d %H:%M:%S') - datetime.datetime.utcnow()
print(round(left.total_seconds() / 60))
";

#[test]
#[ignore = "needs python3"]
fn aws_mfa_reads_its_own_marks() {
    let demo = Demo::new();
    demo.renew("acme-long-term").ok();
    let mut python = demo.home.command("python3");
    let output =
        python.args(["-W", "ignore", "-c", AWS_MFA]).arg(demo.home.file(".aws/credentials")).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let minutes: u32 = String::from_utf8(output.stdout).unwrap().trim().parse().unwrap();
    assert!((715..=720).contains(&minutes), "{minutes} minutes left of twelve hours");
}
