//! Undo, redo and what they refuse.

use super::*;
use crate::aws::overview::DefaultState;
use crate::aws::store::{Class, State, default_state, history, recover};

const UNDO: Change = Change::Undo { id: None };
const TWO: &str = "[a]\naws_access_key_id = AKIAA\naws_secret_access_key = a\n\n[b]\naws_access_key_id = AKIAB\naws_secret_access_key = b\n";

fn use_of(profile: &str) -> Change {
    Change::Use { profile: profile.to_owned() }
}

#[test]
fn undo_and_redo_walk_the_same_way_back() {
    let home = Home::with("", TWO);
    let mut states = vec![home.credentials()];
    for profile in ["a", "b"] {
        home.apply(&use_of(profile)).unwrap();
        states.push(home.credentials());
    }
    home.apply(&UNDO).unwrap();
    assert_eq!(home.credentials(), states[1]);
    assert_eq!(default_state(&home.estate(), &home.state), DefaultState::Managed { profile: "a".into() });
    home.apply(&UNDO).unwrap();
    assert_eq!(home.credentials(), states[0]);
    assert_eq!(home.apply(&UNDO).unwrap_err().class(), Class::NotFound);
    home.apply(&Change::Redo { id: None }).unwrap();
    assert_eq!(home.credentials(), states[1]);
    home.apply(&Change::Redo { id: None }).unwrap();
    assert_eq!(home.credentials(), states[2]);
    assert_eq!(home.apply(&Change::Redo { id: None }).unwrap_err().class(), Class::NotFound);
}

#[test]
fn a_new_write_ends_what_redo_could_do() {
    let home = Home::with("", TWO);
    home.apply(&use_of("a")).unwrap();
    home.apply(&UNDO).unwrap();
    home.apply(&use_of("b")).unwrap();
    assert_eq!(home.apply(&Change::Redo { id: None }).unwrap_err().class(), Class::NotFound);
    let states: Vec<State> = history(&home.world, &home.state).unwrap().iter().map(|r| r.state).collect();
    assert_eq!(states, [State::Done, State::Dropped]);
}

#[test]
fn a_foreign_edit_of_another_section_survives() {
    let home = Home::with("", TWO);
    home.apply(&use_of("a")).unwrap();
    let edited = home.credentials().replace("[b]\n", "[b]\n# foreign\nregion = x\n");
    std::fs::write(home.credentials_path(), edited).unwrap();
    home.apply(&UNDO).unwrap();
    assert_eq!(home.credentials(), TWO.replace("[b]\n", "[b]\n# foreign\nregion = x\n"));
}

#[test]
fn a_section_changed_since_is_shown_and_not_overwritten() {
    let home = Home::with("", TWO);
    home.apply(&use_of("a")).unwrap();
    let edited = home.credentials().replace("[default]\n", "[default]\naws_session_token = hush\n");
    std::fs::write(home.credentials_path(), &edited).unwrap();
    let refused = home.apply(&UNDO).unwrap_err();
    let StoreError::SectionChanged { section, diff, .. } = &refused else { panic!("{refused}") };
    assert_eq!(section, "default");
    assert!(diff.contains("+aws_session_token = ****") && !diff.contains("hush"), "{diff}");
    assert_eq!((refused.class(), home.credentials()), (Class::File, edited));
}

#[test]
fn renewals_are_undone_by_id_only_and_do_not_stand_in_the_way() {
    let home = Home::with("", TWO);
    home.apply(&use_of("a")).unwrap();
    let renewed = home.renew("a", &session("ASIA1"));
    assert_eq!(home.get("default", "aws_access_key_id").unwrap(), "ASIA1");
    let undone = home.apply(&UNDO).unwrap();
    assert!(undone.id < renewed.id);
    assert_eq!((undone.verb.as_str(), undone.profile.as_str()), ("use", "a"));
    assert!(home.estate().profile("default").is_none());
    assert_eq!(home.get("a-mfa", "aws_access_key_id").unwrap(), "ASIA1");
}

#[test]
fn a_renewal_is_undone_by_its_id() {
    let home = Home::with("", TWO);
    let first = home.renew("a", &session("ASIA1"));
    home.apply(&Change::Undo { id: Some(first.id) }).unwrap();
    assert_eq!(home.credentials(), TWO);
    assert_eq!(home.apply(&Change::Undo { id: Some(first.id) }).unwrap_err().class(), Class::Guard);
    assert_eq!(home.apply(&Change::Undo { id: Some(99) }).unwrap_err().class(), Class::NotFound);
}

#[test]
fn an_expired_session_is_asked_about() {
    let home = Home::with("", TWO);
    home.renew("a", &session("ASIA1"));
    let second = home.renew("a", &session("ASIA2"));
    let later = World { clock: Clock::Fixed("2026-11-24T00:00:00Z".parse().unwrap()), ..home.world.clone() };
    let change = Change::Undo { id: Some(second.id) };
    let asked = apply(&later, &home.state, &change, false).unwrap_err();
    assert!(asked.to_string().contains("has expired"), "{asked}");
    apply(&later, &home.state, &change, true).unwrap();
    assert_eq!(home.get("a-mfa", "aws_access_key_id").unwrap(), "ASIA1");
}

#[test]
fn a_key_rotated_away_is_asked_about() {
    let home = Home::with("", TWO);
    home.apply(&use_of("a")).unwrap();
    home.apply(&use_of("b")).unwrap();
    let rotated =
        home.credentials().replace("[a]\naws_access_key_id = AKIAA", "[a]\naws_access_key_id = AKIANEW");
    std::fs::write(home.credentials_path(), rotated).unwrap();
    let asked = home.apply(&UNDO).unwrap_err();
    assert!(asked.to_string().contains("rotated away"), "{asked}");
}

#[test]
fn the_history_shows_no_secret_and_can_be_forgotten() {
    let home = Home::with("", TWO);
    home.apply(&use_of("a")).unwrap();
    home.renew("a", &session("ASIA1"));
    let shown = history(&home.world, &home.state).unwrap();
    assert_eq!(shown.iter().map(|r| r.verb.as_str()).collect::<Vec<_>>(), ["renew", "use"]);
    assert!(shown[0].diff.contains("+aws_session_token = ****"), "{}", shown[0].diff);
    assert!(!shown[0].diff.contains("token-of"));
    crate::aws::store::forget_history(&home.world, &home.state, None).unwrap();
    assert!(history(&home.world, &home.state).unwrap().is_empty());
}

#[test]
fn what_is_older_than_the_setting_is_forgotten_at_a_start_and_at_a_write() {
    let mut home = Home::with("", &format!("{WORK}\n[play]\naws_access_key_id = AKIAPLAY\n"));
    home.state = home.state.clone().keeping(jiff::SignedDuration::from_hours(24));
    home.use_profile("work");
    let at = |time: &str| Clock::Fixed(time.parse().unwrap());
    home.world.clock = at("2026-11-23T11:59:59Z");
    recover(&home.world, &home.state).unwrap();
    assert_eq!(history(&home.world, &home.state).unwrap().len(), 1);
    home.world.clock = at("2026-11-23T12:00:01Z");
    home.use_profile("play");
    let verbs: Vec<u64> =
        history(&home.world, &home.state).unwrap().iter().map(|recorded| recorded.id).collect();
    assert_eq!(verbs, [1], "the first is gone, and with it its number");
    home.world.clock = at("2026-11-25T12:00:01Z");
    recover(&home.world, &home.state).unwrap();
    assert!(history(&home.world, &home.state).unwrap().is_empty());
}
