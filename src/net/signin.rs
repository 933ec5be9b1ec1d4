//! AWS Sign-In: new credentials for a console sign-in (`CreateOAuth2Token`, botocore `LoginCredentialFetcher`).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use chacha20poly1305::Key;
use chacha20poly1305::aead::Generate;
use jiff::SignedDuration;
use reqwest::{Method, Url};
use secrecy::zeroize::Zeroizing;
use serde_json::{Value, json};

use super::call::{Answer, Call, Reply};
use super::client::Client;
use super::error::{Kind, NetError};
use super::reply::{bad, well_formed};
use super::stage::Observer;
use super::{dpop, json as answers};
use crate::aws::login::{Issued, Renewal};
use crate::aws::secret::Secret;

/// New credentials for a refresh token. `signin` is the endpoint of [`super::endpoint::Service::Signin`].
///
/// # Errors
/// Any [`NetError`]; a sign-in that is over, or whose user changed, is [`Kind::Expired`].
pub async fn refresh(
    client: &Client,
    signin: &Url,
    renewal: &Renewal,
    observer: Observer<'_>,
) -> Result<Answer<Issued>, NetError> {
    let mut url = signin.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(["v1", "token"]);
    }
    let proof = dpop::proof(&renewal.dpop_key, url.as_str(), client.now().as_second(), &once()?)?;
    let body = json!({
        "clientId": renewal.client_id,
        "grantType": "refresh_token",
        "refreshToken": renewal.refresh_token.expose(),
    });
    let call = Call {
        body: Bytes::from_owner(Zeroizing::new(body.to_string().into_bytes())),
        ..Call::new(Method::POST, url).header("content-type", "application/json").header("DPoP", &proof)
    };
    let Answer { value: reply, requests } = client.send(&call, observer).await.map_err(plainly)?;
    let value = issued(client, &reply).map_err(|error| error.after(requests))?;
    Ok(Answer { value, requests })
}

/// A name that is used once.
fn once() -> Result<String, NetError> {
    let key = Key::try_generate();
    let key = key.map_err(|error| NetError::new(Kind::Setting, format!("no random numbers: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(&key[..16]))
}

fn issued(client: &Client, reply: &Reply) -> Result<Issued, NetError> {
    let body = answers::parse(reply)?;
    // The model's payload is the structure itself; the SDKs' own cases wrap it in the member's name.
    let body = body.get("tokenOutput").unwrap_or(&body);
    let token = body.get("accessToken").unwrap_or(&Value::Null);
    let text = |from: &Value, name: &str| {
        well_formed(name, from.get(name).and_then(Value::as_str).unwrap_or_default())
    };
    let read = || {
        let lives = body.get("expiresIn").and_then(Value::as_i64).filter(|seconds| *seconds > 0);
        let expires_at =
            lives.and_then(|lives| client.now().checked_add(SignedDuration::from_secs(lives)).ok());
        Ok(Issued {
            access_key_id: text(token, "accessKeyId")?,
            secret_access_key: Secret::new(text(token, "secretAccessKey")?),
            session_token: Secret::new(text(token, "sessionToken")?),
            expires_at: expires_at.ok_or("the answer has no expiresIn")?,
            refresh_token: Secret::new(text(body, "refreshToken")?),
        })
    };
    read().map_err(|why: String| bad(reply, &why))
}

/// The refusals that mean: sign in again.
fn plainly(error: NetError) -> NetError {
    if error.kind != Kind::AccessDenied {
        return error;
    }
    let message = format!("the sign-in is over, or its user has changed: {}", error.message);
    NetError { kind: Kind::Expired, message, ..error }
}
