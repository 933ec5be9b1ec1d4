//! Renewing an MFA session: plan, refuse the impossible, ask STS, write the session profile.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::aws::secret::Secret;

/// What to renew and how.
#[derive(Clone, Debug, Default)]
pub struct RenewRequest {
    pub profile: String,
    /// Six digits from the device.
    pub code: Option<Secret>,
    /// Length of the new session; the context's default otherwise.
    pub duration: Option<SignedDuration>,
    /// The device, when the profile does not name it.
    pub serial: Option<String>,
    /// Another session profile than the rules would choose.
    pub into: Option<String>,
    /// Renew although the session is fresh.
    pub force: bool,
}

/// A session profile that is good now (contract, `renew --json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Renewed {
    pub profile: String,
    pub session_profile: String,
    pub access_key_id: String,
    pub expires_at: Option<Timestamp>,
    /// `false` when a fresh session was already there.
    pub renewed: bool,
    /// How many requests were sent to AWS.
    pub requests: u32,
}
