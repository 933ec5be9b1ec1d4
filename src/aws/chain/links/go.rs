//! What is Go's own: a profile is loaded and checked as a whole, one of its sources is taken, and a `role_arn`
//! goes on top of whatever that source was (aws-sdk-go-v2 `config/shared_config.go` `setFromIniSections`,
//! `config/resolve_credentials.go` `resolveCredsFromProfile`).

use super::{env, keys, role};
use crate::aws::chain::files::{FileKind, LazyFile, Reading};
use crate::aws::chain::finding::{Finding, State};
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::{Mfa, ToolError};
use crate::aws::chain::trace::{Hop, Link, ProfileFrom, Verdict};

/// Half a pair in one file is an error of loading, before the environment's keys are looked at.
pub(in crate::aws::chain) fn loads_whole(scene: &Scene<'_>) -> Option<ToolError> {
    let half = keys::half_pair(scene);
    half.then(|| shared(&scene.profile, "partial credentials found")).or_else(|| loads(scene))
}

/// Go v1 without the config file reads no role, but a token file all the same, and misses the role
/// (aws-sdk-go v1 `shared_config.go` `setFromIniFile`, `validateCredentialsRequireARN`). Where the environment has keys
/// and nothing names a profile, no error of loading counts (`session.go` `newSession`, issue 2455).
pub(in crate::aws::chain) fn loads_plain(scene: &Scene<'_>) -> Option<ToolError> {
    let keyed = matches!(env::keys(scene).map(|found| found.state), Ok(State::Found(_)));
    if keyed && scene.profile_from == ProfileFrom::Default {
        return None;
    }
    if let Some(Reading::Broken(broken)) = scene.file_of(FileKind::Credentials).map(LazyFile::reading) {
        let message = format!("failed to load config file (line {}: {})", broken.line, broken.reason);
        return Some(ToolError::new("SharedConfigLoadError", message));
    }
    scene.get("web_identity_token_file").filter(|file| !file.text.is_empty())?;
    let message =
        format!("credential type web_identity_token_file requires role_arn, profile {}", scene.profile);
    Some(ToolError::new("CredentialRequiresARNError", message))
}

/// The other errors of loading a profile: of its source types, and of its sources in turn.
pub(in crate::aws::chain) fn loads(scene: &Scene<'_>) -> Option<ToolError> {
    if !scene.exists(&scene.profile) {
        return None;
    }
    let profile = &scene.profile;
    let has = |key: &str| scene.get(key).is_some_and(|setting| !setting.text.is_empty());
    let kinds = ["source_profile", "credential_source", "credential_process", "web_identity_token_file"];
    let needs_role = ["source_profile", "credential_source", "web_identity_token_file"];
    if repeated(scene) {
        return None;
    }
    if needs_role.iter().any(|key| has(key)) && !has("role_arn") {
        return Some(shared(profile, "credential type requires role_arn"));
    }
    if scene.visited.len() > 1 && keys::has_keys(scene) {
        return None;
    }
    if kinds.iter().filter(|key| has(key)).count() > 1 {
        let message = "only one credential type may be specified per profile: source profile, credential source, credential process, web identity token";
        return Some(ToolError::new("SharedConfigLoadError", message));
    }
    source_loads(scene).or_else(|| session_loads(scene))
}

fn source_loads(scene: &Scene<'_>) -> Option<ToolError> {
    let name = scene.get("source_profile").filter(|name| !name.text.is_empty())?.text.to_owned();
    let source = scene.on(&name);
    let empty = !scene.exists(&name) || !supplies(&source);
    let unusable =
        || shared(&scene.profile, &format!("source profile {name} has no credentials or does not exist"));
    loads(&source).or_else(|| empty.then(unusable))
}

/// Whether a profile has anything that gives credentials; of one that is met again only its keys count.
fn supplies(scene: &Scene<'_>) -> bool {
    let kinds = [
        "source_profile",
        "credential_source",
        "credential_process",
        "web_identity_token_file",
        "sso_session",
        "sso_start_url",
        "sso_account_id",
        "sso_region",
        "sso_role_name",
        "login_session",
    ];
    keys::has_keys(scene) || !repeated(scene) && kinds.iter().any(|key| scene.get(key).is_some())
}

fn session_loads(scene: &Scene<'_>) -> Option<ToolError> {
    let name = scene.get("sso_session")?.text;
    let missing = scene.sso_session(name).is_none();
    missing.then(|| {
        ToolError::new("SharedConfigLoadError", format!("failed to find SSO session section, {name}"))
    })
}

fn shared(profile: &str, why: &str) -> ToolError {
    ToolError::new("SharedConfigLoadError", format!("failed to load shared config, profile {profile}: {why}"))
}

/// Whether this profile was met before in the chain of sources: then its role options do not count.
fn repeated(scene: &Scene<'_>) -> bool {
    scene.visited.iter().filter(|seen| **seen == scene.profile).count() > 1
}

/// A `role_arn` on top of the profile's own source.
pub(in crate::aws::chain) fn role_on_top(scene: &Scene<'_>) -> Finding {
    let Some(role) = scene.get("role_arn").filter(|role| !role.text.is_empty() && !repeated(scene)) else {
        return Finding::absent("no role_arn");
    };
    let (link, name, base) = base(scene);
    if link == Link::WebIdentity {
        return Finding::absent("role_arn is for the web identity");
    }
    let hop = Hop {
        profile: scene.profile.clone(),
        role_arn: Some(role.text.to_owned()),
        source: name.clone(),
        limit: None,
    };
    let Finding { state: State::Found(credentials), hops, .. } = base else {
        let base = if base.settles() { base } else { nothing(role.text) };
        return base.or_at(&role.place).under(hop);
    };
    if let (Some(serial), Mfa::Error(message)) = (scene.get("mfa_serial"), scene.tool.role.mfa) {
        let error = ToolError::new("AssumeRoleTokenProviderNotSetError", message);
        return Finding::stopped(Verdict::Failed, error)
            .because("needs an MFA code")
            .at(serial.place)
            .under(hop);
    }
    let finding = Finding::of(role::request(scene, role.text, *credentials, &name));
    Finding { hops, ..finding }.or_at(&role.place).under(hop)
}

fn nothing(role: &str) -> Finding {
    let message = format!("no credentials to assume {role} with");
    Finding::stopped(Verdict::Incomplete, ToolError::new("failed to refresh cached credentials", message))
}

/// What the profile's `switch` settles on: its link, what it is called, what it came to.
fn base(scene: &Scene<'_>) -> (Link, String, Finding) {
    let own = scene.visited.len() > 1 && keys::has_keys(scene);
    let source = scene.get("source_profile").filter(|name| !name.text.is_empty() && !repeated(scene) && !own);
    if let Some(name) = source {
        let name = name.text.to_owned();
        return (Link::AssumeRole, name.clone(), profile(&scene.on(&name)));
    }
    // The switch comes to the profile's own keys first (`resolveCredsFromProfile`).
    let keyed = || own || role::keys_of(scene).is_some();
    if let Some(source) = scene.get("credential_source").filter(|_| !keyed()) {
        let name = source.text.to_owned();
        let finding = role::named(scene, &name).map_or_else(|early| *early, |source| source.finding);
        return (Link::AssumeRole, name, finding);
    }
    for step in scene.tool.role.source {
        let finding = step.rule.look(scene);
        if finding.settles() {
            return (step.link, step.link.label().to_owned(), finding);
        }
    }
    (Link::Imds, Link::Imds.label().to_owned(), Finding::absent("nothing gives credentials"))
}

/// A source profile: its role if it has one, else what its `switch` settles on.
fn profile(scene: &Scene<'_>) -> Finding {
    let role = role_on_top(scene);
    if !matches!(role.state, State::Absent) {
        return role;
    }
    let (_, source, mut finding) = base(scene);
    finding.hops.push(Hop { profile: scene.profile.clone(), role_arn: None, source, limit: None });
    finding
}
