//! `awsprof renew`: a new MFA session, written to its session profile.

use std::io::Read;

use super::args::Renew;
use super::tty::Tty;
use super::{Done, Verbs, words};
use crate::aws::secret::Secret;
use crate::jobs::{self, Class, Failure, RenewRequest, Renewed, Stage};

/// Renews; asks for the code on the terminal only when one is needed and none was given.
///
/// # Errors
/// What AWS, the files or the guard refused; no terminal to ask for the code.
pub fn run(verbs: &Verbs, args: Renew) -> Done {
    let mut request = RenewRequest {
        profile: args.profile,
        code: args.code.map(given).transpose()?,
        duration: args.duration,
        serial: args.serial,
        into: args.into,
        force: args.force,
    };
    if request.code.is_none()
        && let jobs::Need::Code { device } = jobs::renewal_need(&verbs.context, &request)?
    {
        request.code = Some(ask(&device)?);
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

/// The code from the command line, or from standard input for `-`.
fn given(code: String) -> Done<Secret> {
    if code != "-" {
        return Ok(Secret::new(code));
    }
    let mut text = String::new();
    std::io::stdin().lock().take(64).read_to_string(&mut text)?;
    Ok(Secret::new(text.trim().to_owned()))
}

fn ask(device: &str) -> Done<Secret> {
    let hint = "give the code with --code CODE, or --code - to read it from standard input";
    let code = Tty::open("an MFA code", hint)?.ask(&format!("MFA code for {device}: "))?;
    if code.is_empty() {
        return Err(Failure::new(Class::Guard, "no-code", "no code was typed: nothing was sent"));
    }
    Ok(code)
}

fn sentence(renewed: &Renewed, now: jiff::Timestamp) -> String {
    let left = renewed.expires_at.map(|at| words::remaining(at.duration_since(now).as_secs()));
    let left = left.map(|left| format!(", good for {left}")).unwrap_or_default();
    let verb = if renewed.renewed { "renewed" } else { "still fresh" };
    format!("{} {verb}{left}", renewed.session_profile)
}
