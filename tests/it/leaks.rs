//! Where secrets are not: in nothing a verb prints, in no argument list, on no screen, and in no file but the
//! two AWS files and the journal, which are the user's alone.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::demo::{Demo, value};
use crate::pty::{Terminal, shown_code};
use crate::support::{Answer, Home, below};

const AWSPROF: &str = env!("CARGO_BIN_EXE_awsprof");
const ENVIRONMENT: &str = "environment+secret/0123456789abcdefghij";
const TOKEN: &str = "environment-token-0123456789";

/// What must be found nowhere: everybody's secret keys, and the secrets of these sections.
fn secrets(demo: &Demo, sections: &[&str]) -> Vec<String> {
    let credentials = demo.home.read(".aws/credentials");
    let keys = ["aws_secret_access_key", "aws_session_token", "aws_security_token"];
    let of = |section: &&str| keys.map(|key| value(&credentials, section, key).map(str::to_owned));
    let users = demo.sandbox.cast().users.into_iter().map(|user| user.secret_access_key.to_owned());
    let fixed = [ENVIRONMENT, TOKEN, "IQoJb3JpZ2luX2VjexpiredLongAgo"].map(str::to_owned);
    users.chain(fixed).chain(sections.iter().flat_map(of).flatten()).collect()
}

/// No secret in it, nor a half of one.
#[track_caller]
pub fn assert_clean(what: &str, bytes: &[u8], secrets: &[String]) {
    for secret in secrets {
        // Half of a secret is too much of it.
        let (head, tail) = secret.split_at(secret.len() / 2);
        for part in [head, tail] {
            let found = bytes.windows(part.len()).any(|window| window == part.as_bytes());
            assert!(!found, "{what} holds {part:?} of a secret");
        }
    }
}

/// The program under the laxest umask there is, so that every mode is its own choice.
pub fn awsprof(home: &Home, args: &[&str]) -> Answer {
    let mut shell = home.command("setsid");
    shell.args(["--wait", "sh", "-c", "umask 0; exec \"$@\"", "sh", AWSPROF]).args(args);
    Answer::from(shell.stdin(Stdio::null()).output().unwrap())
}

/// A credential process that writes down how it and its parent were called.
fn recording_process(demo: &Demo) {
    let (script, keys) = (demo.home.file("process"), demo.home.file("play-credentials.json"));
    let record = demo.home.file("cmdlines");
    let text = format!(
        "#!/bin/sh\ncat /proc/$$/cmdline /proc/$PPID/cmdline >>{}\necho >>{0}\ncat {}\n",
        record.display(),
        keys.display()
    );
    demo.home.write("process", &text);
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o700)).unwrap();
    let old = format!("credential_process = cat {}", keys.display());
    let config = demo.home.read(".aws/config");
    assert!(config.contains(&old), "{config}");
    demo.home
        .write(".aws/config", &config.replace(&old, &format!("credential_process = {}", script.display())));
}

/// Every verb in every shape, well and badly used. Whatever it prints is returned.
fn run_everything(demo: &Demo) -> Vec<(String, Answer)> {
    let (right, bobs) = (demo.code("alice"), demo.code("bob"));
    let wrong = format!("{:06}", (right.parse::<u32>().unwrap() + 500_000) % 1_000_000);
    let runs: &[&[&str]] = &[
        &["list"],
        &["list", "--json"],
        &["list", "-v", "--color", "always"],
        &["show", "work"],
        &["show", "work", "--json"],
        &["show", "acme", "-v"],
        &["show", "--all", "--json"],
        &["show", "--all", "--json", "--tool", "boto3"],
        &["show", "ghost"],
        &["renew", "work", "--code", &wrong, "-v"],
        &["renew", "work", "--code", &wrong, "--json"],
        &["renew", "work", "--code", &right, "-v"],
        &["renew", "work", "--code", &right, "--force", "--json"],
        &["renew", "acme-long-term", "--code", &bobs, "--json"],
        &["renew", "ci", "--code", &wrong],
        &["renew", "play", "--code", &wrong],
        &["chain", "--all-tools", "--json"],
        &["chain", "work-mfa", "--all-tools", "-v"],
        &["chain", "work-admin", "--all-tools", "--json"],
        &["chain", "play", "--all-tools", "--json"],
        &["chain", "lab", "-v"],
        &["chain", "old", "--tool", "go-v2", "--json"],
        &["use", "work", "--dry-run"],
        &["use", "work", "--json"],
        &["use", "work", "--yes", "-v"],
        &["use", "acme", "--yes", "--json"],
        &["use", "-", "--dry-run", "--json"],
        &["whoami", "work", "-v"],
        &["whoami", "work", "--no-session", "--json"],
        &["whoami", "old"],
        &["undo", "--list", "-v"],
        &["undo", "--list", "--json"],
        &["undo", "--dry-run"],
        &["undo", "-v"],
        &["redo", "--json"],
        &["use", "--clear", "--yes", "-v"],
        &["undo", "9999", "--json"],
    ];
    runs.iter().map(|args| (args.join(" "), awsprof(&demo.home, args))).collect()
}

/// The files that may hold secrets: the two AWS files, the journal, and what the test itself put there.
fn may_hold(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let given = ["/.aws/config", "/.aws/credentials", "/play-credentials.json"];
    given.iter().any(|end| text.ends_with(end)) || text.contains("/journal/")
}

fn mode(path: &Path) -> u32 {
    path.symlink_metadata().unwrap().permissions().mode() & 0o777
}

fn assert_private(home: &Home) {
    let all: Vec<PathBuf> = [".awsprof", ".aws"].iter().flat_map(|dir| below(&home.file(dir))).collect();
    assert!(all.iter().any(|path| may_hold(path) && path.to_string_lossy().contains("/journal/")), "{all:?}");
    for path in &all {
        assert_eq!(mode(path), 0o600, "{}", path.display());
        for dir in path.ancestors().skip(1).take_while(|dir| *dir != home.path()) {
            assert_eq!(mode(dir), 0o700, "{}", dir.display());
        }
    }
}

#[test]
fn no_verb_lets_a_secret_out() {
    let mut demo = Demo::new();
    recording_process(&demo);
    demo.home.set("AWS_SESSION_TOKEN", TOKEN);
    demo.home.set("AWS_SECRET_ACCESS_KEY", ENVIRONMENT);
    let mut answers = run_everything(&demo);
    demo.home.set("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT00001");
    for args in [&["chain", "--all-tools", "--json"][..], &["chain", "-v"], &["whoami", "--json"], &["list"]]
    {
        answers.push((args.join(" "), awsprof(&demo.home, args)));
    }
    let secrets = secrets(&demo, &["[work-mfa]", "[acme]"]);
    assert!(secrets.len() >= 13, "the sessions were not renewed");
    for (args, answer) in &answers {
        assert_clean(args, format!("{}{}", answer.stdout, answer.stderr).as_bytes(), &secrets);
    }
    let done = answers.iter().filter(|(_, answer)| answer.code == 0).count();
    assert!(done > 25, "most must have worked: {answers:#?}");
    for path in below(demo.home.path()).iter().filter(|path| !may_hold(path)) {
        assert_clean(&path.display().to_string(), &std::fs::read(path).unwrap(), &secrets);
    }
    assert!(demo.home.read("cmdlines").contains("awsprof"), "the process was never run");
    assert_private(&demo.home);
}

#[test]
fn the_screen_shows_no_secret_while_it_renews() {
    let mut home = Home::empty();
    let tmp = home.path().to_str().unwrap().to_owned();
    home.set("TMPDIR", &tmp);
    let mut terminal = Terminal::start(&home, &["demo"]);
    terminal
        .shows("demo authenticator")
        .shows("1 Profiles")
        .shows("work-admin")
        .press("gg")
        .shows("▸  work ");
    terminal.press("r").shows("MFA code for work");
    let code = shown_code(&terminal.text());
    terminal.press(&code).shows("renewed work, saved in [work-mfa]").shows("work-mfa  ━");
    let credentials = below(home.path()).into_iter().find(|path| path.ends_with(".aws/credentials")).unwrap();
    let credentials = std::fs::read_to_string(credentials).unwrap();
    terminal.press("?").shows("make the profile the default").press("q");
    terminal.press("q");
    let keys = ["aws_secret_access_key", "aws_session_token"];
    let of = |section: &str| keys.map(|key| value(&credentials, section, key).map(str::to_owned));
    let secrets: Vec<String> =
        ["[work]", "[work-mfa]", "[default]"].into_iter().flat_map(of).flatten().collect();
    assert_eq!(secrets.len(), 4, "{credentials}");
    terminal.press("\x03");
    terminal.ends();
    assert_clean("the screen", &terminal.raw, &secrets);
}
