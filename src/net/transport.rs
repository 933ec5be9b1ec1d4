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

/// What a transport error means. `proxied`: the first hop was a proxy.
#[must_use]
pub fn lost(error: &reqwest::Error, host: &str, proxied: bool) -> Lost {
    let text = chain_of(error);
    let failure = if error.is_connect() { Failure::NeverConnected } else { Failure::Lost };
    let kind = match kind_of(error, &text) {
        Kind::Connect | Kind::Dns if proxied => Kind::Proxy,
        kind => kind,
    };
    let message = match kind {
        Kind::Dns => format!("{host} has no address"),
        Kind::Tls => format!("no safe connection to {host}: {}", tls::explain(&text)),
        Kind::Proxy => format!("no connection to {host} by way of the proxy: {text}"),
        Kind::Connect if error.is_timeout() => format!("no connection to {host} in time"),
        Kind::Connect => format!("no connection to {host}: {text}"),
        Kind::Timeout => format!("{host} did not answer in time"),
        _ => format!("the connection to {host} broke: {text}"),
    };
    Lost { error: NetError::new(kind, message), failure, hopeless: text.contains("certificate") }
}

fn kind_of(error: &reqwest::Error, text: &str) -> Kind {
    match () {
        () if error.is_dns() || text.contains("dns error") => Kind::Dns,
        () if error.is_connect() && error.is_timeout() => Kind::Connect,
        () if error.is_timeout() => Kind::Timeout,
        () if !error.is_connect() => Kind::Broken,
        () if is_tls(error) => Kind::Tls,
        () if text.contains("tunnel") || text.contains("proxy") => Kind::Proxy,
        () => Kind::Connect,
    }
}

/// Whether rustls is among the causes. I/O errors that wrap it hide it from `source`.
fn is_tls(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| unwrapped(cause).is::<rustls::Error>())
}

fn unwrapped<'a>(cause: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    match cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(inner) => unwrapped(inner),
        None => cause,
    }
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |cause| (**cause).source())
}

/// The innermost causes of an error, which are the ones that say something.
#[must_use]
pub fn chain_of(error: &(dyn Error + 'static)) -> String {
    let mut causes: Vec<_> = causes(error).map(ToString::to_string).collect();
    let said = causes.split_off(causes.len().saturating_sub(2)).join(": ");
    plain::sanitised(&said)
}
