//! Identity Center's OIDC service: clients are registered, and get tokens for what a person does in a browser.
//!
//! The person's browser is signed in already: it is asked once, on a page (device code) or not at all (authorize).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::canonical::Arrived;
use super::form;
use super::metadata::json_answer;
use super::sign_ins::{Code, DEVICE_LIVES, INTERVAL, Person, Verdict};
use super::state::State;
use super::xml::Answer;

/// The client that is registered from the start.
pub const CLIENT: (&str, &str) = ("demo-client", "demo-client-secret");
/// Seconds an access token lives.
const LIVES: u32 = 8 * 3600;
/// Seconds a registration lives.
const REGISTRATION: i64 = 90 * 86400;
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// `POST /client/register`
pub fn register(state: &mut State, request: &Arrived) -> Answer {
    let body = Body::of(request);
    if body.text("clientType") != "public" || body.text("clientName").is_empty() {
        return invalid("clientType and clientName are required");
    }
    let (id, secret) = (state.random("client"), state.random("client secret"));
    state.signing.clients.insert(id.clone(), secret.clone());
    let now = state.clock.now().as_second();
    json_answer(&json!({
        "clientId": id, "clientSecret": secret, "clientIdIssuedAt": now, "clientSecretExpiresAt": now + REGISTRATION,
    }))
}

/// `POST /device_authorization`
pub fn device_authorization(state: &mut State, request: &Arrived) -> Answer {
    let body = Body::of(request);
    let Some(client) = body.client(state) else { return unknown_client() };
    if !body.text("startUrl").starts_with("https://") {
        return invalid("Invalid start URL");
    }
    let (device, random) = (state.random("device"), state.random("user code").to_uppercase());
    let user_code = format!("{}-{}", &random[..4], &random[4..8]);
    let now = state.clock.now();
    state.signing.wait(&device, &user_code, &client, now);
    let page = format!("http://{}/device", request.header("host").unwrap_or_default());
    json_answer(&json!({
        "deviceCode": device, "userCode": user_code, "verificationUri": page,
        "verificationUriComplete": format!("{page}?user_code={user_code}"),
        "expiresIn": DEVICE_LIVES, "interval": INTERVAL,
    }))
}

/// `GET /device?user_code=…`: the page; with `&answer=allow` or `deny` what a click on it does.
pub fn device(state: &mut State, request: &Arrived) -> Answer {
    let query = form::decode(&request.query);
    let code = form::get(&query, "user_code").unwrap_or_default().to_owned();
    if !state.signing.waits(&code) {
        return page(404, "There is no such code.");
    }
    match form::get(&query, "answer") {
        None => page(
            200,
            &format!(
                "Does {code} stand in your terminal? <a href=\"/device?user_code={code}&amp;answer=allow\">Allow</a> \
                 <a href=\"/device?user_code={code}&amp;answer=deny\">Deny</a>"
            ),
        ),
        Some(answer) => {
            state.signing.say(&code, answer == "allow");
            page(200, "You can close this page.")
        }
    }
}

/// `GET /authorize?…`: a signed-in browser is sent back at once.
pub fn authorize(state: &mut State, request: &Arrived) -> Answer {
    let query = form::decode(&request.query);
    let field = |name: &str| form::get(&query, name).unwrap_or_default();
    let redirect = field("redirect_uri");
    let loopback = redirect.starts_with("http://127.0.0.1:") && redirect.ends_with("/oauth/callback");
    let asked = field("response_type") == "code" && field("code_challenge_method") == "S256";
    if !loopback
        || !asked
        || field("code_challenge").is_empty()
        || !state.signing.clients.contains_key(field("client_id"))
    {
        return page(400, "This is no request to sign in.");
    }
    let result = if state.signing.person == Person::Declines {
        "error=access_denied".to_owned()
    } else {
        let code = state.random("code");
        let (client, challenge) = (field("client_id").to_owned(), field("code_challenge").to_owned());
        state.signing.carry(&code, Code { client, challenge, redirect: redirect.to_owned() });
        format!("code={code}")
    };
    let location = format!("{redirect}?{result}&state={}", field("state"));
    Answer { headers: vec![("location", location)], ..page(302, "You are signed in.") }
}

/// `POST /token`
pub fn token(state: &mut State, request: &Arrived) -> Answer {
    let body = Body::of(request);
    let Some(client) = body.client(state) else { return unknown_client() };
    let issued = match body.text("grantType") {
        "refresh_token" => state.sign_in_again(body.text("refreshToken"), LIVES),
        "authorization_code" => by_code(state, &body, &client),
        DEVICE_GRANT => {
            let now = state.clock.now();
            match state.signing.ask(body.text("deviceCode"), &client, now) {
                Verdict::Confirmed => Some(state.sign_in(LIVES)),
                verdict => return not_yet(verdict),
            }
        }
        _ => {
            return refused(
                400,
                "UnsupportedGrantTypeException",
                "unsupported_grant_type",
                "Unsupported grant",
            );
        }
    };
    match issued {
        Some((access, refresh)) => json_answer(&json!({
            "accessToken": access, "expiresIn": LIVES, "refreshToken": refresh, "tokenType": "Bearer",
        })),
        None => refused(400, "InvalidGrantException", "invalid_grant", "Invalid grant provided"),
    }
}

fn by_code(state: &mut State, body: &Body, client: &str) -> Option<(String, String)> {
    let code = state.signing.bring(body.text("code"))?;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(body.text("codeVerifier")));
    let same =
        code.client == client && code.challenge == challenge && code.redirect == body.text("redirectUri");
    same.then(|| state.sign_in(LIVES))
}

fn not_yet(verdict: Verdict) -> Answer {
    let (class, error) = match verdict {
        Verdict::SlowDown => ("SlowDownException", "slow_down"),
        Verdict::Expired => ("ExpiredTokenException", "expired_token"),
        Verdict::Denied => ("AccessDeniedException", "access_denied"),
        Verdict::Unknown => ("InvalidGrantException", "invalid_grant"),
        _ => ("AuthorizationPendingException", "authorization_pending"),
    };
    refused(400, class, error, "")
}

/// A JSON body's texts.
struct Body(Value);

impl Body {
    fn of(request: &Arrived) -> Self {
        Self(serde_json::from_slice(&request.body).unwrap_or_default())
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The client it is of, if it knows its secret.
    fn client(&self, state: &State) -> Option<String> {
        let (id, secret) = (self.text("clientId"), self.text("clientSecret"));
        let known = state.signing.clients.get(id).is_some_and(|known| known == secret);
        (known || (id, secret) == CLIENT).then(|| id.to_owned())
    }
}

fn unknown_client() -> Answer {
    refused(401, "InvalidClientException", "invalid_client", "Invalid client")
}

fn invalid(why: &str) -> Answer {
    refused(400, "InvalidRequestException", "invalid_request", why)
}

fn page(status: u16, text: &str) -> Answer {
    let body = format!("<!doctype html><title>Identity Center</title><p>{text}</p>");
    Answer { status, content_type: "text/html; charset=utf-8", headers: Vec::new(), body }
}

fn refused(status: u16, class: &str, error: &str, description: &str) -> Answer {
    Answer {
        status,
        headers: vec![("x-amzn-errortype", class.to_owned())],
        ..json_answer(&json!({"error": error, "error_description": description}))
    }
}
