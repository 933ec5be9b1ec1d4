//! The doctor's look at the clock: signatures and MFA codes are only good at the right time.

use jiff::SignedDuration;

use super::Context;
use super::endpoints::{Route, Service};
use crate::aws::overview::{Problem, Severity};
use crate::aws::profile::Estate;
use crate::aws::text::clean;
use crate::net::NetError;

/// AWS refuses a signature that is five minutes off.
const REFUSED: SignedDuration = SignedDuration::from_mins(5);
/// A one-time code lives 30 seconds: one made by a clock this far off is another code.
pub(super) const NOTICED: SignedDuration = SignedDuration::from_secs(30);

/// Compares the clock with that of STS in the region of the profile in use. `None`: it is right. One request,
/// without keys, three seconds at most.
pub async fn clock(context: &Context) -> Option<Problem> {
    match offset(context).await {
        Ok(off) => judged(off),
        Err(error) => {
            let message = format!("the clock could not be compared with that of AWS: {error}");
            Some(problem("clock-unknown", Severity::Info, &message))
        }
    }
}

/// AWS's clock minus ours.
async fn offset(context: &Context) -> Result<SignedDuration, NetError> {
    let (world, estate) = (&context.world, Estate::read(&context.world));
    let named = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].into_iter().find_map(|name| world.env.non_empty(name));
    let route = Route { estate: &estate, env: &world.env, profile: named.unwrap_or("default") };
    let endpoint = route.endpoint(Service::Sts, None)?;
    let theirs = route.client(world)?.server_time(endpoint.url).await?;
    Ok(theirs.duration_since(world.now()))
}

fn judged(off: SignedDuration) -> Option<Problem> {
    let by = said(off);
    match off.abs() {
        off if off >= REFUSED => {
            let message = format!("this computer's clock is {by}: AWS refuses its signatures");
            Some(problem("clock-skew", Severity::Error, &message))
        }
        off if off >= NOTICED => {
            let message = format!("this computer's clock is {by}: MFA codes made here are refused");
            Some(problem("clock-skew", Severity::Warning, &message))
        }
        _ => None,
    }
}

/// AWS's clock minus ours in words: `1m 30s slow`.
pub(super) fn said(off: SignedDuration) -> String {
    let way = if off.is_negative() { "fast" } else { "slow" };
    format!("{:#} {way}", SignedDuration::from_secs(off.abs().as_secs()))
}

fn problem(code: &'static str, severity: Severity, message: &str) -> Problem {
    let message = clean(message);
    Problem { code, severity, message, file: None, line: None, fixable: false, profile: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_right_a_nuisance_or_wrong() {
        let seen = |seconds| judged(SignedDuration::from_secs(seconds)).map(|p| (p.severity, p.message));
        assert_eq!(seen(29), None);
        assert_eq!(seen(-29), None);
        let (severity, message) = seen(90).unwrap();
        assert_eq!(severity, Severity::Warning);
        assert!(message.contains("1m 30s slow"), "{message}");
        let (severity, message) = seen(-3600).unwrap();
        assert_eq!(severity, Severity::Error);
        assert!(message.contains("1h fast"), "{message}");
    }
}
