//! `aws login`: a browser sign-in whose credentials lie in a cache. Read only; the tool itself renews it.

use jiff::SignedDuration;
use serde::Deserialize;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};

use super::role_cache::{hex, hidden};
use crate::aws::chain::files::tilde;
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::moment::in_json;
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::{Evidence, Verdict};
use crate::aws::secret::{Credentials, Secret};

/// botocore's `_REFRESH_THRESHOLD`.
const RENEWED_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// `login_session` read from `~/.aws/login/cache` (botocore `LoginCredentialFetcher`).
pub(in crate::aws::chain) fn cached(scene: &Scene<'_>) -> Look {
    let Some(session) = scene.get("login_session") else { return Ok(Finding::absent("no login_session")) };
    let folder = scene.env.non_empty("AWS_LOGIN_CACHE_DIRECTORY").unwrap_or("~/.aws/login/cache");
    let name = hex(&Sha256::digest(session.text));
    let file = tilde(folder, &scene.facts.home).join(name).with_extension("json");
    let evidence = Evidence::Cache { file: file.clone() };
    let Some(bytes) = scene.file(&file)? else {
        let message = format!(
            "Error loading login session token: Unable to load a existing login session for session {}. \
             Please reauthenticate with 'aws login'.",
            session.text
        );
        return Ok(Finding::stopped(Verdict::Failed, ToolError::new("LoginTokenLoadError", message))
            .because("not signed in with aws login")
            .at(session.place));
    };
    let cache: Cache = serde_json::from_slice(bytes).unwrap_or_default();
    let missing = cache.missing();
    let Some(token) = cache.access_token.filter(|_| missing.is_empty()) else {
        let missing = missing.join(", ");
        let message = format!(
            "Error loading login session token: Failed to load access token from token cache, missing required \
             fields: {missing}."
        );
        return Ok(Finding::stopped(Verdict::Failed, ToolError::new("LoginTokenLoadError", message))
            .because(format!("the cached sign-in lacks {missing}: sign in with `aws login`"))
            .at(evidence));
    };
    Ok(signed_in(scene, token).at(evidence))
}

/// boto3 and AWS CLI v1 need `botocore[crt]` for a profile with `login_session`, and stop without it even
/// where a later link has keys (botocore `LoginProvider.load`).
pub(in crate::aws::chain) fn without_crt(scene: &Scene<'_>) -> Finding {
    let Some(session) = scene.get("login_session") else { return Finding::absent("no login_session") };
    let message = "Using the login credential provider requires an additional dependency. \
                   You will need to pip install \"botocore[crt]\" before proceeding.";
    let error = ToolError::new("MissingDependencyException", format!("Missing Dependency: {message}"));
    Finding::stopped(Verdict::Failed, error).at(session.place)
}

fn signed_in(scene: &Scene<'_>, token: AccessToken) -> Finding {
    let keys = Credentials {
        access_key_id: token.access_key_id,
        secret_access_key: token.secret_access_key,
        session_token: Some(token.session_token),
        expires_at: Some(token.expires_at),
        account: token.account_id,
    };
    let (end, left) = (token.expires_at, token.expires_at.duration_since(scene.facts.now));
    if !left.is_positive() {
        let message =
            "Your session has expired or credentials have changed. Please reauthenticate using 'aws login'.";
        let why = format!(
            "the cached sign-in expired at {end}: {} renews it when it is used, or sign in with `aws login`",
            scene.tool.name
        );
        return Finding::stopped(Verdict::Expired, ToolError::new("LoginRefreshRequired", message))
            .because(why);
    }
    let soon = if left < RENEWED_WITHIN { ", and the tool renews it now that it is used" } else { "" };
    Finding::found(keys, format!("signed in with aws login until {end}{soon}"))
}

/// Without all of these there are no credentials, even where the token lives (`_REQUIRED_TOKEN_FIELDS`).
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cache {
    access_token: Option<AccessToken>,
    refresh_token: Option<IgnoredAny>,
    dpop_key: Option<IgnoredAny>,
    client_id: Option<IgnoredAny>,
}

impl Cache {
    fn missing(&self) -> Vec<&'static str> {
        let fields = [
            ("accessToken", self.access_token.is_some()),
            ("refreshToken", self.refresh_token.is_some()),
            ("dpopKey", self.dpop_key.is_some()),
            ("clientId", self.client_id.is_some()),
        ];
        fields.into_iter().filter(|(_, there)| !there).map(|(name, _)| name).collect()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AccessToken {
    access_key_id: String,
    #[serde(deserialize_with = "hidden")]
    secret_access_key: Secret,
    #[serde(deserialize_with = "hidden")]
    session_token: Secret,
    #[serde(deserialize_with = "in_json")]
    expires_at: jiff::Timestamp,
    account_id: Option<String>,
}
