//! What is Ruby's own: roles in profiles (aws-sdk-core `shared_config.rb` `assume_role_from_profile`,
//! `resolve_source_profile`). Every error there is raised.

use super::{role, sso, web_identity};
use crate::aws::chain::files::{FileKind, LazyFile};
use crate::aws::chain::finding::{Finding, Look, State};
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::{Hop, Verdict};

/// The files one by one, credentials first (`assume_role_credentials_from_config`).
pub(in crate::aws::chain) fn assume_role(scene: &Scene<'_>) -> Finding {
    let of = |kind| in_one_file(&scene.only(kind), scene);
    match of(FileKind::Credentials) {
        Finding { state: State::Absent, .. } => of(FileKind::Config),
        found => found,
    }
}

/// A source with a role, or a role that lacks one; source and role stand in one file, the source's own settings
/// in any.
fn in_one_file(file: &Scene<'_>, both: &Scene<'_>) -> Finding {
    let role = file.get("role_arn");
    let (name, source) = match (file.get("source_profile"), file.get("credential_source")) {
        (Some(name), None) => (name.clone(), from_profile(both, name.text)),
        (None, Some(name)) => (name.clone(), named(both, name.text)),
        (Some(name), Some(_)) => {
            let why = "Profile has a source_profile, and a credential_source. Only one is allowed.";
            return raised("CredentialSourceConflictError", why).at(name.place);
        }
        (None, None) => {
            let Some(role) = role else { return Finding::absent("no role_arn") };
            let why = format!("Profile {} has a role_arn, but no source_profile.", both.profile);
            return raised("NoSourceProfileError", &why).at(role.place);
        }
    };
    let Some(role) = role else {
        return raised("ArgumentError", "missing required parameter params[:role_arn]").at(name.place);
    };
    let hop = Hop {
        profile: both.profile.clone(),
        role_arn: Some(role.text.to_owned()),
        source: name.text.to_owned(),
        limit: None,
    };
    let Finding { state: State::Found(credentials), hops, .. } = source else {
        return source.or_at(&role.place).under(hop);
    };
    let finding = Finding::of(role::request(both, role.text, *credentials, name.text));
    Finding { hops, ..finding }.or_at(&role.place).under(hop)
}

/// The environment is no source here (`credentials_from_source`).
fn named(scene: &Scene<'_>, name: &str) -> Finding {
    match name {
        "Ec2InstanceMetadata" | "EcsContainer" => role::from_named(scene, name),
        other => raised("InvalidCredentialSourceError", &format!("Unsupported credential_source: {other}")),
    }
}

/// A web identity of the config file alone (`assume_role_web_identity_credentials_from_config`).
pub(in crate::aws::chain) fn web_identity(scene: &Scene<'_>) -> Look {
    web_identity::profile(&scene.only(FileKind::Config))
}

/// Identity Center's settings, each file's by itself, and only beside a config file
/// (`sso_credentials_from_profile`).
pub(in crate::aws::chain) fn sso(scene: &Scene<'_>) -> Look {
    if scene.file_of(FileKind::Config).is_none_or(LazyFile::is_gone) {
        return Ok(Finding::absent("no config file"));
    }
    match sso::botocore(&scene.only(FileKind::Credentials))? {
        Finding { state: State::Absent, .. } => sso::botocore(&scene.only(FileKind::Config)),
        found => Ok(found),
    }
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
