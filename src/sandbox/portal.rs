//! The Identity Center portal: role credentials for a bearer token.

use serde_json::json;

use super::canonical::Arrived;
use super::form;
use super::metadata::json_answer;
use super::state::{Principal, State};
use super::xml::Answer;

/// `GET /federation/credentials?role_name=…&account_id=…`
pub fn role_credentials(state: &mut State, request: &Arrived) -> Answer {
    let token = request.header("x-amz-sso_bearer_token");
    if !token.is_some_and(|token| state.is_signed_in(&token)) {
        return refused(401, "UnauthorizedException", "Session token not found or invalid");
    }
    let query = form::decode(&request.query);
    let (role, account) = (form::get(&query, "role_name"), form::get(&query, "account_id"));
    let (Some(role), Some(account)) = (role, account) else {
        return refused(400, "InvalidRequestException", "role_name and account_id are required");
    };
    let arn = format!("arn:aws:iam::{account}:role/{role}");
    if state.role(&arn).is_none() {
        return refused(403, "ForbiddenException", "No access");
    }
    let principal = Principal::Role { arn, session_name: "alice@acme.example".to_owned() };
    let session = state.issue(principal, 3600, true);
    json_answer(&json!({"roleCredentials": {
        "accessKeyId": session.access_key_id, "secretAccessKey": session.secret_access_key,
        "sessionToken": session.token, "expiration": session.expires_at.as_millisecond(),
    }}))
}

fn refused(status: u16, code: &str, message: &str) -> Answer {
    Answer {
        status,
        ..json_answer(
            &json!({"__type": format!("com.amazonaws.switchboard.portal#{code}"), "message": message}),
        )
    }
}
