//! The Identity Center portal: accounts, roles and their credentials for a bearer token that a sign-in left behind.

use reqwest::{Method, Url};
use serde::Deserialize;

use super::call::{Answer, Call, Reply};
use super::client::Client;
use super::error::{Kind, NetError};
use super::json;
use super::reply::bad;
use super::stage::Observer;
use crate::aws::secret::{Credentials, Secret};
use crate::aws::text::clean;

/// Rows of a page: the most the portal gives.
const PAGE: &str = "100";
/// A listing of more pages has no end.
const PAGES: usize = 1000;

/// An account that somebody may enter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    pub name: String,
    pub email: String,
}

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
    let mut url = at(portal, ["federation", "credentials"]);
    url.query_pairs_mut().append_pair("role_name", role).append_pair("account_id", account);
    let Answer { value: reply, requests } = send(client, Method::GET, url, token, observer).await?;
    let body = json::parse(&reply).map_err(|error| error.after(requests))?;
    let inner = body.get("roleCredentials");
    let inner = inner.ok_or_else(|| bad(&reply, "the answer has no roleCredentials").after(requests))?;
    let mut value = json::credentials(&reply, inner, json::PORTAL).map_err(|error| error.after(requests))?;
    value.account = Some(account.to_owned());
    Ok(Answer { value, requests })
}

/// All accounts (`ListAccounts`), page after page.
///
/// # Errors
/// Any [`NetError`]; [`Kind::Expired`]: sign in again.
pub async fn accounts(
    client: &Client,
    portal: &Url,
    token: &Secret,
    observer: Observer<'_>,
) -> Result<Answer<Vec<Account>>, NetError> {
    let rows = pages(client, &at(portal, ["assignment", "accounts"]), token, observer).await?;
    let account = |row: Row| {
        let id = row.account_id.filter(|id| id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit()))?;
        let text = |text: Option<String>| clean(&text.unwrap_or_default());
        Some(Account { id, name: text(row.account_name), email: text(row.email_address) })
    };
    Ok(Answer { value: rows.value.into_iter().filter_map(account).collect(), requests: rows.requests })
}

/// The roles of an account (`ListAccountRoles`), page after page.
///
/// # Errors
/// As [`accounts`].
pub async fn roles(
    client: &Client,
    portal: &Url,
    account: &str,
    token: &Secret,
    observer: Observer<'_>,
) -> Result<Answer<Vec<String>>, NetError> {
    let mut url = at(portal, ["assignment", "roles"]);
    url.query_pairs_mut().append_pair("account_id", account);
    let rows = pages(client, &url, token, observer).await?;
    let names = rows.value.into_iter().filter_map(|row| row.role_name);
    Ok(Answer { value: names.map(|name| clean(&name)).collect(), requests: rows.requests })
}

/// Ends a sign-in at the portal (`Logout`): its token works nowhere any more.
///
/// # Errors
/// Any [`NetError`].
pub async fn logout(
    client: &Client,
    portal: &Url,
    token: &Secret,
    observer: Observer<'_>,
) -> Result<(), NetError> {
    send(client, Method::POST, at(portal, ["logout"]), token, observer).await.map(drop)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    next_token: Option<String>,
    #[serde(alias = "accountList", alias = "roleList")]
    list: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    account_id: Option<String>,
    account_name: Option<String>,
    email_address: Option<String>,
    role_name: Option<String>,
}

async fn pages(
    client: &Client,
    listing: &Url,
    token: &Secret,
    observer: Observer<'_>,
) -> Result<Answer<Vec<Row>>, NetError> {
    let (mut rows, mut requests, mut next) = (Vec::new(), 0, None::<String>);
    for _ in 0..PAGES {
        let mut url = listing.clone();
        url.query_pairs_mut().append_pair("max_result", PAGE);
        url.query_pairs_mut().extend_pairs(next.iter().map(|next| ("next_token", next)));
        let reply = send(client, Method::GET, url, token, observer).await?;
        requests += reply.requests;
        let body = json::parse(&reply.value).map_err(|error| error.after(requests))?;
        let page: Result<Page, _> = serde_json::from_value(body);
        let page = page.map_err(|_| bad(&reply.value, "the listing lacks something").after(requests))?;
        rows.extend(page.list);
        next = page.next_token.filter(|next| !next.is_empty());
        if next.is_none() {
            return Ok(Answer { value: rows, requests });
        }
    }
    Err(NetError::new(Kind::BadReply, "the portal's listing does not end").after(requests))
}

fn at<const N: usize>(portal: &Url, path: [&str; N]) -> Url {
    let mut url = portal.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}

async fn send(
    client: &Client,
    method: Method,
    url: Url,
    token: &Secret,
    observer: Observer<'_>,
) -> Result<Answer<Reply>, NetError> {
    let call = Call::new(method, url).header("x-amz-sso_bearer_token", token.expose());
    client.send(&call, observer).await.map_err(signed_out)
}

fn signed_out(error: NetError) -> NetError {
    match error.kind {
        Kind::Expired => NetError { message: "the Identity Center sign-in has expired".to_owned(), ..error },
        _ => error,
    }
}
