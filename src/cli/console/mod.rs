//! `awsprof console`: a browser, signed in as a profile.
//!
//! The URL that signs in is a secret, so a browser is not started with it: what stands on its command line is the
//! address of a page on this machine, which sends it on once ([`handover`]).

mod handover;

use serde_json::json;

use super::args::Console;
use super::obtain::obtain;
use super::{Done, Verbs, production};
use crate::aws::profile::Estate;
use crate::jobs::console::{SignIn, SignInRequest, sign_in, wants_long_term};

/// Opens the console, or prints the URL that does.
///
/// # Errors
/// As [`obtain`]; credentials that the console does not take, a browser that does not come.
pub fn run(verbs: &Verbs, args: Console) -> Done {
    let Console { mut take, service, region, duration, print, yes } = args;
    production::agreed(verbs, &take.profile, "open the console", yes)?;
    let estate = Estate::read(&verbs.context.world);
    take.no_session = take.no_session || wants_long_term(&estate, &take.profile);
    let request = SignInRequest { profile: take.profile.clone(), service, region, duration };
    let obtained = obtain(verbs, take)?;
    let mut watch = verbs.out.watch();
    let job = sign_in(&verbs.context, &request, &obtained.credentials, &mut watch);
    let way = super::block_on(job)??;
    if way.federated {
        verbs.out.say(
            "note: an IAM user is signed in by GetFederationToken, which knows no MFA: what a policy allows with MFA only \
             is refused there; a role does not have that limit",
        );
    }
    if print { answer(verbs, &way) } else { open(verbs, &request.profile, &way) }
}

fn answer(verbs: &Verbs, way: &SignIn) -> Done {
    if verbs.out.json {
        return verbs.out.answer_json(&json!({
            "url": way.url.expose(), "destination": way.destination, "expires_at": way.expires_at,
        }));
    }
    verbs.out.answer(&format!("{}\n", way.url.expose()))
}

fn open(verbs: &Verbs, profile: &str, way: &SignIn) -> Done {
    let env = &verbs.context.world.env;
    super::block_on(handover::hand_over(&way.url, |page| crate::jobs::browser::start(env, page)))??;
    verbs.out.say(&format!("the console of `{profile}` is open in the browser: {}", way.destination));
    if verbs.out.json {
        return verbs.out.answer_json(&json!({
            "url": null, "destination": way.destination, "expires_at": way.expires_at,
        }));
    }
    Ok(())
}
