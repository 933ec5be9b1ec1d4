//! The chain's probes on real processes: each runs at most once, without a terminal.
#![expect(clippy::disallowed_methods, reason = "a test prepares its home on disk")]
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use std::path::Path;

use awsprof::aws::chain::trace::{Link, Trace, Verdict};
use awsprof::aws::chain::{Selection, tool};
use awsprof::aws::world::{Clock, Env, Fs, World};
use awsprof::jobs::probe::{Asking, Kept, Prober};
use awsprof::sandbox::Sandbox;
use awsprof::sandbox::cast::Cast;
use awsprof::sandbox::home::{demo_env, demo_home};

const KEYS: &str = r#"{"Version":1,"AccessKeyId":"AKIAPROCESSEXAMPLE01","SecretAccessKey":"s"}"#;

/// A home whose default profile runs this script.
fn home(script: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join(".aws")).unwrap();
    let path = home.path().join("keys.sh");
    std::fs::write(&path, script).unwrap();
    let config = format!("[default]\nregion = eu-west-1\ncredential_process = sh {}\n", path.display());
    std::fs::write(home.path().join(".aws/config"), config).unwrap();
    home
}

fn world(home: &Path) -> World {
    let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let env = [
        set("HOME", home.to_str().unwrap()),
        set("PATH", "/usr/bin:/bin"),
        set("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    World { env: env.into_iter().collect(), fs: Fs::Real, clock: Clock::System }
}

fn trace(prober: &mut Prober, id: &str, asking: Asking) -> Trace {
    block_on(prober.trace(tool(id).unwrap(), &Selection::Environment, asking))
}

fn block_on<F: Future>(work: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

#[test]
fn a_process_runs_once_however_often_it_is_looked_at() {
    let home = home(&format!("echo ran >> \"$HOME/runs\"; echo '{KEYS}'"));
    let mut prober = Prober::new(&world(home.path()));
    assert_eq!(trace(&mut prober, "boto3", Asking::Nothing).would_ask, Some(Link::CredentialProcess));
    assert!(!home.path().join("runs").exists(), "looking runs nothing");
    for id in ["boto3", "aws-cli-v2", "boto3"] {
        prober.reread();
        assert_eq!(trace(&mut prober, id, Asking::Links).winner, Some(Link::CredentialProcess));
    }
    assert_eq!(std::fs::read_to_string(home.path().join("runs")).unwrap(), "ran\n");
}

#[test]
fn a_process_has_no_terminal_and_its_complaint_is_the_reason() {
    let home =
        home("if (: < /dev/tty) 2>/dev/null || read -r line; then exit 9; fi; echo not today >&2; exit 3");
    let trace = trace(&mut Prober::new(&world(home.path())), "boto3", Asking::Links);
    let link = trace.links.iter().find(|link| link.link == Link::CredentialProcess).unwrap();
    assert_eq!(link.verdict, Verdict::Failed);
    assert!(link.reason.ends_with("custom-process: not today"), "{}", link.reason);
    assert_eq!(trace.winner, None);
}

#[test]
fn what_a_process_prints_is_believed_only_when_whole() {
    let wrong = [
        (KEYS.replace('1', "2"), "Unsupported version '2'"),
        (KEYS.replace("1,", "\"1\","), "Unsupported version '\"1\"'"),
        (KEYS.replace("SecretAccessKey", "Secret"), "Missing required key in response: 'SecretAccessKey'"),
        (format!("{KEYS} {KEYS}"), "is not the JSON it should be"),
    ];
    for (printed, why) in wrong {
        let home = home(&format!("echo '{printed}'"));
        let trace = trace(&mut Prober::new(&world(home.path())), "boto3", Asking::Links);
        assert!(trace.error.as_ref().is_some_and(|error| error.contains(why)), "{:?}", trace.error);
        assert!(!format!("{trace:?}").contains("\"s\""));
    }
}

#[test]
fn asking_again_keeps_what_the_machine_told() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(Cast::demo().unwrap(), Clock::System).unwrap();
    demo_home(home.path(), &sandbox).unwrap();
    let env = demo_env(home.path(), &sandbox, &Env::default());
    let mut prober = Prober::new(&World { env, fs: Fs::Real, clock: Clock::System });
    let (cli, work) = (tool("aws-cli-v2").unwrap(), Selection::AsIf("work".to_owned()));
    let machine = |trace: &Trace| trace.links.iter().find(|link| link.link == Link::Imds).unwrap().verdict;
    block_on(prober.look_around(cli, &work));
    assert_eq!(machine(&prober.dated_now(cli, &work).trace), Verdict::Shadowed);
    assert_eq!(machine(&block_on(prober.again(cli, &work)).trace), Verdict::Shadowed);
}

#[test]
fn an_answer_stays_for_the_run_and_a_key_asks_again() {
    let home = home(&format!("echo ran >> \"$HOME/runs\"; echo '{KEYS}'"));
    let (world, kept) = (world(home.path()), Kept::default());
    let runs = || std::fs::read_to_string(home.path().join("runs")).unwrap_or_default().lines().count();
    let (boto3, selection) = (tool("boto3").unwrap(), Selection::Environment);
    trace(&mut Prober::with(&world, kept.clone()), "boto3", Asking::Links);
    // The files are read again: another prober, the same answers.
    let mut later = Prober::with(&world, kept.clone());
    let dated = later.dated_now(boto3, &selection);
    assert_eq!(dated.trace.winner, Some(Link::CredentialProcess));
    assert!(dated.asked_at.is_some());
    assert_eq!(runs(), 1);
    let again = block_on(later.again(boto3, &selection));
    assert_eq!((again.trace.winner, runs()), (Some(Link::CredentialProcess), 2));
    // What changes in the file is another question.
    let config = home.path().join(".aws/config");
    let changed = std::fs::read_to_string(&config).unwrap().replace("keys.sh", "keys.sh again");
    std::fs::write(&config, changed).unwrap();
    let changed = Prober::with(&world, kept).dated_now(boto3, &selection);
    assert_eq!((changed.trace.would_ask, changed.asked_at), (Some(Link::CredentialProcess), None));
}
