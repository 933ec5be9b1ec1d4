//! What is Ruby's own: roles in profiles (aws-sdk-core `shared_config.rb` `assume_role_from_profile`,
//! `resolve_source_profile`). Every error there is raised.

use super::role;
use crate::aws::chain::finding::{Finding, State};
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::{Hop, Verdict};

/// A profile with a source, or with a `role_arn` that lacks one.
pub(in crate::aws::chain) fn assume_role(scene: &Scene<'_>) -> Finding {
    let Some(role) = scene.get("role_arn") else { return Finding::absent("no role_arn") };
    let (name, source) = match (scene.get("source_profile"), scene.get("credential_source")) {
        (Some(name), None) => (name.text.to_owned(), from_profile(scene, name.text)),
        (None, Some(name)) => (
            name.text.to_owned(),
            role::named(scene, name.text).map_or_else(|early| *early, |found| found.finding),
        ),
        (Some(_), Some(_)) => {
            let why = "Profile has a source_profile, and a credential_source. Only one is allowed.";
            return raised("CredentialSourceConflictError", why).at(role.place);
        }
        (None, None) => {
            let why = format!("Profile {} has a role_arn, but no source_profile.", scene.profile);
            return raised("NoSourceProfileError", &why).at(role.place);
        }
    };
    let hop = Hop {
        profile: scene.profile.clone(),
        role_arn: Some(role.text.to_owned()),
        source: name.clone(),
        limit: None,
    };
    let Finding { state: State::Found(credentials), hops, .. } = source else {
        return source.or_at(&role.place).under(hop);
    };
    let finding = Finding::of(role::request(scene, role.text, *credentials, &name));
    Finding { hops, ..finding }.or_at(&role.place).under(hop)
}

/// A source profile: its keys, then its own source, then the rest.
fn from_profile(scene: &Scene<'_>, name: &str) -> Finding {
    if scene.visited.iter().skip(1).any(|seen| seen == name) {
        return raised("SourceProfileCircularReferenceError", &format!("{name} is its own source"));
    }
    let source = scene.on(name);
    if let Some(keys) = role::keys_of(&source) {
        return keys;
    }
    if source.get("source_profile").is_some() {
        return assume_role(&source);
    }
    let nothing = || raised("NoSourceProfileError", &format!("the source profile {name} has no credentials"));
    role::first(&source).unwrap_or_else(nothing)
}

fn raised(class: &'static str, message: &str) -> Finding {
    Finding::stopped(Verdict::Failed, ToolError::new(class, message))
}
