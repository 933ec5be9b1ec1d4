//! `console`: who is signed in with what, what is refused, and that no command line holds the way in.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;

use crate::demo::Demo;

/// What the browser is sent to, asked of the sandbox: status and place.
fn visit(url: &str) -> (u16, String) {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let place = text.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
    (text.split(' ').nth(1).unwrap().parse().unwrap(), place.trim().to_owned())
}

#[test]
fn a_user_is_federated_with_the_long_term_keys_and_no_code() {
    let demo = Demo::new();
    demo.renew("work").ok();
    let before = demo.actions().len();
    let answer = demo.home.awsprof(&["console", "work", "--service", "ec2", "--print"]);
    assert!(answer.stderr.contains("GetFederationToken, which knows no MFA"), "{}", answer.stderr);
    let page = "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1";
    let url = answer.ok();
    assert_eq!(visit(url.trim()), (302, page.to_owned()));
    assert_eq!(visit(url.trim()).0, 400, "a token is good once");
    let asked = &demo.sandbox.requests()[before..before + 3];
    let actions: Vec<&str> = asked.iter().map(|seen| seen.action.as_str()).collect();
    assert_eq!(actions, ["GetCallerIdentity", "GetFederationToken", "getSigninToken"]);
    assert_eq!(asked[1].access_key_id.as_deref(), Some("AKIASANDBOXALICE7Q3F"));
    let field =
        |name: &str| asked[1].fields.iter().find(|(key, _)| key == name).map(|(_, text)| text.as_str());
    assert_eq!((field("Name"), field("DurationSeconds")), (Some("alice"), Some("43200")));
    demo.home.awsprof(&["console", "work-mfa", "--print"]).ok();
}

#[test]
fn a_role_goes_with_its_session_and_may_say_how_long() {
    let demo = Demo::new();
    demo.renew("work").ok();
    demo.home.awsprof(&["assume", "work-admin"]).ok();
    let before = demo.actions().len();
    let args = ["console", "work-admin", "--print", "--json", "--duration", "8h", "--region", "us-west-2"];
    let answer = demo.home.awsprof(&args).json();
    assert_eq!(
        answer["destination"],
        "https://us-west-2.console.aws.amazon.com/console/home?region=us-west-2"
    );
    let asked = demo.sandbox.requests()[before..].to_vec();
    assert_eq!(asked.len(), 1, "nothing but the sign-in: {asked:?}");
    assert!(asked[0].fields.contains(&("SessionDuration".to_owned(), "28800".to_owned())), "{asked:?}");
}

#[test]
fn what_the_endpoint_would_refuse_is_not_sent() {
    let demo = Demo::new();
    let [config, _] = demo.files();
    let chained =
        "\n[profile far]\nrole_arn = arn:aws:iam::444455556666:role/reader\nsource_profile = work-admin\n";
    demo.home.write(".aws/config", &format!("{config}{chained}"));
    demo.renew("work").ok();
    demo.home.awsprof(&["console", "far", "--print"]).ok();
    let before = demo.actions().len();
    let error = demo.home.awsprof(&["console", "far", "--print", "--duration", "1h", "--json"]).error(7);
    assert_eq!(error["code"], "duration");
    demo.home.awsprof(&["console", "ci", "--print", "--duration", "37h", "--json"]).error(7);
    demo.home.awsprof(&["console", "ci", "--print", "--service", "ec2?x", "--json"]).error(2);
    assert_eq!(demo.actions().len(), before, "nothing was sent");
}

#[test]
fn a_user_s_session_without_its_keys_is_refused_in_words() {
    let demo = Demo::new();
    demo.renew("work").ok();
    let session = demo.home.awsprof(&["export", "work", "--format", "ini"]).ok();
    let lost = session.replacen("[work]", "[lost]", 1);
    demo.home.write(".aws/credentials", &format!("{}\n{lost}", demo.home.read(".aws/credentials")));
    let error = demo.home.awsprof(&["console", "lost", "--print", "--json"]).error(4);
    assert!(error["hint"].as_str().unwrap().contains("the MFA session of an IAM user is not"), "{error}");
}

#[test]
fn a_browser_is_sent_on_by_a_page_of_ours() {
    let mut demo = Demo::new();
    let (script, seen) = (demo.home.file("browser"), demo.home.file("seen"));
    let text = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$1\" >{0}\ntty >>{0}\nexec curl -s -o /dev/null -w '%{{http_code}} %{{redirect_url}}\\n' \
         \"$1\" >>{0}\n",
        seen.display()
    );
    demo.home.write("browser", &text);
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o700)).unwrap();
    demo.home.set("BROWSER", script.to_str().unwrap());
    let answer = demo.home.awsprof(&["console", "ci"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(answer.stdout, "", "the way in is not printed");
    // The browser writes on after we have ended.
    let end = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while demo.home.read("seen").lines().count() < 3 && std::time::Instant::now() < end {
        std::thread::yield_now();
    }
    let lines = demo.home.read("seen");
    let lines: Vec<&str> = lines.lines().collect();
    assert!(lines[0].starts_with("http://127.0.0.1:") && !lines[0].contains("signin"), "{lines:?}");
    assert_eq!(lines[1], "not a tty");
    assert!(lines[2].starts_with("303 ") && lines[2].contains("SigninToken=signin-"), "{lines:?}");
}
