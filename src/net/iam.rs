//! IAM, as far as awsprof needs it (Query API, version 2010-05-08).

use std::time::Duration;

use reqwest::Method;

use super::call::{Answer, Call};
use super::client::Client;
use super::error::NetError;
use super::form;
use super::reply;
use super::sign::Signer;
use super::stage::Observer;
use super::sts::{Caller, FORM, finish};

/// The serials of the caller's own MFA devices, as AWS lists them.
///
/// # Errors
/// Any [`NetError`]; `AccessDenied` is common, many users may not list their devices.
pub async fn list_mfa_devices(
    client: &Client,
    caller: Caller<'_>,
    observer: Observer<'_>,
) -> Result<Answer<Vec<String>>, NetError> {
    let call = query("ListMFADevices", caller);
    finish(client, &call, observer, |xml| {
        xml.result("ListMFADevices", |node| {
            let members = node.descendants().filter(|child| child.tag_name().name() == "member");
            members.map(|member| reply::field(member, "SerialNumber")).collect()
        })
    })
    .await
}

/// The account's alias; `None` where it has none. `AccessDenied` is common: nobody waits for this longer than for a
/// glance.
///
/// # Errors
/// Any [`NetError`].
pub async fn account_alias(
    client: &Client,
    caller: Caller<'_>,
    observer: Observer<'_>,
) -> Result<Answer<Option<String>>, NetError> {
    let call = Call {
        attempts: Some(1),
        total: Some(Duration::from_secs(3)),
        ..query("ListAccountAliases", caller)
    };
    finish(client, &call, observer, |xml| {
        xml.result("ListAccountAliases", |node| {
            let first = node.descendants().find(|child| child.tag_name().name() == "member");
            first.map(|member| reply::well_formed("alias", member.text().unwrap_or_default())).transpose()
        })
    })
    .await
}

fn query<'a>(action: &str, caller: Caller<'a>) -> Call<'a> {
    query_with(action, &[], caller)
}

/// A signed request with these fields.
pub(super) fn query_with<'a>(action: &str, fields: &[(&str, &str)], caller: Caller<'a>) -> Call<'a> {
    let Caller { credentials, endpoint } = caller;
    let all = [&[("Action", action), ("Version", "2010-05-08")], fields].concat();
    Call {
        body: form::encode(&all),
        signer: Some(Signer { credentials, region: &endpoint.region, service: endpoint.signing_name }),
        ..Call::new(Method::POST, endpoint.url.clone()).header("content-type", FORM)
    }
}
