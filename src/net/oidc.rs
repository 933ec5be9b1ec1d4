//! Identity Center's OIDC service: tokens for a registered client. Its calls are not signed.

use bytes::Bytes;
use jiff::SignedDuration;
use reqwest::{Method, Url};
use secrecy::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};

use super::call::{Answer, Call, Reply, looks_like_html};
use super::client::Client;
use super::error::{Kind, NetError};
use super::reply::{bad, well_formed};
use super::stage::Observer;
use crate::aws::secret::Secret;
use crate::aws::sign_in::{Issued, Renewal};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateToken<'a> {
    client_id: &'a str,
    client_secret: &'a str,
    grant_type: &'a str,
    refresh_token: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    access_token: Option<String>,
    expires_in: Option<i64>,
    refresh_token: Option<String>,
}

/// A new access token for a refresh token (`CreateToken`). `oidc` is the endpoint of
/// [`super::endpoint::Service::SsoOidc`].
///
/// # Errors
/// Any [`NetError`]; a refresh token that was revoked or used is [`Kind::Refused`].
pub async fn refresh(
    client: &Client,
    oidc: &Url,
    renewal: &Renewal,
    observer: Observer<'_>,
) -> Result<Answer<Issued>, NetError> {
    let mut url = oidc.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().push("token");
    }
    let body = serde_json::to_vec(&CreateToken {
        client_id: &renewal.client_id,
        client_secret: renewal.client_secret.expose(),
        grant_type: "refresh_token",
        refresh_token: renewal.refresh_token.expose(),
    });
    let body = body.map_err(|_| NetError::new(Kind::Setting, "the cached sign-in cannot be sent"))?;
    let call = Call {
        body: Bytes::from_owner(Zeroizing::new(body)),
        ..Call::new(Method::POST, url).header("content-type", "application/json")
    };
    let Answer { value: reply, requests } = client.send(&call, observer).await?;
    let value = issued(client, &reply).map_err(|error| error.after(requests))?;
    Ok(Answer { value, requests })
}

fn issued(client: &Client, reply: &Reply) -> Result<Issued, NetError> {
    if looks_like_html(&reply.body) {
        return Err(NetError::new(Kind::NotAws, "a web page came back instead of a token"));
    }
    let whole: Result<Created, _> = serde_json::from_slice(&reply.body);
    let created = whole.map_err(|_| bad(reply, "the answer is cut off or not JSON"))?;
    let token = |name: &str, text: String| {
        let text = Zeroizing::new(text);
        well_formed(name, &text).map(Secret::new).map_err(|why| bad(reply, &why))
    };
    let access_token = token("accessToken", created.access_token.unwrap_or_default())?;
    let refresh_token = created.refresh_token.map(|text| token("refreshToken", text)).transpose()?;
    let lives = created.expires_in.filter(|seconds| *seconds > 0).map(SignedDuration::from_secs);
    let expires_at = lives.and_then(|lives| client.now().checked_add(lives).ok());
    let expires_at = expires_at.ok_or_else(|| bad(reply, "the answer has no expiresIn"))?;
    Ok(Issued { access_token, expires_at, refresh_token })
}
