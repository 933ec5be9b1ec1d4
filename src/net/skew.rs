//! A wrong clock, noticed: AWS refuses a signature whose time is more than five minutes off, and says what
//! time it is in the same breath. The request is then signed once more with the clock corrected, and the
//! correction is kept for the calls that follow (as Go v2 and JavaScript v3 do; botocore does not).

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderMap;

/// Below this a difference does not explain a refused signature (Go v2: 4 minutes).
const POSSIBLE: SignedDuration = SignedDuration::from_mins(4);

/// Codes that are about the time and nothing else.
const DEFINITE: [&str; 3] = ["RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"];
/// Codes that may be about the time.
const MAYBE: [&str; 3] = ["SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure"];

/// What time it is for who answered: the `Date` of an answer. One with an `Age` came out of a cache and says nothing of
/// the time.
#[must_use]
pub fn server_time(headers: &HeaderMap) -> Option<Timestamp> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let date = headers.get("date").filter(|_| !headers.contains_key("age"))?;
    PARSER.parse_timestamp(date.to_str().ok()?).ok()
}

/// How much to add to our clock before signing again; `None` if the clock does not explain the refusal, which came at
/// `theirs`, AWS's time.
#[must_use]
pub fn correction(code: &str, theirs: Timestamp, signed_at: Timestamp) -> Option<SignedDuration> {
    if !(DEFINITE.contains(&code) || MAYBE.contains(&code)) {
        return None;
    }
    let off = theirs.duration_since(signed_at);
    let enough = off.abs() > POSSIBLE || (DEFINITE.contains(&code) && !off.is_zero());
    enough.then_some(off)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn theirs() -> Timestamp {
        at("2026-11-22T12:00:00Z")
    }

    #[test]
    fn an_answer_says_its_time_unless_a_cache_gave_it() {
        let said = |headers: &[(&'static str, &'static str)]| {
            let pairs = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            server_time(&pairs.collect())
        };
        let date = ("date", "Sun, 22 Nov 2026 12:00:00 GMT");
        assert_eq!(said(&[date]), Some(theirs()));
        assert_eq!(said(&[date, ("age", "3")]), None);
        assert_eq!(said(&[("date", "yesterday")]), None);
        assert_eq!(said(&[]), None);
    }

    #[test]
    fn corrects_only_what_the_clock_explains() {
        let slow = at("2026-11-22T11:50:00Z");
        let right = at("2026-11-22T11:59:30Z");
        let by = |code: &str, signed_at| correction(code, theirs(), signed_at).map(|by| by.as_secs());
        assert_eq!(by("SignatureDoesNotMatch", slow), Some(600));
        assert_eq!(by("SignatureDoesNotMatch", right), None);
        assert_eq!(by("RequestTimeTooSkewed", right), Some(30));
        assert_eq!(by("RequestTimeTooSkewed", theirs()), None);
        assert_eq!(by("AccessDenied", slow), None);
    }

    #[test]
    fn a_fast_clock_is_set_back() {
        let fast = at("2026-11-22T13:00:00Z");
        assert_eq!(correction("AuthFailure", theirs(), fast), Some(SignedDuration::from_hours(-1)));
    }
}
