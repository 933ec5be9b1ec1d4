//! `awsprof renew`: a new MFA session, written to its session profile.

use jiff::Timestamp;

use super::args::{Assume, Login, Renew};
use super::{Done, Verbs, assume, code, login, words};
use crate::aws::overview::Kind;
use crate::aws::profile::Estate;
use crate::jobs::{self, Class, Failure, RenewRequest};

/// Renews; asks for the code on the terminal only when one is needed and none was given.
///
/// # Errors
/// What AWS, the files or the guard refused; no terminal to ask for the code.
pub fn run(verbs: &Verbs, args: Renew) -> Done {
    let estate = Estate::read(&verbs.context.world);
    if estate
        .profile(&args.profile)
        .is_some_and(|profile| matches!(profile.kind(), Kind::AssumeRole | Kind::CredentialSource))
    {
        return assume::run(verbs, of_role(args)?);
    }
    if estate.profile(&args.profile).is_some_and(|profile| profile.kind() == Kind::Sso) {
        return login::run(verbs, &of_sign_in(args)?);
    }
    let request = RenewRequest {
        profile: args.profile,
        duration: args.duration,
        serial: args.serial,
        into: args.into,
        force: args.force,
        min_ttl: None,
    };
    let (mut codes, mut watch) = (code::source(args.code), verbs.out.watch());
    let renewed = super::block_on(jobs::renew(&verbs.context, &request, &mut codes, &mut watch))??;
    jobs::used(&verbs.context, &renewed.profile);
    if verbs.out.json {
        return verbs.out.answer_json(&renewed);
    }
    let now = verbs.context.world.now();
    verbs.out.say(&sentence(&renewed.session_profile, renewed.renewed, renewed.expires_at, now));
    Ok(())
}

/// A role has neither a device of its own nor a session profile.
fn of_role(args: Renew) -> Done<Assume> {
    let Renew { profile, code, duration, serial, into, force } = args;
    if serial.is_none() && into.is_none() {
        return Ok(Assume { profile, code, duration, force });
    }
    let message = format!("`{profile}` is a role: its session is kept in awsprof's cache");
    Err(Failure::new(Class::Usage, "role", message).hint("leave out --serial and --into"))
}

/// A sign-in has neither codes nor a length of its own.
fn of_sign_in(args: Renew) -> Done<Login> {
    let Renew { profile, code, duration, serial, into, force: _ } = args;
    if code.is_none() && duration.is_none() && serial.is_none() && into.is_none() {
        return Ok(Login { name: profile, device_code: false });
    }
    let message = format!("`{profile}` signs in to Identity Center, which asks for codes itself");
    Err(Failure::new(Class::Usage, "sso", message).hint("leave out --code, --duration, --serial and --into"))
}

/// What came of it.
pub fn sentence(name: &str, renewed: bool, expires_at: Option<Timestamp>, now: Timestamp) -> String {
    let left = expires_at.map(|at| words::remaining(at.duration_since(now).as_secs()));
    let left = left.map(|left| format!(", good for {left}")).unwrap_or_default();
    let verb = if renewed { "renewed" } else { "still fresh" };
    format!("{name} {verb}{left}")
}
