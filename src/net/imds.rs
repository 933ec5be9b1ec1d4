//! Instance metadata: version 2 with a token, version 1 where botocore would fall back to it.
//!
//! The rules are botocore's (`utils.py`, `_fetch_metadata_token`): a 403, 404, 405 or a silence on the token's
//! PUT leads to version 1 unless that is disabled; a 400 is final. Nothing here goes through a proxy, and
//! expired credentials are handed on: an instance must outlive an outage of the metadata service.

use std::time::Duration;

use reqwest::{Method, Url};

use super::call::{Answer, Call, Reply};
use super::client::{Client, DIRECT_CONNECT};
use super::error::{Kind, NetError};
use super::json;
use super::plain::sanitised;
use super::reply::bad;
use super::stage::Observer;
use crate::aws::secret::{Credentials, Secret};
use crate::aws::world::Env;

/// Below it is one file a role.
pub const ROLES: &str = "latest/meta-data/iam/security-credentials/";
/// The region's name.
pub const REGION: &str = "latest/meta-data/placement/region";
const TOKEN: &str = "latest/api/token";
const TTL_HEADER: &str = "x-aws-ec2-metadata-token-ttl-seconds";
const TTL: &str = "21600";

/// How a world wants the service asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub base: Url,
    pub disabled: bool,
    pub v1_allowed: bool,
    /// For each answer; connecting has a second of its own.
    pub timeout: Duration,
    pub attempts: u32,
}

impl Settings {
    /// From the environment, then the profile's keys as `profile` looks them up.
    ///
    /// # Errors
    /// [`Kind::Setting`] for an endpoint that is no URL or a mode that is neither IPv4 nor IPv6.
    pub fn read<'a>(env: &'a Env, profile: impl Fn(&str) -> Option<&'a str>) -> Result<Self, NetError> {
        let get = |variable: &str, key: &str| env.non_empty(variable).or_else(|| profile(key));
        let yes = |text: Option<&str>| text.is_some_and(|text| text.eq_ignore_ascii_case("true"));
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<u32>().ok()).filter(|n| *n > 0);
        let seconds = number(get("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout")).unwrap_or(1);
        Ok(Self {
            base: base(
                get("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint"),
                get("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode"),
            )?,
            disabled: yes(env.non_empty("AWS_EC2_METADATA_DISABLED")),
            v1_allowed: !yes(get("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled")),
            timeout: Duration::from_secs(seconds.into()),
            attempts: number(get("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"))
                .unwrap_or(1),
        })
    }

    /// The URL of a path; a leading slash makes no difference.
    ///
    /// # Errors
    /// [`Kind::Setting`] if the path leads to another host.
    pub fn at(&self, path: &str) -> Result<Url, NetError> {
        let joined = self.base.join(path.trim_start_matches('/')).ok();
        let same = joined.filter(|url| url.origin() == self.base.origin());
        same.ok_or_else(|| NetError::new(Kind::Setting, format!("{path:?} is no metadata path")))
    }
}

/// The endpoint wins over the mode.
fn base(endpoint: Option<&str>, mode: Option<&str>) -> Result<Url, NetError> {
    let wrong =
        |what: &str, text: &str| NetError::new(Kind::Setting, format!("`{text}` is not a valid {what}"));
    let text = match (endpoint, mode.map(str::to_ascii_lowercase).as_deref()) {
        (Some(text), _) => text,
        (None, None | Some("ipv4")) => "http://169.254.169.254/",
        (None, Some("ipv6")) => "http://[fd00:ec2::254]/",
        (None, Some(_)) => return Err(wrong("endpoint mode", mode.unwrap_or_default())),
    };
    let mut url = Url::parse(text).map_err(|_| wrong("metadata endpoint (invalid uri character?)", text))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("metadata endpoint", text));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

/// Which version answers.
#[derive(Clone, Debug)]
pub enum Version {
    V2 {
        token: Secret,
        /// Seconds the token is good for, as the service says.
        ttl: Option<u32>,
    },
    V1 {
        /// The token's PUT was sent and nothing came back: a hop limit of 1 does that in a container.
        put_died: bool,
    },
}

/// The service, with a token or without.
#[derive(Debug)]
pub struct Imds<'a> {
    client: &'a Client,
    settings: &'a Settings,
    pub version: Version,
    /// Requests sent so far.
    pub requests: u32,
}

impl<'a> Imds<'a> {
    /// Asks for a token.
    ///
    /// # Errors
    /// [`Kind::Setting`] if disabled; transport errors if nobody is there; the refusal of a 400.
    pub async fn open(
        client: &'a Client,
        settings: &'a Settings,
        observer: Observer<'_>,
    ) -> Result<Self, NetError> {
        if settings.disabled {
            return Err(NetError::new(Kind::Setting, "AWS_EC2_METADATA_DISABLED is true"));
        }
        let call = request(settings, Method::PUT, TOKEN)?.header(TTL_HEADER, TTL);
        let (version, requests) = match client.send(&call, observer).await {
            Ok(Answer { value, requests }) => (v2(&value).map_err(|error| error.after(requests))?, requests),
            Err(error) if !settings.v1_allowed => return Err(no_way_back(error)),
            Err(error) => (fall_back(&error)?, error.requests),
        };
        Ok(Self { client, settings, version, requests })
    }

    /// Version 1 without trying version 2.
    #[must_use]
    pub fn v1(client: &'a Client, settings: &'a Settings) -> Self {
        Self { client, settings, version: Version::V1 { put_died: false }, requests: 0 }
    }

    /// The text at a path.
    ///
    /// # Errors
    /// Any [`NetError`]; [`Kind::NotFound`] where nothing is.
    pub async fn get(&mut self, path: &str, observer: Observer<'_>) -> Result<String, NetError> {
        let reply = self.fetch(path, observer).await?;
        String::from_utf8(reply.body).map_err(|_| NetError::new(Kind::BadReply, "the metadata is not text"))
    }

    /// The name of the instance's role; [`Kind::NotFound`] if it has none.
    ///
    /// # Errors
    /// Any [`NetError`].
    pub async fn role(&mut self, observer: Observer<'_>) -> Result<String, NetError> {
        let list = self.get(ROLES, observer).await.map_err(|error| match error.kind {
            Kind::NotFound => {
                NetError { message: "no role is attached to this instance".to_owned(), ..error }
            }
            _ => error,
        })?;
        let first = sanitised(list.lines().next().unwrap_or_default());
        let none =
            || NetError::new(Kind::NotFound, "no role is attached to this instance").after(self.requests);
        if first.is_empty() { Err(none()) } else { Ok(first) }
    }

    /// The credentials of a role, expired ones included.
    ///
    /// # Errors
    /// Any [`NetError`]; [`Kind::Refused`] with the service's own code if it has none to give.
    pub async fn credentials(&mut self, role: &str, observer: Observer<'_>) -> Result<Credentials, NetError> {
        let reply = self.fetch(&format!("{ROLES}{role}"), observer).await?;
        let body = json::parse(&reply)?;
        let text = |name: &str| body.get(name).and_then(|value| value.as_str()).map(sanitised);
        if let Some(code) = text("Code").filter(|code| code != "Success") {
            let message =
                format!("the instance has no credentials: {code} {}", text("Message").unwrap_or_default());
            return Err(
                NetError { code: Some(code), ..NetError::new(Kind::Refused, message) }.after(self.requests)
            );
        }
        json::credentials(&reply, &body, json::METADATA).map_err(|error| error.after(self.requests))
    }

    async fn fetch(&mut self, path: &str, observer: Observer<'_>) -> Result<Reply, NetError> {
        let mut call = request(self.settings, Method::GET, path)?;
        let mut died = false;
        match &self.version {
            Version::V2 { token, .. } => call = call.header("x-aws-ec2-metadata-token", token.expose()),
            Version::V1 { put_died } => died = *put_died,
        }
        let answer = self.client.send(&call, observer).await;
        self.requests += answer.as_ref().map_or_else(|error| error.requests, |answer| answer.requests);
        let explained = |error: NetError| if died { hop_limit(error) } else { error };
        answer.map(|answer| answer.value).map_err(explained)
    }
}

fn request<'a>(settings: &Settings, method: Method, path: &str) -> Result<Call<'a>, NetError> {
    Ok(Call {
        direct: true,
        total: Some(settings.timeout + DIRECT_CONNECT),
        attempts: Some(settings.attempts),
        ..Call::new(method, settings.at(path)?)
    })
}

/// A token is text that fits in a header.
fn v2(reply: &Reply) -> Result<Version, NetError> {
    let token = str::from_utf8(&reply.body).ok().map(str::trim);
    let token = token.filter(|token| !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic()));
    let token = token.ok_or_else(|| bad(reply, "the metadata service gave no token"))?;
    let ttl = reply.header(TTL_HEADER).and_then(|ttl| ttl.parse().ok());
    Ok(Version::V2 { token: Secret::new(token), ttl })
}

fn fall_back(error: &NetError) -> Result<Version, NetError> {
    match (error.kind, error.status) {
        (Kind::Timeout, _) => Ok(Version::V1 { put_died: true }),
        (_, Some(403..=405)) => Ok(Version::V1 { put_died: false }),
        _ => Err(error.clone()),
    }
}

/// The connection stands, but the answer to the PUT never comes: it may not travel as far as into a container.
const HOP_LIMIT: &str = "the service was reached, but its token never arrived (hop limit 1? in a container, raise the \
                         instance's metadata hop limit to 2)";

fn hop_limit(error: NetError) -> NetError {
    let message = format!("{HOP_LIMIT}; and without a token: {}", error.message);
    NetError { message, ..error }
}

/// Without version 1 the failure of the token is the end.
fn no_way_back(error: NetError) -> NetError {
    let message = match (error.kind, error.status) {
        (Kind::Timeout, _) => format!("{HOP_LIMIT}, and version 1 is not to be tried"),
        (_, Some(403)) => "request forbidden: IMDS is disabled".to_owned(),
        _ => return error,
    };
    NetError { message, ..error }
}
