//! What is JavaScript's own: roles in profiles (`@aws-sdk/credential-provider-ini` `resolveProfileData`,
//! `resolveAssumeRoleCredentials`). Most errors there only lead out of the profile.

use super::{container, imds, keys, login, role, sso};
use crate::aws::chain::finding::{Finding, Look, State};
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::{Mfa, ToolError};
use crate::aws::chain::trace::{Hop, Verdict};

/// A `role_arn` with exactly one source; with both or none it is as if there were no role.
pub(in crate::aws::chain) fn assume_role(scene: &Scene<'_>) -> Finding {
    let Some(role) = scene.get("role_arn") else { return Finding::absent("no role_arn") };
    let (name, source) = match (scene.get("source_profile"), scene.get("credential_source")) {
        (Some(name), None) => (name.text.to_owned(), from_profile(scene, name.text)),
        (None, Some(name)) => (name.text.to_owned(), named(scene, name.text)),
        (None, None) => return Finding::absent("role_arn without a source is passed over"),
        (Some(_), Some(_)) => return Finding::absent("role_arn with two sources is passed over"),
    };
    let hop = Hop {
        profile: scene.profile.clone(),
        role_arn: Some(role.text.to_owned()),
        source: name.clone(),
        limit: None,
    };
    let sourced = !matches!(source.state, State::Left(_))
        || scene.get("credential_source").is_none_or(|name| known(name.text));
    if let (Some(serial), Mfa::Error(message), true) = (scene.get("mfa_serial"), scene.tool.role.mfa, sourced)
    {
        let error = ToolError::new("CredentialsProviderError", message);
        return Finding::stopped(Verdict::Failed, error)
            .because("needs an MFA code")
            .at(serial.place)
            .under(hop);
    }
    let Finding { state: State::Found(credentials), hops, .. } = source else {
        return source.or_at(&role.place).under(hop);
    };
    let finding = Finding::of(role::request(scene, role.text, *credentials, &name));
    Finding { hops, ..finding }.or_at(&role.place).under(hop)
}

/// A named source; what fails there leads out of the profile, but for the container, whose last provider says that
/// nothing else is to be tried (`fromContainerMetadata`).
fn named(scene: &Scene<'_>, name: &str) -> Finding {
    // The switch is the chain's: a named source asks all the same (`fromInstanceMetadata`).
    let finding = match name {
        "Ec2InstanceMetadata" => Finding::of(imds::asked(scene)),
        _ => role::from_named(scene, name),
    };
    match finding.state {
        State::Passed(verdict) => Finding { state: State::Left(verdict), ..finding },
        State::Absent => Finding { state: State::Left(Verdict::Failed), ..finding },
        State::Stopped(verdict, _) if name != "EcsContainer" || container::variable_set(scene).is_none() => {
            Finding { state: State::Left(verdict), ..finding }
        }
        _ => finding,
    }
}

/// Of a session the place is the session's alone (`fromSSO`): what the profile says there is written over.
pub(in crate::aws::chain) fn sso(scene: &Scene<'_>) -> Look {
    let Some(name) = scene.get("sso_session") else { return sso::any_key(scene) };
    let Some(section) = scene.sso_session(name.text) else { return sso::any_key(scene) };
    let place = |key: &str| section.get(key).map(|entry| entry.value.as_str());
    let (Some(start_url), Some(region)) = (place("sso_start_url"), place("sso_region")) else {
        let message =
            format!("Profile is configured with invalid SSO credentials: {} is not whole", name.text);
        let error = ToolError::new("CredentialsProviderError", message);
        return Ok(Finding::stopped(Verdict::Incomplete, error).at(name.place));
    };
    Ok(Finding::of(sso::of_session(scene, name.text, start_url, region)).or_at(&name.place))
}

fn known(name: &str) -> bool {
    ["Environment", "Ec2InstanceMetadata", "EcsContainer"].contains(&name)
}

/// A sign-in that cannot be renewed leads out of the profile (`fromLoginCredentials`, `tryNextLink`).
pub(in crate::aws::chain) fn login(scene: &Scene<'_>) -> Look {
    let finding = login::cached(scene)?;
    Ok(match finding.state {
        State::Stopped(Verdict::Expired, _) => Finding { state: State::Left(Verdict::Expired), ..finding },
        _ => finding,
    })
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
                return self::named(&source, named.text);
            }
            (None, None) => {}
        }
    }
    role::first(&source).unwrap_or_else(|| {
        Finding::left(Verdict::Incomplete, format!("the source profile {name} has no credentials"))
    })
}
