//! Getting a profile's effective credentials for a verb that hands them on: from the files where they are at hand,
//! with a code where a session has run out, from AWS or a process where they must be asked.
//!
//! With a fresh session nothing but files is touched: no socket, no runtime, no terminal.

use super::args::Take;
use super::{Done, Verbs, code};
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
use crate::aws::session::FRESH;
use crate::jobs::{self, AtHand, Wish, effective};

/// Credentials with what goes beside them.
#[derive(Debug)]
pub struct Obtained {
    pub profile: String,
    pub credentials: Credentials,
    /// The profile's own region.
    pub region: Option<String>,
}

/// Gets them.
///
/// # Errors
/// No such profile, no credentials, a code that is needed and cannot be had, a refusal by AWS.
pub fn obtain(verbs: &Verbs, take: Take) -> Done<Obtained> {
    let Take { profile, min_ttl, no_session, code } = take;
    let (context, estate) = (&verbs.context, Estate::read(&verbs.context.world));
    let insist = min_ttl.is_some();
    let wish = Wish { profile: Some(profile.clone()), no_session, min_ttl: min_ttl.unwrap_or(FRESH), insist };
    // What this look refuses the job looks at once more.
    let credentials = if let Ok(AtHand::Ready(keys)) = effective::at_hand(context, &estate, &wish) {
        keys
    } else {
        let (mut codes, mut watch) = (code::source(code), verbs.out.watch());
        super::block_on(jobs::obtain(context, &wish, Some(&mut codes), &mut watch))??
    };
    // A renewal may just have made the profile.
    let later = estate.profile(&profile).is_none().then(|| Estate::read(&context.world));
    let found = later.as_ref().unwrap_or(&estate).profile(&profile);
    let region = found.and_then(|found| found.text("region")).map(std::borrow::Cow::into_owned);
    Ok(Obtained { profile, credentials, region })
}
