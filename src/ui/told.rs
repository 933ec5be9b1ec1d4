//! Words for what the chain pages tell: ages, ends, roles, and who somebody is.

use jiff::{SignedDuration, Timestamp};

use super::words::remaining;
use crate::app::Model;
use crate::aws::chain::explain::consequence;
use crate::aws::chain::trace::{Hop, Region, Trace};

/// When keys end: the moment, and how far away it is.
#[must_use]
pub fn until(end: Timestamp, now: Timestamp) -> String {
    let left = end.duration_since(now);
    let moment = end.strftime("%Y-%m-%d %H:%M:%SZ");
    if left.is_positive() {
        format!("{moment}, in {}", remaining(left))
    } else {
        format!("{moment}: expired")
    }
}

/// How long ago something was: whole minutes, after an hour whole hours.
#[must_use]
pub fn ago(then: Timestamp, now: Timestamp) -> String {
    let past = now.duration_since(then).max(SignedDuration::ZERO);
    match (past.as_mins(), past.as_hours()) {
        (0, _) => "just now".to_owned(),
        (minutes, 0) => format!("{minutes} min ago"),
        (_, hours) => format!("{hours} h ago"),
    }
}

/// What it would mean if the link at `at` had credentials, unless its reason says so already.
pub fn meaning(model: &Model, trace: &Trace, at: usize) -> Option<String> {
    let told = consequence(trace, at).filter(|told| !trace.links[at].reason.contains(told.as_str()))?;
    Some(model.keymap.fill(&told))
}

/// One role of a chain: what it is, whose credentials take it, how long it lasts.
#[must_use]
pub fn hop(hop: &Hop) -> String {
    match &hop.role_arn {
        Some(role) => {
            let limit = hop.limit.as_ref().map(|limit| format!("; {limit}")).unwrap_or_default();
            format!("{} is {role}, taken with the credentials of {}{limit}", hop.profile, hop.source)
        }
        None => format!("{} has credentials of its own: {}", hop.profile, hop.source),
    }
}

/// The part of an ARN a person calls themselves by: `alice`, `admin/alice-session`, `root`.
#[must_use]
pub fn who(arn: &str) -> &str {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or(arn);
    match resource.split_once('/') {
        Some(("user", path)) => path.rsplit('/').next().unwrap_or(path),
        Some(("assumed-role" | "federated-user", rest)) => rest,
        _ => resource,
    }
}

/// Where a region comes from, with `~` for the home directory.
#[must_use]
pub fn region_from(region: &Region, model: &Model) -> String {
    super::text::path(std::path::Path::new(&region.from), model.home.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_in_short() {
        let rows = [
            ("arn:aws:iam::111122223333:user/alice", "alice"),
            ("arn:aws:iam::111122223333:user/eng/alice", "alice"),
            ("arn:aws:sts::111122223333:assumed-role/admin/alice-1", "admin/alice-1"),
            ("arn:aws:iam::111122223333:root", "root"),
            ("odd", "odd"),
        ];
        for (arn, short) in rows {
            assert_eq!(who(arn), short);
        }
    }

    #[test]
    fn ages_and_ends_in_words() {
        let at = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        assert_eq!(ago(at(0), at(59)), "just now");
        assert_eq!(ago(at(0), at(190)), "3 min ago");
        assert_eq!(ago(at(0), at(7300)), "2 h ago");
        assert_eq!(ago(at(9), at(0)), "just now");
        assert_eq!(until(at(7320), at(0)), "1970-01-01 02:02:00Z, in 2h 02m");
        assert_eq!(until(at(0), at(1)), "1970-01-01 00:00:00Z: expired");
    }
}
