//! Profiles as objects: what each planner makes of nasty files, and what it refuses.

use super::*;
use crate::aws::change::{LastKeys, References, Settings};
use crate::aws::ini::SectionId;
use crate::aws::secret::Secrets;
use crate::aws::store::{Class, apply_with};

fn pairs(of: &[(&str, &str)]) -> Settings {
    of.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn edit(profile: &str, set: &[(&str, &str)], unset: &[&str]) -> Change {
    let unset = unset.iter().map(|&key| key.to_owned()).collect();
    Change::Edit { section: SectionId::profile(profile), settings: pairs(set), unset }
}

fn rename(from: &str, to: &str) -> Change {
    Change::Rename { section: SectionId::profile(from), to: to.to_owned() }
}

fn remove(profile: &str, references: References) -> Change {
    Change::Remove { section: SectionId::profile(profile), references, last_keys: LastKeys::Keep }
}

fn with_secret(home: &Home, change: &Change, profile: &str, secret: &str) -> Written {
    let mut secrets = Secrets::default();
    secrets.insert(profile, "aws_secret_access_key", Secret::new(secret));
    apply_with(&home.world, &home.state, change, &secrets, true).unwrap()
}

#[test]
fn nothing_is_written_that_was_not_asked_about() {
    let home = Home::with("[profile work]\nregion = a\n", WORK);
    let section = || SectionId::profile("work");
    for change in [
        Change::Add { profile: "new".into(), settings: pairs(&[("region", "a")]), sso_session: None },
        edit("work", &[("region", "b")], &[]),
        rename("work", "job"),
        Change::Copy { section: section(), to: "job".into() },
        remove("work", References::Refuse),
        Change::Import { profiles: vec![("work".into(), pairs(&[("region", "b")]))] },
    ] {
        let before = home.both();
        assert!(matches!(home.apply(&change), Err(StoreError::NeedsConfirmation { .. })), "{change:?}");
        assert_eq!(home.both(), before);
        home.confirmed(&change);
        assert_ne!(home.both(), before);
        home.confirmed(&Change::Undo { id: None });
        assert_eq!(home.both(), before, "{change:?}");
    }
    let same = edit("work", &[("region", "a")], &[]);
    assert!(home.apply(&same).unwrap().files.is_empty(), "what is so already needs no question");
}

#[test]
fn an_edit_keeps_an_access_key_in_one_file() {
    let home = Home::with(
        "[profile a]\naws_access_key_id = AKIA1\naws_secret_access_key = old # mine\naws_session_token = stale\n",
        "[a]\nregion = here\n",
    );
    with_secret(&home, &edit("a", &[("aws_access_key_id", "AKIA2"), ("region", "there")], &[]), "a", "new");
    assert_eq!(
        home.config(),
        "[profile a]\n\n[profile a-original]\naws_access_key_id = AKIA1\naws_secret_access_key = old\naws_session_token = stale\n"
    );
    let text = home.credentials();
    assert!(text.starts_with("[a]\nregion = there\n"), "it wins there, so it is changed there: {text}");
    assert!(text.contains("aws_access_key_id = AKIA2\naws_secret_access_key = new\n"), "{text}");
    assert!(!text.contains("stale"), "an old token beside a new key is a third identity: {text}");
}

#[test]
fn a_rename_changes_names_and_nothing_else() {
    let config = "\u{feff}; top\r\n[profile  a ] # first\r\nregion=x\r\n\r\n[profile b]\r\nsource_profile = a ; why\r\nrole_arn = r\r\n\
                  credential_process = 'C:\\bin\\awsprof.exe'  export \"a\"\r\n[profile aa]\r\nsource_profile = aa";
    let credentials = "[a]\nx = 1\n[c]\ny = 2\n[a]\nx = 3";
    let home = Home::with(config, credentials);
    home.confirmed(&rename("a", "z"));
    let expected = config
        .replace("[profile  a ]", "[profile  z ]")
        .replace("source_profile = a ;", "source_profile = z ;")
        .replace("\"a\"", "\"z\"");
    assert_eq!(home.config(), expected);
    assert_eq!(home.credentials(), "[z]\nx = 1\n[c]\ny = 2\n[z]\nx = 3");
    home.confirmed(&Change::Undo { id: None });
    assert_eq!(home.both(), (config.to_owned(), credentials.to_owned()));
}

#[test]
fn default_may_be_given_a_name_unless_it_is_a_copy() {
    let home =
        Home::with("[default]\nregion = a\n[profile r]\nrole_arn = x\nsource_profile = default\n", WORK);
    home.confirmed(&rename("default", "mine"));
    assert!(home.config().starts_with("[profile mine]\nregion = a\n"), "{}", home.config());
    assert_eq!(home.get("r", "source_profile").unwrap(), "mine");
    home.use_profile("work");
    assert_eq!(home.apply(&rename("default", "other")).unwrap_err().class(), Class::Guard);
    let twice = Home::with("[default]\nregion = a\n[profile default]\nregion = b\n", "");
    assert_eq!(twice.apply(&rename("default", "other")).unwrap_err().class(), Class::Guard);
}

#[test]
fn the_default_profile_knows_its_source_by_its_new_name() {
    let home = Home::with("", WORK);
    home.use_profile("work");
    home.confirmed(&rename("work", "job"));
    let managed = crate::aws::store::default_state(&home.estate(), &home.state);
    assert_eq!(managed, crate::aws::overview::DefaultState::Managed { profile: "job".into() });
    home.apply(&Change::UseClear).unwrap();
    assert!(home.credentials().starts_with("[job]\n"));
}

#[test]
fn a_copy_of_a_removed_profile_stays_when_told_so() {
    let home = Home::with("", WORK);
    home.use_profile("work");
    assert_eq!(home.apply(&remove("work", References::Refuse)).unwrap_err().class(), Class::Guard);
    assert_eq!(home.apply(&remove("default", References::Refuse)).unwrap_err().class(), Class::Guard);
    home.confirmed(&remove("work", References::Leave));
    assert_eq!(home.get("default", "aws_access_key_id").unwrap(), "AKIAWORK", "its keys are there still");
    assert_eq!(home.get("work-original", "aws_access_key_id"), None, "so no third copy is made");
    let state = crate::aws::store::default_state(&home.estate(), &home.state);
    assert_eq!(state, crate::aws::overview::DefaultState::Unmanaged);
}

#[test]
fn a_default_that_rests_on_a_removed_profile_stays_in_step() {
    let config = "[profile r]\nrole_arn = x\nsource_profile = base\n[profile other]\nregion = a\n[profile base]\nregion = b\n";
    let home = Home::with(config, "");
    home.use_profile("r");
    home.confirmed(&remove("base", References::Retarget("other".into())));
    assert_eq!(home.get("default", "source_profile").unwrap(), "other");
    let state = crate::aws::store::default_state(&home.estate(), &home.state);
    assert_eq!(state, crate::aws::overview::DefaultState::Managed { profile: "r".into() });
}

#[test]
fn a_session_goes_along_only_where_it_will_be_looked_for() {
    let session = "aws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n";
    let keys = "aws_access_key_id = AKIA1\naws_secret_access_key = s\n";
    let text = format!("[p-long-term]\n{keys}\n[p]\n{session}");
    let home = Home::with("", &text);
    home.confirmed(&rename("p-long-term", "q-long-term"));
    assert_eq!(home.credentials(), text.replace("[p", "[q"));
    home.confirmed(&rename("q-long-term", "plain"));
    assert!(home.credentials().contains("[q]\n"), "{}", home.credentials());
}

#[test]
fn a_section_of_another_tool_is_named_in_the_question() {
    let text = "[a]\nmanager = awsume\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n";
    let home = Home::with("", text);
    for change in [rename("a", "b"), remove("a", References::Refuse), edit("a", &[("region", "x")], &[])] {
        assert!(home.preview(&change).confirm.unwrap().contains("awsume keeps [a]"), "{change:?}");
    }
}

#[test]
fn an_import_replaces_keys_whole_and_saves_what_was_there() {
    let home = Home::with(
        "[profile a]\nregion = kept\n",
        "# mine\n[a]\naws_access_key_id = AKIA1\naws_secret_access_key = old\naws_session_token = stale\nexpiration = 2020-01-01 00:00:00\n",
    );
    let plain = "[b]\naws_access_key_id = AKIAB\naws_secret_access_key = b\n";
    std::fs::write(home.credentials_path(), format!("{}{plain}", home.credentials())).unwrap();
    let profiles = ["a", "b", "c"].map(|name| (name.to_owned(), pairs(&[("aws_access_key_id", "AKIA9")])));
    let change = Change::Import { profiles: profiles.to_vec() };
    let mut secrets = Secrets::default();
    for name in ["a", "b", "c"] {
        secrets.insert(name, "aws_secret_access_key", Secret::new("new"));
    }
    let shown = crate::aws::store::preview_with(&home.world, &home.state, &change, &secrets).unwrap();
    let why = shown.confirm.unwrap();
    assert!(why.contains("REPLACES keys of [a]") && why.contains("this adds [c]"), "{why}");
    apply_with(&home.world, &home.state, &change, &secrets, true).unwrap();
    let text = home.credentials();
    assert!(
        text.starts_with(
            "# mine\n[a]\naws_access_key_id = AKIA9\naws_secret_access_key = new\n[a-original]\n"
        ),
        "{text}"
    );
    assert_eq!(home.get("a-original", "aws_access_key_id").unwrap(), "AKIA1", "stale as its token was");
    assert_eq!(home.get("b-original", "aws_access_key_id").unwrap(), "AKIAB");
    assert_eq!(home.get("a", "region").unwrap(), "kept");
    let again = apply_with(&home.world, &home.state, &change, &secrets, false).unwrap();
    assert!(again.files.is_empty(), "what is so already is not written again");
}

#[test]
fn a_sign_in_is_made_with_its_profile_and_never_overwritten() {
    let home = Home::with("[sso-session corp]\nsso_start_url = https://a\n", "");
    let add = |name: &str, session: &str, url: &str| Change::Add {
        profile: name.into(),
        settings: pairs(&[("sso_session", session), ("sso_role_name", "r")]),
        sso_session: Some((session.into(), pairs(&[("sso_start_url", url)]))),
    };
    assert_eq!(home.apply(&add("p", "corp", "https://b")).unwrap_err().class(), Class::Guard);
    home.confirmed(&add("p", "corp", "https://a"));
    home.confirmed(&add("q", "acme", "https://b"));
    assert!(home.config().contains("[sso-session acme]\nsso_start_url = https://b\n"), "{}", home.config());
    assert_eq!(home.config().matches("[sso-session corp]").count(), 1);
}
