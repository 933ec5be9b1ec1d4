//! Probes of what is near: the instance metadata service and the container endpoint.

use reqwest::Url;

use super::ask::words;
use crate::aws::chain::probe::ImdsAsk;
use crate::aws::chain::{Answer, Probe};
use crate::aws::secret::{Credentials, Secret};
use crate::aws::world::Env;
use crate::net::imds::{Imds, Settings};
use crate::net::{Client, Kind, NetError, container as endpoint};

/// The instance role's credentials. That nobody answers, or that there is no role, is no failure.
pub(super) async fn instance_role(client: &Client, how: &ImdsAsk) -> Answer {
    role(client, how).await.map_or_else(|error| quiet(&error, &how.endpoint), Answer::Keys)
}

/// A text at a metadata path.
pub(super) async fn metadata(client: &Client, how: &ImdsAsk, path: &str) -> Answer {
    text(client, how, path).await.map_or_else(|error| quiet(&error, &how.endpoint), Answer::Text)
}

/// The container's credentials.
pub(super) async fn container(client: &Client, url: &str, authorization: Option<&Secret>) -> Answer {
    let Ok(parsed) = Url::parse(url) else { return Answer::Failed(format!("{url} is not a URL")) };
    match endpoint::fetch(client, &parsed, authorization, &mut |_| {}).await {
        Ok(answer) => Answer::Keys(answer.value),
        Err(error) => Answer::Failed(words(&error)),
    }
}

async fn role(client: &Client, how: &ImdsAsk) -> Result<Credentials, NetError> {
    let settings = settings(how)?;
    let mut imds = Imds::open(client, &settings, &mut |_| {}).await?;
    let role = imds.role(&mut |_| {}).await?;
    imds.credentials(&role, &mut |_| {}).await
}

async fn text(client: &Client, how: &ImdsAsk, path: &str) -> Result<String, NetError> {
    let settings = settings(how)?;
    Imds::open(client, &settings, &mut |_| {}).await?.get(path, &mut |_| {}).await
}

/// As the chain found them, from variables and profile.
fn settings(how: &ImdsAsk) -> Result<Settings, NetError> {
    let found = |key: &str| match key {
        "ec2_metadata_service_endpoint" => Some(how.endpoint.as_str()),
        "metadata_service_timeout" => how.timeout.as_deref(),
        "metadata_service_num_attempts" => how.attempts.as_deref(),
        _ => None,
    };
    let read = Settings::read(&Env::default(), found)?;
    Ok(Settings { v1_allowed: !how.v1_disabled, disabled: false, ..read })
}

/// That there is no metadata service.
pub(super) fn nobody(probe: &Probe) -> String {
    match probe {
        Probe::Imds(how) | Probe::Metadata { how, .. } => nobody_at(&how.endpoint),
        other => nobody_at(&other.key()),
    }
}

fn nobody_at(endpoint: &str) -> String {
    format!("nobody answers at {endpoint}")
}

fn quiet(error: &NetError, endpoint: &str) -> Answer {
    match error.kind {
        Kind::Connect | Kind::Dns => Answer::Nothing(nobody_at(endpoint)),
        Kind::Timeout | Kind::NotFound => Answer::Nothing(error.message.clone()),
        _ => Answer::Failed(words(error)),
    }
}
