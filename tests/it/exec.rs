//! `exec`: the program in awsprof's place, its environment, its signals, its exit code; and the prompt of a renewal.

use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::demo::Demo;
use crate::support::Home;

const AWSPROF: &str = env!("CARGO_BIN_EXE_awsprof");

fn home() -> Home {
    let credentials = "[p]\naws_access_key_id = AKIAFAKEKEY000000001\naws_secret_access_key = fake\n\
                       [bare]\naws_access_key_id = AKIAFAKEKEY000000002\naws_secret_access_key = fake\n";
    Home::with("[profile p]\nregion = eu-west-1\n", credentials)
}

#[test]
fn the_environment_is_clean_and_the_profile_s() {
    let mut home = home();
    let stale = [
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
        "AWS_ACCESS_KEY",
        "AWS_SECRET_KEY",
        "SECRET_ACCESS_KEY",
        "AMAZON_ACCESS_KEY_ID",
        "AMAZON_SECRET_ACCESS_KEY",
        "AMAZON_SESSION_TOKEN",
        "AWS_CREDENTIAL_FILE",
        "AWS_PROFILE",
        "AWS_DEFAULT_PROFILE",
        "AWS_CREDENTIAL_EXPIRATION",
        "AWS_SESSION_EXPIRATION",
        "AWS_ACCOUNT_ID",
        "AWS_ROLE_ARN",
        "AWS_ROLE_SESSION_NAME",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
    ];
    for name in stale {
        home.set(name, "stale");
    }
    home.set("AWS_REGION", "mine");
    home.set("OTHER", "kept");
    let env = |profile: &str| home.awsprof(&["exec", profile, "--", "env"]).ok();
    let with_region = env("p");
    assert!(!with_region.contains("stale"), "{with_region}");
    for line in [
        "AWS_ACCESS_KEY_ID=AKIAFAKEKEY000000001",
        "AWS_REGION=eu-west-1",
        "AWS_DEFAULT_REGION=eu-west-1",
        "AWSPROF_PROFILE=p",
        "OTHER=kept",
    ] {
        assert!(with_region.lines().any(|found| found == line), "{line}: {with_region}");
    }
    let without = env("bare");
    assert!(without.contains("AWS_REGION=mine\n") && !without.contains("AWS_DEFAULT_REGION"), "{without}");
}

#[test]
fn the_exit_code_is_the_program_s() {
    let home = home();
    let code = |args: &[&str]| home.awsprof(&[&["exec", "p", "--"], args].concat()).code;
    assert_eq!(code(&["sh", "-c", "exit 42"]), 42);
    assert_eq!(code(&["no-such-program-anywhere"]), 127);
    assert_eq!(code(&["/etc/passwd"]), 126);
    assert_eq!(home.awsprof(&["exec", "p"]).code, 2);
    assert_eq!(home.awsprof(&["exec", "ghost", "--", "true"]).code, 3);
}

#[test]
fn the_program_takes_awsprof_s_place() {
    let home = home();
    let mut command = home.command(AWSPROF);
    let mut child = command
        .args(["exec", "p", "--", "sh", "-c", "echo $$; kill -TERM $$; echo survived"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said.trim(), child.id().to_string(), "the same process");
    assert_eq!(child.wait().unwrap().signal(), Some(15), "killed like the program");
}

#[test]
fn arguments_and_variables_that_are_not_utf_8_pass_through() {
    use std::os::unix::ffi::OsStrExt;
    let odd = std::ffi::OsStr::from_bytes(b"\xff\xfe");
    let home = home();
    let mut command = home.command(AWSPROF);
    command.env("ODD", odd).args(["exec", "p", "--", "sh", "-c", "printf %s \"$ODD$1\"", "sh"]).arg(odd);
    assert_eq!(command.output().unwrap().stdout, b"\xff\xfe\xff\xfe");
}

/// Runs a script on a terminal of its own and types `line` once `prompt` is there; what the terminal showed.
fn on_a_terminal(home: &Home, script: &str, prompt: &str, line: &str) -> String {
    let pair = native_pty_system()
        .openpty(PtySize { rows: 24, cols: 200, pixel_width: 0, pixel_height: 0 })
        .unwrap();
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script]);
    command.env_clear();
    home.env().for_each(|(name, value)| command.env(name, value));
    command.env("AWSPROF", AWSPROF);
    command.cwd(home.path());
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let (mut reader, mut writer) =
        (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
    let (mut shown, mut chunk, mut typed) = (Vec::new(), [0; 4096], false);
    while let Ok(1..) = reader.read(&mut chunk).inspect(|read| shown.extend_from_slice(&chunk[..*read])) {
        if !typed && String::from_utf8_lossy(&shown).contains(prompt) {
            writeln!(writer, "{line}").unwrap();
            typed = true;
        }
    }
    child.wait().unwrap();
    String::from_utf8_lossy(&shown).into_owned()
}

#[test]
fn the_code_is_asked_on_the_terminal_while_stdout_and_stdin_are_elsewhere() {
    let demo = Demo::new();
    let script = "$AWSPROF export work --format process </dev/null >out.json 2>err.txt";
    on_a_terminal(
        &demo.home,
        script,
        "MFA code for arn:aws:iam::111122223333:mfa/alice",
        &demo.code("alice"),
    );
    let keys: serde_json::Value = serde_json::from_str(&demo.home.read("out.json")).unwrap();
    assert_eq!(keys["Version"], 1);
    assert_eq!(demo.actions(), ["GetSessionToken"]);
    let who = "$AWSPROF exec work -- sh -c 'echo \"as $AWS_ACCESS_KEY_ID\"'";
    let shown = on_a_terminal(&demo.home, who, "never asked again", "");
    assert!(shown.contains(&format!("as {}", keys["AccessKeyId"].as_str().unwrap())), "{shown}");
}
