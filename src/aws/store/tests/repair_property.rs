//! Whatever the files: one `doctor --fix` mends all there is to mend, no long-term key is lost, and a profile that
//! nothing was wrong with says what it said.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::aws::change::Spot;
use crate::aws::ini::{FileKind, SectionKind};
use crate::aws::lint;
use crate::aws::store::plan::{Ground, Plan};
use crate::aws::store::{draft::BOTH, repair};

fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => "\\[(profile )?(a|b|c|default)\\]( [#;] c)?",
        1 => "\\[ (profile )?(a|b|default) ?\\]",
        1 => "\\[(sso-session|services|profile) (a|x y)\\]",
        3 => "(region|Region|regoin|output|sso_session|sso_region|sso_start_url) ?= ?[ab]( # c)?",
        2 => "(sso_account_id|sso_role_name|role_arn|source_profile|credential_process) = [ab]",
        3 => "aws_access_key_id = A[KS]IA[A-D]\naws_secret_access_key = [s-v]( # c)?",
        1 => "aws_access_key_id = (AKIA[A-D]|ASIAX|)( # c)?",
        1 => "aws_secret_access_key = [s-v]",
        2 => "aws_(session|security)_token = [tu]?",
        1 => "x_security_token_expires = 202[07]-01-01T00:00:00Z",
        1 => "  (nested|aws_access_key_id) = [a-z]{1,3}",
        1 => "(junk|k: v|=|\\[open|# c|; c)",
        1 => Just(String::new()),
    ];
    let eol = prop_oneof![Just("\n"), Just("\r\n")];
    let mixed = (proptest::collection::vec((line, eol), 0..14), any::<bool>(), any::<bool>());
    mixed.prop_map(|(lines, bom, last)| {
        let mut text = String::from(if bom { "\u{feff}" } else { "" });
        for (line, eol) in &lines {
            text.extend([line, *eol]);
        }
        if last { text } else { text.trim_end_matches(['\r', '\n']).to_owned() }
    })
}

fn estate(texts: &[Vec<u8>; 2]) -> Estate {
    let files = crate::aws::world::AwsFiles { config: "c".into(), credentials: "k".into() };
    Estate::from_texts(files, texts[0].clone(), texts[1].clone())
}

/// What `doctor --fix` makes of the texts.
fn fixed(texts: &[Vec<u8>; 2]) -> Plan {
    let (estate, env) = (estate(texts), Env::default());
    let now = NOW.parse().unwrap();
    let problems = lint::lint_at(&estate, now).into_iter().filter(|problem| problem.fixable);
    let spots: Vec<Spot> = problems.filter_map(|problem| Spot::of(&problem)).collect();
    let paths = ["c".into(), "k".into()];
    let ground = Ground { estate, managed: None, entries: Vec::new(), paths, followed: None, env: &env, now };
    repair::plan(&ground, &spots).unwrap()
}

/// Every long-term key id of the two texts whose secret stands with it: the first beside the first, and so on.
fn long_term(texts: &[Vec<u8>; 2]) -> BTreeSet<String> {
    let estate = estate(texts);
    let mut found = BTreeSet::new();
    for section in BOTH.into_iter().flat_map(|file| estate.document(file).sections()) {
        let all = |key: &str| -> Vec<String> {
            let entries = section.entries().filter(|entry| entry.key() == key);
            entries.map(|entry| entry.value().text.into_owned()).collect()
        };
        let pairs = all("aws_access_key_id").into_iter().zip(all("aws_secret_access_key"));
        let whole = pairs.filter(|(_, secret)| !secret.is_empty() && !secret.contains('\n'));
        found.extend(whole.map(|(key, _)| key).filter(|key| key.starts_with("AKIA") && !key.contains('\n')));
    }
    found
}

/// The profiles that something is wrong with, in this file or that.
fn affected(estate: &Estate) -> BTreeSet<String> {
    let problems = lint::lint_at(estate, NOW.parse().unwrap());
    let named = problems.into_iter().filter(|problem| problem.fixable).filter_map(|problem| problem.profile);
    let other = |file: FileKind| {
        let sections = estate.document(file).sections().filter(|s| s.kind() == SectionKind::Other);
        sections.filter_map(|s| lint::meant(&s)).map(|id| id.name).collect::<Vec<_>>()
    };
    named.chain(BOTH.into_iter().flat_map(other)).collect()
}

fn says(estate: &Estate, name: &str) -> Vec<(String, String)> {
    let settings = estate.profile(name).map(|profile| {
        let settings = profile.settings();
        settings.iter().map(|s| (s.key.to_string(), s.text.to_string())).collect::<Vec<_>>()
    });
    settings.unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn one_fix_is_enough_and_takes_nothing_away(config in text(), credentials in text()) {
        let before = [config.into_bytes(), credentials.into_bytes()];
        let plan = fixed(&before);
        let again = fixed(&plan.texts);
        let readable = |texts: &[Vec<u8>; 2]| texts.each_ref().map(|text| String::from_utf8_lossy(text).into_owned());
        prop_assert_eq!(readable(&again.texts), readable(&plan.texts), "{:?}", again.notes);
        prop_assert!(again.confirm.is_empty());
        let (old, new) = (long_term(&before), long_term(&plan.texts));
        prop_assert!(old.is_subset(&new), "{:?} {:?} {:?}", old, new, readable(&plan.texts));
        let (was, is) = (estate(&before), estate(&plan.texts));
        let affected = affected(&was);
        for name in was.names().filter(|name| !affected.contains(*name)) {
            prop_assert_eq!(says(&was, name), says(&is, name), "{} {:?}", name, readable(&plan.texts));
        }
    }
}
