//! `awsprof renew`: a new MFA session, written to its session profile.

use super::args::Renew;
use super::{Done, Verbs, code, words};
use crate::jobs::{self, RenewRequest, Renewed, Stage};

/// Renews; asks for the code on the terminal only when one is needed and none was given.
///
/// # Errors
/// What AWS, the files or the guard refused; no terminal to ask for the code.
pub fn run(verbs: &Verbs, args: Renew) -> Done {
    let mut request = RenewRequest {
        profile: args.profile,
        code: args.code.map(code::given).transpose()?,
        duration: args.duration,
        serial: args.serial,
        into: args.into,
        force: args.force,
    };
    if request.code.is_none()
        && let jobs::Need::Code { device } = jobs::renewal_need(&verbs.context, &request)?
    {
        request.code = Some(code::ask(&device)?);
    }
    let out = verbs.out;
    let watch = &mut |stage: Stage| out.tell(&stage.to_string());
    let renewed = super::block_on(jobs::renew(&verbs.context, &request, watch))??;
    if out.json {
        return out.answer_json(&renewed);
    }
    out.say(&sentence(&renewed, verbs.context.world.now()));
    Ok(())
}

fn sentence(renewed: &Renewed, now: jiff::Timestamp) -> String {
    let left = renewed.expires_at.map(|at| words::remaining(at.duration_since(now).as_secs()));
    let left = left.map(|left| format!(", good for {left}")).unwrap_or_default();
    let verb = if renewed.renewed { "renewed" } else { "still fresh" };
    format!("{} {verb}{left}", renewed.session_profile)
}
