//! `keys`: two slots at IAM, a rotation that is whole or not at all, and the one code it takes.

use awsprof::sandbox::faults::Fault;
use serde_json::Value;

use crate::demo::{Demo, value};

const OLD: &str = "AKIASANDBOXROBOT0001";

/// `(id, active)` of ci's keys at the sandbox.
fn at_aws(demo: &Demo) -> Vec<(String, bool)> {
    let keys = demo.sandbox.keys().into_iter().filter(|key| key.user == "ci-robot");
    keys.map(|key| (key.id, key.active)).collect()
}

fn in_file(demo: &Demo, header: &str) -> String {
    value(&demo.home.read(".aws/credentials"), header, "aws_access_key_id").unwrap().to_owned()
}

#[test]
fn both_slots_are_listed() {
    let demo = Demo::new();
    let keys = demo.home.awsprof(&["keys", "list", "ci", "--json"]).json();
    assert_eq!((&keys[0]["access_key_id"], &keys[0]["status"]), (&OLD.into(), &"Active".into()));
    assert_eq!((&keys[0]["created"], &keys[0]["in_profile"]), (&"2026-01-15T09:30:00Z".into(), &true.into()));
    assert!(keys[0]["last_used"].is_string());
    let text = demo.home.awsprof(&["keys", "list", "ci"]);
    assert!(text.stderr.contains("1 of 2 slots taken"), "{}", text.stderr);
    demo.home.awsprof(&["keys", "list", "play", "--json"]).error(7);
    demo.home.awsprof(&["keys", "list", "ghost", "--json"]).error(3);
}

#[test]
fn a_rotation_is_written_tried_and_finished() {
    let demo = Demo::new();
    // A copy of the keys elsewhere, and the default made of them, follow.
    let credentials = demo.home.read(".aws/credentials");
    let secret = value(&credentials, "[ci]", "aws_secret_access_key").unwrap().to_owned();
    let copy = format!("\n[twin]\naws_access_key_id={OLD}\naws_secret_access_key={secret}\n");
    demo.home.write(".aws/credentials", &format!("{credentials}{copy}"));
    demo.home.awsprof(&["use", "ci", "--yes"]).ok();
    let before = demo.files();
    demo.sandbox.spread_slowly(2);
    demo.home.awsprof(&["keys", "rotate", "ci", "--json"]).error(7);
    let done = demo.home.awsprof(&["keys", "rotate", "ci", "--yes", "--json"]).json();
    let new = done["access_key_id"].as_str().unwrap().to_owned();
    assert_eq!((&done["inactive"], &done["deleted"]), (&OLD.into(), &Value::Null));
    assert_eq!(at_aws(&demo), [(OLD.to_owned(), false), (new.clone(), true)]);
    for header in ["[ci]", "[twin]", "[default]"] {
        assert_eq!(in_file(&demo, header), new, "{header}");
    }
    let tries = demo.sandbox.requests().into_iter().filter(|seen| seen.access_key_id.as_ref() == Some(&new));
    assert_eq!(tries.map(|seen| seen.status).collect::<Vec<_>>(), [403, 403, 200], "until AWS knew it");
    demo.home.awsprof(&["whoami", "ci"]).ok();
    // The default is still a copy in step: another switch asks nothing.
    demo.home.awsprof(&["use", "ci", "--yes"]).ok();

    let error = demo.home.awsprof(&["keys", "rotate", "ci", "--yes", "--json"]).error(7);
    assert_eq!(error["code"], "slots-taken");
    assert!(error["hint"].as_str().unwrap().contains("--finish"), "{error}");
    demo.home.awsprof(&["undo", "--json"]).error(7);
    demo.home.awsprof(&["undo", "--yes"]).ok();
    assert_eq!(demo.files(), before);
    assert_eq!(demo.home.awsprof(&["whoami", "ci", "--json"]).error(4)["code"], "InvalidClientTokenId");
    demo.home.awsprof(&["redo", "--yes"]).ok();
    let done = demo.home.awsprof(&["keys", "rotate", "ci", "--finish", "--yes", "--json"]).json();
    assert_eq!(done["deleted"], OLD);
    assert_eq!(at_aws(&demo), [(new, true)]);
    let error = demo.home.awsprof(&["keys", "rotate", "ci", "--finish", "--yes", "--json"]).error(3);
    assert_eq!(error["code"], "nothing-to-finish");
}

#[test]
fn one_code_is_enough() {
    let demo = Demo::new();
    let code = demo.code("alice");
    demo.home.awsprof(&["keys", "rotate", "work", "--yes", "--code", &code]).ok();
    let requests = demo.sandbox.requests();
    let codes = requests.iter().filter(|seen| seen.action == "GetSessionToken").count();
    assert_eq!(codes, 1);
    let iam = ["ListAccessKeys", "CreateAccessKey", "UpdateAccessKey"];
    for seen in requests.iter().filter(|seen| iam.contains(&seen.action.as_str())) {
        assert!(seen.access_key_id.as_ref().unwrap().starts_with("ASIA"), "{seen:?}");
    }
    // The session outlives the key it was made with.
    demo.home.awsprof(&["whoami", "work"]).ok();
    demo.home.awsprof(&["keys", "rotate", "work", "--finish", "--yes"]).ok();
}

/// The answers of these many requests are left as they are, then this one is spoiled.
fn after(demo: &Demo, requests: usize, fault: Fault) {
    (0..requests).for_each(|_| demo.sandbox.next_answer(Fault::Cut(usize::MAX)));
    demo.sandbox.next_answer(fault);
}

#[test]
fn what_fails_is_taken_back() {
    // Listed, asked when used; then: created, tried.
    let refusal = || Fault::refusal(403, "AccessDenied", "not authorized to perform that");
    for (requests, fault, code) in [
        (2, refusal(), 4),
        (2, Fault::Broken, 5),
        (2, Fault::Cut(200), 5),
        (3, refusal(), 4),
        (3, Fault::Broken, 5),
    ] {
        let demo = Demo::new();
        let before = demo.files();
        after(&demo, requests, fault.clone());
        let error = demo.home.awsprof(&["keys", "rotate", "ci", "--yes", "--json"]).error(code);
        assert_eq!(demo.files(), before, "{fault:?}: {error}");
        assert_eq!(at_aws(&demo), [(OLD.to_owned(), true)], "{fault:?}: {error}");
        assert_eq!(
            error["message"].as_str().unwrap().contains("the new key is deleted"),
            requests == 3,
            "{error}"
        );
        demo.home.awsprof(&["whoami", "ci"]).ok();
    }
}

#[test]
fn a_file_that_cannot_be_written_leaves_no_key_behind() {
    let demo = Demo::new();
    std::fs::hard_link(demo.home.file(".aws/credentials"), demo.home.file("second-name")).unwrap();
    let error = demo.home.awsprof(&["keys", "rotate", "ci", "--yes", "--json"]).error(6);
    assert_eq!(error["code"], "hard-linked");
    assert_eq!(at_aws(&demo), [(OLD.to_owned(), true)]);
}

#[test]
fn an_old_key_that_stays_active_is_said() {
    let demo = Demo::new();
    after(&demo, 4, Fault::refusal(403, "AccessDenied", "not authorized to perform: iam:UpdateAccessKey"));
    let error = demo.home.awsprof(&["keys", "rotate", "ci", "--yes", "--json"]).error(4);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("the new key is written and works"), "{message}");
    assert!(error["hint"].as_str().unwrap().contains(&format!("--access-key-id {OLD}")), "{error}");
    assert_ne!(in_file(&demo, "[ci]"), OLD);
    let error = demo.home.awsprof(&["keys", "rotate", "ci", "--finish", "--yes", "--json"]).error(7);
    assert_eq!(error["code"], "key-active");
}
