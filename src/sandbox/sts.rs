//! STS, as strict as the real one.

use super::canonical::Arrived;
use super::cast::{Role, User};
use super::state::{Caller, CodeVerdict, Principal, Session, State};
use super::verify::verify;
use super::xml::{Refused, element};
use super::{federation, form};

/// The fields of a request.
pub type Fields = [(String, String)];

/// Does an action; the inner XML of its result.
///
/// # Errors
/// AWS's refusal.
pub fn act(state: &mut State, request: &Arrived, fields: &Fields, action: &str) -> Result<String, Refused> {
    if action == "AssumeRoleWithWebIdentity" {
        return with_web_identity(state, fields);
    }
    let caller = verify(state, request, "sts")?;
    match action {
        "GetCallerIdentity" => Ok(identity(state, &caller.principal)),
        "GetSessionToken" => get_session_token(state, &caller, fields),
        "GetFederationToken" => federation::get_federation_token(state, &caller, fields),
        "AssumeRole" => assume_role(state, &caller, fields),
        _ => Err(no_such_action(action, "2011-06-15")),
    }
}

/// The answer to an action nobody knows.
#[must_use]
pub fn no_such_action(action: &str, version: &str) -> Refused {
    Refused::new(400, "InvalidAction", format!("Could not find operation {action} for version {version}"))
}

fn get_session_token(state: &mut State, caller: &Caller, fields: &Fields) -> Result<String, Refused> {
    let Principal::User(user) = &caller.principal else { return Err(session_refused()) };
    if caller.session {
        return Err(session_refused());
    }
    let seconds = duration(fields, 43200, 129_600)?;
    let mfa = check_mfa(state, user, fields)?;
    let session = state.issue(caller.principal.clone(), seconds, mfa);
    Ok(credentials(&session))
}

fn session_refused() -> Refused {
    Refused::denied("Cannot call GetSessionToken with session credentials")
}

fn assume_role(state: &mut State, caller: &Caller, fields: &Fields) -> Result<String, Refused> {
    let seconds = duration(fields, 3600, 43200)?;
    let name = session_name(fields)?;
    let arn = form::get(fields, "RoleArn").unwrap_or_default();
    let who = principal_arn(state, &caller.principal);
    let denied = || {
        Refused::denied(format!(
            "User: {who} is not authorized to perform: sts:AssumeRole on resource: {arn}"
        ))
    };
    let role = state.role(arn).cloned().ok_or_else(denied)?;
    let typed = match &caller.principal {
        Principal::User(user) if !caller.session => check_mfa(state, user, fields)?,
        _ => false,
    };
    let trusted = role.trusts.contains(&short_name(&caller.principal));
    let id_fits = role.external_id.is_none() || role.external_id == form::get(fields, "ExternalId");
    if !trusted || !id_fits || (role.needs_mfa && !caller.mfa && !typed) {
        return Err(denied());
    }
    check_length(&role, caller, seconds)?;
    let (session, xml) = role_session(state, &role, name, seconds);
    if matches!(caller.principal, Principal::Role { .. }) {
        state.chained.insert(session.access_key_id);
    }
    Ok(xml)
}

/// Not longer than the role allows, and one hour when a role takes a role.
fn check_length(role: &Role, caller: &Caller, seconds: u32) -> Result<(), Refused> {
    let chained = matches!(caller.principal, Principal::Role { .. });
    if chained && seconds > 3600 {
        return Err(Refused::invalid(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
        ));
    }
    if seconds > role.longest {
        let message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        return Err(Refused::invalid(message));
    }
    Ok(())
}

/// The sandbox's identity provider signs nothing: a token is good if it names the role it is for.
fn with_web_identity(state: &mut State, fields: &Fields) -> Result<String, Refused> {
    let seconds = duration(fields, 3600, 43200)?;
    let name = session_name(fields)?;
    let token = form::get(fields, "WebIdentityToken").unwrap_or_default();
    let role = form::get(fields, "RoleArn").and_then(|arn| state.role(arn)).cloned();
    match role.filter(|role| token == format!("demo-token-for-{}", role.name())) {
        Some(role) => Ok(role_session(state, &role, name, seconds).1),
        None => Err(Refused::new(
            400,
            "InvalidIdentityToken",
            "The web identity token provided could not be validated",
        )),
    }
}

fn role_session(state: &mut State, role: &Role, name: &str, seconds: u32) -> (Session, String) {
    let principal = Principal::Role { arn: role.arn.to_owned(), session_name: name.to_owned() };
    let arn = principal_arn(state, &principal);
    let session = state.issue(principal, seconds, false);
    let id = element("AssumedRoleId", &format!("{}:{name}", role.role_id));
    let (keys, arn) = (credentials(&session), element("Arn", &arn));
    (session, format!("{keys}<AssumedRoleUser>{id}{arn}</AssumedRoleUser>"))
}

/// Whether a good code came along. No serial and no code is fine; one without the other is not.
fn check_mfa(state: &mut State, user: &str, fields: &Fields) -> Result<bool, Refused> {
    let (serial, code) = match (form::get(fields, "SerialNumber"), form::get(fields, "TokenCode")) {
        (None, None) => return Ok(false),
        (Some(serial), Some(code)) => (serial, code),
        _ => {
            return Err(Refused::denied(
                "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code. ",
            ));
        }
    };
    check_pattern("tokenCode", code, 6, 6, |c| c.is_ascii_digit())?;
    check_pattern("serialNumber", serial, 9, 256, |c| c.is_ascii_alphanumeric() || "_+=/:,.@-".contains(c))?;
    match state.try_code(user, serial, code) {
        CodeVerdict::Accepted => Ok(true),
        CodeVerdict::WrongOrUsed => {
            Err(Refused::denied("MultiFactorAuthentication failed with invalid MFA one time pass code. "))
        }
        CodeVerdict::NoSuchDevice => Err(Refused::denied(
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is \
             valid and associated with this user.",
        )),
    }
}

pub(super) fn duration(fields: &Fields, default: u32, longest: u32) -> Result<u32, Refused> {
    let Some(text) = form::get(fields, "DurationSeconds") else { return Ok(default) };
    let refused = |than: &str, limit: u32| {
        Refused::invalid(format!(
            "1 validation error detected: Value '{text}' at 'durationSeconds' failed to satisfy constraint: Member \
             must have value {than} than or equal to {limit}"
        ))
    };
    match text.parse::<u32>() {
        Ok(seconds) if seconds < 900 => Err(refused("greater", 900)),
        Ok(seconds) if seconds > longest => Err(refused("less", longest)),
        Ok(seconds) => Ok(seconds),
        Err(_) => Err(Refused::new(400, "MalformedInput", "Invalid Argument")),
    }
}

fn session_name(fields: &Fields) -> Result<&str, Refused> {
    let name = form::get(fields, "RoleSessionName").unwrap_or_default();
    check_pattern("roleSessionName", name, 2, 64, |c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c))?;
    Ok(name)
}

pub(super) fn check_pattern(
    name: &str,
    text: &str,
    min: usize,
    max: usize,
    fits: fn(char) -> bool,
) -> Result<(), Refused> {
    let problem = match text.chars().count() {
        length if length < min => format!("have length greater than or equal to {min}"),
        length if length > max => format!("have length less than or equal to {max}"),
        _ if !text.chars().all(fits) => "satisfy regular expression pattern".to_owned(),
        _ => return Ok(()),
    };
    Err(Refused::invalid(format!(
        "1 validation error detected: Value '{text}' at '{name}' failed to satisfy constraint: Member must {problem}"
    )))
}

pub(super) fn credentials(session: &Session) -> String {
    let fields = [
        element("AccessKeyId", &session.access_key_id),
        element("SecretAccessKey", &session.secret_access_key),
        element("SessionToken", &session.token),
        element("Expiration", &session.expires_at.to_string()),
    ];
    format!("<Credentials>{}</Credentials>", fields.concat())
}

fn identity(state: &State, principal: &Principal) -> String {
    let (user_id, account) = match principal {
        Principal::User(name) => {
            let user = state.cast.user(name);
            user.map(|user| (user.user_id.to_owned(), user.account)).unwrap_or_default()
        }
        Principal::Role { arn, session_name } => {
            let role = state.role(arn);
            role.map(|role| (format!("{}:{session_name}", role.role_id), role.account())).unwrap_or_default()
        }
        Principal::Federated { user, name, .. } => {
            let user = state.cast.user(user);
            user.map(|user| (format!("{}:{name}", user.account), user.account)).unwrap_or_default()
        }
    };
    let arn = principal_arn(state, principal);
    [element("Arn", &arn), element("UserId", &user_id), element("Account", account)].concat()
}

/// A user's ARN, or `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`.
fn principal_arn(state: &State, principal: &Principal) -> String {
    match principal {
        Principal::User(name) => state.cast.user(name).map(User::arn).unwrap_or_default(),
        Principal::Role { arn, session_name } => {
            let (account, name) = (arn.split(':').nth(4).unwrap_or_default(), short_name(principal));
            format!("arn:aws:sts::{account}:assumed-role/{name}/{session_name}")
        }
        Principal::Federated { user, name, .. } => {
            let account = state.cast.user(user).map(|user| user.account).unwrap_or_default();
            format!("arn:aws:sts::{account}:federated-user/{name}")
        }
    }
}

fn short_name(principal: &Principal) -> &str {
    match principal {
        Principal::User(name) | Principal::Federated { name, .. } => name,
        Principal::Role { arn, .. } => arn.rsplit('/').next().unwrap_or_default(),
    }
}
