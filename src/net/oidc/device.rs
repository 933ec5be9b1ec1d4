//! The device grant (RFC 8628): a person confirms a code in any browser, this side asks until it happened.

use jiff::{SignedDuration, Timestamp};
use reqwest::Url;
use serde::{Deserialize, Serialize};

use super::{
    Answer, Client, CreateToken, NetError, Observer, Reading, ahead, bad, create_token, post, well_formed,
};
use crate::aws::secret::Secret;
use crate::aws::sign_in::{Issued, Registration};
use crate::aws::text;

/// As `grantType`.
pub(super) const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// Where the answer names no interval (RFC 8628, 3.2).
const INTERVAL: i64 = 5;

/// A sign-in that waits for a person.
#[derive(Clone, Debug)]
pub struct Device {
    pub device_code: Secret,
    /// What the person confirms or types, `ABCD-EFGH`.
    pub user_code: String,
    /// Where.
    pub verification_uri: String,
    /// The same with the code in it.
    pub verification_uri_complete: Option<String>,
    pub expires_at: Timestamp,
    /// Between two questions.
    pub interval: SignedDuration,
}

/// What a question came to.
#[derive(Clone, Debug)]
pub enum Polled {
    Issued(Issued),
    /// Nobody has confirmed it yet.
    Pending,
    /// Ask less often: five seconds more between two questions from now on (RFC 8628, 3.5).
    SlowDown,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Asked<'a> {
    client_id: &'a str,
    client_secret: &'a str,
    start_url: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Started {
    device_code: String,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    expires_in: Option<i64>,
    interval: Option<i64>,
}

/// Begins a sign-in (`StartDeviceAuthorization`).
///
/// # Errors
/// Any [`NetError`]. An address that is none of the web's is a bad reply: it would be opened.
pub async fn start_device(
    client: &Client,
    oidc: &Url,
    registration: &Registration,
    start_url: &str,
    observer: Observer<'_>,
) -> Result<Answer<Device>, NetError> {
    let (client_id, client_secret) = (&*registration.client_id, registration.client_secret.expose());
    let asked = Asked { client_id, client_secret, start_url };
    let answer = post::<Started>(client, oidc, &["device_authorization"], &asked, observer).await?;
    let Reading { reply, value: started } = answer.value;
    let read = || {
        Ok(Device {
            device_code: Secret::new(well_formed("deviceCode", &started.device_code)?),
            user_code: text::clean(&well_formed("userCode", &started.user_code)?),
            verification_uri: page(&started.verification_uri)?,
            verification_uri_complete: started.verification_uri_complete.as_deref().map(page).transpose()?,
            expires_at: ahead(client, started.expires_in).ok_or("the answer has no expiresIn")?,
            interval: SignedDuration::from_secs(started.interval.unwrap_or(INTERVAL).clamp(1, 60)),
        })
    };
    let value = read().map_err(|why: String| bad(&reply, &why).after(answer.requests))?;
    Ok(Answer { value, requests: answer.requests })
}

/// An address that a browser may be sent to.
fn page(text: &str) -> Result<String, String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
    url.map(String::from).ok_or_else(|| "the answer has a verificationUri that is no web address".to_owned())
}

/// Asks whether the person has confirmed it (`CreateToken`).
///
/// # Errors
/// Any [`NetError`]; declined, run out: each its own sentence.
pub async fn by_device(
    client: &Client,
    oidc: &Url,
    registration: &Registration,
    device_code: &Secret,
    observer: Observer<'_>,
) -> Result<Answer<Polled>, NetError> {
    let asked =
        CreateToken { device_code: Some(device_code.expose()), ..CreateToken::of(registration, GRANT) };
    let polled = |value, requests| Ok(Answer { value, requests });
    match create_token(client, oidc, &asked, observer).await {
        Ok(answer) => polled(Polled::Issued(answer.value), answer.requests),
        Err(error) => match error.code() {
            "AuthorizationPendingException" | "authorization_pending" => {
                polled(Polled::Pending, error.requests)
            }
            "SlowDownException" | "slow_down" => polled(Polled::SlowDown, error.requests),
            _ => Err(error),
        },
    }
}
