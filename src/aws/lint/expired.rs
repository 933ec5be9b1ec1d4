//! Sessions that have ended and are used all the same: no tool looks at the expiry of static keys, and none
//! goes on to the next link when AWS refuses them.

use jiff::Timestamp;

use super::{Findings, shadows};
use crate::aws::overview::Severity;
use crate::aws::profile::Profile;
use crate::aws::session;

pub(super) fn check(found: &mut Findings<'_>, now: Timestamp) {
    let estate = found.estate;
    for profile in estate.profiles() {
        one(found, &profile, now);
    }
}

fn one(found: &mut Findings<'_>, profile: &Profile<'_>, now: Timestamp) {
    let Some(at) = ended(profile, now) else { return };
    let Some(id) = profile.get("aws_access_key_id") else { return };
    let (name, place) = (profile.name(), (id.file, id.line));
    if let Some((_, hidden)) = shadows::beneath(profile) {
        let message = format!("the session in `{name}` ended at {at} and still hides its {hidden}");
        let code = "expired-session-blocks";
        found.add(code, Severity::Warning, Some(name), message, place).fixable = true;
    } else if name == "default" {
        let message = format!(
            "the session in [default] ended at {at}: tools use it all the same and try nothing further"
        );
        found.add("expired-default", Severity::Info, Some(name), message, place);
    }
}

/// When a profile's session ended, if it has one that did. A long-term key with a token beside it is none: its
/// token is what is wrong.
fn ended(profile: &Profile<'_>, now: Timestamp) -> Option<Timestamp> {
    profile.access_key().filter(|key| key.is_session && !key.id.starts_with("AKIA"))?;
    session::expiry(profile).filter(|at| *at <= now)
}
