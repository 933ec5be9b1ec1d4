//! AWS Sign-In, as far as renewing goes: a refresh token works once, and only for who holds the private key.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};

use super::canonical::Arrived;
use super::metadata::json_answer;
use super::state::{Principal, State};
use super::xml::Answer;

/// The client of `aws login`.
pub const CLIENT: &str = "arn:aws:signin:::devtools/same-device";
/// The first refresh token.
pub const REFRESH: &str = "demo-login-refresh";
/// Seconds that credentials live.
const LIVES: u32 = 900;
/// Seconds that a proof may be old or early.
const SKEW: i64 = 300;

/// What was given out.
#[derive(Debug)]
pub struct Logins {
    refresh_token: String,
    /// Proofs that were shown.
    shown: BTreeSet<String>,
}

impl Default for Logins {
    fn default() -> Self {
        Self { refresh_token: REFRESH.to_owned(), shown: BTreeSet::new() }
    }
}

/// `POST /v1/token`
pub fn token(state: &mut State, request: &Arrived) -> Answer {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let field = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    if field("grantType") != "refresh_token" || field("clientId") != CLIENT {
        return refused("invalid_request", "Unsupported request");
    }
    let url = format!("http://{}{}", request.header("host").unwrap_or_default(), request.path);
    let now = state.clock.now().as_second();
    let Some(id) = request.header("dpop").and_then(|proof| proven(&proof, &url, now)) else {
        return refused("invalid_request", "Invalid DPoP proof");
    };
    if !state.logins.shown.insert(id) || field("refreshToken") != state.logins.refresh_token {
        return refused("TOKEN_EXPIRED", "The refresh token is not valid");
    }
    let next = state.random("login");
    state.logins.refresh_token.clone_from(&next);
    let session = state.issue(Principal::User("alice".to_owned()), LIVES, true);
    json_answer(&json!({
        "accessToken": {
            "accessKeyId": session.access_key_id, "secretAccessKey": session.secret_access_key,
            "sessionToken": session.token,
        },
        "tokenType": "aws_sigv4", "expiresIn": LIVES, "refreshToken": next,
    }))
}

/// The id of a proof that holds: signed by the key it names, for this address, now.
fn proven(proof: &str, url: &str, now: i64) -> Option<String> {
    let (signed, signature) = proof.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let part = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let json = |text: &str| serde_json::from_slice::<Value>(&part(text)?).ok();
    let (header, claims) = (json(header)?, json(claims)?);
    let coordinate = |name: &str| part(header.get("jwk")?.get(name)?.as_str()?);
    let point = [vec![4], coordinate("x")?, coordinate("y")?].concat();
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
    key.verify(signed.as_bytes(), &part(signature)?).ok()?;
    let said = header["typ"] == "dpop+jwt" && claims["htm"] == "POST" && claims["htu"] == url;
    let fresh = (claims["iat"].as_i64()? - now).abs() <= SKEW;
    (said && fresh).then_some(claims["jti"].as_str()?.to_owned())
}

fn refused(error: &str, message: &str) -> Answer {
    Answer {
        status: 400,
        headers: vec![("x-amzn-errortype", "AccessDeniedException".to_owned())],
        ..json_answer(&json!({"error": error, "message": message}))
    }
}
