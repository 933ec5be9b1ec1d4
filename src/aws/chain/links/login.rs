//! `aws login`: a browser sign-in whose credentials lie in a cache, and are renewed when they are used.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::aws::chain::facts::Answer;
use crate::aws::chain::files::tilde;
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::probe::{LoginAsk, Probe};
use crate::aws::chain::scene::Scene;
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::{Evidence, Verdict};
use crate::aws::login::{self, Login};
use crate::aws::secret::Credentials;

/// `login_session` read from `~/.aws/login/cache` (botocore `LoginCredentialFetcher`).
pub(in crate::aws::chain) fn cached(scene: &Scene<'_>) -> Look {
    let Some(session) = scene.get("login_session") else { return Ok(Finding::absent("no login_session")) };
    let folder = scene.env.non_empty("AWS_LOGIN_CACHE_DIRECTORY").unwrap_or("~/.aws/login/cache");
    let file = login::file(&tilde(folder, &scene.facts.home), session.text);
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
    let found = match Login::parse(bytes) {
        Ok(found) => found,
        Err(lacks) => return Ok(incomplete(&lacks).at(evidence)),
    };
    if !found.is_due(scene.facts.now) {
        return Ok(signed_in(&found.credentials, found.expires_at).at(evidence));
    }
    Ok(renewed(scene, &found, file).map_err(|waits| Box::new(waits.at(evidence.clone())))?.at(evidence))
}

fn incomplete(lacks: &str) -> Finding {
    let message = format!(
        "Error loading login session token: Failed to load access token from token cache, missing required fields: \
         {lacks}."
    );
    Finding::stopped(Verdict::Failed, ToolError::new("LoginTokenLoadError", message))
        .because(format!("the cached sign-in lacks {lacks}: sign in with `aws login`"))
}

fn signed_in(keys: &Credentials, end: Timestamp) -> Finding {
    Finding::found(keys.clone(), format!("signed in with aws login until {end}"))
}

/// One that is due: what comes of renewing it. While the old credentials live they will do.
fn renewed(scene: &Scene<'_>, found: &Login, file: PathBuf) -> Result<Finding, Box<Finding>> {
    let (end, lives) = (found.expires_at, found.expires_at > scene.facts.now);
    let probe =
        Probe::Login(Box::new(LoginAsk { file, expires_at: end, endpoint: scene.endpoint("signin") }));
    let is_over = if lives { "ends" } else { "expired" };
    let why = match scene.ask(probe, format!("would renew the sign-in, which {is_over} at {end}"))? {
        Answer::Keys(keys) => {
            let until = keys.expires_at.unwrap_or(end);
            let said = format!("signed in with aws login, renewed, good until {until}");
            return Ok(Finding::found(keys.clone(), said));
        }
        Answer::Failed(why) | Answer::Nothing(why) => why.clone(),
        _ => "no answer".to_owned(),
    };
    if lives {
        let said = format!("signed in with aws login until {end}; it could not be renewed: {why}");
        return Ok(Finding::found(found.credentials.clone(), said));
    }
    let message =
        "Your session has expired or credentials have changed. Please reauthenticate using 'aws login'.";
    Ok(Finding::stopped(Verdict::Expired, ToolError::new("LoginRefreshRequired", message))
        .because(format!("the cached sign-in expired at {end}; {why}: sign in with `aws login`")))
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
