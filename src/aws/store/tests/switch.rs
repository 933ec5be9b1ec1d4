//! `use`: one row a case of the design's *Switching the default*.

use super::*;
use crate::aws::change::Spot;
use crate::aws::ini::SectionId;
use crate::aws::overview::DefaultState;
use crate::aws::store::{Class, default_state, out_of_step};

fn use_of(profile: &str) -> Change {
    Change::Use { profile: profile.to_owned() }
}

/// The default profile's settings as `key=value`, sorted.
fn settings(home: &Home) -> Vec<String> {
    let estate = home.estate();
    let Some(profile) = estate.profile("default") else { return Vec::new() };
    let mut all: Vec<String> = profile.settings().iter().map(|s| format!("{}={}", s.key, s.text)).collect();
    all.sort();
    all
}

#[test]
fn a_table_of_cases() {
    let other =
        "[default]\naws_access_key_id = AKIAOLD\naws_secret_access_key = old\naws_session_token = stale\n";
    let cases: [(&str, &str, &str, &[&str]); 9] = [
        ("user, no default", "", WORK, &["aws_access_key_id=AKIAWORK", "aws_secret_access_key=work-secret"]),
        (
            "user over static keys with a token",
            "[profile work]\nregion = eu-west-1\n",
            &format!("{other}\n{WORK}"),
            &["aws_access_key_id=AKIAWORK", "aws_secret_access_key=work-secret", "region=eu-west-1"],
        ),
        (
            "role over static keys",
            "[profile work]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = base\n",
            other,
            &["role_arn=arn:aws:iam::1:role/x", "source_profile=base"],
        ),
        (
            "role that rests on default",
            "[profile work]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = default\n",
            other,
            &["role_arn=arn:aws:iam::1:role/x", "source_profile=default-original"],
        ),
        (
            "SSO over a role",
            "[default]\nrole_arn = r\nsource_profile = base\n[profile work]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n",
            "",
            &["sso_account_id=1", "sso_role_name=r", "sso_session=s"],
        ),
        (
            "process over static keys in config",
            "[default]\naws_access_key_id = AKIAOLD\naws_secret_access_key = old\n[profile work]\ncredential_process = /bin/x\n",
            "",
            &["credential_process=/bin/x"],
        ),
        (
            "session profile",
            "[profile work]\nregion = eu-west-1\n",
            "[work]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n",
            &[
                "aws_access_key_id=ASIA1",
                "aws_secret_access_key=s",
                "aws_session_token=t",
                "region=eu-west-1",
            ],
        ),
        (
            "default in config only",
            "[default]\nregion = us-east-1\noutput = json\n",
            WORK,
            &["aws_access_key_id=AKIAWORK", "aws_secret_access_key=work-secret"],
        ),
        (
            "[profile default] in config",
            "[profile default]\nregion = us-east-1\n\n[profile work]\nregion = eu-west-1\ns3 =\n  max_queue_size = 7\n",
            "",
            &["region=eu-west-1", "s3=\nmax_queue_size = 7"],
        ),
    ];
    for (name, config, credentials, expected) in cases {
        let home = Home::with(config, credentials);
        let before = home.both();
        let written = home.use_profile("work");
        assert_eq!(settings(&home), expected, "{name}: {}\n{}", home.config(), home.credentials());
        assert_eq!(
            default_state(&home.estate(), &home.state),
            DefaultState::Managed { profile: "work".to_owned() },
            "{name}"
        );
        assert!(!home.config().contains("[default]") || !config.contains("[profile default]"), "{name}");
        let undone = home.confirmed(&Change::Undo { id: None });
        assert_eq!((home.both(), undone.id), (before, written.id), "{name}");
    }
}

#[test]
fn an_unmanaged_default_is_asked_about_and_saved_whole() {
    let home = Home::with(
        "[default]\nregion = us-east-1\n",
        &format!("[default]\naws_access_key_id = AKIAOLD\naws_secret_access_key = old\n\n{WORK}"),
    );
    let refused = home.apply(&use_of("work")).unwrap_err();
    assert!(matches!(refused, StoreError::NeedsConfirmation { .. }), "{refused}");
    assert_eq!(refused.class(), Class::Guard);
    home.use_profile("work");
    assert_eq!(home.get("default-original", "aws_access_key_id").unwrap(), "AKIAOLD");
    assert_eq!(home.get("default-original", "region").unwrap(), "us-east-1");
}

#[test]
fn a_role_that_rests_on_a_default_that_is_not_there_is_refused() {
    let home = Home::with("[profile work]\nrole_arn = x\nsource_profile = default\n", "");
    let refused = home.apply(&use_of("work")).unwrap_err();
    assert_eq!(refused.class(), Class::Guard);
    assert!(refused.hint().unwrap().contains("source_profile"), "{refused}");
}

#[test]
fn a_taken_name_gets_a_number() {
    let home = Home::with("[default]\nregion = a\n[profile default-original]\nregion = b\n", WORK);
    home.use_profile("work");
    assert_eq!(home.get("default-original-2", "region").unwrap(), "a");
}

#[test]
fn both_kinds_of_default_are_refused() {
    let home = Home::with("[profile default]\nregion = a\n[default]\nregion = b\n", WORK);
    let refused = home.apply(&use_of("work")).unwrap_err();
    assert!(refused.to_string().contains("line 1") && refused.to_string().contains("line 3"), "{refused}");
    assert_eq!(refused.class(), Class::Guard);
}

#[test]
fn a_profile_that_does_not_exist_is_not_found() {
    let home = Home::with("", WORK);
    assert_eq!(home.apply(&use_of("nobody")).unwrap_err().class(), Class::NotFound);
    assert_eq!(home.apply(&use_of("default")).unwrap_err().class(), Class::Guard);
    assert_eq!(home.apply(&Change::UsePrevious).unwrap_err().class(), Class::NotFound);
    assert_eq!(home.apply(&Change::UseClear).unwrap_err().class(), Class::Guard);
}

const THREE: &str = "[a]\naws_access_key_id = AKIAA\naws_secret_access_key = a\n\n[b]\naws_access_key_id = AKIAB\naws_secret_access_key = b\n";

#[test]
fn back_and_forth_needs_no_question() {
    let home = Home::with("", THREE);
    assert_eq!(home.apply(&use_of("a")).unwrap().previous, None);
    assert_eq!(home.apply(&use_of("b")).unwrap().previous.as_deref(), Some("a"));
    assert_eq!(home.apply(&Change::UsePrevious).unwrap().profile, "a");
    assert_eq!(home.get("default", "aws_access_key_id").unwrap(), "AKIAA");
    assert_eq!(home.apply(&Change::UsePrevious).unwrap().profile, "b");
}

#[test]
fn a_role_resting_on_a_managed_default_is_moved_to_the_profile() {
    let home = Home::with("[profile r]\nrole_arn = x\nsource_profile = default\n", THREE);
    home.apply(&use_of("a")).unwrap();
    assert_eq!(home.get("r", "source_profile").unwrap(), "default");
    let written = home.apply(&use_of("b")).unwrap();
    assert_eq!(home.get("r", "source_profile").unwrap(), "a");
    assert!(written.notes.iter().any(|note| note.contains("r now rests on [a]")), "{:?}", written.notes);
}

#[test]
fn drift_is_noticed_and_asked_about() {
    let home = Home::with("", THREE);
    home.apply(&use_of("a")).unwrap();
    let drifted = home.credentials().replace("[default]\n", "[default]\nregion = eu-west-1\n");
    std::fs::write(home.credentials_path(), drifted).unwrap();
    let state = default_state(&home.estate(), &home.state);
    assert_eq!(state, DefaultState::Drifted { profile: "a".to_owned() });
    assert!(matches!(home.apply(&use_of("b")), Err(StoreError::NeedsConfirmation { .. })));
    home.use_profile("b");
    assert_eq!(home.get("default", "aws_access_key_id").unwrap(), "AKIAB");
}

#[test]
fn long_term_keys_pasted_over_a_managed_default_are_kept() {
    let home = Home::with("", THREE);
    home.apply(&use_of("a")).unwrap();
    let pasted = home.credentials().replace(
        "[default]\naws_access_key_id = AKIAA\naws_secret_access_key = a\n",
        "[default]\naws_access_key_id = AKIANEW\naws_secret_access_key = new\n",
    );
    assert!(pasted.contains("AKIANEW"));
    std::fs::write(home.credentials_path(), pasted).unwrap();
    let written = home.use_profile("b");
    assert_eq!(home.get("default-original", "aws_access_key_id").unwrap(), "AKIANEW");
    assert!(
        written.notes.iter().any(|note| note.contains("kept in [default-original]")),
        "{:?}",
        written.notes
    );
}

#[test]
fn clear_gives_back_what_was_there() {
    let config = "[default]\nregion = us-east-1\n\n[profile r]\nrole_arn = x\nsource_profile = default\n";
    let home = Home::with(config, WORK);
    home.use_profile("work");
    assert_eq!(home.get("r", "source_profile").unwrap(), "default-original");
    home.apply(&Change::UseClear).unwrap();
    assert_eq!(settings(&home), ["region=us-east-1"]);
    assert_eq!(home.get("r", "source_profile").unwrap(), "default");
    assert!(home.estate().profile("default-original").is_none());
    assert_eq!(default_state(&home.estate(), &home.state), DefaultState::Unmanaged);
}

#[test]
fn clear_removes_a_default_that_was_not_there() {
    let home = Home::with("", WORK);
    home.apply(&use_of("work")).unwrap();
    home.apply(&Change::UseClear).unwrap();
    assert_eq!(home.estate().profile("default").map(|p| p.name().to_owned()), None);
    assert_eq!(home.credentials(), WORK);
}

#[test]
fn a_fresh_session_is_copied_and_an_expired_one_is_not() {
    let home = Home::with("", WORK);
    home.renew("work", &session("ASIA1"));
    home.apply(&use_of("work")).unwrap();
    assert_eq!(home.get("default", "aws_access_key_id").unwrap(), "ASIA1");
    assert_eq!(home.get("default", "x_security_token_expires").unwrap(), LATER);
    let later = World { clock: Clock::Fixed("2026-11-22T23:50:00Z".parse().unwrap()), ..home.world.clone() };
    apply(&later, &home.state, &use_of("work"), false).unwrap();
    assert_eq!(settings(&home), ["aws_access_key_id=AKIAWORK", "aws_secret_access_key=work-secret"]);
}

#[test]
fn variables_that_still_win_are_named() {
    let home = Home::with("", WORK);
    let env = home.world.env.with("AWS_PROFILE", "other").with("AWS_ACCESS_KEY_ID", "AKIA");
    let world = World { env, ..home.world.clone() };
    let written = apply(&world, &home.state, &use_of("work"), false).unwrap();
    assert_eq!(
        written.notes,
        [
            "AWS_PROFILE=other is set and still wins in this shell",
            "AWS_ACCESS_KEY_ID is set and still wins in this shell"
        ]
    );
}

#[test]
fn an_old_copy_is_told_and_caught_up_with() {
    let text = "[work]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n";
    let home = Home::with("[profile work]\nregion = x\n", text);
    let told = |home: &Home| out_of_step(&home.estate(), &home.state).map(|problem| problem.message);
    home.use_profile("work");
    assert_eq!(told(&home), None);
    let foreign = |home: &Home| {
        let text = home.config().replacen("region = x", "region = y", 1);
        std::fs::write(home.config_path(), text).unwrap();
    };
    foreign(&home);
    let expected = "default is a copy of work as it was on 2026-11-22 12:00 UTC; `awsprof use work` brings it up to date";
    assert_eq!(told(&home).as_deref(), Some(expected));
    // Another change of ours does not make it forget.
    home.confirmed(&Change::Rename { section: SectionId::profile("work"), to: "job".to_owned() });
    assert_eq!(told(&home).unwrap(), expected.replace("work", "job"));
    let spot = Spot::of(&out_of_step(&home.estate(), &home.state).unwrap()).unwrap();
    home.confirmed(&Change::Mend { problems: vec![spot] });
    assert_eq!((told(&home), home.get("default", "region").as_deref()), (None, Some("y")));
    home.confirmed(&Change::Undo { id: None });
    assert_eq!(told(&home).unwrap(), expected.replace("work", "job"));
    let notes = home.use_profile("job").notes;
    assert!(notes[0].contains("as it was on 2026-11-22 12:00 UTC and is brought up to date"), "{notes:?}");
    assert_eq!((told(&home), home.get("default", "region").as_deref()), (None, Some("y")));
    home.confirmed(&Change::Edit {
        section: SectionId::profile("job"),
        settings: vec![("region".to_owned(), "z".to_owned())],
        unset: Vec::new(),
    });
    assert_eq!((told(&home), home.get("default", "region").as_deref()), (None, Some("z")));
}
