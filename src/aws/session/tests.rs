//! The rules of sessions: marks of every writer, names, targets.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::aws::profile::Estate;
use crate::aws::world::AwsFiles;

fn estate(config: &str, credentials: &str) -> Estate {
    let files = AwsFiles { config: PathBuf::from("/c"), credentials: PathBuf::from("/k") };
    Estate::from_texts(files, config.into(), credentials.into())
}

const KEYS: &str = "aws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = t\n";

#[test]
fn every_writers_expiry_is_read_in_its_own_zone() {
    let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    let rows = [
        ("x_security_token_expires = 2026-11-22T12:00:00Z", at("2026-11-22T12:00:00Z")),
        ("x_security_token_expires = 2026-11-22T13:00:00+01:00", at("2026-11-22T12:00:00Z")),
        ("assumed_role = False\nexpiration = 2026-11-22 12:00:00", at("2026-11-22T12:00:00Z")),
        ("manager = awsume\nexpiration = 2026-11-22 12:00:00", at("2026-11-22T10:00:00Z")),
        ("aws_credential_expiration = 2026-11-22T12:00:00Z", at("2026-11-22T12:00:00Z")),
        ("aws_session_expiration_timestamp = 1795348800", at("2026-11-22T12:00:00Z")),
        ("expiration = soon", None),
        ("region = eu-west-1", None),
    ];
    let local = TimeZone::fixed(jiff::tz::offset(2));
    for (marks, expected) in rows {
        let estate = estate("", &format!("[s]\n{KEYS}{marks}\n"));
        assert_eq!(expiry_in(&estate.profile("s").unwrap(), &local), expected, "{marks}");
    }
}

#[test]
fn the_owner_is_known_by_its_marks() {
    let rows = [
        ("region = x\n".to_owned(), Owner::Nobody),
        ("aws_access_key_id = AKIA\naws_secret_access_key = s\n".to_owned(), Owner::Person),
        (KEYS.to_owned(), Owner::Unmarked),
        (format!("{KEYS}x_security_token_expires = 2026-11-22T12:00:00Z\n"), Owner::Awsprof),
        (
            format!("{KEYS}x_security_token_expires = 2026-11-22T12:00:00Z\nx_principal_arn = p\n"),
            Owner::Saml2aws,
        ),
        (format!("{KEYS}assumed_role = True\n"), Owner::AwsMfa),
        (format!("{KEYS}manager = awsume\n"), Owner::Awsume),
        (format!("{KEYS}aws_session_expiration_timestamp = 1\n"), Owner::Jhandguy),
    ];
    for (keys, expected) in rows {
        let estate = estate("", &format!("[s]\n{keys}"));
        assert_eq!(owner(&estate.profile("s").unwrap()), expected, "{keys}");
    }
}

#[test]
fn fresh_is_a_quarter_of_an_hour() {
    let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
    assert!(is_fresh(Some(now + FRESH), now));
    assert!(!is_fresh(Some(now + FRESH - SignedDuration::from_nanos(1)), now));
    assert!(!is_fresh(None, now));
}

fn user(name: &str, key: &str) -> String {
    format!("[{name}]\naws_access_key_id = {key}\naws_secret_access_key = s\n")
}

#[test]
fn a_session_belongs_to_the_key_and_the_device() {
    let both = user("default", "AKIA1") + &user("work", "AKIA1") + &user("other", "AKIA2");
    let shared = estate("[profile admin]\nrole_arn = r\nsource_profile = work\nmfa_serial = dev\n", &both);
    let name = |name| session_profile_of(&shared, name, None);
    assert_eq!(name("work").as_deref(), Some("work-mfa"));
    assert_eq!(name("default").as_deref(), Some("work-mfa"));
    assert_eq!(name("other").as_deref(), Some("other-mfa"));
    assert_eq!(name("admin"), None);
    let existing = estate("", &(both + "[default-mfa]\n" + KEYS));
    assert_eq!(session_profile_of(&existing, "work", None).as_deref(), Some("default-mfa"));
}

#[test]
fn different_devices_do_not_share() {
    let config = "[profile a]\nmfa_serial = one\n[profile b]\nmfa_serial = two\n";
    let two = estate(config, &(user("a", "AKIA1") + &user("b", "AKIA1")));
    let target = Target::plan(&two, "b", None, None).unwrap();
    assert_eq!((target.session_profile.as_str(), target.serial.as_deref()), ("b-mfa", Some("two")));
}

#[test]
fn targets_are_found_from_either_side() {
    let pair = user("work-long-term", "AKIA1") + "aws_mfa_device = dev\nregion = eu-west-1\n";
    let estate = estate("", &(pair + &user("solo", "AKIA2") + "[solo-mfa]\n" + KEYS));
    let plan = |name| Target::plan(&estate, name, None, None).unwrap();
    for name in ["work", "work-long-term"] {
        let target = plan(name);
        assert_eq!((target.long_term.as_str(), target.session_profile.as_str()), ("work-long-term", "work"));
        assert_eq!((target.style, target.serial.as_deref()), (Style::AwsMfa, Some("dev")));
        assert_eq!((target.region.as_deref(), target.current), (Some("eu-west-1"), None));
    }
    for name in ["solo", "solo-mfa"] {
        let target = plan(name);
        assert_eq!((target.long_term.as_str(), target.session_profile.as_str()), ("solo", "solo-mfa"));
        assert_eq!((target.style, target.current), (Style::Native, Some(("ASIAX".to_owned(), None))));
    }
}

#[test]
fn the_device_of_the_roles_that_rest_on_the_keys_is_used_when_there_is_one() {
    let role = |name: &str, serial: &str| {
        format!("[profile {name}]\nrole_arn = r\nsource_profile = work\nmfa_serial = {serial}\n")
    };
    let serial = |config: &str| {
        let estate = estate(config, &user("work", "AKIA1"));
        Target::plan(&estate, "work", None, None).unwrap().serial
    };
    assert_eq!(serial(&(role("a", "dev") + &role("b", "dev"))).as_deref(), Some("dev"));
    assert_eq!(serial(&(role("a", "dev") + &role("b", "other"))), None);
    let chosen = estate("", &user("work", "AKIA1"));
    assert_eq!(Target::plan(&chosen, "work", None, Some("mine")).unwrap().serial.as_deref(), Some("mine"));
}

#[test]
fn profiles_without_long_term_keys_are_refused_in_words() {
    let config = "[profile role]\nrole_arn = r\nsource_profile = x\n[profile sso]\nsso_session = s\n\
                  [profile proc]\ncredential_process = p\n[profile bare]\nregion = r\n";
    let estate = estate(config, &format!("[loose]\n{KEYS}"));
    let rows = [
        ("role", "source_profile"),
        ("sso", "awsprof login"),
        ("proc", "AKIA"),
        ("bare", "AKIA"),
        ("loose", "AKIA"),
    ];
    for (name, hint) in rows {
        let error = Target::plan(&estate, name, None, None).unwrap_err();
        assert!(matches!(error, SessionError::NotAUser { .. }), "{name}: {error}");
        assert!(error.hint().unwrap().contains(hint), "{name}: {:?}", error.hint());
    }
    let missing = Target::plan(&estate, "nobody", None, None).unwrap_err();
    assert!(missing.is_not_found());
}
