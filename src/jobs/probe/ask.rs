//! Probes that are requests to AWS: each in the words of `net`, each answer in the words of the chain.

use crate::aws::chain::probe::{AssumeRole, EndpointSettings, SsoRole, WebIdentity};
use crate::aws::chain::{Answer, Probe};
use crate::aws::secret::Credentials;
use crate::net::endpoint::{Endpoint, ProfileSettings, Service, endpoint};
use crate::net::sts::{self, Caller, RoleRequest};
use crate::net::{Client, NetError, iam, sso};

/// Asks STS or the Identity Center portal.
pub(super) async fn aws(client: &Client, probe: &Probe) -> Answer {
    let answer = match probe {
        Probe::AssumeRole(ask) => assume_role(client, ask).await.map(Answer::Keys),
        Probe::WebIdentity(ask) => web_identity(client, ask).await.map(Answer::Keys),
        Probe::Sso(ask) => sso_role(client, ask).await.map(Answer::Keys),
        Probe::Identity { credentials, endpoint } => identity(client, credentials, endpoint).await,
        Probe::Alias { credentials, endpoint, .. } => alias(client, credentials, endpoint).await,
        _ => return Answer::Nothing("AWS is not asked for that".to_owned()),
    };
    answer.unwrap_or_else(|error| Answer::Failed(words(&error)))
}

/// AWS's code and what it said.
pub(super) fn words(error: &NetError) -> String {
    match &error.code {
        Some(code) if !error.message.contains(code) => format!("{code}: {}", error.message),
        _ => error.message.clone(),
    }
}

async fn assume_role(client: &Client, ask: &AssumeRole) -> Result<Credentials, NetError> {
    let endpoint = place(client, Service::Sts, &ask.endpoint, Some(&ask.role_arn))?;
    let name = ask.session_name.clone().unwrap_or_else(|| ask.unnamed.at(client.now()));
    let request = RoleRequest {
        role_arn: &ask.role_arn,
        session_name: &name,
        duration: ask.duration,
        external_id: ask.external_id.as_deref(),
        extras: Some(&ask.extras),
        mfa: None,
    };
    let caller = Caller { credentials: &ask.source, endpoint: &endpoint };
    Ok(sts::assume_role(client, caller, request, &mut |_| {}).await?.value.credentials)
}

async fn web_identity(client: &Client, ask: &WebIdentity) -> Result<Credentials, NetError> {
    let endpoint = place(client, Service::Sts, &ask.endpoint, Some(&ask.role_arn))?;
    let name = ask.session_name.clone().unwrap_or_else(|| ask.unnamed.at(client.now()));
    let request = RoleRequest {
        role_arn: &ask.role_arn,
        session_name: &name,
        duration: None,
        external_id: None,
        extras: None,
        mfa: None,
    };
    let answer =
        sts::assume_role_with_web_identity(client, &endpoint, request, &ask.token, &mut |_| {}).await?;
    Ok(answer.value.credentials)
}

async fn sso_role(client: &Client, ask: &SsoRole) -> Result<Credentials, NetError> {
    let portal = place(client, Service::Sso, &ask.endpoint, None)?;
    let (account, role, token) = (&ask.account, &ask.role, &ask.access_token);
    Ok(sso::get_role_credentials(client, &portal.url, account, role, token, &mut |_| {}).await?.value)
}

async fn identity(client: &Client, keys: &Credentials, at: &EndpointSettings) -> Result<Answer, NetError> {
    let endpoint = place(client, Service::Sts, at, None)?;
    let caller = Caller { credentials: keys, endpoint: &endpoint };
    Ok(Answer::Who(sts::get_caller_identity(client, caller, &mut |_| {}).await?.value))
}

/// Most users may not ask for it, so a refusal is only the absence of an alias.
async fn alias(client: &Client, keys: &Credentials, at: &EndpointSettings) -> Result<Answer, NetError> {
    let endpoint = place(client, Service::Iam, at, None)?;
    let caller = Caller { credentials: keys, endpoint: &endpoint };
    let answer = iam::account_alias(client, caller, &mut |_| {}).await?.value;
    Ok(answer.map_or_else(|| Answer::Nothing("the account has no alias".to_owned()), Answer::Text))
}

pub(super) fn place(
    client: &Client,
    service: Service,
    at: &EndpointSettings,
    arn: Option<&str>,
) -> Result<Endpoint, NetError> {
    let profile = ProfileSettings {
        region: at.region.as_deref(),
        endpoint_url: at.endpoint_url.as_deref(),
        service_url: at.service_url.as_deref(),
        ignore_configured: at.ignore_configured.as_deref(),
        use_fips: at.use_fips.as_deref(),
        use_dual_stack: at.use_dual_stack.as_deref(),
    };
    endpoint(service, &client.world().env, profile, arn)
}
