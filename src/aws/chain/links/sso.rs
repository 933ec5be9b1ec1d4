//! IAM Identity Center: a role's credentials, asked for with a sign-in kept in a cache.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use sha1::{Digest, Sha1};

use super::role_cache::{self, Spacing, hex, hidden};
use crate::aws::chain::facts::Answer;
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::moment::in_json;
use crate::aws::chain::probe::{EndpointSettings, Probe, SsoRole};
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::{RoleCache, ToolError};
use crate::aws::chain::trace::{Evidence, Verdict};
use crate::aws::secret::Secret;

const NEEDED: [&str; 4] = ["sso_role_name", "sso_account_id", "sso_start_url", "sso_region"];

/// A profile with `sso_account_id` or `sso_role_name`; then all four settings are required, the last two
/// also from the `[sso-session]` it names, which may not contradict (botocore `SSOProvider`).
pub(in crate::aws::chain) fn botocore(scene: &Scene<'_>) -> Look {
    let Some(trigger) = scene.get("sso_account_id").or_else(|| scene.get("sso_role_name")) else {
        return Ok(Finding::absent("no sso_account_id or sso_role_name"));
    };
    let place = trigger.place.clone();
    let config = Config::of(scene).map_err(|wrong| Box::new(wrong.or_at(&place)))?;
    Ok(Finding::of(credentials(scene, &config)).or_at(&place))
}

/// A profile with any of the settings of Identity Center (Go `hasSSOConfiguration`, JS `isSsoProfile`).
pub(in crate::aws::chain) fn any_key(scene: &Scene<'_>) -> Look {
    let keys = ["sso_session", "sso_account_id", "sso_role_name", "sso_start_url", "sso_region"];
    let Some(trigger) = keys.iter().find_map(|key| scene.get(key)).map(|setting| setting.place) else {
        return Ok(Finding::absent("no sso settings"));
    };
    let config = Config::of(scene).map_err(|wrong| Box::new(wrong.or_at(&trigger)))?;
    Ok(Finding::of(credentials(scene, &config)).or_at(&trigger))
}

/// The same, and a sign-in without a session is used whatever its age (aws-config `sso/credentials.rs`
/// `load_cached_token`).
pub(in crate::aws::chain) fn any_age(scene: &Scene<'_>) -> Look {
    let mut config = Config::of(scene)?;
    config.ages = config.session.is_some();
    credentials(scene, &config)
}

/// The session's place, whatever the profile says beside it; account and role are the profile's.
pub(super) fn of_session(scene: &Scene<'_>, name: &str, start_url: &str, region: &str) -> Look {
    let own = |key: &str| scene.get(key).map(|setting| setting.text.to_owned());
    let (Some(account), Some(role)) = (own("sso_account_id"), own("sso_role_name")) else {
        return any_key(scene);
    };
    let session = Some(name.to_owned());
    let (start_url, region) = (start_url.to_owned(), region.to_owned());
    credentials(scene, &Config { session, role, account, start_url, region, ages: true })
}

struct Config {
    session: Option<String>,
    role: String,
    account: String,
    start_url: String,
    region: String,
    /// Whether an old sign-in is noticed.
    ages: bool,
}

impl Config {
    fn of(scene: &Scene<'_>) -> Result<Self, Box<Finding>> {
        let session = scene.get("sso_session").map(|setting| setting.text.to_owned());
        let [role, account, start_url, region] = match &session {
            None => NEEDED.map(|key| scene.get(key).map(|setting| setting.text.to_owned())),
            Some(name) => merged(scene, name)?,
        };
        match (role, account, start_url, region) {
            (Some(role), Some(account), Some(start_url), Some(region)) => {
                Ok(Self { session, role, account, start_url, region, ages: true })
            }
            (role, account, start_url, region) => {
                let values = [role, account, start_url, region];
                let missing = NEEDED.iter().zip(values).filter(|(_, value)| value.is_none());
                let missing: Vec<&str> = missing.map(|(key, _)| *key).collect();
                invalid(format!(
                    "The profile \"{}\" is configured to use SSO but is missing required configuration: {}",
                    scene.profile,
                    missing.join(", ")
                ))
            }
        }
    }

    /// What the sign-in is kept under.
    fn sign_in(&self) -> &str {
        self.session.as_deref().unwrap_or(&self.start_url)
    }
}

/// Profile and session together; a key in both must say the same.
fn merged(scene: &Scene<'_>, name: &str) -> Result<[Option<String>; 4], Box<Finding>> {
    let Some(session) = scene.sso_session(name) else {
        return invalid(format!("The specified sso-session does not exist: \"{name}\""));
    };
    for entry in &session.entries {
        if let Some(own) = scene.get(&entry.key).filter(|own| own.text != entry.value.as_str()) {
            let (key, theirs) = (&entry.key, entry.value.as_str());
            return invalid(format!(
                "The value for {key} is inconsistent between profile ({}) and sso-session ({theirs}).",
                own.text
            ));
        }
    }
    let shared = |key| session.get(key).map(|entry| entry.value.to_string());
    Ok(NEEDED.map(|key| scene.get(key).map(|own| own.text.to_owned()).or_else(|| shared(key))))
}

fn credentials(scene: &Scene<'_>, config: &Config) -> Look {
    if let Some(kept) = cached(scene, config)? {
        return Ok(kept);
    }
    let (token, evidence) = sign_in(scene, config)?;
    let what = format!("{} in account {}", config.role, config.account);
    let probe = Probe::Sso(Box::new(SsoRole {
        account: config.account.clone(),
        role: config.role.clone(),
        endpoint: EndpointSettings { region: Some(config.region.clone()), ..scene.endpoint("sso") },
        access_token: token.access_token,
    }));
    let answer = scene.ask(probe, format!("would ask Identity Center for {what}"));
    let finding = match answer.map_err(|waits| Box::new(waits.at(evidence.clone())))? {
        Answer::Keys(keys) => Finding::found(keys.clone(), format!("Identity Center gave keys for {what}")),
        Answer::Failed(why) | Answer::Nothing(why) | Answer::Text(why) => {
            Finding::stopped(Verdict::Failed, ToolError::new("ClientError", why.clone()))
        }
        Answer::File(_) | Answer::Who(_) => Finding::absent("no answer"),
    };
    Ok(finding.at(evidence))
}

/// The cached sign-in: `~/.aws/sso/cache`, named by the SHA-1 of the session's name or the start URL.
fn sign_in(scene: &Scene<'_>, config: &Config) -> Result<(SignIn, Evidence), Box<Finding>> {
    let name = hex(&Sha1::digest(config.sign_in()));
    let file = scene.facts.home.join(".aws/sso/cache").join(name).with_extension("json");
    let Some(bytes) = scene.file(&file)? else {
        return load_error(&format!("Token for {} does not exist", config.sign_in()), "not signed in");
    };
    let evidence = Evidence::Cache { file };
    let Ok(token) = serde_json::from_slice::<SignIn>(bytes) else {
        return load_error(
            &format!("Token for {} is invalid", config.start_url),
            "the cached sign-in is not complete",
        );
    };
    if !config.ages || token.expires_at > scene.facts.now {
        return Ok((token, evidence));
    }
    let (error, hint) = expired(config, token.refresh_token.is_some());
    Finding::stopped(Verdict::Expired, error)
        .because(format!("the sign-in expired at {}{hint}", token.expires_at))
        .at(evidence)
        .early()
}

fn expired(config: &Config, refreshable: bool) -> (ToolError, &'static str) {
    let hint = if refreshable { "; the tool would try to renew it" } else { "" };
    let error = match config.session {
        Some(_) => {
            let message = "Error when retrieving token from sso: Token has expired and refresh failed";
            ToolError::new("TokenRetrievalError", message)
        }
        None => ToolError::new(
            "UnauthorizedSSOTokenError",
            "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO \
             session run aws sso login with the corresponding profile.",
        ),
    };
    (error, hint)
}

fn load_error<T>(message: &str, why: &str) -> Result<T, Box<Finding>> {
    let error = ToolError::new("SSOTokenLoadError", format!("Error loading SSO Token: {message}"));
    Finding::stopped(Verdict::Failed, error).because(format!("{why}: {message}")).early()
}

fn invalid<T>(message: String) -> Result<T, Box<Finding>> {
    Finding::stopped(Verdict::Incomplete, ToolError::new("InvalidConfigError", message)).early()
}

/// AWS CLI v2 keeps the role's session too (`SSOCredentialFetcher._create_cache_key`).
fn cached(scene: &Scene<'_>, config: &Config) -> Result<Option<Finding>, Box<Finding>> {
    let RoleCache::Cli { sso: true, .. } = scene.tool.role.cache else { return Ok(None) };
    let mut request = BTreeMap::from([
        ("accountId", config.account.as_str().into()),
        ("roleName", config.role.as_str().into()),
    ]);
    match &config.session {
        Some(name) => request.insert("sessionName", name.as_str().into()),
        None => request.insert("startUrl", config.start_url.as_str().into()),
    };
    role_cache::entry(scene, &request, Spacing::Compact)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignIn {
    #[serde(deserialize_with = "hidden")]
    access_token: Secret,
    #[serde(deserialize_with = "in_json")]
    expires_at: Timestamp,
    #[serde(default, deserialize_with = "present")]
    refresh_token: Option<()>,
}

/// Whether a field is there, without keeping it.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<()>, D::Error> {
    serde::de::IgnoredAny::deserialize(from).map(|_| Some(()))
}
