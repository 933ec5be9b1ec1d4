//! What a connection that failed means: which kind of trouble, and whether the request may have arrived.

use std::error::Error;

use super::error::{Kind, NetError};
use super::retry::Failure;
use super::{plain, tls};

/// An attempt without a whole reply.
#[derive(Debug)]
pub struct Lost {
    pub error: NetError,
    pub failure: Failure<'static>,
    /// A failure that no second try can mend.
    pub hopeless: bool,
}

/// What a transport error means.
#[must_use]
pub fn lost(error: &reqwest::Error, host: &str) -> Lost {
    let text = chain_of(error);
    let failure = if error.is_connect() { Failure::NeverConnected } else { Failure::Lost };
    let kind = kind_of(error, &text);
    let message = match kind {
        Kind::Dns => format!("{host} has no address"),
        Kind::Tls => format!("no safe connection to {host}: {}", tls::explain(&text)),
        Kind::Proxy => format!("the proxy did not connect to {host}: {text}"),
        Kind::Connect if error.is_timeout() => format!("no connection to {host} in time"),
        Kind::Connect => format!("no connection to {host}: {text}"),
        Kind::Timeout => format!("{host} did not answer in time"),
        _ => format!("the connection to {host} broke: {text}"),
    };
    Lost { error: NetError::new(kind, message), failure, hopeless: kind == Kind::Tls }
}

fn kind_of(error: &reqwest::Error, text: &str) -> Kind {
    match () {
        () if error.is_dns() || text.contains("dns error") => Kind::Dns,
        () if error.is_connect() && error.is_timeout() => Kind::Connect,
        () if error.is_timeout() => Kind::Timeout,
        () if !error.is_connect() => Kind::Broken,
        () if text.contains("certificate") || text.contains("TLS") || text.contains("tls") => Kind::Tls,
        () if text.contains("tunnel") || text.contains("proxy") => Kind::Proxy,
        () => Kind::Connect,
    }
}

/// The innermost causes of an error, which are the ones that say something.
#[must_use]
pub fn chain_of(error: &dyn Error) -> String {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    let said = causes.split_off(causes.len().saturating_sub(2)).join(": ");
    plain::sanitised(&said)
}
