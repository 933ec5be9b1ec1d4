//! Where secrets are not, the newer stores and verbs: the sealed seeds, the cache of roles, the journal, `serve`, a
//! rotation, the console; and neither in the command line nor in the environment of our own process.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::demo::{Demo, value};
use crate::leaks::{assert_clean, awsprof};
use crate::serve::Served;
use crate::support::below;

/// Everything in the two files and in the cache of roles that must not be seen elsewhere.
fn secrets(demo: &Demo) -> Vec<String> {
    let credentials = demo.home.read(".aws/credentials");
    let names = ["aws_secret_access_key", "aws_session_token"];
    let headers = credentials.lines().filter(|line| line.starts_with('['));
    let in_files =
        headers.flat_map(|header| names.map(|name| value(&credentials, header, name).map(str::to_owned)));
    let cached = below(&demo.home.file(".awsprof/cache/roles")).into_iter().flat_map(|file| {
        let entry: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        ["secret_access_key", "session_token"].map(|key| Some(entry[key].as_str()?.to_owned()))
    });
    let made = demo.sandbox.keys().into_iter().map(|key| Some(key.secret));
    in_files.chain(cached).chain(made).flatten().filter(|secret| !secret.is_empty()).collect()
}

fn may_hold(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let given = ["/.aws/config", "/.aws/credentials", "/play-credentials.json"];
    given.iter().any(|end| text.ends_with(end))
        || text.contains("/journal/")
        || text.contains("/cache/roles/")
}

/// A browser that writes down how it was started, and goes where it is sent.
fn recording_browser(demo: &mut Demo) {
    let (script, seen) = (demo.home.file("browser"), demo.home.file("browsed"));
    let text = format!(
        "#!/bin/sh\ncat /proc/$$/cmdline /proc/$$/environ /proc/$PPID/cmdline /proc/$PPID/environ >{}\n\
         exec curl -s -o /dev/null \"$1\"\n",
        seen.display()
    );
    demo.home.write("browser", &text);
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o700)).unwrap();
    demo.home.set("BROWSER", script.to_str().unwrap());
}

#[test]
fn no_newer_verb_lets_a_secret_out() {
    let mut demo = Demo::new();
    recording_browser(&mut demo);
    demo.home.set("AWSPROF_SHELL_OUT", "/dev/null");
    let mut answers = vec![awsprof(&demo.home, &["renew", "work", "--code", &demo.code("alice"), "-v"])];
    for args in [
        &["assume", "work-admin", "-v"][..],
        &["assume", "work-admin", "--force", "--json"],
        &["keys", "list", "ci", "-v"],
        &["keys", "list", "work", "--json"],
        &["keys", "rotate", "ci", "--yes", "-v"],
        &["keys", "rotate", "ci", "--yes", "--json"],
        &["keys", "rotate", "ci", "--finish", "--yes"],
        &["console", "ci", "-v"],
        &["console", "work-admin", "--print", "-v"],
        &["console", "lab", "--print", "--json"],
        &["undo", "--list", "-v"],
        &["undo", "--dry-run"],
        &["prompt"],
        &["profile-names"],
        &["init", "bash"],
        &["list", "--json"],
        &["watch", "--once", "-v"],
        &["forget", "work-admin", "--yes", "-v"],
        &["assume", "work-admin", "-v"],
    ] {
        answers.push(awsprof(&demo.home, args));
    }
    let secrets = secrets(&demo);
    assert!(
        secrets.len() > 10 && answers.iter().filter(|answer| answer.code == 0).count() > 12,
        "{answers:#?}"
    );
    for answer in &answers {
        assert_clean("an answer", format!("{}{}", answer.stdout, answer.stderr).as_bytes(), &secrets);
    }
    let files = below(demo.home.path());
    assert!(files.iter().any(|path| path.to_string_lossy().contains("/cache/roles/")), "{files:?}");
    assert!(files.iter().any(|path| path.ends_with("browsed")), "{files:?}");
    for path in files.iter().filter(|path| !may_hold(path)) {
        assert_clean(&path.display().to_string(), &std::fs::read(path).unwrap(), &secrets);
    }
    let browsed = std::fs::read(demo.home.file("browsed")).unwrap();
    assert_clean("the browser's command line", &browsed, &["signin-0123".to_owned()]);
    assert!(!String::from_utf8_lossy(&browsed).contains("SigninToken"));
}

#[test]
fn a_server_holds_its_secrets_in_memory_only() {
    let demo = Demo::new();
    demo.renew("work").ok();
    let served = Served::start(&demo.home, &["work", "work-admin", "ci"]);
    let (host, token) = (served.host().to_owned(), served.token().to_owned());
    for path in ["/work", "/work-admin", "/ci"] {
        assert_eq!(served.ask("GET", path, &host, &token).0, 200);
    }
    let mut secrets = secrets(&demo);
    secrets.push(token);
    let proc = format!("/proc/{}", served.pid());
    for name in ["cmdline", "environ"] {
        assert_clean(name, &std::fs::read(format!("{proc}/{name}")).unwrap(), &secrets);
    }
    served.interrupt();
    for path in below(demo.home.path()).iter().filter(|path| !may_hold(path)) {
        assert_clean(&path.display().to_string(), &std::fs::read(path).unwrap(), &secrets);
    }
}

#[test]
fn a_sealed_seed_is_in_no_file_in_the_open() {
    let demo = Demo::new();
    let device = demo.sandbox.cast().user("alice").unwrap().device.clone().unwrap();
    let url = device.totp.url().expose().to_owned();
    let seed = url.split("secret=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let shown = crate::totp::add_on_a_terminal(&demo);
    let hush = [seed, crate::totp::PASSPHRASE.to_owned()];
    assert_clean("the terminal", &shown, &hush[1..]);
    let files = below(&demo.home.file(".awsprof"));
    assert!(files.iter().any(|path| path.to_string_lossy().contains("seal")), "{files:?}");
    for path in files {
        assert_clean(&path.display().to_string(), &std::fs::read(&path).unwrap(), &hush);
    }
}
