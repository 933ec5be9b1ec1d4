//! Twenty processes at once, and another program that writes in place without a lock: nothing is lost.
#![expect(clippy::disallowed_macros, reason = "the seed, to have a failure again")]

use std::process::{Child, Command, Stdio};
use std::thread;

use crate::demo::{Demo, section, value};
use crate::support::Answer;

const AWSPROF: &str = env!("CARGO_BIN_EXE_awsprof");
const CROWD: usize = 20;
/// Of the crowd these switch the default while the others renew.
const SWITCHING: std::ops::Range<usize> = 14..CROWD;

fn name(at: usize) -> String {
    format!("p{at:02}")
}

fn renewal(demo: &Demo, at: usize) -> Command {
    let mut command = demo.home.command(AWSPROF);
    command.args(["renew", &name(at), "--code", &demo.code(&name(at)), "--json"]);
    command
}

fn switch(demo: &Demo, at: usize) -> Command {
    let mut command = demo.home.command(AWSPROF);
    command.args(["use", &name(at), "--yes", "--json"]);
    command
}

fn spawn(mut command: Command) -> Child {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The session of a user is there, whole, and is the one the program said it had written.
fn assert_session(credentials: &str, at: usize, answer: &serde_json::Value) {
    let header = format!("[{}-mfa]", name(at));
    let get = |key: &str| value(credentials, &header, key).unwrap_or_default().to_owned();
    assert_eq!(answer["access_key_id"], get("aws_access_key_id"), "{header}\n{credentials}");
    assert_eq!(answer["expires_at"], get("x_security_token_expires"), "{header}");
    assert!(get("aws_session_token").ends_with("=="), "{header}");
    assert_eq!(credentials.matches(&header).count(), 1, "{header}");
}

/// Everything that was in a file before is there still, in the same order.
fn assert_keeps(before: &str, after: &str, changing: &str) {
    let mut now = after.lines();
    for line in before.lines().filter(|line| !line.is_empty() && !line.contains(changing)) {
        assert!(now.any(|other| other == line), "lost or moved: {line}\n{after}");
    }
}

#[test]
fn twenty_processes_at_once_lose_no_update() {
    let demo = Demo::crowd(CROWD);
    let before = demo.files();
    let command = |at: usize| if SWITCHING.contains(&at) { switch(&demo, at) } else { renewal(&demo, at) };
    let running: Vec<Child> = (0..CROWD).map(command).map(spawn).collect();
    let ended = running.into_iter().map(|child| Answer::from(child.wait_with_output().unwrap()));
    let answers: Vec<serde_json::Value> = ended.map(Answer::json).collect();
    let after = demo.files();
    for at in (0..CROWD).filter(|at| !SWITCHING.contains(at)) {
        assert_session(&after[1], at, &answers[at]);
        let header = format!("[profile {}-mfa]", name(at));
        assert_eq!(value(&after[0], &header, "region"), Some("eu-west-1"), "{}", after[0]);
    }
    for (before, after) in before.iter().zip(&after) {
        assert_keeps(before, after, "nothing changes");
    }
    let switches = |list: &serde_json::Value| {
        let of_use = |entry: &&serde_json::Value| entry["verb"] == "use";
        list.as_array().unwrap().iter().filter(of_use).count()
    };
    assert_eq!(switches(&demo.home.awsprof(&["undo", "--list", "--json"]).json()), SWITCHING.len());
    let id = value(&after[1], "[default]", "aws_access_key_id").unwrap();
    let winner = SWITCHING
        .map(name)
        .find(|user| value(&after[1], &format!("[{user}]"), "aws_access_key_id") == Some(id));
    let rows = demo.home.awsprof(&["list", &winner.unwrap(), "--json"]).json();
    assert_eq!(rows[0]["default"], true, "{rows}");
}

/// A key of the credentials file that is no secret.
const NOTE: &str = "x_principal_arn";

fn edit(demo: &Demo, at: usize) -> Command {
    let mut command = demo.home.command(AWSPROF);
    let note = format!("{NOTE}=note-{at}");
    command.args(["edit", &name(at), "--set", &note, "--set", "region=eu-central-1", "--yes"]);
    command
}

/// What an edit should have come to: both files, one section each.
fn assert_edit(files: &[String; 2], at: usize) {
    let (config, credentials) = (format!("[profile {}]", name(at)), format!("[{}]", name(at)));
    assert_eq!(value(&files[0], &config, "region"), Some("eu-central-1"), "{}", files[0]);
    assert_eq!(value(&files[1], &credentials, NOTE), Some(format!("note-{at}").as_str()), "{}", files[1]);
}

#[test]
fn twenty_processes_each_renewing_or_editing_another_profile_lose_no_update() {
    let demo = Demo::crowd(CROWD);
    let before = demo.files();
    let edits = |at: usize| at % 2 == 1;
    let command = |at: usize| if edits(at) { edit(&demo, at) } else { renewal(&demo, at) };
    let running: Vec<Child> = (0..CROWD).map(command).map(spawn).collect();
    let ended = running.into_iter().map(|child| Answer::from(child.wait_with_output().unwrap()));
    let answers: Vec<Answer> = ended.collect();
    let after = demo.files();
    for (at, answer) in answers.into_iter().enumerate() {
        if edits(at) {
            answer.ok();
            assert_edit(&after, at);
        } else {
            assert_session(&after[1], at, &answer.json());
        }
    }
    for (before, after) in before.iter().zip(&after) {
        assert_keeps(before, after, "region");
    }
}

/// The AWS CLI's own writer in one process: it reads, truncates and writes the file in place, without a lock, at
/// odd moments until its standard input ends, and then prints how often it has written.
const THEIR_LOOP: &str = "
import random, sys, threading, time
from awscli.customizations.configure.writer import ConfigFileWriter
path, seed = sys.argv[1], int(sys.argv[2])
done = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
chance, count = random.Random(seed), 0
while not done.is_set():
    count += 1
    ConfigFileWriter().update_config({'__section__': 'theirs', 'aws_access_key_id': 'AKIATHEIRS%d' % count}, path)
    done.wait(chance.random() * 0.15)
print(count)
";

fn their_loop(demo: &Demo) -> Child {
    let seed = std::process::id().to_string();
    println!("seed of the other program: {seed}");
    let mut python = demo.home.command("python3");
    let path = demo.home.file(".aws/credentials");
    python.args(["-c", THEIR_LOOP]).arg(path).arg(seed);
    python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

/// Stops the loop; how often it wrote.
fn stop(mut theirs: Child) -> u32 {
    drop(theirs.stdin.take());
    let said = theirs.wait_with_output().unwrap();
    String::from_utf8(said.stdout).unwrap().trim().parse().unwrap()
}

/// Every renewal either stands at the end or said with exit 6 that it could not be written.
fn assert_kept_or_reported(credentials: &str, answers: Vec<Answer>) -> usize {
    let mut refused = 0;
    for (at, answer) in answers.into_iter().enumerate() {
        if answer.code == 6 {
            refused += 1;
            let left = section(credentials, &format!("[{}-mfa]", name(at)));
            assert!(left.is_empty(), "refused and yet written: {left:?}");
        } else {
            assert_session(credentials, at, &answer.json());
        }
    }
    refused
}

#[test]
#[ignore = "needs the AWS CLI as a Python module, and takes a while"]
fn against_the_aws_cli_in_a_loop_nothing_is_lost_in_silence() {
    let demo = Demo::crowd(CROWD);
    let before = demo.files();
    let theirs = their_loop(&demo);
    let answers = (0..CROWD).map(|at| Answer::from(spawn(renewal(&demo, at)).wait_with_output().unwrap()));
    let answers: Vec<Answer> = answers.collect();
    let count = stop(theirs);
    let after = demo.files();
    let last = value(&after[1], "[theirs]", "aws_access_key_id").unwrap();
    assert_eq!(last, format!("AKIATHEIRS{count}"), "their last edit is lost");
    assert_keeps(&before[1], &after[1], "AKIATHEIRS");
    let refused = assert_kept_or_reported(&after[1], answers);
    println!("{count} writes of theirs, {CROWD} of ours, {refused} refused");
    assert!(count > 10 && refused < CROWD, "{count} {refused}");
}

#[test]
#[ignore = "needs the AWS CLI as a Python module, and takes a while"]
fn against_the_aws_cli_in_a_loop_an_edit_stands_or_is_reported() {
    let demo = Demo::crowd(CROWD);
    let before = demo.files();
    let theirs = their_loop(&demo);
    let answers = (0..CROWD).map(|at| Answer::from(spawn(edit(&demo, at)).wait_with_output().unwrap()));
    let answers: Vec<Answer> = answers.collect();
    let count = stop(theirs);
    let after = demo.files();
    let last = value(&after[1], "[theirs]", "aws_access_key_id").unwrap();
    assert_eq!(last, format!("AKIATHEIRS{count}"), "their last edit is lost");
    assert_keeps(&before[1], &after[1], "AKIATHEIRS");
    let mut refused = 0;
    for (at, answer) in answers.into_iter().enumerate() {
        if answer.code == 6 {
            refused += 1;
            assert_eq!(value(&after[1], &format!("[{}]", name(at)), NOTE), None, "refused and yet written");
        } else {
            answer.ok();
            assert_edit(&after, at);
        }
    }
    println!("{count} writes of theirs, {CROWD} edits of ours, {refused} refused");
    assert!(count > 10 && refused < CROWD, "{count} {refused}");
}

#[test]
#[ignore = "needs the AWS CLI"]
fn against_aws_configure_set_nothing_is_lost_in_silence() {
    let demo = Demo::crowd(6);
    let before = demo.files();
    let set = |count: usize| {
        let id = format!("AKIATHEIRS{count}");
        let args = ["configure", "set", "aws_access_key_id", &id, "--profile", "theirs"];
        assert!(demo.home.command("aws").args(args).status().unwrap().success());
    };
    let answers = thread::scope(|scope| {
        let theirs = scope.spawn(|| (1..=6).for_each(set));
        let ours = (0..6).map(|at| Answer::from(spawn(renewal(&demo, at)).wait_with_output().unwrap()));
        let ours = ours.collect();
        theirs.join().unwrap();
        ours
    });
    let after = demo.files();
    assert_eq!(value(&after[1], "[theirs]", "aws_access_key_id"), Some("AKIATHEIRS6"));
    assert_keeps(&before[1], &after[1], "AKIATHEIRS");
    assert_kept_or_reported(&after[1], answers);
}
