//! MFA sessions: whose they are, where they are stored, until when they hold.
//!
//! A session belongs to an access key id and an MFA device, not to a profile name. It is stored in a *session
//! profile* beside the long-term keys: [`Target`] says which, or why not. [`expiry`] and [`owner`] read the
//! marks of every known writer (`awsprof`, aws-mfa, awsume, saml2aws, aws-vault, jhandguy), because the
//! credentials file is shared by all of them.

mod error;
mod marks;
mod naming;
mod target;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};

pub use error::SessionError;
pub use marks::{AWS_MFA_EXPIRY, NATIVE_EXPIRY, Owner, expiry, expiry_in, owner};
pub use naming::{
    SAVED_DEFAULT, default_name, long_term_of, serial, session_profile_among, session_profile_of,
};
pub use target::{Style, Target};

/// A session is *fresh* while it has at least this long to live.
pub const FRESH: SignedDuration = SignedDuration::from_mins(15);

/// Whether a session with this expiry may still be handed out. An unknown expiry is not fresh.
#[must_use]
pub fn is_fresh(expiry: Option<Timestamp>, now: Timestamp) -> bool {
    expiry.is_some_and(|at| at.duration_since(now) >= FRESH)
}
