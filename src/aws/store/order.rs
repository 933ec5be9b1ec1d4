//! Which of two files goes first, so that a tool looking in between sees the old identity or the new one.
//!
//! Static keys under a new role, or an old role over new keys, would be a third. What a profile would
//! resolve to is worked out for both in-between states, in the order AWS CLI v2 uses within a profile.

use super::draft::BOTH;
use super::plan::Plan;
use super::settle::Reading;
use crate::aws::ini::{FileKind, SectionId, SectionKind};
use crate::aws::overview::Kind;
use crate::aws::profile::{Estate, Profile};

/// The order in which to exchange config (0) and credentials (1).
pub(super) fn of(old: &Estate, readings: &[Reading; 2], plan: &Plan) -> [usize; 2] {
    let [config, credentials] = readings.each_ref().map(|reading| reading.text.clone());
    let [new_config, new_credentials] = plan.texts.clone();
    let estate = |config, credentials| Estate::from_texts(old.files().clone(), config, credentials);
    let new = estate(new_config.clone(), new_credentials.clone());
    let config_first = estate(new_config, credentials);
    let credentials_first = estate(config, new_credentials);
    let names: Vec<&SectionId> = plan.meant.iter().flat_map(|meant| meant.keys()).collect();
    let cost = |between: &Estate| names.iter().map(|id| strangeness(id, old, between, &new)).sum::<u32>();
    if cost(&credentials_first) < cost(&config_first) { [1, 0] } else { [0, 1] }
}

/// 0: old or new. 1: nothing at all. A third identity weighs more than any number of gaps.
fn strangeness(id: &SectionId, old: &Estate, between: &Estate, new: &Estate) -> u32 {
    if id.kind != SectionKind::Profile {
        return 0;
    }
    let identity = |estate| identity(estate, &id.name, 0);
    let seen = identity(between);
    match &seen {
        _ if seen == identity(old) || seen == identity(new) => 0,
        None => 1,
        Some(_) => 1000,
    }
}

/// What a profile's credentials are, as far as the two files tell. `None`: there are none.
fn identity(estate: &Estate, name: &str, depth: u8) -> Option<Vec<String>> {
    let profile = estate.profile(name)?;
    let kind = profile.kind();
    let mut words: Vec<String> = keys_of(kind).iter().map(|key| word(&profile, kind, key)).collect();
    if kind == Kind::AssumeRole && depth < 8 {
        let source = profile.text("source_profile").unwrap_or_default();
        let own = source == name;
        let beneath = if own { static_id(&profile) } else { identity(estate, &source, depth + 1) };
        words.extend(beneath.unwrap_or_default());
    }
    (kind != Kind::Empty).then_some(words)
}

fn static_id(profile: &Profile<'_>) -> Option<Vec<String>> {
    Some(vec![profile.credentials()?.access_key_id])
}

/// Static keys count from the file that yields them: the CLI asks credentials first.
fn word(profile: &Profile<'_>, kind: Kind, key: &str) -> String {
    let statics = matches!(kind, Kind::Static | Kind::Session);
    let place = if statics { BOTH.into_iter().rev().find(|&file| has_keys(profile, file)) } else { None };
    let found = place.map_or_else(|| profile.get(key), |file| profile.get_in(file, key));
    found.map(|setting| setting.text.into_owned()).unwrap_or_default()
}

fn has_keys(profile: &Profile<'_>, file: FileKind) -> bool {
    profile.get_in(file, "aws_access_key_id").is_some()
}

const fn keys_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Static | Kind::Session => &["aws_access_key_id", "aws_session_token"],
        Kind::AssumeRole => &["role_arn", "source_profile"],
        Kind::CredentialSource => &["role_arn", "credential_source"],
        Kind::WebIdentity => &["role_arn", "web_identity_token_file"],
        Kind::Sso => &["sso_session", "sso_start_url", "sso_account_id", "sso_role_name"],
        Kind::Process => &["credential_process"],
        Kind::Login => &["login_session"],
        Kind::Empty => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::draft::Draft;
    use super::super::journal::List;
    use super::super::managed::default_id;
    use super::*;
    use crate::aws::world::AwsFiles;

    const STATIC: &str = "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n";
    const BASE: &str = "[base]\naws_access_key_id = AKIA2\naws_secret_access_key = s\n";
    const ROLE: &str = "[default]\nrole_arn = r\nsource_profile = base\n";
    const SSO: &str = "[default]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n";
    const PROCESS: &str = "[default]\ncredential_process = p\n";
    const EMPTY: &str = "[default]\n";

    /// The order for a change of `[default]` from one pair of texts to another.
    fn order(old: (&str, &str), new: (&str, &str)) -> [usize; 2] {
        let text = |text: &str| format!("{text}{BASE}").into_bytes();
        let files = AwsFiles { config: PathBuf::from("/c"), credentials: PathBuf::from("/k") };
        let estate = Estate::from_texts(files, old.0.into(), text(old.1));
        let reading = |text: Vec<u8>| Reading { path: PathBuf::from("/x"), stat: None, text };
        let mut plan = Plan::new("use", "p", List::User, Draft::of(&estate));
        plan.texts = [new.0.into(), text(new.1)];
        plan.meant[0].insert(default_id(), super::super::draft::Wanted::Restored);
        of(&estate, &[reading(old.0.into()), reading(text(old.1))], &plan)
    }

    #[test]
    fn nothing_in_between_is_a_third_identity() {
        let (config_first, credentials_first) = ([0, 1], [1, 0]);
        assert_eq!(order((EMPTY, STATIC), (ROLE, EMPTY)), config_first, "static keys to a role");
        assert_eq!(order((ROLE, EMPTY), (EMPTY, STATIC)), credentials_first, "a role to static keys");
        assert_eq!(order((EMPTY, STATIC), (SSO, EMPTY)), config_first, "static keys to SSO");
        assert_eq!(order((SSO, EMPTY), (EMPTY, STATIC)), credentials_first, "SSO to static keys");
        assert_eq!(order((EMPTY, STATIC), (PROCESS, EMPTY)), config_first, "static keys to a process");
        assert_eq!(order((PROCESS, EMPTY), (EMPTY, STATIC)), credentials_first, "a process to static keys");
        assert_eq!(order((STATIC, ""), (EMPTY, ROLE)), credentials_first, "no gap where none need be");
    }

    #[test]
    fn a_role_is_known_by_what_it_rests_on() {
        let other = "[default]\nrole_arn = r\nsource_profile = default\n";
        assert_eq!(order((ROLE, EMPTY), (other, STATIC)), [1, 0], "its own keys must be there first");
    }
}
