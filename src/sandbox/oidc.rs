//! Identity Center's OIDC service, as far as renewing goes: a refresh token works once and brings the next one.

use serde_json::{Value, json};

use super::canonical::Arrived;
use super::metadata::json_answer;
use super::state::State;
use super::xml::Answer;

/// The registered client.
pub const CLIENT: (&str, &str) = ("demo-client", "demo-client-secret");
/// Seconds an access token lives.
const LIVES: u32 = 8 * 3600;

/// `POST /token`
pub fn token(state: &mut State, request: &Arrived) -> Answer {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let field = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    if (field("clientId"), field("clientSecret")) != CLIENT {
        return refused(401, "InvalidClientException", "invalid_client", "Invalid client");
    }
    if field("grantType") != "refresh_token" {
        return refused(400, "UnsupportedGrantTypeException", "unsupported_grant_type", "Unsupported grant");
    }
    match state.sign_in_again(field("refreshToken"), LIVES) {
        Some((access, refresh)) => json_answer(&json!({
            "accessToken": access, "expiresIn": LIVES, "refreshToken": refresh, "tokenType": "Bearer",
        })),
        None => refused(400, "InvalidGrantException", "invalid_grant", "Invalid refresh token provided"),
    }
}

fn refused(status: u16, class: &str, error: &str, description: &str) -> Answer {
    Answer {
        status,
        headers: vec![("x-amzn-errortype", class.to_owned())],
        ..json_answer(&json!({"error": error, "error_description": description}))
    }
}
