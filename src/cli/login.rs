//! `awsprof login` and `logout`: IAM Identity Center, signed in to once for every tool.
//!
//! The address, the code and its picture go to stderr whatever is asked for: without them nobody can sign in.

use super::args::{Login, Logout};
use super::{Done, Verbs, words};
use crate::aws::profile::Estate;
use crate::aws::sign_in::Place;
use crate::jobs::login::{self, LoggedOut, Step, Way};
use crate::jobs::{Class, Failure};
use crate::ui::qr;

/// Signs in.
///
/// # Errors
/// A name that is no place to sign in; declined, too late, not reached.
pub fn run(verbs: &Verbs, args: &Login) -> Done {
    let place = Place::of(&Estate::read(&verbs.context.world), &args.name)?;
    let way = if args.device_code { Way::Device } else { Way::Usual };
    let (mut watch, picture) = (verbs.out.watch(), verbs.out.draws());
    let mut told = |step| match step {
        Step::Stage(stage) => watch(stage),
        step => verbs.out.ask(&shown(&step, picture)),
    };
    let done = super::block_on(login::login(&verbs.context, &place, way, &mut told))??;
    if verbs.out.json {
        return verbs.out.answer_json(&done);
    }
    let left = words::remaining(done.expires_at.duration_since(verbs.context.world.now()).as_secs());
    let renews = if done.renews { ", renewed by itself while it is used" } else { "" };
    verbs.out.say(&format!("signed in to {} for {left}{renews}", place.name()));
    Ok(())
}

fn shown(step: &Step, picture: bool) -> String {
    match step {
        Step::Browser { url } => format!(
            "Sign in with the browser that opens. If none does, open this address on this machine:\n\n  {url}\n\n\
             (or stop with Ctrl-C and use --device-code)\n"
        ),
        Step::NoBrowser { why } => format!("note: {why}; a code does without\n"),
        Step::Device { code, url, complete, .. } => {
            let target = complete.as_deref().unwrap_or(url);
            let picture = if picture { qr::lines(target) } else { None };
            let picture = picture.map(|lines| format!("\n{}\n", lines.join("\n"))).unwrap_or_default();
            format!(
                "Open {url} in any browser and confirm this code:\n\n  {code}\n\nWith the code in it: {target}\n{picture}"
            )
        }
        Step::Stage(_) => String::new(),
    }
}

/// Signs out: of one place, or of all that are in the files.
///
/// # Errors
/// A name that is no place to sign in, a file that cannot be removed.
pub fn logout(verbs: &Verbs, args: &Logout) -> Done {
    let estate = Estate::read(&verbs.context.world);
    let places = match &args.name {
        Some(name) => vec![Place::of(&estate, name)?],
        None => Place::all(&estate),
    };
    if places.is_empty() {
        return Err(Failure::new(Class::NotFound, "no-sign-in", "no profile signs in to Identity Center"));
    }
    let mut watch = verbs.out.watch();
    let mut ended = Vec::new();
    for place in &places {
        let done = super::block_on(login::logout(&verbs.context, place, &mut watch))??;
        verbs.out.say(&sentence(&done));
        ended.push(done);
    }
    if verbs.out.json { verbs.out.answer_json(&ended) } else { Ok(()) }
}

fn sentence(done: &LoggedOut) -> String {
    match (&done.not_told, done.was_signed_in) {
        (_, false) => format!("{}: nobody was signed in", done.name),
        (None, true) => format!("signed out of {}", done.name),
        (Some(why), true) => {
            format!("signed out of {} on this machine; Identity Center was not told: {why}", done.name)
        }
    }
}
