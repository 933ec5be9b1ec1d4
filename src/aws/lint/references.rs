//! References between sections: those that lead nowhere, and roles that lead back to themselves.

use hashbrown::HashMap;

use super::Findings;
use crate::aws::ini::{KeySet, SectionId};
use crate::aws::overview::Severity;
use crate::aws::profile::{Estate, Profile, Setting};

/// Roles that take their credentials from themselves.
pub(super) fn loops(found: &mut Findings<'_>) {
    let estate = found.estate;
    for name in cycles(estate) {
        let Some(setting) = estate.profile(name).and_then(|p| p.get("source_profile")) else { continue };
        let message = format!("`{name}` takes its credentials from itself, by way of source_profile");
        let place = (setting.file, setting.line);
        found.add("source-profile-cycle", Severity::Error, Some(name), message, place);
    }
}

/// What a key refers to: its own code, and the section its value names.
type Reference = (&'static str, &'static str, fn(&str) -> SectionId);

const REFERENCES: [Reference; 3] = [
    ("source_profile", "dangling-source-profile", |name| SectionId::profile(name)),
    ("sso_session", "dangling-sso-session", |name| SectionId::sso_session(name)),
    ("services", "dangling-services", |name| SectionId::services(name)),
];

const KEYS: KeySet = KeySet::of_all(&["source_profile", "sso_session", "services"]);

/// References of one profile to sections there are none of.
pub(super) fn dangling(found: &mut Findings<'_>, profile: &Profile<'_>) {
    if !profile.may_have(KEYS) {
        return;
    }
    for (key, code, id) in REFERENCES {
        let Some(Setting { text, file, line, .. }) = profile.get(key) else { continue };
        let id = id(&text);
        let estate = found.estate;
        if estate.config().contains(&id) || estate.credentials().contains(&id) {
            continue;
        }
        let message = format!("`{key} = {text}` of `{}` names a section that does not exist", profile.name());
        found.add(code, Severity::Error, Some(profile.name()), message, (file, line));
    }
}

/// The profiles on a cycle. Static keys end a chain of roles: the CLI takes those of a source profile first.
fn cycles(estate: &Estate) -> Vec<&str> {
    let mut walk_of: HashMap<&str, usize> = HashMap::new();
    let mut on_cycles = Vec::new();
    let roles = estate.profiles().filter(|profile| profile.may_have(KeySet::of(b"role_arn")));
    for (walk, start) in roles.enumerate() {
        let mut path: Vec<&str> = Vec::new();
        let mut next = Some(start.name());
        while let Some(name) = next {
            match walk_of.get(name) {
                Some(known) if *known == walk => {
                    on_cycles.extend(path.iter().copied().skip_while(|step| *step != name));
                    break;
                }
                Some(_) => break,
                None => {}
            }
            walk_of.insert(name, walk);
            path.push(name);
            next = source(estate, name);
        }
    }
    on_cycles
}

/// Where a role takes its credentials from, if not from static keys there.
fn source<'a>(estate: &'a Estate, name: &str) -> Option<&'a str> {
    let profile = estate.profile(name)?;
    profile.text("role_arn")?;
    let source = profile.text("source_profile")?;
    let has_keys = estate.profile(&source)?.access_key().is_some();
    if has_keys { None } else { estate.name_of(&source) }
}
