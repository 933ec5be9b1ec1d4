//! What the endpoint answers: the credentials of a profile to who knows the token, an error in the shape of ECS's own
//! to everybody else.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use crate::aws::profile::Estate;
use crate::aws::secret::{Credentials, Secret};
use crate::aws::session::FRESH;
use crate::cli::{Verbs, code};
use crate::jobs::{self, AtHand, Class, Failure, Wish, effective};

/// How long keys that do not end are said to last: clients want to hear of an end, and ask again.
const ENDLESS: SignedDuration = SignedDuration::from_hours(1);

/// What is served, and to whom.
pub struct Endpoint {
    verbs: Verbs,
    /// One question at a time for each: clients lose patience and ask again while a person looks for a phone.
    profiles: BTreeMap<String, Arc<Mutex<()>>>,
    /// `127.0.0.1:PORT`
    host: String,
    token: [u8; 32],
}

impl Endpoint {
    pub fn new(verbs: Verbs, profiles: Vec<String>, host: String, token: &Secret) -> Self {
        let profiles = profiles.into_iter().map(|name| (name, Arc::default())).collect();
        Self { verbs, profiles, host, token: digest(token.expose().as_bytes()) }
    }

    /// Whether the request means this address and knows the token. Digests are compared, all of them to the end: how
    /// long it takes tells nothing.
    fn admits(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = headers.get(header::HOST).map(HeaderValue::as_bytes);
        if host != Some(self.host.as_bytes()) {
            return Err(Refusal(
                StatusCode::FORBIDDEN,
                "HostMismatch",
                "this address goes by another name".to_owned(),
            ));
        }
        let given = digest(headers.get(header::AUTHORIZATION).map_or(&b""[..], HeaderValue::as_bytes));
        let differs = given.iter().zip(&self.token).fold(0, |all, (one, other)| all | (one ^ other));
        if std::hint::black_box(differs) != 0 {
            let message = "the Authorization header is not this endpoint's token".to_owned();
            return Err(Refusal(StatusCode::UNAUTHORIZED, "AccessDenied", message));
        }
        Ok(())
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Every path but a profile's is not there.
pub fn router(endpoint: Endpoint) -> Router {
    Router::new().fallback(handle).with_state(Arc::new(endpoint))
}

async fn handle(
    State(endpoint): State<Arc<Endpoint>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let admitted = endpoint.admits(&headers).and_then(|()| profile(&endpoint, &method, &uri));
    let answered = match admitted {
        Ok(name) => answer(endpoint, name).await,
        Err(refusal) => Err(refusal),
    };
    match answered {
        Ok(body) => reply(StatusCode::OK, &body),
        Err(Refusal(status, code, message)) => reply(status, &json!({"code": code, "message": message})),
    }
}

fn reply(status: StatusCode, body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}

/// A status, a word for programs and a sentence for people.
struct Refusal(StatusCode, &'static str, String);

/// The served profile that a path names.
fn profile(endpoint: &Endpoint, method: &Method, uri: &Uri) -> Result<String, Refusal> {
    if method != Method::GET {
        let message = "only GET is answered".to_owned();
        return Err(Refusal(StatusCode::METHOD_NOT_ALLOWED, "InvalidRequest", message));
    }
    let name = percent_decode_str(uri.path().trim_start_matches('/')).decode_utf8_lossy().into_owned();
    if endpoint.profiles.contains_key(&name) {
        return Ok(name);
    }
    let message = "no such profile is served here".to_owned();
    Err(Refusal(StatusCode::NOT_FOUND, "InvalidIdInRequest", message))
}

async fn answer(endpoint: Arc<Endpoint>, name: String) -> Result<Value, Refusal> {
    let turn = endpoint.profiles.get(&name).cloned().unwrap_or_default();
    let turn = turn.lock_owned().await;
    let shared = Arc::clone(&endpoint);
    // On a thread of its own: a person may have to be asked. It is finished also when the client has gone.
    let work = move || {
        let got = credentials(&shared.verbs, &name);
        drop(turn);
        got
    };
    let got = tokio::task::spawn_blocking(work).await;
    let keys =
        got.map_err(|error| general(&error.to_string()))?.map_err(|failure| refusal(&endpoint, &failure))?;
    Ok(body(&endpoint, &keys))
}

/// The effective credentials, with what is left of their life long enough for the client to come back in time.
fn credentials(verbs: &Verbs, name: &str) -> Result<Credentials, Failure> {
    let (context, wish) =
        (&verbs.context, Wish { profile: Some(name.to_owned()), min_ttl: FRESH, ..Wish::default() });
    if let AtHand::Ready(keys) = effective::at_hand(context, &Estate::read(&context.world), &wish)? {
        return Ok(keys);
    }
    let (mut codes, mut watch) = (code::source(None), verbs.out.watch());
    crate::cli::block_on(jobs::obtain(context, &wish, Some(&mut codes), &mut watch))?
}

/// As the ECS agent writes it.
fn body(endpoint: &Endpoint, keys: &Credentials) -> Value {
    let now = endpoint.verbs.context.world.now();
    let ends = keys.expires_at.or_else(|| now.checked_add(ENDLESS).ok());
    let whole = ends.and_then(|at| jiff::Timestamp::from_second(at.as_second()).ok());
    json!({
        "AccessKeyId": keys.access_key_id,
        "SecretAccessKey": keys.secret_access_key.expose(),
        "Token": keys.session_token.as_ref().map_or("", Secret::expose),
        "Expiration": whole,
    })
}

/// The failure, said here for the person and there for the program.
fn refusal(endpoint: &Endpoint, failure: &Failure) -> Refusal {
    endpoint.verbs.out.fail(failure);
    match failure.class {
        Class::Refused | Class::Guard => {
            Refusal(StatusCode::BAD_REQUEST, "CredentialsUnavailable", failure.message.clone())
        }
        _ => general(&failure.message),
    }
}

fn general(message: &str) -> Refusal {
    Refusal(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", message.to_owned())
}
