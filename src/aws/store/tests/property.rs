//! Whatever the text: a written change leaves every other section's bytes as they were.

use proptest::prelude::*;

use super::*;
use crate::aws::change::{LastKeys, References};
use crate::aws::ini::SectionId;
use crate::aws::store::chunk::split;

/// Files nasty enough to matter and still readable.
fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "\\[(a|b|c-1|x y)\\]( # c)?",
        "\\[(profile )?(a|b|default|work)\\]",
        "(region|output|k|s3|aws_session_token) ?= ?[a-z0-9]{0,4}( [#;] c)?",
        "  (nested|deep) = [a-z]{1,3}",
        "[#;] [a-z ]{0,8}",
        Just(String::new()),
    ];
    let eol = prop_oneof![Just("\n"), Just("\r\n")];
    (proptest::collection::vec(line, 0..12), eol, any::<bool>())
        .prop_map(|(lines, eol, last)| lines.join(eol) + if last { eol } else { "" })
}

/// Without the blank and comment lines around it, which belong to whichever section is next.
fn core(bytes: &[u8]) -> Vec<Vec<u8>> {
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.trim_ascii_end().to_vec());
    lines.filter(|line| !line.is_empty() && !line.starts_with(b"#") && !line.starts_with(b";")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn other_sections_keep_their_bytes(head in text(), tail in text()) {
        let keys = "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = s\n";
        let before = format!("{head}\n{keys}{tail}");
        let home = Home::with("", &before);
        let Ok(target) = Target::plan(&home.estate(), "work", None, None) else { return Ok(()) };
        let written = crate::aws::store::write_session(&home.world, &home.state, &target, &session("ASIA1"));
        if let Err(error) = &written {
            prop_assert!(matches!(error, StoreError::Verify { .. }), "{error}");
            prop_assert_eq!(home.credentials(), before);
            return Ok(());
        }
        let after = home.credentials();
        let now = split(after.as_bytes());
        for chunk in split(before.as_bytes()) {
            let found = now.iter().find(|other| other.id == chunk.id);
            prop_assert_eq!(found.map(|c| core(&c.bytes)).unwrap_or_default(), core(&chunk.bytes), "{}", after);
        }
        prop_assert_eq!(home.get("work-mfa", "aws_session_token").unwrap(), "token-of-ASIA1");
        home.confirmed(&Change::Undo { id: Some(written.unwrap().id) });
        prop_assert_eq!(home.credentials(), before);
    }

    #[test]
    fn using_a_profile_touches_nothing_but_the_default_and_undo_gives_every_byte_back(
        config in text(), head in text(), tail in text(),
    ) {
        let credentials = format!("{head}\n{WORK}{tail}");
        let home = Home::with(&config, &credentials);
        let before = home.both();
        let change = Change::Use { profile: "work".to_owned() };
        let written = match apply(&home.world, &home.state, &change, true) {
            Ok(written) => written,
            Err(error) => {
                let known = matches!(error, StoreError::Verify { .. } | StoreError::Refused { .. });
                prop_assert!(known, "{error}");
                prop_assert_eq!(home.both(), before);
                return Ok(());
            }
        };
        for (old, new) in [(&before.0, home.config()), (&before.1, home.credentials())] {
            let now = split(new.as_bytes());
            for chunk in split(old.as_bytes()).iter().filter(|chunk| !chunk.id.contains("default")) {
                let found = now.iter().find(|other| other.id == chunk.id);
                prop_assert_eq!(found.map(|c| core(&c.bytes)).unwrap_or_default(), core(&chunk.bytes), "{}", new);
            }
        }
        home.confirmed(&Change::Undo { id: Some(written.id) });
        prop_assert_eq!(home.both(), before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_profile_changed_as_an_object_changes_nothing_else_and_undo_gives_every_byte_back(
        config in text(), head in text(), tail in text(), which in 0..5_usize,
    ) {
        let home = Home::with(&config, &format!("{head}\n{WORK}{tail}"));
        let before = home.both();
        let section = SectionId::profile("work");
        let region = || vec![("region".to_owned(), "x".to_owned())];
        let (references, last_keys) = (References::Leave, LastKeys::Delete);
        let change = match which {
            0 => Change::Rename { section, to: "job".to_owned() },
            1 => Change::Copy { section, to: "job".to_owned() },
            2 => Change::Remove { section, references, last_keys },
            3 => Change::Edit { section, settings: region(), unset: Vec::new() },
            _ => Change::Add { profile: "job".to_owned(), settings: region(), sso_session: None },
        };
        let written = match apply(&home.world, &home.state, &change, true) {
            Ok(written) => written,
            Err(error) => {
                let known = matches!(error, StoreError::Verify { .. } | StoreError::Refused { .. });
                prop_assert!(known, "{error}");
                prop_assert_eq!(home.both(), before);
                return Ok(());
            }
        };
        let touched = |id: &str| id.contains("work") || id.contains("job");
        for (old, new) in [(&before.0, home.config()), (&before.1, home.credentials())] {
            let now = split(new.as_bytes());
            for chunk in split(old.as_bytes()).iter().filter(|chunk| !touched(&chunk.id)) {
                let found = now.iter().find(|other| other.id == chunk.id);
                prop_assert_eq!(found.map(|c| core(&c.bytes)).unwrap_or_default(), core(&chunk.bytes), "{}", new);
            }
        }
        home.confirmed(&Change::Undo { id: Some(written.id) });
        prop_assert_eq!(home.both(), before);
    }
}
