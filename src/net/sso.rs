//! The Identity Center portal: role credentials for a bearer token that a sign-in left behind.

use reqwest::{Method, Url};

use super::call::{Answer, Call};
use super::client::Client;
use super::error::{Kind, NetError};
use super::json;
use super::reply::bad;
use super::stage::Observer;
use crate::aws::secret::{Credentials, Secret};

/// The credentials of a role in an account (`GetRoleCredentials`). `portal` is the endpoint of
/// [`super::endpoint::Service::Sso`]. A `401` comes out as [`Kind::Expired`]: sign in again.
///
/// # Errors
/// Any [`NetError`].
pub async fn get_role_credentials(
    client: &Client,
    portal: &Url,
    account: &str,
    role: &str,
    token: &Secret,
    observer: Observer<'_>,
) -> Result<Answer<Credentials>, NetError> {
    let mut url = portal.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(["federation", "credentials"]);
    }
    url.query_pairs_mut().append_pair("role_name", role).append_pair("account_id", account);
    let call = Call::new(Method::GET, url).header("x-amz-sso_bearer_token", token.expose());
    let Answer { value: reply, requests } = client.send(&call, observer).await.map_err(signed_out)?;
    let body = json::parse(&reply).map_err(|error| error.after(requests))?;
    let inner = body.get("roleCredentials");
    let inner = inner.ok_or_else(|| bad(&reply, "the answer has no roleCredentials").after(requests))?;
    let mut value = json::credentials(&reply, inner, json::PORTAL).map_err(|error| error.after(requests))?;
    value.account = Some(account.to_owned());
    Ok(Answer { value, requests })
}

fn signed_out(error: NetError) -> NetError {
    match error.kind {
        Kind::Expired => NetError { message: "the Identity Center sign-in has expired".to_owned(), ..error },
        _ => error,
    }
}
