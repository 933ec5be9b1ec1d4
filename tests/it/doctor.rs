//! `awsprof doctor` as scripts and people meet it: what it finds, what it mends, what undo gives back.

use std::os::unix::fs::PermissionsExt;

use awsprof::aws::world::Clock;

use crate::demo::Demo;
use crate::support::Home;

const HEALTHY: (&str, &str) = (
    "[default]\nregion = eu-west-1\n\n[profile admin]\nrole_arn = arn:aws:iam::111122223333:role/admin\nsource_profile = work\n",
    "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-real-secret\n",
);
const CONFIG: &str = "[work]\nregoin = eu-west-1\n\n[profile ghost]\nrole_arn = r\nsource_profile = nobody\n";
const CREDENTIALS: &str = "\
[work]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE # mine
aws_secret_access_key = not-a-real-secret
aws_session_token = a-left-over-token
";

fn home(config: &str, credentials: &str) -> Home {
    let home = Home::with(config, credentials);
    for (name, mode) in [(".aws", 0o700), (".aws/credentials", 0o600)] {
        set_mode(&home, name, mode);
    }
    home
}

fn set_mode(home: &Home, name: &str, mode: u32) {
    std::fs::set_permissions(home.file(name), std::fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(home: &Home, name: &str) -> u32 {
    home.file(name).metadata().unwrap().permissions().mode() & 0o777
}

/// The exit code, and `code:line` of every problem.
fn examined(home: &Home, args: &[&str]) -> (i32, Vec<String>) {
    let answer = home.awsprof(&[&["doctor", "--json", "--no-probe"], args].concat());
    let problems: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let problem = |p: &serde_json::Value| format!("{}:{}", p["code"].as_str().unwrap(), p["line"]);
    (answer.code, problems.as_array().unwrap().iter().map(problem).collect())
}

#[test]
fn a_healthy_home_has_no_problems() {
    let home = home(HEALTHY.0, HEALTHY.1);
    assert_eq!(examined(&home, &[]), (0, vec![]));
    let text = home.awsprof(&["doctor", "--no-probe"]).ok();
    assert!(text.starts_with("no problems\n") && text.contains("~/.aws/credentials"), "{text}");
}

#[test]
fn problems_have_the_fields_of_the_contract() {
    let home = home(CONFIG, CREDENTIALS);
    let answer = home.awsprof(&["doctor", "--json", "--no-probe"]);
    assert_eq!(answer.code, 1, "errors remain");
    let problems: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let first = &problems[0];
    assert_eq!(first["code"], "profile-prefix-missing");
    assert_eq!(first["severity"], "warning");
    assert_eq!(first["file"], home.file(".aws/config").to_str().unwrap());
    assert_eq!((&first["line"], &first["fixable"]), (&1.into(), &true.into()));
    assert!(first["message"].as_str().unwrap().contains("[profile work]"));
    assert_eq!(first.as_object().unwrap().len(), 6);
    assert!(!answer.stdout.contains("not-a-real-secret"));
}

#[test]
fn the_text_is_grouped_by_file() {
    let home = home(CONFIG, CREDENTIALS);
    let answer = home.awsprof(&["doctor", "--no-probe"]);
    assert_eq!(answer.code, 1);
    let heads: Vec<&str> = answer.stdout.lines().filter(|line| line.starts_with("~/")).collect();
    assert_eq!(heads, ["~/.aws/config", "~/.aws/credentials"]);
    assert!(answer.stdout.contains("`awsprof doctor --fix` mends"), "{}", answer.stdout);
}

#[test]
fn fix_mends_what_can_be_mended_and_undo_gives_it_back() {
    let home = home(CONFIG, CREDENTIALS);
    let (code, left) = examined(&home, &["--fix", "--yes"]);
    assert_eq!((code, left), (1, vec!["dangling-source-profile:6".to_owned()]));
    assert!(home.read(".aws/config").starts_with("[profile work]\nregion = eu-west-1\n"));
    assert_eq!(
        home.read(".aws/credentials"),
        "[work]\n# mine\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-real-secret\n"
    );
    home.awsprof(&["undo", "--yes"]).ok();
    assert_eq!(
        (home.read(".aws/config"), home.read(".aws/credentials")),
        (CONFIG.into(), CREDENTIALS.into())
    );
}

#[test]
fn a_dry_run_shows_the_diff_and_writes_nothing() {
    let home = home(CONFIG, CREDENTIALS);
    set_mode(&home, ".aws/credentials", 0o644);
    let diff = home.awsprof(&["doctor", "--fix", "--dry-run"]).ok();
    assert!(
        diff.contains("-[work]\n-regoin = eu-west-1\n+[profile work]\n+region = eu-west-1\n")
            && diff.contains("chmod 600"),
        "{diff}"
    );
    assert!(!diff.contains("a-left-over-token"), "{diff}");
    let json = home.awsprof(&["doctor", "--fix", "--dry-run", "--json"]).json();
    assert_eq!(json["modes"][0]["mode"], "600");
    assert_eq!(
        (home.read(".aws/config"), home.read(".aws/credentials")),
        (CONFIG.into(), CREDENTIALS.into())
    );
    assert_eq!(mode(&home, ".aws/credentials"), 0o644);
}

#[test]
fn nothing_is_mended_when_nobody_can_be_asked() {
    let home = home(CONFIG, CREDENTIALS);
    let error = home.awsprof(&["doctor", "--fix", "--json"]).error(7);
    assert!(error["hint"].as_str().unwrap().contains("--yes"), "{error}");
    assert_eq!(
        (home.read(".aws/config"), home.read(".aws/credentials")),
        (CONFIG.into(), CREDENTIALS.into())
    );
}

#[test]
fn modes_are_narrowed_and_nothing_else_is() {
    let home = home(HEALTHY.0, HEALTHY.1);
    set_mode(&home, ".aws", 0o755);
    set_mode(&home, ".aws/credentials", 0o444);
    assert_eq!(examined(&home, &[]), (0, vec!["directory-mode:null".into(), "file-mode:null".into()]));
    assert_eq!(examined(&home, &["--fix", "--yes"]), (0, vec![]));
    assert_eq!((mode(&home, ".aws"), mode(&home, ".aws/credentials")), (0o700, 0o400));
    assert_eq!(home.read(".aws/credentials"), HEALTHY.1);
}

#[test]
fn the_environment_is_looked_at_too() {
    let mut home = home(HEALTHY.0, HEALTHY.1);
    home.set("AWS_PROFILE", "gone");
    assert_eq!(examined(&home, &[]), (1, vec!["profile-missing:null".into()]));
    let text = home.awsprof(&["doctor", "--no-probe"]).stdout;
    assert!(text.starts_with("environment\n  error"), "{text}");
}

#[test]
fn a_home_without_files_is_no_problem() {
    assert_eq!(examined(&Home::empty(), &[]), (0, vec![]));
}

/// A home whose STS answers at a clock that is `off` seconds ahead.
fn with_clock(off: i64) -> Demo {
    let demo = Demo::new();
    let now = Clock::System.now();
    demo.sandbox.set_clock(Clock::Fixed(now + jiff::SignedDuration::from_secs(off)));
    demo
}

#[test]
fn the_clock_is_compared_with_that_of_sts() {
    for (off, severity) in [(0, None), (120, Some("warning")), (-900, Some("error"))] {
        let demo = with_clock(off);
        let answer = demo.home.awsprof(&["doctor", "--json"]);
        let problems: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        let found = problems.as_array().unwrap().iter().find(|problem| problem["code"] == "clock-skew");
        assert_eq!(found.map(|problem| problem["severity"].as_str().unwrap()), severity, "{problems}");
        let seen = demo.sandbox.requests();
        let asked: Vec<_> =
            seen.iter().map(|seen| (seen.method.as_str(), seen.access_key_id.clone())).collect();
        assert_eq!(asked, [("GET", None)], "one request, without keys");
    }
}

#[test]
fn a_clock_that_is_not_looked_at_is_said() {
    let demo = with_clock(900);
    let answer = demo.home.awsprof(&["doctor", "--no-probe", "--json"]);
    assert!(!answer.stdout.contains("clock") && answer.stderr.contains("--no-probe"), "{answer:?}");
    assert_eq!(demo.actions().len(), 0);
    let mut nobody = home(HEALTHY.0, HEALTHY.1);
    nobody.set("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9");
    let answer = nobody.awsprof(&["doctor", "--json"]);
    assert_eq!(answer.code, 0, "not to know is no error");
    assert!(answer.stdout.contains("\"clock-unknown\""), "{answer:?}");
}

#[test]
fn the_terminal_is_looked_at_where_there_is_one() {
    let mut home = home(HEALTHY.0, HEALTHY.1);
    home.set("TERM", "dumb");
    home.set("LC_ALL", "C");
    assert_eq!(examined(&home, &[]), (0, vec!["terminal-dumb:null".into(), "locale-not-utf-8:null".into()]));
}
