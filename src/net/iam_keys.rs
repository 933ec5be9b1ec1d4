//! IAM's access keys of the caller. Without a user's name IAM takes the one whose keys, or session, sign.

use jiff::Timestamp;
use roxmltree::Node;

use super::call::{Answer, Call};
use super::client::Client;
use super::error::NetError;
use super::iam::query_with;
use super::reply::{self, field};
use super::stage::Observer;
use super::sts::{Caller, finish};
use crate::aws::secret::Credentials;

/// An access key as IAM tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    pub id: String,
    pub active: bool,
    pub created: Timestamp,
}

/// The caller's keys (`ListAccessKeys`).
///
/// # Errors
/// Any [`NetError`].
pub async fn list(
    client: &Client,
    caller: Caller<'_>,
    observer: Observer<'_>,
) -> Result<Answer<Vec<AccessKey>>, NetError> {
    let call = query_with("ListAccessKeys", &[], caller);
    finish(client, &call, observer, |xml| {
        xml.result("ListAccessKeys", |node| {
            node.descendants().filter(|child| child.tag_name().name() == "member").map(key).collect()
        })
    })
    .await
}

fn key(node: Node<'_, '_>) -> Result<AccessKey, String> {
    let created = field(node, "CreateDate")?;
    Ok(AccessKey {
        id: reply::key_id(&field(node, "AccessKeyId")?)?,
        active: field(node, "Status")? == "Active",
        created: created.parse().map_err(|_| "AWS's answer has a CreateDate that is no time".to_owned())?,
    })
}

/// When a key was last used (`GetAccessKeyLastUsed`); `None` if never, as far as AWS remembers.
///
/// # Errors
/// Any [`NetError`].
pub async fn last_used(
    client: &Client,
    caller: Caller<'_>,
    id: &str,
    observer: Observer<'_>,
) -> Result<Answer<Option<Timestamp>>, NetError> {
    let call = query_with("GetAccessKeyLastUsed", &[("AccessKeyId", id)], caller);
    finish(client, &call, observer, |xml| {
        xml.result("GetAccessKeyLastUsed", |node| {
            let date = node.descendants().find(|child| child.tag_name().name() == "LastUsedDate");
            let text = date.and_then(|date| date.text());
            let at = text.map(|text| text.trim().parse());
            at.transpose().map_err(|_| "AWS's answer has a LastUsedDate that is no time".to_owned())
        })
    })
    .await
}

/// A second key (`CreateAccessKey`). Sent once: whoever gets no answer must look whether there is one.
///
/// # Errors
/// Any [`NetError`]; `LimitExceeded` where both slots are taken.
pub async fn create(
    client: &Client,
    caller: Caller<'_>,
    observer: Observer<'_>,
) -> Result<Answer<Credentials>, NetError> {
    let call = Call { attempts: Some(1), ..query_with("CreateAccessKey", &[], caller) };
    finish(client, &call, observer, |xml| {
        xml.result("CreateAccessKey", |node| {
            let made = node.children().find(|child| child.tag_name().name() == "AccessKey");
            let made = made.ok_or("AWS's answer has no AccessKey")?;
            let id = reply::key_id(&field(made, "AccessKeyId")?)?;
            Ok(Credentials::long_term(id, field(made, "SecretAccessKey")?))
        })
    })
    .await
}

/// Makes a key work, or no longer (`UpdateAccessKey`).
///
/// # Errors
/// Any [`NetError`].
pub async fn set_active(
    client: &Client,
    caller: Caller<'_>,
    (id, active): (&str, bool),
    observer: Observer<'_>,
) -> Result<Answer<()>, NetError> {
    let status = if active { "Active" } else { "Inactive" };
    let call = query_with("UpdateAccessKey", &[("AccessKeyId", id), ("Status", status)], caller);
    finish(client, &call, observer, |xml| xml.done("UpdateAccessKey")).await
}

/// Deletes a key for good (`DeleteAccessKey`).
///
/// # Errors
/// Any [`NetError`].
pub async fn delete(
    client: &Client,
    caller: Caller<'_>,
    id: &str,
    observer: Observer<'_>,
) -> Result<Answer<()>, NetError> {
    let call = query_with("DeleteAccessKey", &[("AccessKeyId", id)], caller);
    finish(client, &call, observer, |xml| xml.done("DeleteAccessKey")).await
}
