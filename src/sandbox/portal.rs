//! The Identity Center portal: accounts, roles and their credentials for a bearer token.

use serde_json::{Value, json};

use super::canonical::Arrived;
use super::cast::PortalAccount;
use super::form;
use super::metadata::json_answer;
use super::state::{Principal, State};
use super::xml::Answer;

/// `GET /federation/credentials?role_name=…&account_id=…`
pub fn role_credentials(state: &mut State, request: &Arrived) -> Answer {
    if !signed_in(state, request) {
        return signed_out();
    }
    let query = form::decode(&request.query);
    let (role, account) = (form::get(&query, "role_name"), form::get(&query, "account_id"));
    let (Some(role), Some(account)) = (role, account) else {
        return refused(400, "InvalidRequestException", "role_name and account_id are required");
    };
    let arn = format!("arn:aws:iam::{account}:role/{role}");
    let listed =
        state.cast.portal.iter().any(|own| own.id == account && own.roles.iter().any(|own| own == role));
    if !listed && state.role(&arn).is_none() {
        return refused(403, "ForbiddenException", "No access");
    }
    let principal = Principal::Role { arn, session_name: "alice@acme.example".to_owned() };
    let session = state.issue(principal, 3600, true);
    json_answer(&json!({"roleCredentials": {
        "accessKeyId": session.access_key_id, "secretAccessKey": session.secret_access_key,
        "sessionToken": session.token, "expiration": session.expires_at.as_millisecond(),
    }}))
}

/// `GET /assignment/accounts?max_result=…&next_token=…`
pub fn accounts(state: &mut State, request: &Arrived) -> Answer {
    if !signed_in(state, request) {
        return signed_out();
    }
    let row = |account: &PortalAccount| {
        let (id, name) = (&account.id, &account.name);
        json!({"accountId": id, "accountName": name, "emailAddress": format!("aws+{id}@acme.example")})
    };
    page(request, "accountList", &state.cast.portal.iter().map(row).collect::<Vec<_>>())
}

/// `GET /assignment/roles?account_id=…&max_result=…&next_token=…`
pub fn roles(state: &mut State, request: &Arrived) -> Answer {
    if !signed_in(state, request) {
        return signed_out();
    }
    let query = form::decode(&request.query);
    let account = form::get(&query, "account_id").unwrap_or_default();
    let Some(account) = state.cast.portal.iter().find(|own| own.id == account) else {
        return refused(403, "ForbiddenException", "No access");
    };
    let row = |role: &String| json!({"roleName": role, "accountId": account.id});
    page(request, "roleList", &account.roles.iter().map(row).collect::<Vec<_>>())
}

/// `POST /logout`
pub fn logout(state: &mut State, request: &Arrived) -> Answer {
    match request.header("x-amz-sso_bearer_token").filter(|token| state.is_signed_in(token)) {
        Some(token) => {
            state.sign_out(&token);
            json_answer(&json!({}))
        }
        None => signed_out(),
    }
}

/// A page of a listing. The token is the place where the next one starts.
fn page(request: &Arrived, name: &str, rows: &[Value]) -> Answer {
    let query = form::decode(&request.query);
    let number = |name: &str| form::get(&query, name).map(str::parse::<usize>);
    let (Ok(length), Ok(start)) =
        (number("max_result").unwrap_or(Ok(20)), number("next_token").unwrap_or(Ok(0)))
    else {
        return refused(400, "InvalidRequestException", "Invalid page");
    };
    let end = rows.len().min(start.saturating_add(length.clamp(1, 100)));
    let next = (end < rows.len()).then(|| end.to_string());
    json_answer(&json!({name: rows.get(start..end).unwrap_or_default(), "nextToken": next}))
}

fn signed_in(state: &State, request: &Arrived) -> bool {
    request.header("x-amz-sso_bearer_token").is_some_and(|token| state.is_signed_in(&token))
}

fn signed_out() -> Answer {
    refused(401, "UnauthorizedException", "Session token not found or invalid")
}

fn refused(status: u16, code: &str, message: &str) -> Answer {
    Answer {
        status,
        ..json_answer(
            &json!({"__type": format!("com.amazonaws.switchboard.portal#{code}"), "message": message}),
        )
    }
}
