//! A code's turn: AWS takes each once, so one that was sent is not sent again, by whichever process.
//!
//! A typed code that was sent is refused. A source that makes codes waits for its next one and says so.

use jiff::{SignedDuration, Timestamp};

use super::{Class, Context, Failure, Stage};
use crate::aws::secret::Secret;
use crate::net::error::Kind;
use crate::vault::spent::Spent;

/// One look at the clock: a computer that slept notices.
const LOOK: SignedDuration = SignedDuration::from_secs(1);

/// Claims a code that a person has.
///
/// # Errors
/// It was sent already.
pub(super) fn claimed(context: &Context, serial: &str, code: Secret) -> Result<Secret, Failure> {
    if spent(context).claim(serial, &code, context.world.now())? {
        return Ok(code);
    }
    Err(Failure::new(
        Class::Guard,
        "code-spent",
        "this code was sent just now, and AWS takes each code once: nothing was sent",
    )
    .hint("wait for the next code on your device"))
}

/// Claims a code if it is still to be had.
///
/// # Errors
/// A state folder that cannot be written.
pub(super) fn is_ours(context: &Context, serial: &str, code: &Secret) -> Result<bool, Failure> {
    Ok(spent(context).claim(serial, code, context.world.now())?)
}

/// Whether a code was sent already, without claiming it.
///
/// # Errors
/// A state folder that cannot be read.
pub fn was_sent(context: &Context, serial: &str, code: &Secret) -> Result<bool, Failure> {
    Ok(spent(context).knows(serial, code, context.world.now())?)
}

/// Gives a claim back when the failure shows that AWS never looked at the code.
pub(super) fn give_back(context: &Context, serial: &str, code: &Secret, failure: Kind) {
    let untouched = matches!(
        failure,
        Kind::Setting
            | Kind::Dns
            | Kind::Connect
            | Kind::Tls
            | Kind::Proxy
            | Kind::Throttled
            | Kind::UnknownKey
            | Kind::BadSignature
            | Kind::Clock
    );
    if untouched {
        // A claim that stays costs half a minute.
        let _ = spent(context).give_back(serial, code, context.world.now());
    }
}

/// Waits until a moment, by the clock on the wall; tells how long. A clock that is a value is moved instead.
pub async fn until(context: &Context, at: Timestamp, watch: &mut (dyn FnMut(Stage) + Send)) {
    let clock = &context.world.clock;
    let left = |now: Timestamp| at.duration_since(now);
    if left(clock.now()).is_positive() {
        watch(Stage::NextCode { at, left: left(clock.now()).as_secs().max(1) });
    }
    while left(clock.now()).is_positive() && !clock.jump(at) {
        let nap = left(clock.now()).clamp(SignedDuration::from_millis(10), LOOK);
        tokio::time::sleep(nap.unsigned_abs()).await;
    }
}

fn spent(context: &Context) -> Spent {
    Spent::at(&context.state)
}
