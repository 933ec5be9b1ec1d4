//! What can go wrong between here and AWS, as a caller must tell it apart.

use std::fmt;

use jiff::SignedDuration;

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NetError {
    pub kind: Kind,
    /// AWS's own error code, where AWS answered: `AccessDenied`, `Throttling`, …
    pub code: Option<String>,
    /// One sentence in plain words, lower case, no control characters.
    pub message: String,
    pub request_id: Option<String>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// AWS's clock minus ours when it refused, to the second; `None` where its answer did not say what time it is.
    pub off: Option<SignedDuration>,
    /// How many requests were tried before this came out.
    pub requests: u32,
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A setting of ours or the user's cannot work: nothing was sent.
    Setting,
    Dns,
    Connect,
    Tls,
    Proxy,
    Timeout,
    /// The connection broke after the request was sent.
    Broken,
    /// Somebody else answered: a captive portal, a proxy's page, a redirect.
    NotAws,
    /// AWS's answer is cut off, too long, or lacks something.
    BadReply,
    /// The request carried an MFA code and nobody knows whether AWS used it.
    OutcomeUnknown,
    /// Wrong or already used.
    WrongCode,
    /// The serial is not a device of this user.
    WrongDevice,
    AccessDenied,
    /// `InvalidClientTokenId`: no such key, or a session without its token.
    UnknownKey,
    /// `SignatureDoesNotMatch`: the secret is not that of the key.
    BadSignature,
    /// The session that signed has expired.
    Expired,
    /// This computer's clock is too far off.
    Clock,
    Throttled,
    /// A 5xx, after retries.
    Service,
    /// Nothing there (a 404 from the instance metadata).
    NotFound,
    /// Any other refusal.
    Refused,
}

/// What a caller decides by: the exit codes of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Fix a setting first (exit 1).
    Setting,
    /// AWS said no (exit 4).
    Refused,
    /// AWS was not reached or did not answer sensibly (exit 5).
    Unreachable,
}

impl Kind {
    /// Which of the three it is.
    #[must_use]
    pub const fn class(self) -> Class {
        match self {
            Self::Setting => Class::Setting,
            Self::WrongCode
            | Self::WrongDevice
            | Self::AccessDenied
            | Self::UnknownKey
            | Self::BadSignature
            | Self::Expired
            | Self::Clock
            | Self::NotFound
            | Self::Refused => Class::Refused,
            _ => Class::Unreachable,
        }
    }

    /// A word for JSON where AWS gave no code of its own.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Setting => "network-setting",
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Proxy => "proxy",
            Self::Timeout => "timeout",
            Self::Broken => "connection-broken",
            Self::NotAws => "not-aws",
            Self::BadReply => "bad-reply",
            Self::OutcomeUnknown => "outcome-unknown",
            Self::WrongCode => "wrong-code",
            Self::WrongDevice => "wrong-device",
            Self::AccessDenied => "access-denied",
            Self::UnknownKey => "unknown-key",
            Self::BadSignature => "bad-signature",
            Self::Expired => "expired",
            Self::Clock => "clock",
            Self::Throttled => "throttled",
            Self::Service => "service",
            Self::NotFound => "not-found",
            Self::Refused => "refused",
        }
    }
}

impl NetError {
    /// A failure without an answer of AWS's.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { kind, code: None, message, request_id: None, status: None, off: None, requests: 0 }
    }

    /// AWS's code, else our word for the kind.
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.as_deref().unwrap_or(self.kind.word())
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        super::plain::hint(self.kind).map(str::to_owned)
    }

    /// The same failure, counted.
    #[must_use]
    pub fn after(self, requests: u32) -> Self {
        Self { requests, ..self }
    }
}

impl fmt::Display for NetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.request_id {
            Some(id) => write!(f, " (request id {id})"),
            None => Ok(()),
        }
    }
}
