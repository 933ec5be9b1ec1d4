//! What a request is doing, so that a screen can say it while a person waits.

use std::time::Duration;

use jiff::SignedDuration;

/// A moment in the life of one call. A call may pass through several rounds of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Looking the host up, connecting, agreeing on TLS.
    Connecting,
    /// The request is on its way; the answer is what is waited for. From here on an MFA code may be used up.
    /// (Requests without a body, as to the metadata service, skip this.)
    Sent,
    /// AWS said slow down.
    Throttled { next_try_in: Duration },
    /// Something passing went wrong.
    Retrying { next_try_in: Duration },
    /// This computer's clock is off by this much (AWS's minus ours); the request is signed again.
    ClockCorrected { by: SignedDuration },
}

/// Who wants to know.
pub type Observer<'a> = &'a mut (dyn FnMut(Stage) + Send);
