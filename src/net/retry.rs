//! Whether to ask again: a pure policy. No clock, no dice: the caller brings both.
//!
//! Only what cannot have had an effect, or what AWS itself calls passing, is tried again: a connection that
//! was never made, a 5xx, a 429, a throttling code. Everything else is final. A request that carries an MFA
//! code is stricter: a code works once, so after anything that may have used it up the answer is
//! [`Next::OutcomeUnknown`]. Delays are AWS's own of 2026 (50 ms, 1 s when throttled, 20 s at most, full
//! jitter; docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).

use std::time::Duration;

/// The numbers. Tests make them tiny.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub attempts: u32,
    pub base: Duration,
    pub throttled: Duration,
    pub cap: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(50),
            throttled: Duration::from_secs(1),
            cap: Duration::from_secs(20),
        }
    }
}

/// What happened to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure<'a> {
    /// No byte of the request left.
    NeverConnected,
    /// Sent, and then silence: a timeout, a reset, half an answer.
    Lost,
    /// Answered, with the delay the answer asks for.
    Answered { status: u16, code: &'a str, wait: Option<Duration> },
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Again {
        after: Duration,
        throttled: bool,
    },
    GiveUp,
    /// Final, and an MFA code may be used up.
    OutcomeUnknown,
}

/// Codes that mean "slow down", whatever the HTTP status (botocore `retries/standard.py`; the last is STS's
/// own passing failure, `IDPCommunicationError`).
const THROTTLING: [&str; 15] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
    "IDPCommunicationError",
];

/// Whether AWS asks to slow down.
#[must_use]
pub fn is_throttling(status: u16, code: &str) -> bool {
    status == 429 || THROTTLING.contains(&code)
}

impl Policy {
    /// After attempt number `attempt` (the first is 1) of a request that carries an MFA code (`once`) or not.
    /// `dice` is in `0.0..1.0`.
    #[must_use]
    pub fn next(&self, failure: Failure<'_>, attempt: u32, once: bool, dice: f64) -> Next {
        let (throttled, wait) = match failure {
            Failure::NeverConnected => (false, None),
            Failure::Lost | Failure::Answered { status: 500.., .. } if once => return Next::OutcomeUnknown,
            Failure::Answered { status, code, wait } if is_throttling(status, code) => (true, wait),
            Failure::Answered { status: 500.., wait, .. } => (false, wait),
            Failure::Lost | Failure::Answered { .. } => return Next::GiveUp,
        };
        let after = self.delay(attempt, throttled, dice).max(wait.unwrap_or_default());
        // Asked to stay away longer than anyone waits at a prompt: say so instead of hammering.
        if attempt >= self.attempts || after > self.cap {
            return Next::GiveUp;
        }
        Next::Again { after, throttled }
    }

    /// Full jitter: anything between nothing and the doubled base.
    fn delay(&self, attempt: u32, throttled: bool, dice: f64) -> Duration {
        let base = if throttled { self.throttled } else { self.base };
        let doubled = base.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        doubled.min(self.cap).mul_f64(dice.clamp(0.0, 1.0))
    }
}

/// The delay an answer asks for: `x-amz-retry-after` in milliseconds, else `Retry-After` in seconds.
#[must_use]
pub fn asked_wait(amz_millis: Option<&str>, seconds: Option<&str>) -> Option<Duration> {
    let number = |text: Option<&str>| text?.trim().parse::<u64>().ok();
    number(amz_millis).map(Duration::from_millis).or_else(|| number(seconds).map(Duration::from_secs))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: Policy = Policy {
        attempts: 3,
        base: Duration::from_millis(50),
        throttled: Duration::from_secs(1),
        cap: Duration::from_secs(20),
    };

    fn answered(status: u16, code: &str) -> Failure<'_> {
        Failure::Answered { status, code, wait: None }
    }

    fn again(millis: u64, throttled: bool) -> Next {
        Next::Again { after: Duration::from_millis(millis), throttled }
    }

    #[test]
    fn the_table() {
        // failure, without a code, with one
        let table = [
            (Failure::NeverConnected, again(25, false), again(25, false)),
            (Failure::Lost, Next::GiveUp, Next::OutcomeUnknown),
            (answered(500, ""), again(25, false), Next::OutcomeUnknown),
            (answered(503, "SlowDown"), again(500, true), Next::OutcomeUnknown),
            (answered(429, ""), again(500, true), again(500, true)),
            (answered(400, "Throttling"), again(500, true), again(500, true)),
            (answered(403, "AccessDenied"), Next::GiveUp, Next::GiveUp),
            (answered(400, "ValidationError"), Next::GiveUp, Next::GiveUp),
            (answered(404, ""), Next::GiveUp, Next::GiveUp),
            (answered(302, ""), Next::GiveUp, Next::GiveUp),
        ];
        for (failure, plain, once) in table {
            assert_eq!(POLICY.next(failure, 1, false, 0.5), plain, "{failure:?}");
            assert_eq!(POLICY.next(failure, 1, true, 0.5), once, "{failure:?} with a code");
        }
    }

    #[test]
    fn doubles_stops_and_caps() {
        let at = |attempt| POLICY.next(Failure::NeverConnected, attempt, false, 1.0);
        assert_eq!((at(1), at(2), at(3)), (again(50, false), again(100, false), Next::GiveUp));
        let patient = Policy { attempts: 99, ..POLICY };
        assert_eq!(patient.next(answered(429, ""), 40, false, 1.0), again(20_000, true));
    }

    #[test]
    fn waits_as_long_as_asked_or_gives_up() {
        let asked =
            |seconds| Failure::Answered { status: 503, code: "", wait: asked_wait(None, Some(seconds)) };
        assert_eq!(POLICY.next(asked("3"), 1, false, 0.5), again(3_000, false));
        assert_eq!(POLICY.next(asked("3600"), 1, false, 0.5), Next::GiveUp);
        assert_eq!(asked_wait(Some("150"), Some("9")), Some(Duration::from_millis(150)));
        assert_eq!(asked_wait(None, Some("soon")), None);
    }
}
