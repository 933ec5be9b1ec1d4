//! IAM, as far as awsprof needs it (Query API, version 2010-05-08).

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
    let Caller { credentials, endpoint } = caller;
    let call = Call {
        body: form::encode(&[("Action", "ListMFADevices"), ("Version", "2010-05-08")]),
        signer: Some(Signer { credentials, region: &endpoint.region, service: endpoint.signing_name }),
        ..Call::new(Method::POST, endpoint.url.clone()).header("content-type", FORM)
    };
    finish(client, &call, observer, |xml| {
        xml.result("ListMFADevices", |node| {
            let members = node.descendants().filter(|child| child.tag_name().name() == "member");
            members.map(|member| reply::field(member, "SerialNumber")).collect()
        })
    })
    .await
}
