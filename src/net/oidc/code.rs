//! The authorization code grant with PKCE (RFC 7636): the browser comes back to a port of this machine (RFC 8252).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::Key;
use chacha20poly1305::aead::Generate;
use reqwest::Url;
use sha2::{Digest, Sha256};

use super::{Answer, Client, CreateToken, Kind, NetError, Observer, create_token};
use crate::aws::secret::Secret;
use crate::aws::sign_in::{Issued, Registration};

/// As `grantType`.
pub(super) const GRANT: &str = "authorization_code";
/// What is registered: any port of it is meant (botocore `SSOTokenFetcherAuth`).
pub const REDIRECT: &str = "http://127.0.0.1/oauth/callback";

/// What ties the browser's answer to the question.
#[derive(Clone, Debug)]
pub struct Pkce {
    /// Sent with the code.
    pub verifier: Secret,
    /// Its SHA-256, sent through the browser.
    pub challenge: String,
    /// Comes back with the code.
    pub state: String,
}

impl Pkce {
    /// Fresh random ones: 256 bits each.
    ///
    /// # Errors
    /// [`Kind::Setting`] if the system has no random numbers.
    pub fn new() -> Result<Self, NetError> {
        let verifier = random()?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        Ok(Self { verifier: Secret::new(verifier), challenge, state: random()? })
    }
}

fn random() -> Result<String, NetError> {
    let bytes = Key::try_generate();
    let bytes = bytes.map_err(|error| NetError::new(Kind::Setting, format!("no random numbers: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Where a browser signs in. `redirect` is [`REDIRECT`] with a port.
#[must_use]
pub fn authorize_url(
    oidc: &Url,
    registration: &Registration,
    redirect: &str,
    scopes: &[String],
    pkce: &Pkce,
) -> Url {
    let mut url = oidc.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().push("authorize");
    }
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &registration.client_id)
        .append_pair("redirect_uri", redirect)
        .append_pair("state", &pkce.state)
        .append_pair("code_challenge_method", "S256")
        .append_pair("scopes", &scopes.join(" "))
        .append_pair("code_challenge", &pkce.challenge);
    url
}

/// The token for the code that the browser brought (`CreateToken`).
///
/// # Errors
/// Any [`NetError`].
pub async fn by_code(
    client: &Client,
    oidc: &Url,
    registration: &Registration,
    code: &Secret,
    redirect: &str,
    pkce: &Pkce,
    observer: Observer<'_>,
) -> Result<Answer<Issued>, NetError> {
    let asked = CreateToken {
        code: Some(code.expose()),
        redirect_uri: Some(redirect),
        code_verifier: Some(pkce.verifier.expose()),
        ..CreateToken::of(registration, GRANT)
    };
    create_token(client, oidc, &asked, observer).await
}
