//! What is Rust's own: the whole profile is one provider, described first and then run (aws-config 1.13.0
//! `src/profile/credentials/repr.rs` `resolve_chain`). Only `MissingProfile` and a profile without any credentials
//! lead on behind the profile; every other error stops the tool
//! (`src/profile/credentials.rs` `load_credentials`).

use super::{container, env, imds, keys, role, sso, web_identity};
use crate::aws::chain::files::{FileKind, Reading};
use crate::aws::chain::finding::{Finding, Look, State};
use crate::aws::chain::scene::{Scene, place};
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::{Hop, Verdict};

/// A role chain or a named source; also the first look at the profile, where a file that cannot be parsed
/// stops the tool.
pub(in crate::aws::chain) fn assume_role(scene: &Scene<'_>) -> Finding {
    if let Some(broken) = unreadable(scene) {
        return broken;
    }
    let role = scene.get("role_arn").filter(|_| scene.get("web_identity_token_file").is_none());
    match (role, scene.get("credential_source")) {
        (Some(role), _) => chained(scene, &role),
        (None, Some(name)) => named(scene, name.text).or_at(&name.place),
        (None, None) => Finding::absent("no role_arn of its own"),
    }
}

/// `chain_provider`: exactly one source.
fn chained(scene: &Scene<'_>, role: &crate::aws::chain::scene::Setting<'_>) -> Finding {
    let (name, source) = match (scene.get("source_profile"), scene.get("credential_source")) {
        (Some(name), None) => (name.text.to_owned(), from_profile(scene, name.text)),
        (None, Some(name)) => (name.text.to_owned(), named(scene, name.text)),
        _ => {
            return invalid("profile must contain `source_profile` or `credential_source` but not both")
                .at(role.place.clone());
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

/// A named source is spelled in any case of letters (`NamedProviderFactory`); one without credentials stops
/// the tool (`ChainProvider::provide_credentials`).
fn named(scene: &Scene<'_>, name: &str) -> Finding {
    let finding = match name.to_ascii_lowercase().as_str() {
        "environment" => Finding::of(env::keys(scene)),
        "ec2instancemetadata" => Finding::of(imds::role(scene)),
        "ecscontainer" => Finding::of(container::required(scene)),
        _ => {
            return invalid(&format!(
                "profile referenced `{name}` provider but that provider is not supported"
            ));
        }
    };
    if finding.settles() {
        return finding;
    }
    let why = format!("credential_source {name} has no credentials: {}", finding.reason);
    Finding::stopped(Verdict::Failed, ToolError::new("ProviderError", why))
}

/// A profile that names itself is looked at without its role; another one gives its keys before its role.
fn from_profile(scene: &Scene<'_>, name: &str) -> Finding {
    if !scene.exists(name) {
        return Finding::left(Verdict::Failed, format!("the profile {name} is not defined"));
    }
    let itself = name == scene.profile;
    let source = scene.on(name);
    if itself {
        let why = || Finding::left(Verdict::Incomplete, format!("{name} has no credentials beside its role"));
        return role::first(&source).unwrap_or_else(why);
    }
    if scene.visited.iter().any(|seen| seen == name) {
        let loops = scene.visited.join(" -> ");
        return invalid(&format!("profile formed an infinite loop: {loops} -> {name}"));
    }
    let keyed = keys::has_pair(&source).then(|| role::keys_of(&source)).flatten();
    keyed.unwrap_or_else(|| source_without_keys(&source))
}

/// What the profile's own description lacks is an error of a source, not a reason to go on.
fn source_without_keys(source: &Scene<'_>) -> Finding {
    let role = assume_role(source);
    if !matches!(role.state, State::Absent) {
        return role;
    }
    match role::first(source) {
        Some(Finding { state: State::Left(_), reason, .. }) => {
            invalid(&format!("could not load source profile: {reason}"))
        }
        Some(finding) => finding,
        None => invalid(&format!("could not load source profile {}: it has no credentials", source.profile)),
    }
}

/// Keys whose id stands in the credentials file (`static_creds_from_profile`).
pub(in crate::aws::chain) fn credentials(scene: &Scene<'_>) -> Finding {
    static_keys(scene, FileKind::Credentials)
}

/// Keys whose id stands in the config file.
pub(in crate::aws::chain) fn config(scene: &Scene<'_>) -> Finding {
    static_keys(scene, FileKind::Config)
}

/// Any of id, secret and token without the whole pair is an error, also a token alone.
fn static_keys(scene: &Scene<'_>, kind: FileKind) -> Finding {
    let parts = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];
    let first = parts.iter().find_map(|key| scene.get(key));
    match first.filter(|part| part.file == Some(kind)) {
        Some(part) if !keys::has_pair(scene) => {
            let lacks = parts.iter().take(2).find(|key| scene.get(key).is_none()).unwrap_or(&parts[0]);
            let error = ToolError::new("InvalidConfiguration", format!("profile missing {lacks}"));
            Finding::stopped(Verdict::Incomplete, error).at(part.place)
        }
        _ => keys::any_pair(scene, kind),
    }
}

/// A token file needs a role, in the profile as well.
pub(in crate::aws::chain) fn web_identity(scene: &Scene<'_>) -> Look {
    match (scene.get("web_identity_token_file"), scene.get("role_arn")) {
        (Some(token), None) => {
            Ok(invalid("`web_identity_token_file` was specified but `role_arn` was missing").at(token.place))
        }
        _ => web_identity::profile(scene),
    }
}

/// The order of `sso_from_profile`: the session and the profile's own place may not both be given, a session
/// has to be there, account and role come in pairs; without both the profile resolves a token instead.
pub(in crate::aws::chain) fn sso(scene: &Scene<'_>) -> Look {
    let keys = ["sso_start_url", "sso_region", "sso_session", "sso_account_id", "sso_role_name"];
    let Some(given) = keys.iter().find_map(|key| scene.get(key)) else {
        return Ok(Finding::absent("no sso settings"));
    };
    let has = |key: &str| scene.get(key).is_some();
    if let Some(why) = contradicts(scene) {
        let error = ToolError::new("InvalidConfiguration", format!("profile has invalid SSO config: {why}"));
        return Ok(Finding::stopped(Verdict::Failed, error).at(given.place));
    }
    let session = scene.get("sso_session").and_then(|name| scene.sso_session(name.text));
    let placed = |key: &str| has(key) || session.is_some_and(|session| session.get(key).is_some());
    match ["sso_region", "sso_start_url"].into_iter().find(|key| !placed(key)) {
        Some(key) => Ok(Finding::left(Verdict::Incomplete, format!("`{key}` was missing")).at(given.place)),
        None if !has("sso_account_id") => {
            let why = "sso settings without sso_account_id and sso_role_name give a token, not credentials";
            Ok(Finding::left(Verdict::Incomplete, why).at(given.place))
        }
        None => sso::any_age(scene),
    }
}

fn contradicts(scene: &Scene<'_>) -> Option<String> {
    let has = |key: &str| scene.get(key).is_some();
    if let Some(session) = scene.get("sso_session") {
        if let Some(own) = ["sso_start_url", "sso_region"].into_iter().find(|key| has(key)) {
            return Some(format!("`{own}` must not stand beside sso_session {}", session.text));
        }
        if scene.sso_session(session.text).is_none() {
            return Some(format!("sso-session named `{}` was not found", session.text));
        }
    }
    match (has("sso_account_id"), has("sso_role_name")) {
        (true, false) => Some("`sso_account_id` needs `sso_role_name`".to_owned()),
        (false, true) => Some("`sso_role_name` needs `sso_account_id`".to_owned()),
        _ => None,
    }
}

/// The container's token is looked at before the container's variables (`ecs.rs` `credentials`): one that is no
/// header value stops the tool also where no container is named.
pub(in crate::aws::chain) fn container(scene: &Scene<'_>) -> Look {
    container::authorization(scene)?;
    container::required(scene)
}

fn invalid(message: &str) -> Finding {
    Finding::stopped(Verdict::Failed, ToolError::new("InvalidConfiguration", message))
}

pub(super) fn unreadable(scene: &Scene<'_>) -> Option<Finding> {
    let files = [FileKind::Config, FileKind::Credentials].into_iter().filter_map(|kind| scene.file_of(kind));
    files.into_iter().find_map(|file| match file.reading() {
        Reading::Broken(broken) => {
            let message = format!(
                "could not parse {}: {} (line {})",
                file.path().display(),
                broken.reason,
                broken.line
            );
            Some(invalid(&message).at(place(file.path(), broken.line)))
        }
        _ => None,
    })
}
