//! The HTTP side: takes a request apart, finds the service, spoils the answer if a test ordered that, and
//! stamps it with the sandbox's time.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use http_body::{Frame, SizeHint};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use tokio::sync::oneshot;

use super::canonical::Arrived;
use super::faults::{Fault, without};
use super::state::{Seen, State};
use super::xml::{self, Answer, Refused};
use super::{federation, form, iam, metadata, oidc, portal, signin, sts, verify};

type Room = Arc<Mutex<State>>;

/// Serves until told to stop; requests in flight are dropped then.
pub async fn run(listener: std::net::TcpListener, state: Room, stopped: oneshot::Receiver<()>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let app = Router::new().fallback(handle).with_state(state);
    tokio::select! {
        _ = axum::serve(listener, app) => {}
        _ = stopped => {}
    }
}

async fn handle(Shared(room): Shared<Room>, request: Request) -> Result<Response, Infallible> {
    let arrived = take_apart(request).await;
    let (answer, fault, now) = {
        let mut state = room.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = state.faults.pop_front();
        (serve(&mut state, &arrived, fault.as_ref()), fault, state.clock.now())
    };
    if matches!(fault, Some(Fault::Silence)) {
        std::future::pending::<()>().await;
    }
    Ok(stamped(spoil(answer, fault), now))
}

async fn take_apart(request: Request) -> Arrived {
    let (parts, body) = request.into_parts();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Arrived {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: to_bytes(body, 1 << 20).await.unwrap_or_default().to_vec(),
    }
}

/// Does what is asked, unless a fault stands in for it, and writes it down.
fn serve(state: &mut State, request: &Arrived, fault: Option<&Fault>) -> Answer {
    let fields = form::decode(if request.method == "POST" {
        str::from_utf8(&request.body).unwrap_or_default()
    } else {
        &request.query
    });
    let action = form::get(&fields, "Action").unwrap_or_default().to_owned();
    let access_key_id = verify::claimed_key(request);
    let (method, path) = (request.method.clone(), request.path.clone());
    let mut told = fields.clone();
    let hush = ["TokenCode", "WebIdentityToken", "Session", "SigninToken"];
    told.retain(|(name, _)| !hush.contains(&name.as_str()) && name.len() < 64);
    if action.is_empty() {
        told.clear();
    }
    state.seen.push(Seen { method, path, action: action.clone(), access_key_id, fields: told, status: 0 });
    let answer = match fault {
        Some(Fault::Instead { .. } | Fault::Huge(_)) => metadata::text(200, ""),
        _ => route(state, request, &fields, &action),
    };
    let status = match fault {
        Some(Fault::Instead { status, .. }) => *status,
        Some(Fault::Silence) => 0,
        _ => answer.status,
    };
    if let Some(last) = state.seen.last_mut() {
        last.status = status;
    }
    answer
}

fn route(state: &mut State, request: &Arrived, fields: &[(String, String)], action: &str) -> Answer {
    match request.path.as_str() {
        "/" => query_api(state, request, fields, action),
        "/client/register" => oidc::register(state, request),
        "/device_authorization" => oidc::device_authorization(state, request),
        "/device" => oidc::device(state, request),
        "/authorize" => oidc::authorize(state, request),
        "/token" => oidc::token(state, request),
        "/v1/token" => signin::token(state, request),
        "/federation" => federation::endpoint(state, fields, action),
        "/federation/credentials" => portal::role_credentials(state, request),
        "/assignment/accounts" => portal::accounts(state, request),
        "/assignment/roles" => portal::roles(state, request),
        "/logout" => portal::logout(state, request),
        path if path.starts_with("/latest/") => metadata::instance(state, request),
        _ => metadata::container(state, request),
    }
}

/// STS and IAM share the address; the version says which one is meant.
fn query_api(state: &mut State, request: &Arrived, fields: &[(String, String)], action: &str) -> Answer {
    let id = state.request_id();
    let (namespace, done) = match form::get(fields, "Version") {
        Some("2011-06-15") => (xml::STS, sts::act(state, request, fields, action)),
        Some("2010-05-08") => (xml::IAM, iam::act(state, request, fields, action)),
        version => (xml::STS, Err(sts::no_such_action(action, version.unwrap_or("NO_VERSION_SPECIFIED")))),
    };
    if let Some(key) = verify::claimed_key(request) {
        state.shown(&key);
    }
    match done {
        Ok(inner) if inner.is_empty() => xml::done(namespace, action, &id),
        Ok(inner) => xml::result(namespace, action, &inner, &id),
        Err(refused) => Refused::answer(&refused, namespace, &id),
    }
}

fn spoil(answer: Answer, fault: Option<Fault>) -> Response {
    let Answer { status, content_type, headers, body } = answer;
    match fault {
        Some(Fault::Instead { status, headers, body }) => {
            with_headers(plain(status, "text/plain", body), headers)
        }
        Some(Fault::Cut(bytes)) => plain(status, content_type, body[..bytes.min(body.len())].to_owned()),
        Some(Fault::Without(element)) => plain(status, content_type, without(&body, element, false)),
        Some(Fault::Empty(element)) => plain(status, content_type, without(&body, element, true)),
        Some(Fault::Huge(bytes)) => plain(status, content_type, " ".repeat(bytes)),
        Some(Fault::Broken) => with_body(status, content_type, Body::new(Break(Some(body)))),
        Some(Fault::Silence) | None => with_headers(plain(status, content_type, body), headers),
    }
}

fn with_headers(mut response: Response, headers: Vec<(&'static str, String)>) -> Response {
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn plain(status: u16, content_type: &'static str, body: String) -> Response {
    with_body(status, content_type, Body::from(body))
}

fn with_body(status: u16, content_type: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// With the sandbox's own `Date`.
fn stamped(mut response: Response, now: Timestamp) -> Response {
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&now).ok();
    if let Some(date) = date.and_then(|date| HeaderValue::from_str(&date).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// A body that promises all and breaks the connection after half.
struct Break(Option<String>);

impl http_body::Body for Break {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let next = match self.0.take() {
            Some(body) => Ok(Frame::data(Bytes::copy_from_slice(&body.as_bytes()[..body.len() / 2]))),
            None => Err(std::io::ErrorKind::ConnectionReset.into()),
        };
        Poll::Ready(Some(next))
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map_or_else(SizeHint::default, |body| SizeHint::with_exact(body.len() as u64))
    }
}
