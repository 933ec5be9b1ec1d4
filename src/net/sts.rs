//! STS: sessions, roles, and who a key belongs to (Query API, version 2011-06-15).

use std::time::Duration;

use reqwest::{Method, Url};

use super::call::{Answer, Call};
use super::client::Client;
use super::endpoint::Endpoint;
use super::error::{Kind, NetError};
use super::form;
use super::reply::{self, Xml};
use super::sign::{Signer, ToSign};
use super::stage::Observer;
use crate::aws::chain::probe::RoleExtras;
use crate::aws::chain::trace::Identity;
use crate::aws::secret::{Credentials, Secret};

pub(super) const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
const VERSION: &str = "2011-06-15";

/// Who asks, and where.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    pub credentials: &'a Credentials,
    pub endpoint: &'a Endpoint,
}

/// A device and the code it shows now.
#[derive(Clone, Copy, Debug)]
pub struct Mfa<'a> {
    pub serial: &'a str,
    /// Six digits.
    pub code: &'a Secret,
}

/// What `AssumeRole` is asked for.
#[derive(Clone, Copy, Debug)]
pub struct RoleRequest<'a> {
    pub role_arn: &'a str,
    pub session_name: &'a str,
    /// Seconds; AWS's default (3600) without.
    pub duration: Option<u32>,
    pub external_id: Option<&'a str>,
    pub extras: Option<&'a RoleExtras>,
    pub mfa: Option<Mfa<'a>>,
}

/// A role's session.
#[derive(Clone, Debug)]
pub struct RoleSession {
    pub credentials: Credentials,
    /// `arn:aws:sts::…:assumed-role/…`
    pub arn: String,
}

/// A new session of `duration` seconds (AWS grants 900 to 129600).
///
/// # Errors
/// Any [`NetError`]; with a code, see [`Kind::OutcomeUnknown`].
pub async fn get_session_token(
    client: &Client,
    caller: Caller<'_>,
    duration: u32,
    mfa: Option<Mfa<'_>>,
    observer: Observer<'_>,
) -> Result<Answer<Credentials>, NetError> {
    let seconds = duration.to_string();
    let mut fields = vec![("DurationSeconds", seconds.as_str())];
    push_mfa(&mut fields, mfa)?;
    let call = query("GetSessionToken", &fields, caller, mfa.is_some());
    finish(client, &call, observer, |xml| {
        xml.result("GetSessionToken", |node| reply::credentials(node, client.now()))
    })
    .await
}

/// A session of a role.
///
/// # Errors
/// Any [`NetError`].
pub async fn assume_role(
    client: &Client,
    caller: Caller<'_>,
    role: RoleRequest<'_>,
    observer: Observer<'_>,
) -> Result<Answer<RoleSession>, NetError> {
    let seconds = duration(role.duration)?;
    let numbered = role.extras.map(numbered).unwrap_or_default();
    let mut fields = vec![("RoleArn", role.role_arn), ("RoleSessionName", role.session_name)];
    fields.extend(seconds.as_deref().map(|seconds| ("DurationSeconds", seconds)));
    fields.extend(role.external_id.map(|id| ("ExternalId", id)));
    fields.extend(numbered.iter().map(|(name, value)| (name.as_str(), *value)));
    push_mfa(&mut fields, role.mfa)?;
    let call = query("AssumeRole", &fields, caller, role.mfa.is_some());
    finish(client, &call, observer, |xml| role_session(client, xml, "AssumeRole")).await
}

/// A session of a federated user: what a browser can sign in with, of an IAM user's long-term keys. It may do what the
/// user may and `policy` allows.
///
/// # Errors
/// Any [`NetError`].
pub async fn get_federation_token(
    client: &Client,
    caller: Caller<'_>,
    (name, policy): (&str, &str),
    duration: u32,
    observer: Observer<'_>,
) -> Result<Answer<Credentials>, NetError> {
    let seconds = duration.to_string();
    let fields = [("Name", name), ("Policy", policy), ("DurationSeconds", seconds.as_str())];
    let call = query("GetFederationToken", &fields, caller, false);
    finish(client, &call, observer, |xml| {
        xml.result("GetFederationToken", |node| reply::credentials(node, client.now()))
    })
    .await
}

/// What AWS grants to anybody; within it the role's own maximum decides.
fn duration(asked: Option<u32>) -> Result<Option<String>, NetError> {
    match asked {
        Some(seconds) if !(900..=43_200).contains(&seconds) => {
            let message = format!("a role's session lasts 900 to 43200 seconds, not {seconds}");
            Err(NetError::new(Kind::Setting, message))
        }
        asked => Ok(asked.map(|seconds| seconds.to_string())),
    }
}

/// `Tags.member.1.Key`, … as the Query API counts lists.
fn numbered<'a>(extras: &'a RoleExtras) -> Vec<(String, &'a str)> {
    let tags = extras.tags.iter().zip(1..).flat_map(|((key, value), at)| {
        let member = format!("Tags.member.{at}");
        [(format!("{member}.Key"), key.as_str()), (format!("{member}.Value"), value.as_str())]
    });
    let transitive = extras.transitive.iter().zip(1..);
    let transitive = transitive.map(|(key, at)| (format!("TransitiveTagKeys.member.{at}"), key.as_str()));
    let policies = extras.policy_arns.iter().zip(1..);
    let policies = policies.map(|(arn, at)| (format!("PolicyArns.member.{at}.arn"), arn.as_str()));
    let one = |name: &str, text: &'a Option<String>| Some((name.to_owned(), text.as_deref()?));
    let single = [one("SourceIdentity", &extras.source_identity), one("Policy", &extras.policy)];
    tags.chain(transitive).chain(policies).chain(single.into_iter().flatten()).collect()
}

/// A session of a role for a token of an identity provider. Not signed: the token is the proof.
///
/// # Errors
/// Any [`NetError`].
pub async fn assume_role_with_web_identity(
    client: &Client,
    endpoint: &Endpoint,
    role: RoleRequest<'_>,
    token: &Secret,
    observer: Observer<'_>,
) -> Result<Answer<RoleSession>, NetError> {
    let seconds = duration(role.duration)?;
    let mut fields = vec![
        ("Action", "AssumeRoleWithWebIdentity"),
        ("Version", VERSION),
        ("RoleArn", role.role_arn),
        ("RoleSessionName", role.session_name),
        ("WebIdentityToken", token.expose()),
    ];
    fields.extend(seconds.as_deref().map(|seconds| ("DurationSeconds", seconds)));
    let call = Call {
        body: form::encode(&fields),
        ..Call::new(Method::POST, endpoint.url.clone()).header("content-type", FORM)
    };
    finish(client, &call, observer, |xml| role_session(client, xml, "AssumeRoleWithWebIdentity")).await
}

/// Who the keys belong to. Needs no permission.
///
/// # Errors
/// Any [`NetError`].
pub async fn get_caller_identity(
    client: &Client,
    caller: Caller<'_>,
    observer: Observer<'_>,
) -> Result<Answer<Identity>, NetError> {
    let call = query("GetCallerIdentity", &[], caller, false);
    finish(client, &call, observer, |xml| {
        xml.result("GetCallerIdentity", |node| {
            Ok(Identity {
                account: reply::field(node, "Account")?,
                arn: reply::field(node, "Arn")?,
                user_id: reply::field(node, "UserId")?,
                alias: None,
            })
        })
    })
    .await
}

/// A URL that proves who the keys belong to, good for `expires`, to hand to another system. `headers` are part
/// of the proof (`x-k8s-aws-id` for EKS). Sends nothing.
///
/// # Errors
/// [`Kind::Setting`] if it cannot be signed.
pub fn presigned_caller_identity(
    client: &Client,
    caller: Caller<'_>,
    headers: &[(&'static str, &str)],
    expires: Duration,
) -> Result<Url, NetError> {
    let mut url = caller.endpoint.url.clone();
    url.query_pairs_mut().append_pair("Action", "GetCallerIdentity").append_pair("Version", VERSION);
    let what = ToSign { method: "GET", url: &url, headers, body: b"", at: client.now() };
    signer(caller).presign(what, expires)
}

fn signer(caller: Caller<'_>) -> Signer<'_> {
    let Caller { credentials, endpoint } = caller;
    Signer { credentials, region: &endpoint.region, service: endpoint.signing_name }
}

/// A signed POST of the Query API.
fn query<'a>(action: &str, fields: &[(&str, &str)], caller: Caller<'a>, once: bool) -> Call<'a> {
    let all = [&[("Action", action), ("Version", VERSION)], fields].concat();
    Call {
        body: form::encode(&all),
        signer: Some(signer(caller)),
        once,
        ..Call::new(Method::POST, caller.endpoint.url.clone()).header("content-type", FORM)
    }
}

fn push_mfa<'a>(fields: &mut Vec<(&'a str, &'a str)>, mfa: Option<Mfa<'a>>) -> Result<(), NetError> {
    let Some(Mfa { serial, code }) = mfa else { return Ok(()) };
    let digits = code.expose();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NetError::new(Kind::Setting, "an MFA code has six digits"));
    }
    fields.extend([("SerialNumber", serial), ("TokenCode", digits)]);
    Ok(())
}

fn role_session(client: &Client, xml: &Xml<'_>, action: &str) -> Result<RoleSession, NetError> {
    xml.result(action, |node| {
        let user = node.children().find(|child| child.tag_name().name() == "AssumedRoleUser");
        let user = user.ok_or("AWS's answer has no AssumedRoleUser")?;
        let arn = reply::field(user, "Arn")?;
        let mut credentials = reply::credentials(node, client.now())?;
        credentials.account = arn.split(':').nth(4).map(str::to_owned);
        Ok(RoleSession { credentials, arn })
    })
}

/// Sends, reads, counts.
pub(super) async fn finish<T>(
    client: &Client,
    call: &Call<'_>,
    observer: Observer<'_>,
    read: impl FnOnce(&Xml<'_>) -> Result<T, NetError>,
) -> Result<Answer<T>, NetError> {
    let Answer { value, requests } = client.send(call, observer).await?;
    let read = Xml::new(&value).and_then(|xml| read(&xml)).map_err(|error| error.after(requests))?;
    Ok(Answer { value: read, requests })
}
