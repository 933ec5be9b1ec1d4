//! A wrong clock, noticed: AWS refuses a signature whose time is more than five minutes off, and says what
//! time it is in the same breath. The request is then signed once more with the clock corrected, and the
//! correction is kept for the calls that follow (as Go v2 and JavaScript v3 do; botocore does not).

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};

/// Below this a difference does not explain a refused signature (Go v2: 4 minutes).
const POSSIBLE: SignedDuration = SignedDuration::from_mins(4);

/// Codes that are about the time and nothing else.
const DEFINITE: [&str; 3] = ["RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"];
/// Codes that may be about the time.
const MAYBE: [&str; 3] = ["SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure"];

/// The HTTP `Date` header as a moment.
#[must_use]
pub fn server_time(date: &str) -> Option<Timestamp> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    PARSER.parse_timestamp(date).ok()
}

/// How much to add to our clock before signing again; `None` if the clock does not explain the refusal.
/// `date` is the answer's `Date`; an answer with an `Age` came out of a cache and says nothing of the time.
#[must_use]
pub fn correction(
    code: &str,
    date: Option<&str>,
    from_cache: bool,
    signed_at: Timestamp,
) -> Option<SignedDuration> {
    if from_cache || !(DEFINITE.contains(&code) || MAYBE.contains(&code)) {
        return None;
    }
    let off = server_time(date?)?.duration_since(signed_at);
    let enough = off.abs() > POSSIBLE || (DEFINITE.contains(&code) && !off.is_zero());
    enough.then_some(off)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Sun, 22 Nov 2026 12:00:00 GMT";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn corrects_only_what_the_clock_explains() {
        let slow = at("2026-11-22T11:50:00Z");
        let right = at("2026-11-22T11:59:30Z");
        let ten = Some(SignedDuration::from_mins(10));
        assert_eq!(correction("SignatureDoesNotMatch", Some(DATE), false, slow), ten);
        assert_eq!(correction("SignatureDoesNotMatch", Some(DATE), false, right), None);
        assert_eq!(
            correction("RequestTimeTooSkewed", Some(DATE), false, right),
            Some(SignedDuration::from_secs(30))
        );
        assert_eq!(correction("AccessDenied", Some(DATE), false, slow), None);
        assert_eq!(correction("SignatureDoesNotMatch", Some(DATE), true, slow), None);
        assert_eq!(correction("SignatureDoesNotMatch", None, false, slow), None);
        assert_eq!(correction("SignatureDoesNotMatch", Some("yesterday"), false, slow), None);
    }

    #[test]
    fn a_fast_clock_is_set_back() {
        let fast = at("2026-11-22T13:00:00Z");
        assert_eq!(correction("AuthFailure", Some(DATE), false, fast), Some(SignedDuration::from_hours(-1)));
    }
}
