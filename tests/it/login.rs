//! Signing in to Identity Center and out of it, with the real binary, the sandbox, and a browser that does as it is told.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use awsprof::aws::sign_in;
use awsprof::aws::world::Clock;
use awsprof::sandbox::Sandbox;
use awsprof::sandbox::cast::Cast;
use awsprof::sandbox::faults::Fault;
use awsprof::sandbox::sign_ins::Person;
use serde_json::Value;

use crate::support::{Answer, Home, below};

const START: &str = "https://acme.awsapps.com/start";
const CONFIG: &str = "[sso-session acme]\nsso_region = eu-west-1\nsso_start_url = https://acme.awsapps.com/start\n\
    [profile lab]\nsso_session = acme\nsso_account_id = 444455556666\nsso_role_name = reader\nregion = eu-west-1\n\
    [profile old]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n\
    sso_account_id = 444455556666\nsso_role_name = reader\nregion = eu-west-1\n[profile keys]\nregion = eu-west-1\n\
    [profile console]\nlogin_session = arn:aws:iam::444455556666:user/x\n";

struct Rig {
    sandbox: Sandbox,
    home: Home,
}

impl Rig {
    fn new(person: Person) -> Self {
        let sandbox = Sandbox::start(Cast::demo().unwrap(), Clock::System).unwrap();
        sandbox.person(person);
        let mut home = Home::with(CONFIG, "");
        for (name, value) in sandbox.env() {
            home.set(name, &value);
        }
        Self { sandbox, home }
    }

    /// The files of the cache that hold something, lock files aside.
    fn cached(&self) -> Vec<PathBuf> {
        let all = below(&self.home.file(".aws/sso"));
        all.into_iter().filter(|path| path.extension().is_some_and(|end| end == "json")).collect()
    }

    fn token(&self, name: &str) -> Value {
        serde_json::from_slice(&std::fs::read(sign_in::file(self.home.path(), name)).unwrap()).unwrap()
    }

    fn asked(&self, path: &str) -> usize {
        self.sandbox.requests().iter().filter(|seen| seen.path == path).count()
    }

    /// Signs in with a browser that hands its address over here, where `browse` follows it.
    fn with_browser(&mut self, args: &[&str], browse: impl FnOnce(&str)) -> Answer {
        let (fifo, script) = (self.home.file("address"), self.home.file("browser"));
        let made = std::process::Command::new("mkfifo").arg(&fifo).status().unwrap();
        assert!(made.success());
        self.home.write("browser", &format!("#!/bin/sh\nprintf %s \"$1\" >'{}'\n", fifo.display()));
        std::fs::set_permissions(&script, PermissionsExt::from_mode(0o700)).unwrap();
        self.home.set("BROWSER", script.to_str().unwrap());
        let mut command = self.home.command(env!("CARGO_BIN_EXE_awsprof"));
        command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        browse(&std::fs::read_to_string(&fifo).unwrap());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Answer {
            code: output.status.code().unwrap(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// A GET: status, `location`, body.
fn get(url: &str) -> (u16, Option<String>, String) {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let location = head.lines().find_map(|line| line.strip_prefix("location: "));
    (status, location.map(str::to_owned), body.to_owned())
}

/// What a person sees in the browser in the end.
fn follow(url: &str) -> String {
    let (status, location, body) = get(url);
    if status == 302 { follow(&location.unwrap()) } else { body }
}

#[test]
fn a_browser_comes_back_with_a_code_and_every_tool_is_signed_in() {
    let mut rig = Rig::new(Person::Asked);
    let mut seen = String::new();
    let answer = rig.with_browser(&["login", "lab", "--json"], |url| {
        assert!(url.contains("/authorize?response_type=code&") && url.contains("code_challenge_method=S256"));
        // A stranger's answer is none.
        let port = url.split("127.0.0.1%3A").nth(1).unwrap().split('%').next().unwrap();
        let stranger = get(&format!("http://127.0.0.1:{port}/oauth/callback?code=x&state=y"));
        assert_eq!(stranger.0, 400);
        seen = follow(url);
    });
    let done = answer.json();
    assert_eq!(seen, "You are signed in. You can close this page.");
    assert_eq!((&done["session"], &done["renews"]), (&"acme".into(), &true.into()));
    let token = rig.token("acme");
    for key in
        ["accessToken", "refreshToken", "clientId", "clientSecret", "registrationExpiresAt", "expiresAt"]
    {
        assert!(token[key].is_string(), "{key}");
    }
    assert_eq!((&token["startUrl"], &token["region"]), (&START.into(), &"eu-west-1".into()));
    assert_eq!(rig.cached().len(), 2, "token and registration");
    for file in rig.cached() {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(file.parent().unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
    let exported = rig.home.awsprof(&["export", "lab", "--format", "process"]).ok();
    assert!(exported.contains("ASIASANDBOX"), "{exported}");
    assert_eq!(rig.asked("/client/register"), 1);
}

#[test]
fn a_code_is_confirmed_in_any_browser() {
    let rig = Rig::new(Person::Confirms { after: 2 });
    let answer = rig.home.awsprof(&["login", "acme", "--device-code"]);
    assert_eq!((answer.code, answer.stdout.as_str()), (0, ""), "{}", answer.stderr);
    let words = &answer.stderr;
    assert!(words.contains("/device?user_code=") && words.contains("confirm this code"), "{words}");
    assert!(words.contains("signed in to acme for 7h59m, renewed by itself while it is used"), "{words}");
    assert_eq!((rig.asked("/token"), rig.cached().len()), (2, 2));
    // The client is known now; `renew` is the same.
    rig.home.awsprof(&["renew", "lab"]).ok();
    assert_eq!(rig.asked("/client/register"), 1);
    let wrong = rig.home.awsprof(&["renew", "lab", "--code", "123456", "--json"]);
    assert_eq!(wrong.error(2)["code"], "sso");
}

#[test]
fn the_page_decides() {
    for (answer, code) in [("allow", 0), ("deny", 4)] {
        let rig = Rig::new(Person::Asked);
        let mut command = rig.home.command(env!("CARGO_BIN_EXE_awsprof"));
        command.args(["login", "lab"]).stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut words = String::new();
        let mut stderr = std::io::BufReader::new(child.stderr.take().unwrap());
        while !words.contains("user_code=") {
            assert!(std::io::BufRead::read_line(&mut stderr, &mut words).unwrap() > 0, "{words}");
        }
        let url = words.split_whitespace().find(|word| word.contains("user_code=")).unwrap().to_owned();
        assert!(get(&url).2.contains("Allow"));
        assert_eq!(get(&format!("{url}&answer={answer}")).0, 200);
        stderr.read_to_string(&mut words).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code), "{words}");
        assert_eq!(rig.cached().is_empty(), code == 4, "nothing is written without a token");
        assert_eq!(words.contains("the sign-in was declined in the browser"), code == 4, "{words}");
    }
}

#[test]
fn a_code_that_runs_out_says_so() {
    let rig = Rig::new(Person::Asked);
    let mut command = rig.home.command(env!("CARGO_BIN_EXE_awsprof"));
    command.args(["login", "lab"]).stdin(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut words, mut stderr) = (String::new(), std::io::BufReader::new(child.stderr.take().unwrap()));
    while !words.contains("user_code=") {
        assert!(std::io::BufRead::read_line(&mut stderr, &mut words).unwrap() > 0, "{words}");
    }
    rig.sandbox.set_clock(Clock::Fixed(jiff::Timestamp::now() + jiff::SignedDuration::from_mins(20)));
    stderr.read_to_string(&mut words).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(4), "{words}");
    assert!(words.contains("the code ran out before anybody confirmed it"), "{words}");
    assert!(rig.cached().is_empty());
}

#[test]
fn a_browser_that_declines() {
    let mut rig = Rig::new(Person::Declines);
    let answer = rig.with_browser(&["login", "lab", "--json"], |url| {
        assert_eq!(follow(url), "The sign-in was declined. You can close this page.");
    });
    let error = answer.stderr.lines().last().unwrap().to_owned();
    assert_eq!(answer.code, 4, "{error}");
    assert!(error.contains("access_denied") && rig.cached().is_empty(), "{error}");
}

#[test]
fn bad_days_each_have_their_sentence_and_write_nothing() {
    let cases: [(Fault, i32, &str); 4] = [
        (Fault::captive_portal(), 5, "a web page came back"),
        (Fault::Cut(20), 5, "cut off or not JSON"),
        (Fault::json(400, "InvalidRequestException", "no such start URL"), 4, "no such start URL"),
        (Fault::json(401, "InvalidClientException", ""), 4, "registration is over"),
    ];
    for (fault, code, words) in cases {
        let rig = Rig::new(Person::Confirms { after: 1 });
        rig.sandbox.next_answer(fault);
        let answer = rig.home.awsprof(&["login", "lab", "--device-code"]);
        assert_eq!(answer.code, code, "{}", answer.stderr);
        assert!(answer.stderr.contains(words), "{}", answer.stderr);
        assert!(rig.cached().is_empty());
    }
}

#[test]
fn without_a_browser_it_is_the_code() {
    let mut rig = Rig::new(Person::Confirms { after: 1 });
    rig.home.set("BROWSER", "/nowhere/browser");
    let path = rig.home.file("bin");
    std::fs::create_dir(&path).unwrap();
    let setsid =
        ["/usr/bin/setsid", "/bin/setsid"].into_iter().find(|path| Path::new(path).exists()).unwrap();
    std::os::unix::fs::symlink(setsid, path.join("setsid")).unwrap();
    rig.home.set("PATH", path.to_str().unwrap());
    let answer = rig.home.awsprof(&["login", "lab"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("no browser could be started"), "{}", answer.stderr);
    assert!(answer.stderr.contains("signed in to acme"), "{}", answer.stderr);
}

#[test]
fn an_old_profile_signs_in_under_its_start_url() {
    let rig = Rig::new(Person::Confirms { after: 1 });
    rig.home.awsprof(&["login", "old"]).ok();
    assert!(rig.token(START)["accessToken"].is_string());
    assert!(rig.home.awsprof(&["export", "old", "--format", "process"]).ok().contains("ASIASANDBOX"));
}

#[test]
fn signing_out_ends_it_everywhere() {
    let rig = Rig::new(Person::Confirms { after: 1 });
    rig.home.awsprof(&["login", "lab"]).ok();
    let token = rig.token("acme");
    for _ in 0..3 {
        rig.home.awsprof(&["export", "lab"]).ok();
    }
    assert_eq!(rig.asked("/federation/credentials"), 1, "a role's session is kept");
    let answer = rig.home.awsprof(&["logout", "lab"]);
    assert_eq!((answer.code, answer.stderr.as_str()), (0, "signed out of acme\n"));
    assert!(!sign_in::file(rig.home.path(), "acme").exists());
    assert_eq!(rig.asked("/logout"), 1);
    std::fs::write(sign_in::file(rig.home.path(), "acme"), token.to_string()).unwrap();
    let refused = rig.home.awsprof(&["export", "lab", "--json"]);
    assert!(refused.code != 0 && refused.stderr.contains("awsprof login lab"), "{}", refused.stderr);
    let all = rig.home.awsprof(&["logout", "--json"]).json();
    let rows = all.as_array().unwrap();
    assert_eq!(
        (rows.len(), &rows[0]["was_signed_in"], &rows[1]["was_signed_in"]),
        (2, &true.into(), &false.into())
    );
    assert_eq!(rows[0]["not_told"], Value::Null, "a token that is over needs no telling");
}

#[test]
fn names_that_are_no_place_to_sign_in() {
    let rig = Rig::new(Person::Asked);
    let cases = [
        ("nobody", 3, "neither a profile nor an sso-session", "awsprof list"),
        ("keys", 2, "does not sign in to Identity Center", "awsprof show keys"),
        ("console", 2, "signs in to the console", "aws login --profile console"),
    ];
    for (name, code, words, hint) in cases {
        let error = rig.home.awsprof(&["login", name, "--json"]).error(code);
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
        assert!(error["hint"].as_str().unwrap().contains(hint), "{error}");
    }
    assert!(rig.sandbox.requests().is_empty());
}

#[test]
#[ignore = "needs python3 with boto3"]
fn boto3_uses_and_renews_what_login_wrote() {
    let rig = Rig::new(Person::Confirms { after: 1 });
    rig.home.awsprof(&["login", "lab"]).ok();
    let who = || {
        let script = "import boto3; print(boto3.Session(profile_name='lab').client('sts').get_caller_identity()['Arn'])";
        let output = rig.home.command("python3").args(["-c", script]).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let asked = rig.asked("/token");
    assert!(who().contains(":assumed-role/reader/"));
    assert_eq!(rig.asked("/token"), asked);
    let mut over = rig.token("acme");
    over["expiresAt"] = "2026-01-01T00:00:00Z".into();
    std::fs::write(sign_in::file(rig.home.path(), "acme"), over.to_string()).unwrap();
    assert!(who().contains(":assumed-role/reader/"));
    assert_eq!(rig.asked("/token"), asked + 1, "boto3 renews with what awsprof wrote");
}

/// Questions about a device code, asked of the sandbox through the library.
#[test]
fn a_code_that_nobody_confirms_is_pending_then_too_often_asked_then_over() {
    use awsprof::aws::sign_in::Registration;
    use awsprof::net::oidc::{Polled, Registering, by_device, register, start_device};
    use awsprof::net::{Client, Kind};

    let (start, late) = ("2026-11-26T12:00:00Z", "2026-11-26T12:20:00Z");
    let clock = |text: &str| Clock::Fixed(text.parse().unwrap());
    let sandbox = Sandbox::start(Cast::demo().unwrap(), clock(start)).unwrap();
    let world = awsprof::aws::world::World {
        env: std::iter::empty().collect(),
        fs: awsprof::aws::world::Fs::Real,
        clock: clock(start),
    };
    let (client, oidc) = (Client::new(&world).unwrap(), sandbox.url().parse().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let scopes = ["sso:account:access".to_owned()];
    let asked = Registering::device("test", &scopes, START);
    let registered: Registration =
        runtime.block_on(register(&client, &oidc, &asked, &mut |_| {})).unwrap().value;
    let device = runtime.block_on(start_device(&client, &oidc, &registered, START, &mut |_| {}));
    let device = device.unwrap().value;
    let ask = || runtime.block_on(by_device(&client, &oidc, &registered, &device.device_code, &mut |_| {}));
    assert!(matches!(ask().unwrap().value, Polled::Pending));
    assert!(matches!(ask().unwrap().value, Polled::SlowDown), "in the same second");
    sandbox.set_clock(clock(late));
    let over = ask().unwrap_err();
    assert_eq!(
        (over.kind, over.message.as_str()),
        (Kind::Refused, "the code ran out before anybody confirmed it")
    );
}

#[test]
fn no_token_of_a_sign_in_is_anywhere_but_in_its_cache() {
    let rig = Rig::new(Person::Confirms { after: 1 });
    let mut said = String::new();
    for args in [
        &["login", "lab", "--device-code", "--verbose"][..],
        &["login", "lab", "--device-code", "--json"],
        &["chain", "lab", "--json", "--verbose"],
        &["sso", "list", "--verbose"],
        &["whoami", "lab", "--verbose"],
    ] {
        let answer = rig.home.awsprof(args);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        said += &(answer.stdout + &answer.stderr);
    }
    let token = rig.token("acme");
    let secrets =
        ["accessToken", "refreshToken", "clientSecret"].map(|key| token[key].as_str().unwrap().to_owned());
    for secret in &secrets {
        assert!(!said.contains(secret), "printed");
        for file in below(rig.home.path()) {
            let text = std::fs::read(&file).unwrap_or_default();
            let has = text.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!has || file.starts_with(rig.home.file(".aws/sso/cache")), "{}", file.display());
        }
    }
}
