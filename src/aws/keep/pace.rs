//! How early a session is renewed, and how long is waited after a failure. Numbers and dice, no clock.
//!
//! A session is renewed while every tool still calls it fresh, so that nobody else sees a reason to renew it too. The
//! jitter comes from a seed and the session's own name and end: five awsprofs on one computer choose five moments, and
//! each of them chooses the same one at every look.

use jiff::{SignedDuration, Timestamp};

use crate::aws::session::FRESH;

/// No two renewals of one session are closer, whatever its length.
pub const GAP: SignedDuration = SignedDuration::from_mins(5);
/// A session that had been over for longer when it was first seen is nobody's any more.
pub const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

/// Renewals are spread over this much.
const SPREAD: SignedDuration = SignedDuration::from_mins(5);
/// The first wait after AWS could not be reached, and the longest.
const PASSING: [SignedDuration; 2] = [SignedDuration::from_secs(30), SignedDuration::from_mins(5)];
/// The same after something on this computer was in the way: nothing is sent then.
const LOCAL: [SignedDuration; 2] = [SignedDuration::from_mins(1), SignedDuration::from_hours(1)];
/// A refusal may have been about a code that somebody else had just used: one more try.
const SECOND_TRY: SignedDuration = SignedDuration::from_mins(1);
/// Whoever cancelled wants peace for a while.
const PEACE: SignedDuration = SignedDuration::from_mins(10);

/// Why a session was not renewed, as far as it decides when to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// AWS was not reached, or asked for patience.
    Passing,
    /// Something on this computer: a locked keyring, a file, a command that failed.
    Local,
    /// AWS said no.
    Refused,
    /// A person cancelled it.
    Cancelled,
}

/// How long before its end a session of this length is renewed at the latest: when it stops being fresh, or in the last
/// quarter of a short one.
#[must_use]
pub fn lead(lifetime: SignedDuration) -> SignedDuration {
    FRESH.min(lifetime / 4)
}

/// When a session that ends at `end` is renewed.
#[must_use]
pub fn due(seed: u64, profile: &str, end: Timestamp, lifetime: SignedDuration) -> Timestamp {
    let spread = SPREAD.min(lifetime / 12);
    let early = lead(lifetime) + share(spread, dice(seed, profile, end.as_second()));
    end.checked_sub(early).unwrap_or(end)
}

/// How long to wait after failure number `failures` in a row (the first is 1); `None`: until a person does something.
#[must_use]
pub fn wait(fault: Fault, failures: u32, lifetime: SignedDuration, dice: u64) -> Option<SignedDuration> {
    let doubled = |[base, cap]: [SignedDuration; 2]| {
        let times = 1_i32.checked_shl(failures.saturating_sub(1).min(12)).unwrap_or(1);
        let whole = base.saturating_mul(times).min(cap);
        whole / 2 + share(whole / 2, dice)
    };
    match fault {
        // The wait must not outlast the time that is left after the first failure.
        Fault::Passing => Some(doubled(PASSING).min(lead(lifetime) / 2)),
        Fault::Local => Some(doubled(LOCAL)),
        Fault::Refused => (failures < 2).then_some(SECOND_TRY),
        Fault::Cancelled => Some(PEACE),
    }
}

/// A number for this session at this point, the same at every look (FNV-1a, then a mix so that neighbours differ).
#[must_use]
pub fn dice(seed: u64, profile: &str, at: i64) -> u64 {
    let bytes = seed.to_le_bytes().into_iter().chain(profile.bytes()).chain(at.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash ^ (hash >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A part of `whole`: anything from nothing to all of it.
fn share(whole: SignedDuration, dice: u64) -> SignedDuration {
    let millis = i128::from(dice >> 32) * whole.as_millis() / i128::from(u32::MAX);
    SignedDuration::from_millis(i64::try_from(millis).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF_DAY: SignedDuration = SignedDuration::from_hours(12);

    #[test]
    fn a_session_is_renewed_while_it_is_fresh_and_a_short_one_in_its_last_third() {
        let end: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
        for (lifetime, latest, earliest) in
            [(HALF_DAY, 15 * 60, 20 * 60), (SignedDuration::from_mins(15), 225, 300)]
        {
            for seed in 0..200 {
                let left = end.duration_since(due(seed, "work-mfa", end, lifetime)).as_secs();
                assert!((latest..=earliest).contains(&left), "{lifetime}: {left}");
            }
        }
        let moments: std::collections::BTreeSet<_> =
            (0..50).map(|seed| due(seed, "work-mfa", end, HALF_DAY)).collect();
        assert!(moments.len() > 45, "processes choose moments of their own");
    }

    #[test]
    fn waits_grow_to_a_limit_and_a_refusal_ends_them() {
        let wait = |fault, failures, dice| wait(fault, failures, HALF_DAY, dice).map(|wait| wait.as_secs());
        let passing: Vec<_> = (1..7).filter_map(|n| wait(Fault::Passing, n, u64::MAX)).collect();
        assert_eq!(passing, [30, 60, 120, 240, 300, 300]);
        assert_eq!(wait(Fault::Passing, 1, 0), Some(15), "never less than half");
        assert_eq!(wait(Fault::Local, 40, u64::MAX), Some(3600));
        assert_eq!((wait(Fault::Refused, 1, 0), wait(Fault::Refused, 2, 0)), (Some(60), None));
        let short = super::wait(Fault::Passing, 9, SignedDuration::from_mins(15), u64::MAX);
        assert_eq!(short.unwrap().as_secs(), 112, "half of what is left of a short session");
    }
}
