//! A role assumed with a token from a file: an EKS service account, a CI job.

use std::collections::BTreeMap;
use std::path::Path;

use super::container::no_file;
use super::role;
use super::role_cache::{self, Spacing};
use crate::aws::chain::facts::Answer;
use crate::aws::chain::finding::{Finding, Look, State};
use crate::aws::chain::probe::{Probe, WebIdentity};
use crate::aws::chain::region;
use crate::aws::chain::scene::{Scene, Setting, variable};
use crate::aws::chain::tool::{RoleCache, ToolError};
use crate::aws::chain::trace::{Hop, ProfileFrom, Verdict};
use crate::aws::secret::Secret;

/// Each of the three settings from its variable, else from the profile; an explicit profile takes the
/// variables out (botocore `AssumeRoleWithWebIdentityProvider`, `credentials.py` 1879–).
pub(in crate::aws::chain) fn botocore(scene: &Scene<'_>) -> Look {
    let token = setting(scene, "AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
    let Some(token) = token.filter(|token| !token.text.is_empty()) else {
        return Ok(Finding::absent("no web identity token file"));
    };
    let Some(role) = setting(scene, "AWS_ROLE_ARN", "role_arn").filter(|role| !role.text.is_empty()) else {
        let message = "The provided profile or the current environment is configured to assume role with web identity \
                       but has no role ARN configured. Ensure that the profile has the role_arnconfiguration set or \
                       the AWS_ROLE_ARN env var is set.";
        let error = ToolError::new("InvalidConfigError", message);
        let why = "a web identity token file is named, but no role ARN";
        return Ok(Finding::stopped(Verdict::Incomplete, error).because(why).at(token.place));
    };
    let name = setting(scene, "AWS_ROLE_SESSION_NAME", "role_session_name").map(|name| name.text.to_owned());
    assume(scene, &token, &role, name)
}

/// The variables alone; a token file without a role is an error (Go `resolveCredentialChain`).
pub(in crate::aws::chain) fn env(scene: &Scene<'_>) -> Look {
    let finding = env_if_complete(scene)?;
    match scene.env.non_empty("AWS_WEB_IDENTITY_TOKEN_FILE") {
        Some(_) if matches!(finding.state, State::Passed(_)) => {
            let error = ToolError::new("role ARN is not set", "role ARN is not set");
            Ok(Finding::stopped(Verdict::Incomplete, error)
                .because(finding.reason)
                .at(variable("AWS_WEB_IDENTITY_TOKEN_FILE")))
        }
        _ => Ok(finding),
    }
}

/// The same, and without a region there is no STS to ask (aws-sdk-go v1, `MissingRegion`).
pub(in crate::aws::chain) fn env_in_region(scene: &Scene<'_>) -> Look {
    let found = env(scene)?;
    if matches!(found.state, State::Absent | State::Stopped(..)) || region::settled(scene).is_some() {
        return Ok(found);
    }
    let error = ToolError::new(
        "WebIdentityErr",
        "failed to retrieve credentials: MissingRegion: could not find region configuration",
    );
    Ok(Finding::stopped(Verdict::Failed, error).at(variable("AWS_WEB_IDENTITY_TOKEN_FILE")))
}

/// The variables alone; without a role they are passed over.
pub(in crate::aws::chain) fn env_if_complete(scene: &Scene<'_>) -> Look {
    let set = |name: &'static str| {
        let text = scene.env.non_empty(name)?;
        Some(Setting { text, file: None, place: variable(name) })
    };
    let Some(token) = set("AWS_WEB_IDENTITY_TOKEN_FILE") else {
        return Ok(Finding::absent("AWS_WEB_IDENTITY_TOKEN_FILE is not set"));
    };
    let Some(role) = set("AWS_ROLE_ARN") else {
        let reason = "AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not";
        return Ok(Finding::passed(Verdict::Incomplete, reason).at(token.place));
    };
    assume(scene, &token, &role, scene.env.non_empty("AWS_ROLE_SESSION_NAME").map(str::to_owned))
}

/// The same, and a variable that is set to nothing is set, and no good (aws-config `web_identity_token.rs` `source`,
/// Ruby `assume_role_web_identity_credentials`).
pub(in crate::aws::chain) fn env_as_set(scene: &Scene<'_>) -> Look {
    let set = |name: &str| scene.env.get(name).is_some();
    if set("AWS_WEB_IDENTITY_TOKEN_FILE") && set("AWS_ROLE_ARN") && !named_by_variables(scene) {
        let message = "AWS_WEB_IDENTITY_TOKEN_FILE or AWS_ROLE_ARN is set to nothing";
        let error = ToolError::new("MissingWebIdentityTokenFile", message);
        return Ok(Finding::stopped(Verdict::Failed, error).at(variable("AWS_WEB_IDENTITY_TOKEN_FILE")));
    }
    env_if_complete(scene)
}

/// The profile's settings alone: `web_identity_token_file` and `role_arn`, both needed.
pub(in crate::aws::chain) fn profile(scene: &Scene<'_>) -> Look {
    let (Some(token), Some(role)) = (scene.get("web_identity_token_file"), scene.get("role_arn")) else {
        return Ok(Finding::absent("no web_identity_token_file with a role_arn"));
    };
    let name = scene.get("role_session_name").map(|name| name.text.to_owned());
    assume(scene, &token, &role, name)
}

/// Each setting from its variable, else from the profile, an empty variable being none, also beside an explicit
/// profile; both needed.
pub(super) fn either(scene: &Scene<'_>) -> Look {
    let set = |name: &'static str, key: &str| {
        let variable =
            scene.env.non_empty(name).map(|text| Setting { text, file: None, place: variable(name) });
        variable.or_else(|| scene.get(key)).filter(|setting| !setting.text.is_empty())
    };
    let token = set("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
    let (Some(token), Some(role)) = (token, set("AWS_ROLE_ARN", "role_arn")) else {
        return Ok(Finding::absent("no web identity token file with a role"));
    };
    let name = set("AWS_ROLE_SESSION_NAME", "role_session_name").map(|name| name.text.to_owned());
    assume(scene, &token, &role, name)
}

/// Whether the variables name a token file and a role.
pub(super) fn named_by_variables(scene: &Scene<'_>) -> bool {
    ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"].iter().all(|name| scene.env.non_empty(name).is_some())
}

fn assume(scene: &Scene<'_>, token: &Setting<'_>, role: &Setting<'_>, name: Option<String>) -> Look {
    let finding = session(scene, token, role, name).map_err(|waits| Box::new(waits.or_at(&token.place)))?;
    let hop = Hop {
        profile: scene.profile.clone(),
        role_arn: Some(role.text.to_owned()),
        source: token.text.to_owned(),
        limit: None,
    };
    Ok(finding.or_at(&token.place).under(hop))
}

fn session(scene: &Scene<'_>, token: &Setting<'_>, role: &Setting<'_>, session_name: Option<String>) -> Look {
    let jwt = match scene.file(Path::new(token.text))? {
        Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        None => return no_file(token.text, token.place.clone()),
    };
    if let Some(kept) = cached(scene, role.text, session_name.as_deref(), &jwt)? {
        return Ok(kept);
    }
    let probe = Probe::WebIdentity(Box::new(WebIdentity {
        role_arn: role.text.to_owned(),
        session_name,
        unnamed: scene.tool.role.asks.web[usize::from(role.file.is_some())],
        token: Secret::new(jwt),
        endpoint: role::sts(scene, false)?,
    }));
    let role = role.text;
    Ok(match scene.ask(probe, format!("would assume {role} with the token in {}", token.text))? {
        Answer::Keys(keys) => {
            Finding::found(keys.clone(), format!("assumed {role} with the token in {}", token.text))
        }
        Answer::Failed(why) | Answer::Nothing(why) | Answer::Text(why) => {
            Finding::stopped(Verdict::Failed, ToolError::new("ClientError", why.clone()))
        }
        Answer::File(_) | Answer::Who(_) | Answer::SignIn(_) => Finding::absent("no answer"),
    })
}

fn setting<'s>(scene: &'s Scene<'_>, name: &str, key: &str) -> Option<Setting<'s>> {
    let implicit = scene.profile_from != ProfileFrom::Explicit;
    let from_env = scene.env.get(name).filter(|_| implicit);
    from_env.map(|text| Setting { text, file: None, place: variable(name) }).or_else(|| scene.get(key))
}

/// The CLI's cached session; v2 has the token in the entry's name (`CachedCredentialFetcher`).
fn cached(
    scene: &Scene<'_>,
    role: &str,
    name: Option<&str>,
    jwt: &str,
) -> Result<Option<Finding>, Box<Finding>> {
    let RoleCache::Cli { web_identity_token, .. } = scene.tool.role.cache else { return Ok(None) };
    let mut request = BTreeMap::from([("RoleArn", serde_json::Value::from(role))]);
    request.extend(name.map(|name| ("RoleSessionName", name.into())));
    if web_identity_token {
        request.insert("WebIdentityToken", jwt.into());
    }
    role_cache::entry(scene, &request, Spacing::Wide)
}
