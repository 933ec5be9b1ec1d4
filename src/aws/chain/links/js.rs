//! What is JavaScript's own: roles in profiles (`@aws-sdk/credential-provider-ini` `resolveProfileData`,
//! `resolveAssumeRoleCredentials`). Most errors there only lead out of the profile.

use super::{keys, role};
use crate::aws::chain::finding::{Finding, State};
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::{Mfa, ToolError};
use crate::aws::chain::trace::{Hop, Verdict};

/// A `role_arn` with exactly one source; with both or none it is as if there were no role.
pub(in crate::aws::chain) fn assume_role(scene: &Scene<'_>) -> Finding {
    let Some(role) = scene.get("role_arn") else { return Finding::absent("no role_arn") };
    let (name, source) = match (scene.get("source_profile"), scene.get("credential_source")) {
        (Some(name), None) => (name.text.to_owned(), from_profile(scene, name.text)),
        (None, Some(name)) => (
            name.text.to_owned(),
            role::named(scene, name.text).map_or_else(|early| *early, |found| found.finding),
        ),
        (None, None) => return Finding::absent("role_arn without a source is passed over"),
        (Some(_), Some(_)) => return Finding::absent("role_arn with two sources is passed over"),
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
    if let (Some(serial), Mfa::Error(message)) = (scene.get("mfa_serial"), scene.tool.role.mfa) {
        let error = ToolError::new("CredentialsProviderError", message);
        return Finding::stopped(Verdict::Failed, error)
            .because("needs an MFA code")
            .at(serial.place)
            .under(hop);
    }
    let finding = Finding::of(role::request(scene, role.text, *credentials, &name));
    Finding { hops, ..finding }.or_at(&role.place).under(hop)
}

/// A source profile: its keys first, then its role, then everything else.
fn from_profile(scene: &Scene<'_>, name: &str) -> Finding {
    if !scene.exists(name) || scene.visited.iter().skip(1).any(|seen| seen == name) {
        let why = format!("the source profile {name} does not exist or leads back to itself");
        return Finding::left(Verdict::Failed, why);
    }
    let source = scene.on(name);
    if !keys::has_keys(&source) {
        match (source.get("role_arn"), source.get("credential_source")) {
            (Some(_), _) => {
                let role = assume_role(&source);
                if !matches!(role.state, State::Absent) {
                    return role;
                }
            }
            (None, Some(named)) => {
                return role::named(&source, named.text).map_or_else(|early| *early, |found| found.finding);
            }
            (None, None) => {}
        }
    }
    role::first(&source).unwrap_or_else(|| {
        Finding::left(Verdict::Incomplete, format!("the source profile {name} has no credentials"))
    })
}
