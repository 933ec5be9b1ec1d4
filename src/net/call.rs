//! One call: sign, send, judge, and again if that is safe.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::HeaderMap;
use reqwest::{Body, Method, RequestBuilder, Response, Url};
use tokio::sync::Notify;

use super::client::Client;
use super::error::{Kind, NetError};
use super::outgoing::Outgoing;
use super::refusal::{self, Refusal};
use super::retry::{self, Failure, Next};
use super::sign::{Signer, ToSign};
use super::stage::{Observer, Stage};
use super::transport::{Lost, lost};
use super::{plain, skew};

/// A request as a service describes it.
pub struct Call<'a> {
    pub method: Method,
    pub url: Url,
    pub headers: Vec<(&'static str, &'a str)>,
    pub body: Bytes,
    /// `None` for what is not signed: metadata, the portal, web identity.
    pub signer: Option<Signer<'a>>,
    /// It carries an MFA code, which works once.
    pub once: bool,
    /// Never through a proxy.
    pub direct: bool,
    /// Another limit than the client's on the whole attempt.
    pub total: Option<Duration>,
    /// Another number of attempts than the policy's. Such a call only looks something up, so that silence, too, is
    /// an attempt.
    pub attempts: Option<u32>,
}

/// What came back, with how many requests it took.
#[derive(Clone, Debug)]
pub struct Answer<T> {
    pub value: T,
    pub requests: u32,
}

/// A whole reply, no longer than the limit.
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl<'a> Call<'a> {
    /// A request with nothing special about it.
    #[must_use]
    pub fn new(method: Method, url: Url) -> Self {
        Self {
            method,
            url,
            headers: Vec::new(),
            body: Bytes::new(),
            signer: None,
            once: false,
            direct: false,
            total: None,
            attempts: None,
        }
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'a str) -> Self {
        self.headers.push((name, value));
        self
    }

    fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }
}

impl std::fmt::Debug for Call<'_> {
    /// Headers and body may hold tokens and codes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Call({} {}{})", self.method, self.host(), self.url.path())
    }
}

impl std::fmt::Debug for Reply {
    /// The body may hold credentials.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reply({}, {} bytes)", self.status, self.body.len())
    }
}

impl Client {
    /// Sends until there is a 2xx, a final refusal, or no attempt left.
    ///
    /// # Errors
    /// Any [`NetError`], with the requests it took.
    pub async fn send(&self, call: &Call<'_>, observer: Observer<'_>) -> Result<Answer<Reply>, NetError> {
        let (mut requests, mut attempt, mut corrected) = (0, 1, false);
        loop {
            let (signed_at, sent) = (self.now(), Arc::new(Notify::new()));
            let request = self.request(call, signed_at, &sent).map_err(|error| error.after(requests))?;
            requests += 1;
            let (error, next) = match self.once(call, request, &sent, observer).await {
                Ok(reply) if (200..300).contains(&reply.status) => {
                    return Ok(Answer { value: reply, requests });
                }
                Ok(reply) => {
                    let said = refusal::read(&reply.headers, &reply.body);
                    if !corrected && self.learn_time(call, &reply, &said, signed_at, observer) {
                        corrected = true;
                        continue;
                    }
                    self.judge(call, &reply, said, attempt)
                }
                Err(lost) if lost.hopeless => (lost.error, Next::GiveUp),
                Err(lost) => (lost.error, self.next(call, lost.failure, attempt)),
            };
            match next {
                Next::Again { after, throttled } => wait(after, throttled, observer).await,
                Next::GiveUp => return Err(error.after(requests)),
                Next::OutcomeUnknown => return Err(unknown(error).after(requests)),
            }
            attempt += 1;
        }
    }

    /// Whether the clock explains the refusal; if so it is corrected from here on.
    fn learn_time(
        &self,
        call: &Call<'_>,
        reply: &Reply,
        said: &Refusal,
        signed_at: Timestamp,
        observer: Observer<'_>,
    ) -> bool {
        let theirs = skew::server_time(&reply.headers).filter(|_| call.signer.is_some());
        let by = theirs.and_then(|theirs| skew::correction(&said.code, theirs, signed_at));
        let Some(by) = by else { return false };
        self.correct_clock(by);
        observer(Stage::ClockCorrected { by });
        true
    }

    fn judge(&self, call: &Call<'_>, reply: &Reply, said: Refusal, attempt: u32) -> (NetError, Next) {
        if let Some(error) = reply.not_aws(call.host()) {
            return (error, Next::GiveUp);
        }
        let wait = retry::asked_wait(reply.header("x-amz-retry-after"), reply.header("retry-after"));
        let failure = Failure::Answered { status: reply.status, code: &said.code, wait };
        let next = self.next(call, failure, attempt);
        let off = skew::server_time(&reply.headers).map(|theirs| theirs.duration_since(self.world().now()));
        (NetError { off, ..plain::explain(reply.status, said, call.host()) }, next)
    }

    fn next(&self, call: &Call<'_>, failure: Failure<'_>, attempt: u32) -> Next {
        // A 5xx of a service that is there passes by: that many attempts it always gets.
        let answered = matches!(failure, Failure::Answered { .. }) && call.direct;
        let usual = self.policy.attempts;
        let attempts = call.attempts.map_or(usual, |own| if answered { own.max(usual) } else { own });
        let failure = match (failure, call.attempts) {
            (Failure::Lost, Some(_)) => Failure::NeverConnected,
            (failure, _) => failure,
        };
        retry::Policy { attempts, ..self.policy }.next(failure, attempt, call.once, dice())
    }

    /// One attempt.
    pub(super) async fn once(
        &self,
        call: &Call<'_>,
        request: RequestBuilder,
        sent: &Notify,
        observer: Observer<'_>,
    ) -> Result<Reply, Lost> {
        let broken = |error: reqwest::Error| self.lost(&error, call);
        observer(Stage::Connecting);
        let mut sending = std::pin::pin!(request.send());
        let response = tokio::select! {
            biased;
            response = &mut sending => response,
            () = sent.notified() => {
                observer(Stage::Sent);
                sending.await
            }
        };
        self.whole(response.map_err(broken)?, call).await
    }

    pub(super) fn request(
        &self,
        call: &Call<'_>,
        at: Timestamp,
        sent: &Arc<Notify>,
    ) -> Result<RequestBuilder, NetError> {
        let route = self.route(&call.url, call.direct)?;
        let total = call.total.unwrap_or(self.limits.total);
        let mut request = route.request(call.method.clone(), call.url.clone()).timeout(total);
        for (name, value) in &call.headers {
            request = request.header(*name, *value);
        }
        if let Some(signer) = &call.signer {
            let (method, url) = (call.method.as_str(), &call.url);
            let what = ToSign { method, url, headers: &call.headers, body: &call.body, at };
            for (name, value) in signer.headers(what)? {
                request = request.header(name, value);
            }
        }
        if call.body.is_empty() {
            return Ok(request);
        }
        Ok(request.body(Body::wrap(Outgoing::new(call.body.clone(), Arc::clone(sent)))))
    }

    fn lost(&self, error: &reqwest::Error, call: &Call<'_>) -> Lost {
        lost(error, call.host(), self.takes_proxy(&call.url, call.direct))
    }

    /// Reads the body up to the limit and not a byte further.
    async fn whole(&self, mut response: Response, call: &Call<'_>) -> Result<Reply, Lost> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.lost(&error, call))? {
            if body.len() + chunk.len() > self.limits.body {
                let message =
                    format!("{} answered with more than {} KB", call.host(), self.limits.body / 1024);
                let error = NetError::new(Kind::BadReply, message);
                return Err(Lost { error, failure: Failure::Lost, hopeless: true });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, headers, body })
    }
}

impl Reply {
    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// An answer that AWS never gives: a redirect, a proxy's demand, a portal's page.
    #[must_use]
    pub fn not_aws(&self, host: &str) -> Option<NetError> {
        match self.status {
            407 => Some(NetError::new(Kind::Proxy, "the proxy asks for a user name and password")),
            300..=399 => Some(NetError::new(
                Kind::NotAws,
                format!("{host} answered with a redirect, which AWS never does"),
            )),
            status if status < 500 && status != 429 && looks_like_html(&self.body) => Some(NetError::new(
                Kind::NotAws,
                format!("a web page came back instead of an answer from {host}"),
            )),
            _ => None,
        }
    }
}

/// Whether a body is a web page.
#[must_use]
pub fn looks_like_html(body: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&body[..body.len().min(512)]).trim_start().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|sign| start.starts_with(sign))
}

async fn wait(after: Duration, throttled: bool, observer: Observer<'_>) {
    let next_try_in = after;
    observer(if throttled { Stage::Throttled { next_try_in } } else { Stage::Retrying { next_try_in } });
    tokio::time::sleep(after).await;
}

/// The failure, with what it means for the code.
fn unknown(cause: NetError) -> NetError {
    let message = format!("{}; nobody knows whether AWS used the code", cause.message);
    NetError { kind: Kind::OutcomeUnknown, message, ..cause }
}

/// A number in `0.0..1.0`: jitter needs no better dice than the hasher's seed.
fn dice() -> f64 {
    let bits = u32::try_from(RandomState::new().build_hasher().finish() >> 32).unwrap_or_default();
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}
