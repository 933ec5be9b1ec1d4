//! A request body that tells when it leaves.
//!
//! The HTTP client asks for the body only once the connection stands, so the moment it is asked for is the
//! moment the request is on its way.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::Notify;

/// One chunk and a bell.
pub struct Outgoing {
    bytes: Option<Bytes>,
    sent: Arc<Notify>,
}

impl Outgoing {
    /// `sent` rings when the body is taken.
    #[must_use]
    pub fn new(bytes: Bytes, sent: Arc<Notify>) -> Self {
        Self { bytes: Some(bytes), sent }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.sent.notify_one();
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Outgoing")
    }
}
