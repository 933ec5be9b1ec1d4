//! The browser of this machine: it signs in at Identity Center and is sent back to a port of ours with a code.

use std::future::IntoFuture as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use reqwest::Url;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::{Class, Failure, Going, Issued, Pkce, Registering, Registration, Secret, Stage, Step, oidc};
use crate::jobs::browser;

/// How long the person may take (`AuthCodeFetcher`'s limit is ten minutes as well).
const PATIENCE: Duration = Duration::from_mins(10);
/// How long the answer to the browser may take to leave.
const LEAVING: Duration = Duration::from_secs(2);

/// What the browser brought: a code, or why there is none.
type Brought = Result<Secret, String>;

/// `None`: no browser could be started, and the person has been told.
pub(super) async fn sign_in(
    going: &Going<'_>,
    told: &mut (dyn FnMut(Step) + Send),
) -> Result<Option<(Registration, Issued)>, Failure> {
    let (name, place) = (going.client_name(), going.place);
    let registration =
        going.registration(&Registering::code(&name, &place.scopes, &place.start_url), told).await?;
    let (listener, pkce) = (TcpListener::bind(("127.0.0.1", 0)).await?, Pkce::new()?);
    let redirect = format!("http://127.0.0.1:{}/oauth/callback", listener.local_addr()?.port());
    let url = oidc::authorize_url(&going.oidc, &registration, &redirect, &place.scopes, &pkce);
    if let Err(failure) = browser::start(&going.context.world.env, url.as_str()) {
        told(Step::NoBrowser { why: failure.message });
        return Ok(None);
    }
    told(Step::Browser { url: url.into() });
    let code = brought(listener, &pkce.state).await?;
    let (client, mut observer) = (&going.client, |stage| told(Step::Stage(Stage::Net(stage))));
    let issued =
        oidc::by_code(client, &going.oidc, &registration, &code, &redirect, &pkce, &mut observer).await?;
    Ok(Some((registration, issued.value)))
}

async fn brought(listener: TcpListener, state: &str) -> Result<Secret, Failure> {
    let (send, came) = oneshot::channel();
    let (close, closed) = oneshot::channel::<()>();
    let server = axum::serve(listener, callback(state, send));
    let server = server.with_graceful_shutdown(async { drop(closed.await) });
    let server = tokio::spawn(server.into_future());
    let came = tokio::time::timeout(PATIENCE, came).await;
    drop(close);
    let _ = tokio::time::timeout(LEAVING, server).await;
    let nobody = || {
        let message = "the browser did not come back within 10 minutes";
        Failure::new(Class::Refused, "no-browser", message).hint("use --device-code, or sign in again")
    };
    let declined = |why: String| {
        let message = format!("the sign-in was declined in the browser: {why}");
        Failure::new(Class::Refused, "access_denied", message).hint("sign in again; nothing was written")
    };
    came.ok().and_then(Result::ok).ok_or_else(nobody)?.map_err(declined)
}

/// The page that the browser comes back to. One with another state is not ours and changes nothing.
fn callback(state: &str, send: oneshot::Sender<Brought>) -> Router {
    let waiting = Arc::new(Mutex::new(Some(send)));
    let state = state.to_owned();
    let page = move |RawQuery(query): RawQuery| {
        let brought = read(&query.unwrap_or_default(), &state);
        let answer = brought.map_or_else(
            || said(StatusCode::BAD_REQUEST, "This is not the answer to a sign-in of awsprof."),
            |brought| {
                let words = match &brought {
                    Ok(_) => "You are signed in. You can close this page.",
                    Err(_) => "The sign-in was declined. You can close this page.",
                };
                if let Some(send) = waiting.lock().unwrap_or_else(PoisonError::into_inner).take() {
                    let _ = send.send(brought);
                }
                said(StatusCode::OK, words)
            },
        );
        std::future::ready(answer)
    };
    Router::new().route("/oauth/callback", get(page))
}

fn said(status: StatusCode, words: &'static str) -> Response {
    let manners = [(header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "no-referrer")];
    (status, manners, words).into_response()
}

fn read(query: &str, state: &str) -> Option<Brought> {
    let url = Url::parse(&format!("http://127.0.0.1/?{query}")).ok()?;
    let field =
        |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    field("state").filter(|own| own == state)?;
    match field("code") {
        Some(code) => Some(Ok(Secret::new(code))),
        None => Some(Err(crate::aws::text::clean(&field("error").unwrap_or_else(|| "no code".to_owned())))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_answer_to_our_question_counts() {
        assert_eq!(read("code=a%2Bb&state=s", "s").unwrap().unwrap().expose(), "a+b");
        assert!(read("code=a&state=t", "s").is_none() && read("code=a", "s").is_none());
        let declined = read("error=access_denied%1B&state=s", "s").unwrap().unwrap_err();
        assert!(declined.starts_with("access_denied") && !declined.contains('\u{1b}'));
    }
}
