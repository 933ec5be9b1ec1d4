//! Identity Center's OIDC service: a client is registered, then gets tokens for what a person does in a browser.
//!
//! Its calls are not signed; bodies and answers are JSON in camel case (AWS's *IAM Identity Center OIDC API Reference*).
//! Two ways lead to a token: [`device`], where the person types a code, and [`code`], where the browser comes back here.

mod code;
mod device;
mod said;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, Url};
use secrecy::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};

use super::call::{Answer, Call, Reply, looks_like_html};
use super::client::Client;
use super::error::{Kind, NetError};
use super::reply::{bad, well_formed};
use super::stage::Observer;
use crate::aws::secret::Secret;
use crate::aws::sign_in::{Issued, Registration, Renewal};

pub use code::{Pkce, REDIRECT, authorize_url, by_code};
pub use device::{Device, Polled, by_device, start_device};

/// What is said when a client is registered.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Registering<'a> {
    pub client_name: &'a str,
    client_type: &'static str,
    /// None for a start URL without a session: its sign-in cannot be renewed.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub scopes: &'a [String],
    pub grant_types: &'a [&'a str],
    /// Only for who comes back with a code.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub redirect_uris: &'a [&'a str],
    pub issuer_url: &'a str,
}

impl<'a> Registering<'a> {
    /// A client for the device grant.
    #[must_use]
    pub const fn device(client_name: &'a str, scopes: &'a [String], issuer_url: &'a str) -> Self {
        let grant_types = &[device::GRANT, REFRESH];
        Self { client_name, client_type: "public", scopes, grant_types, redirect_uris: &[], issuer_url }
    }

    /// A client for the authorization code grant.
    #[must_use]
    pub const fn code(client_name: &'a str, scopes: &'a [String], issuer_url: &'a str) -> Self {
        let (grant_types, redirect_uris) = (&[code::GRANT, REFRESH], &[REDIRECT]);
        Self { client_name, client_type: "public", scopes, grant_types, redirect_uris, issuer_url }
    }
}

/// The grant that renews.
const REFRESH: &str = "refresh_token";

#[derive(Deserialize)]
struct Registered {
    #[serde(rename = "clientId")]
    id: String,
    #[serde(rename = "clientSecret")]
    secret: String,
    #[serde(rename = "clientSecretExpiresAt")]
    until: i64,
}

/// Registers a client (`RegisterClient`). `oidc` is the endpoint of [`super::endpoint::Service::SsoOidc`].
///
/// # Errors
/// Any [`NetError`].
pub async fn register(
    client: &Client,
    oidc: &Url,
    asked: &Registering<'_>,
    observer: Observer<'_>,
) -> Result<Answer<Registration>, NetError> {
    let answer = post::<Registered>(client, oidc, &["client", "register"], asked, observer).await?;
    let Reading { reply, value: registered } = answer.value;
    let read = || {
        let secret = Zeroizing::new(registered.secret);
        Ok(Registration {
            client_id: well_formed("clientId", &registered.id)?,
            client_secret: Secret::new(well_formed("clientSecret", &secret)?),
            expires_at: Timestamp::from_second(registered.until)
                .map_err(|_| "the answer has a clientSecretExpiresAt that is no time".to_owned())?,
            grants: asked.grant_types.iter().map(|grant| (*grant).to_owned()).collect(),
        })
    };
    let value = read().map_err(|why: String| bad(&reply, &why).after(answer.requests))?;
    Ok(Answer { value, requests: answer.requests })
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateToken<'a> {
    client_id: &'a str,
    client_secret: &'a str,
    grant_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_verifier: Option<&'a str>,
}

impl<'a> CreateToken<'a> {
    fn of(registration: &'a Registration, grant_type: &'a str) -> Self {
        let (client_id, client_secret) = (&*registration.client_id, registration.client_secret.expose());
        Self { client_id, client_secret, grant_type, ..Self::default() }
    }
}

/// A new access token for a refresh token (`CreateToken`).
///
/// # Errors
/// Any [`NetError`]; a refresh token that was revoked or used is [`Kind::Refused`].
pub async fn refresh(
    client: &Client,
    oidc: &Url,
    renewal: &Renewal,
    observer: Observer<'_>,
) -> Result<Answer<Issued>, NetError> {
    let asked = CreateToken {
        client_id: &renewal.client_id,
        client_secret: renewal.client_secret.expose(),
        grant_type: REFRESH,
        refresh_token: Some(renewal.refresh_token.expose()),
        ..CreateToken::default()
    };
    create_token(client, oidc, &asked, observer).await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    access_token: Option<String>,
    expires_in: Option<i64>,
    refresh_token: Option<String>,
}

async fn create_token(
    client: &Client,
    oidc: &Url,
    asked: &CreateToken<'_>,
    observer: Observer<'_>,
) -> Result<Answer<Issued>, NetError> {
    let answer = post::<Created>(client, oidc, &["token"], asked, observer).await?;
    let Reading { reply, value: created } = answer.value;
    let value = issued(client, &reply, created).map_err(|error| error.after(answer.requests))?;
    Ok(Answer { value, requests: answer.requests })
}

fn issued(client: &Client, reply: &Reply, created: Created) -> Result<Issued, NetError> {
    let token = |name: &str, text: String| {
        let text = Zeroizing::new(text);
        well_formed(name, &text).map(Secret::new).map_err(|why| bad(reply, &why))
    };
    let access_token = token("accessToken", created.access_token.unwrap_or_default())?;
    let refresh_token = created.refresh_token.map(|text| token("refreshToken", text)).transpose()?;
    let expires_at = ahead(client, created.expires_in);
    let expires_at = expires_at.ok_or_else(|| bad(reply, "the answer has no expiresIn"))?;
    Ok(Issued { access_token, expires_at, refresh_token })
}

/// That many seconds from now.
fn ahead(client: &Client, seconds: Option<i64>) -> Option<Timestamp> {
    let lives = seconds.filter(|seconds| *seconds > 0).map(SignedDuration::from_secs)?;
    client.now().checked_add(lives).ok()
}

/// An answer and what was read out of it.
struct Reading<T> {
    reply: Reply,
    value: T,
}

async fn post<T: for<'de> Deserialize<'de>>(
    client: &Client,
    oidc: &Url,
    path: &[&str],
    asked: &impl Serialize,
    observer: Observer<'_>,
) -> Result<Answer<Reading<T>>, NetError> {
    let mut url = oidc.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    let body = serde_json::to_vec(asked);
    let body = body.map_err(|_| NetError::new(Kind::Setting, "the sign-in cannot be sent"))?;
    let call = Call {
        body: Bytes::from_owner(Zeroizing::new(body)),
        ..Call::new(Method::POST, url).header("content-type", "application/json")
    };
    let Answer { value: reply, requests } = client.send(&call, observer).await.map_err(said::plainly)?;
    if looks_like_html(&reply.body) {
        let page = NetError::new(Kind::NotAws, "a web page came back instead of a token");
        return Err(page.after(requests));
    }
    let value = serde_json::from_slice(&reply.body);
    let value = value.map_err(|_| bad(&reply, "the answer is cut off or not JSON").after(requests))?;
    Ok(Answer { value: Reading { reply, value }, requests })
}
