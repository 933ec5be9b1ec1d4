//! Talking to AWS over HTTP. One file a service; what they share is in the files around them.
//!
//! A request goes: [`endpoint`] says where and for which region it is signed; the service's file builds a
//! [`call::Call`]; [`client::Client`] picks the route ([`proxy`], [`tls`]) and sends it, signed by [`sign`];
//! [`retry`] (a pure policy) and [`skew`] say whether to send it again; [`refusal`] reads what AWS objects to
//! and [`reply`] believes an answer only when all of it is there. Everything that can go wrong is a
//! [`error::NetError`] with a hint.
//!
//! All calls are futures for a current-thread runtime: dropping one cancels it.

pub mod call;
pub mod client;
pub mod clock;
pub mod console;
pub mod container;
mod dpop;
pub mod endpoint;
pub mod error;
pub mod form;
pub mod iam;
pub mod iam_keys;
pub mod imds;
pub mod json;
pub mod oidc;
pub mod outgoing;
pub mod partition;
pub mod plain;
pub mod proxy;
pub mod refusal;
pub mod reply;
pub mod retry;
pub mod sign;
pub mod signin;
pub mod skew;
pub mod sso;
pub mod stage;
pub mod sts;
pub mod tls;
pub mod transport;

pub use call::Answer;
pub use client::Client;
pub use error::{Kind, NetError};
pub use stage::{Observer, Stage};
