//! IAM Identity Center: a role's credentials, asked for with a sign-in kept in a cache.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::role_cache::{self, Spacing};
use crate::aws::chain::facts::{Answer, SignedIn};
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::probe::{EndpointSettings, Probe, SignInAsk, SsoRole};
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::{RoleCache, ToolError};
use crate::aws::chain::trace::{Evidence, Verdict};
use crate::aws::secret::Secret;
use crate::aws::sign_in::{self, SignIn};

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

/// What botocore's token provider says of the chosen profile's `sso_session` (`tokens.py` `_load_sso_config`): it is
/// looked at whenever a client is made, also for keys that have nothing to do with it.
pub(in crate::aws::chain) fn no_session(scene: &Scene<'_>) -> Option<ToolError> {
    let root = scene.root();
    let name = root.get("sso_session")?.text;
    let wrong = |what: String| {
        let message = format!(
            "The profile \"{}\" is configured to use the SSO token provider but {what}.",
            root.profile
        );
        Some(ToolError::new("InvalidConfigError", message))
    };
    let Some(session) = root.sso_session(name).filter(|session| !session.entries.is_empty()) else {
        return wrong(format!("the \"{name}\" sso_session configuration does not exist"));
    };
    let missing = ["sso_start_url", "sso_region"].into_iter().filter(|key| session.get(key).is_none());
    let missing: Vec<String> = missing.map(|key| format!("'{key}'")).collect();
    if missing.is_empty() {
        return None;
    }
    wrong(format!("is missing the following configuration: [{}]", missing.join(", ")))
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

    /// Where a service answers: in the region of the sign-in, not of the profile.
    fn endpoint(&self, scene: &Scene<'_>, service: &str) -> EndpointSettings {
        EndpointSettings { region: Some(self.region.clone()), ..scene.endpoint(service) }
    }

    /// What signs in again.
    fn remedy(&self, scene: &Scene<'_>) -> String {
        let (name, option) = match &self.session {
            Some(name) => (name, "--sso-session"),
            None => (&scene.profile, "--profile"),
        };
        format!("sign in with `awsprof login {name}` (or `aws sso login {option} {name}`)")
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
    let Token { bearer, said, evidence } = sign_in(scene, config)?;
    let what = format!("{} in account {}", config.role, config.account);
    let probe = Probe::Sso(Box::new(SsoRole {
        account: config.account.clone(),
        role: config.role.clone(),
        endpoint: config.endpoint(scene, "sso"),
        access_token: bearer,
    }));
    let answer = scene.ask(probe, format!("would ask Identity Center for {what}"));
    let finding = match answer.map_err(|waits| Box::new(waits.at(evidence.clone())))? {
        Answer::Keys(keys) => {
            Finding::found(keys.clone(), format!("Identity Center gave keys for {what}{said}"))
        }
        Answer::Failed(why) if why.contains("UnauthorizedException") => {
            Finding::stopped(Verdict::Expired, unauthorized())
                .because(format!("Identity Center does not take the sign-in: {}", config.remedy(scene)))
        }
        Answer::Failed(why) | Answer::Nothing(why) | Answer::Text(why) => {
            Finding::stopped(Verdict::Failed, ToolError::new("ClientError", why.clone()))
        }
        Answer::File(_) | Answer::Who(_) | Answer::SignIn(_) => Finding::absent("no answer"),
    };
    Ok(finding.at(evidence))
}

/// A token that may ask for the role.
struct Token {
    bearer: Secret,
    /// What there is to say about it, behind a sentence; empty for an ordinary one.
    said: String,
    evidence: Evidence,
}

/// The cached sign-in, renewed if it is due and can be.
fn sign_in(scene: &Scene<'_>, config: &Config) -> Result<Token, Box<Finding>> {
    let file = sign_in::file(&scene.facts.home, config.sign_in());
    let Some(bytes) = scene.file(&file)? else {
        return load_error(
            &format!("Token for {} does not exist", config.sign_in()),
            &format!("not signed in, {}", config.remedy(scene)),
        );
    };
    let evidence = Evidence::Cache { file: file.clone() };
    let now = scene.facts.now;
    let Some(found) = SignIn::parse(bytes, now) else {
        return load_error(
            &format!("Token for {} is invalid", config.start_url),
            "the cached sign-in is not complete",
        );
    };
    let due = config.session.is_some() && found.is_due(now);
    let as_it_is = |said| Token { bearer: found.access_token.clone(), said, evidence: evidence.clone() };
    if !config.ages || !due && found.expires_at > now {
        return Ok(as_it_is(String::new()));
    }
    match renewed(scene, config, &found, file).map_err(|waits| Box::new(waits.at(evidence.clone())))? {
        Ok(new) => Ok(Token {
            bearer: new.access_token.clone(),
            said: format!("; the sign-in was {}", new.said),
            evidence,
        }),
        Err(why) if found.expires_at > now => {
            let end = found.expires_at;
            Ok(as_it_is(format!("; the sign-in ends at {end} and could not be renewed: {why}")))
        }
        Err(why) => Finding::stopped(Verdict::Expired, expired(config))
            .because(format!("the sign-in expired at {}; {why}: {}", found.expires_at, config.remedy(scene)))
            .at(evidence)
            .early(),
    }
}

/// The sign-in after its renewal, or why there is none.
fn renewed<'a>(
    scene: &Scene<'a>,
    config: &Config,
    found: &SignIn,
    file: PathBuf,
) -> Result<Result<&'a SignedIn, String>, Box<Finding>> {
    let expires_at = found.expires_at;
    match &found.renewal {
        _ if config.session.is_none() => {
            return Ok(Err("a sign-in without an sso_session is never renewed".to_owned()));
        }
        Err(why) => return Ok(Err(why.clone())),
        Ok(_) => {}
    }
    let probe = Probe::SignIn(Box::new(SignInAsk {
        file,
        expires_at,
        start_url: config.start_url.clone(),
        region: config.region.clone(),
        endpoint: config.endpoint(scene, "sso_oidc"),
    }));
    let is_over = if expires_at > scene.facts.now { "ends" } else { "expired" };
    Ok(match scene.ask(probe, format!("would renew the sign-in, which {is_over} at {expires_at}"))? {
        Answer::SignIn(new) => Ok(new),
        Answer::Failed(why) | Answer::Nothing(why) => Err(why.clone()),
        _ => Err("no answer".to_owned()),
    })
}

fn expired(config: &Config) -> ToolError {
    match config.session {
        Some(_) => {
            let message = "Error when retrieving token from sso: Token has expired and refresh failed";
            ToolError::new("TokenRetrievalError", message)
        }
        None => unauthorized(),
    }
}

/// Also for a token that lives and was revoked.
fn unauthorized() -> ToolError {
    ToolError::new(
        "UnauthorizedSSOTokenError",
        "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO \
         session run aws sso login with the corresponding profile.",
    )
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
