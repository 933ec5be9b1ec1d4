//! A page on this machine that sends a browser on to a secret URL, once.
//!
//! Everybody on a machine can read command lines. On the browser's stands an address of ours with 256 random bits in
//! it; the first who asks for it is sent on, and after that there is nothing any more.

use std::future::IntoFuture as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::aws::secret::Secret;
use crate::cli::{Done, serve};
use crate::jobs::{Class, Failure};

/// How long a browser may take to start.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long its answer may take to leave. A browser may hold a second connection open for nothing.
const LEAVING: Duration = Duration::from_secs(2);

/// Starts a browser by `start` and sends it on to `url`.
///
/// # Errors
/// `start`'s; nobody came in time.
pub async fn hand_over(url: &Secret, start: impl FnOnce(&str) -> Done) -> Done {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let path = format!("/{}", serve::token()?.expose());
    let page = format!("http://{}{path}", listener.local_addr()?);
    let (sent, came) = oneshot::channel();
    let (close, closed) = oneshot::channel::<()>();
    let server = axum::serve(listener, once(&path, url.clone(), sent));
    let server = server.with_graceful_shutdown(async { drop(closed.await) });
    let server = tokio::spawn(server.into_future());
    start(&page)?;
    let came = tokio::time::timeout(PATIENCE, came).await;
    drop(close);
    let left = tokio::time::timeout(LEAVING, server).await;
    match (came, left) {
        (Ok(Ok(())), _) => Ok(()),
        (Ok(Err(_)), Ok(Ok(Err(error)))) => Err(error.into()),
        _ => Err(nobody()),
    }
}

fn nobody() -> Failure {
    let message = format!("the browser did not come within {} s", PATIENCE.as_secs());
    Failure::new(Class::General, "no-browser", message)
        .hint("use --print and open the URL yourself; it is good for 15 minutes")
}

/// The page. `sent` is told when somebody was sent on.
fn once(path: &str, url: Secret, sent: oneshot::Sender<()>) -> Router {
    let waiting = Arc::new(Mutex::new(Some((url, sent))));
    let page = move |method: Method| {
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        // What a look ahead (HEAD) asks for is still there when the browser comes.
        let found = if method == Method::GET { waiting.take() } else { None };
        std::future::ready(found.map_or(StatusCode::NOT_FOUND.into_response(), |(url, sent)| {
            let _ = sent.send(());
            on(&url)
        }))
    };
    Router::new().route(path, get(page))
}

fn on(url: &Secret) -> Response {
    let Ok(mut location) = HeaderValue::from_str(url.expose()) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    location.set_sensitive(true);
    let manners = [(header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "no-referrer")];
    (StatusCode::SEE_OTHER, manners, [(header::LOCATION, location)]).into_response()
}
