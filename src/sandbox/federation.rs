//! The console's sign-in: a federated user's session (`GetFederationToken`), and the endpoint that gives a token for a
//! session and takes a browser to the console with it.
//!
//! As strict as the real one: the session of an IAM user (`GetSessionToken`) is refused, so is a length of the
//! console's session where the session itself decides it (IAM User Guide, *Enable custom identity broker access*).

use serde_json::{Value, json};

use super::form;
use super::metadata::{json_answer, text};
use super::state::{Caller, Principal, State};
use super::sts::{Fields, check_pattern, credentials, duration};
use super::xml::{Answer, Refused, element};

/// `sts:GetFederationToken`; the inner XML of its result.
///
/// # Errors
/// AWS's refusal.
pub fn get_federation_token(state: &mut State, caller: &Caller, fields: &Fields) -> Result<String, Refused> {
    let Principal::User(user) = caller.principal.clone() else { return Err(session_refused()) };
    if caller.session {
        return Err(session_refused());
    }
    let name = form::get(fields, "Name").unwrap_or_default().to_owned();
    check_pattern("name", &name, 2, 32, |c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c))?;
    let seconds = duration(fields, 43200, 129_600)?;
    let permits = ["Policy", "PolicyArns.member.1.arn"].iter().any(|name| form::get(fields, name).is_some());
    let account = state.cast.user(&user).map(|user| user.account).unwrap_or_default();
    let principal = Principal::Federated { user, name: name.clone(), permits };
    let session = state.issue(principal, seconds, false);
    let id = element("FederatedUserId", &format!("{account}:{name}"));
    let arn = element("Arn", &format!("arn:aws:sts::{account}:federated-user/{name}"));
    Ok(format!("{}<FederatedUser>{id}{arn}</FederatedUser>", credentials(&session)))
}

fn session_refused() -> Refused {
    Refused::denied("Cannot call GetFederationToken with session credentials")
}

/// `/federation?Action=getSigninToken|login&…`
pub fn endpoint(state: &mut State, fields: &Fields, action: &str) -> Answer {
    match action {
        "getSigninToken" => match sign_in(state, fields) {
            Ok(token) => json_answer(&json!({ "SigninToken": token })),
            Err(why) => text(400, why),
        },
        "login" => login(state, fields),
        _ => text(400, "Action is unknown"),
    }
}

/// A token for the session in the request.
fn sign_in(state: &mut State, fields: &Fields) -> Result<String, &'static str> {
    let asked: Value = serde_json::from_str(form::get(fields, "Session").unwrap_or_default())
        .map_err(|_| "Session is no JSON")?;
    let part = |name: &str| asked.get(name).and_then(Value::as_str).unwrap_or_default();
    let session = state.session(part("sessionId")).filter(|session| {
        session.secret_access_key == part("sessionKey") && session.token == part("sessionToken")
    });
    let session = session.ok_or("The credentials in your login link were invalid")?;
    if session.expires_at <= state.clock.now() {
        return Err("The credentials in your login link have expired");
    }
    let length = form::get(fields, "SessionDuration").map(str::parse::<u32>);
    match (&session.principal, length) {
        (Principal::User(_), _) => return Err("Sessions of IAM users cannot be federated"),
        (Principal::Federated { .. }, Some(_)) => return Err("SessionDuration is for sessions of roles"),
        (Principal::Role { .. }, Some(_)) if state.chained.contains(&session.access_key_id) => {
            return Err("SessionDuration is not for sessions made by role chaining");
        }
        (_, Some(Ok(900..=43_200)) | None) => {}
        (_, Some(_)) => return Err("SessionDuration must be from 900 to 43200"),
    }
    Ok(state.signin_token())
}

/// Where the browser goes with a token that was given out here; a token works once.
fn login(state: &mut State, fields: &Fields) -> Answer {
    let token = form::get(fields, "SigninToken").unwrap_or_default();
    match form::get(fields, "Destination") {
        Some(destination) if state.spend_signin_token(token) => {
            Answer { headers: vec![("location", destination.to_owned())], ..text(302, "") }
        }
        _ => text(400, "Your request has expired or was used"),
    }
}
