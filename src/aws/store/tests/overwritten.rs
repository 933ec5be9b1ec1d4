//! A write of ours that another program has put back is noticed, told, and written again on demand.

use super::*;
use crate::aws::overview::Severity;
use crate::aws::store::overwritten;

const UNDO: Change = Change::Undo { id: None };

fn told(home: &Home) -> Vec<(&'static str, Severity, Option<String>)> {
    let found = overwritten(&home.estate(), &home.state, home.world.now());
    found.into_iter().map(|problem| (problem.code, problem.severity, problem.profile)).collect()
}

fn region(value: &str) -> Change {
    let section = crate::aws::ini::SectionId::profile("work");
    Change::Edit { section, settings: vec![("region".to_owned(), value.to_owned())], unset: Vec::new() }
}

#[test]
fn a_section_put_back_is_told_and_redone() {
    let home = Home::with("[profile work]\nregion = a\n\n[profile other]\n", WORK);
    let stale = home.config();
    let written = home.confirmed(&region("b"));
    assert_eq!(told(&home), []);
    // It read before us and writes after us, with an edit of its own.
    std::fs::write(home.config_path(), stale.replace("other]\n", "other]\noutput = json\n")).unwrap();
    assert_eq!(told(&home), [("write-lost", Severity::Warning, Some("work".to_owned()))]);
    home.confirmed(&Change::Redo { id: Some(written.id) });
    assert_eq!(told(&home), []);
    assert_eq!(home.config(), "[profile work]\nregion = b\n\n[profile other]\noutput = json\n");
    home.confirmed(&UNDO);
    assert_eq!(home.get("work", "region").unwrap(), "a", "the journal still knows the way back");
}

#[test]
fn what_was_meant_is_not_told() {
    let home = Home::with("[profile work]\nregion = a\n", WORK);
    home.confirmed(&region("b"));
    home.confirmed(&region("a"));
    assert_eq!(told(&home), [], "our own later write");
    home.confirmed(&UNDO);
    assert_eq!(told(&home), [], "an undo");
    home.confirmed(&UNDO);
    assert_eq!(told(&home), [], "two of them");
    let redone = home.confirmed(&Change::Redo { id: None });
    let refused = home.apply(&Change::Redo { id: Some(redone.id + 1) }).unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused}");
    std::fs::write(home.config_path(), "[profile work]\nregion = c\n").unwrap();
    assert_eq!(told(&home), [], "somebody's own edit");
}

#[test]
fn a_lost_session_is_told_for_a_day() {
    let mut home = Home::with("", WORK);
    let stale = home.credentials();
    home.renew("work", &session("ASIA1"));
    std::fs::write(home.credentials_path(), stale).unwrap();
    assert_eq!(told(&home), [("write-lost", Severity::Info, Some("work-mfa".to_owned()))]);
    home.world.clock = Clock::Fixed("2026-11-23T12:00:01Z".parse().unwrap());
    assert_eq!(told(&home), []);
}
