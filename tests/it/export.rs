//! `export`: read back by real shells and real SDKs, and what it does when a session has run out.

use std::process::Command;

use serde_json::Value;

use crate::demo::Demo;
use crate::support::Home;

const AWSPROF: &str = env!("CARGO_BIN_EXE_awsprof");
/// Everything a shell might stumble over, in a value that is handed on as it is.
const NASTY: &str = r#"it's $HOME `id` "q" \ * ~ ! ’ é &|;<>()"#;

fn keys(region: &str) -> Home {
    let credentials =
        "[p]\naws_access_key_id = AKIAFAKEKEY000000001\naws_secret_access_key = fake/se+cret=\n";
    Home::with(&format!("[profile p]\nregion = {region}\n"), credentials)
}

/// Runs a script in a shell whose environment is full of somebody else's keys; `None` where there is no such shell.
fn shell(home: &Home, shell: &str, script: &str) -> Option<Vec<String>> {
    let mut command = home.command(shell);
    for name in
        ["AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_PROFILE", "AWS_ROLE_ARN", "AMAZON_SESSION_TOKEN"]
    {
        command.env(name, "stale");
    }
    command.env("AWSPROF", AWSPROF).args(["-c", script]);
    let output = match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        output => output.unwrap(),
    };
    assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn real_shells_read_back_every_character_and_nothing_stale_is_left() {
    let home = keys(NASTY);
    let scripts = [
        ("bash", "eval \"$($AWSPROF export p)\"; env"),
        ("dash", "eval \"$($AWSPROF export p)\"; env"),
        ("zsh", "eval \"$($AWSPROF export p)\"; env"),
        ("bash", "set -a; eval \"$($AWSPROF export p --format env-no-export)\"; env"),
        ("fish", "$AWSPROF export p --format fish | source; env"),
        ("pwsh", "& $Env:AWSPROF export p --format powershell | Out-String | Invoke-Expression; env"),
    ];
    let mut tried = 0;
    for (name, script) in scripts {
        let Some(env) = shell(&home, name, script) else { continue };
        let has = |line: &str| env.iter().any(|found| found == line);
        assert!(has("AWS_ACCESS_KEY_ID=AKIAFAKEKEY000000001"), "{name}: {env:?}");
        assert!(has("AWS_SECRET_ACCESS_KEY=fake/se+cret="), "{name}");
        assert!(
            has(&format!("AWS_REGION={NASTY}")) && has(&format!("AWS_DEFAULT_REGION={NASTY}")),
            "{name}: {env:?}"
        );
        assert!(has("AWSPROF_PROFILE=p"), "{name}");
        let stale = env.iter().any(|line| line.ends_with("=stale"));
        assert_eq!(stale, script.contains("no-export"), "{name}: {env:?}");
        tried += 1;
    }
    assert!(tried >= 2, "there are at least bash and dash");
}

#[test]
fn the_words_of_aws_vault_are_understood() {
    let home = keys("eu-west-1");
    let export = |format: &str| home.awsprof(&["export", "p", "--format", format]).ok();
    assert_eq!(export("export-env"), export("env"));
    let json: Value = serde_json::from_str(&export("json")).unwrap();
    assert_eq!((&json["AccessKeyId"], &json["SessionToken"]), (&"AKIAFAKEKEY000000001".into(), &Value::Null));
    assert_eq!(
        export("ini"),
        "[p]\naws_access_key_id = AKIAFAKEKEY000000001\naws_secret_access_key = fake/se+cret=\nregion = eu-west-1\n"
    );
    assert_eq!(home.awsprof(&["export", "p", "--json"]).json(), json);
}

#[test]
fn a_fresh_session_is_handed_out_without_asking_anybody() {
    let demo = Demo::new();
    let renewed = demo.renew("work").json();
    let before = demo.actions();
    for profile in ["work", "work-mfa"] {
        let keys = demo.home.awsprof(&["export", profile, "--format", "process"]).json();
        assert_eq!(keys["AccessKeyId"], renewed["access_key_id"]);
        assert_eq!(keys["Expiration"], renewed["expires_at"]);
        assert_eq!(keys["Version"], 1);
        assert!(keys["SessionToken"].is_string());
        let fields: Vec<_> = keys.as_object().unwrap().keys().cloned().collect();
        assert_eq!(fields, ["AccessKeyId", "Expiration", "SecretAccessKey", "SessionToken", "Version"]);
    }
    let long_term = demo.home.awsprof(&["export", "work", "--no-session", "--format", "process"]).json();
    assert_eq!(long_term["AccessKeyId"], "AKIASANDBOXALICE7Q3F");
    assert_eq!(long_term.get("SessionToken"), None);
    assert_eq!(demo.actions(), before, "nothing was asked");
}

#[test]
fn a_session_that_ran_out_needs_a_code_and_somebody_to_type_it() {
    let demo = Demo::new();
    for profile in ["work", "acme", "acme-long-term", "work-admin"] {
        let error = demo.home.awsprof(&["export", profile, "--json"]).error(7);
        assert!(error["hint"].as_str().unwrap().contains("--code"), "{profile}: {error}");
    }
    assert_eq!(demo.actions(), [""; 0]);
    let code = demo.code("alice");
    let keys = demo.home.awsprof(&["export", "work", "--code", &code, "--format", "process"]).json();
    assert_eq!(demo.actions(), ["GetSessionToken"]);
    assert!(demo.home.read(".aws/credentials").contains(keys["AccessKeyId"].as_str().unwrap()));
    assert_eq!(demo.home.awsprof(&["export", "ghost", "--json"]).error(3)["code"], "profile-not-found");
}

#[test]
fn one_code_serves_the_role_that_rests_on_the_user() {
    let demo = Demo::new();
    let code = demo.code("alice");
    let first = demo.home.awsprof(&["export", "work-admin", "--code", &code, "--format", "process"]).json();
    let second = demo.home.awsprof(&["export", "work-admin", "--format", "process"]).json();
    assert_eq!(demo.actions(), ["GetSessionToken", "AssumeRole"]);
    assert_eq!(first, second, "from the cache");
    assert_ne!(first["AccessKeyId"], "AKIASANDBOXALICE7Q3F");
    let who = demo.home.awsprof(&["whoami", "work-admin", "--json"]).json();
    assert!(who["arn"].as_str().unwrap().contains(":assumed-role/admin/"), "{who}");
}

#[test]
fn how_long_it_must_last_is_obeyed_when_said_and_wished_otherwise() {
    let demo = Demo::new();
    demo.renew("work").ok();
    let soon = demo.sandbox.now() + jiff::SignedDuration::from_mins(10);
    let text = demo.home.read(".aws/credentials");
    let marked = text.lines().map(|line| match line.split_once(" = ") {
        Some(("x_security_token_expires", _)) => format!("x_security_token_expires = {soon}"),
        _ => line.to_owned(),
    });
    demo.home.write(".aws/credentials", &marked.map(|line| line + "\n").collect::<String>());
    let wished = demo.home.awsprof(&["export", "work", "--format", "process"]);
    assert!(wished.stderr.contains("note: "), "{}", wished.stderr);
    assert_eq!(wished.json()["Expiration"], soon.to_string());
    demo.home.awsprof(&["export", "work", "--min-ttl", "5m"]).ok();
    demo.home.awsprof(&["export", "work", "--min-ttl", "11m", "--json"]).error(7);
    let error = demo.home.awsprof(&["export", "work", "--min-ttl", "48h", "--json"]).error(2);
    assert_eq!(error["code"], "min-ttl");
}

#[test]
fn the_short_name_of_an_aws_mfa_pair_is_made_by_its_first_export() {
    let demo = Demo::new();
    let texts = demo.files().map(|text| {
        text.replace("[work]", "[job-long-term]").replace("profile work]", "profile job-long-term]")
    });
    demo.home.write(".aws/config", &texts[0]);
    demo.home.write(".aws/credentials", &texts[1]);
    let answer = demo.home.awsprof(&["export", "job", "--code", &demo.code("alice"), "--json"]).json();
    assert_eq!((&answer["Profile"], &answer["Region"]), (&"job".into(), &"eu-west-1".into()));
    let again = demo.home.awsprof(&["export", "job", "--json"]).json();
    assert_eq!(answer, again);
}

/// Profiles `p1` to `pN`, each the command that exports the next; the last one exports `last`.
fn ring(count: usize, last: &str) -> Home {
    let next = |at: usize| if at == count { last.to_owned() } else { format!("p{}", at + 1) };
    let profile = |at| {
        format!("[profile p{at}]\ncredential_process = {AWSPROF} export {} --format process\n", next(at))
    };
    let config: String = (1..=count).map(profile).collect();
    Home::with(&config, "[keys]\naws_access_key_id = AKIAFAKEKEY000000001\naws_secret_access_key = fake\n")
}

#[test]
fn profiles_that_export_each_other_are_refused_and_long_chains_too() {
    let error = |home: Home| home.awsprof(&["export", "p1", "--format", "process", "--json"]).error(7);
    assert!(error(ring(1, "p1"))["message"].as_str().unwrap().contains("is already being resolved"));
    assert!(error(ring(3, "p1"))["message"].as_str().unwrap().contains("p1 → p2 → p3 → p1"));
    assert!(error(ring(5, "keys"))["message"].as_str().unwrap().contains("more than 4 deep"));
    let keys = ring(3, "keys").awsprof(&["export", "p1", "--format", "process"]).json();
    assert_eq!(keys["AccessKeyId"], "AKIAFAKEKEY000000001");
}

/// System calls of a run, as strace names them.
fn traced(home: &Home, args: &[&str]) -> String {
    let mut strace = home.command("strace");
    strace.args(["-f", "-o", "calls", AWSPROF]).args(args);
    let output = strace.output().expect("strace is on the path");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    home.read("calls")
}

#[test]
#[ignore = "needs strace"]
fn the_fast_path_opens_no_socket_starts_no_runtime_and_no_thread() {
    let demo = Demo::new();
    demo.renew("work").ok();
    for profile in ["work", "work-mfa", "ci"] {
        let calls = traced(&demo.home, &["export", profile, "--format", "process"]);
        for call in ["socket(", "connect(", "epoll_create", "clone", "zoneinfo", "/dev/tty"] {
            assert!(!calls.contains(call), "{profile}: {call}");
        }
        assert!(calls.contains(".aws/credentials"), "it was traced");
    }
}

#[test]
#[ignore = "needs boto3"]
fn boto3_lives_on_the_credential_process() {
    let demo = Demo::new();
    let path = std::env::var("PATH").unwrap();
    let bin = std::path::Path::new(AWSPROF).parent().unwrap();
    demo.home.awsprof(&["setup", "process", "work", "--yes"]).ok();
    demo.renew("work").ok();
    let script = "import boto3; print(boto3.Session(profile_name='work-auto').client('sts').get_caller_identity()['Arn'])";
    let mut python: Command = demo.home.command("python3");
    python.env("PATH", format!("{}:{path}", bin.display())).args(["-c", script]);
    let output = python.output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "arn:aws:iam::111122223333:user/alice",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
