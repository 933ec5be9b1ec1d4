//! `awsprof assume`: a role's session into the cache. `awsprof renew` of a role is the same.

use super::args::Assume;
use super::{Done, Verbs, code, renew};
use crate::jobs::{self, AssumeRequest};

/// Takes the role; asks for a code only when the session it rests on is over.
///
/// # Errors
/// No such role, no code, a refusal by AWS.
pub fn run(verbs: &Verbs, args: Assume) -> Done {
    let request =
        AssumeRequest { profile: args.profile, duration: args.duration, force: args.force, ahead: None };
    let (mut codes, mut watch) = (code::source(args.code), verbs.out.watch());
    let taken = super::block_on(jobs::assume(&verbs.context, &request, Some(&mut codes), &mut watch))??;
    jobs::used(&verbs.context, &taken.profile);
    if verbs.out.json {
        return verbs.out.answer_json(&taken);
    }
    let now = verbs.context.world.now();
    verbs.out.say(&renew::sentence(&taken.profile, taken.renewed, taken.expires_at, now));
    Ok(())
}
