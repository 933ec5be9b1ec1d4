//! Getting a profile's effective credentials for a verb that hands them on: from the files where they are at hand,
//! with a code where a session has run out, from the chain where it must be asked.
//!
//! With a fresh session nothing but files is touched: no socket, no runtime, no terminal.

use super::args::Take;
use super::{Done, Verbs, code};
use crate::aws::profile::Estate;
use crate::aws::secret::{Credentials, Secret};
use crate::aws::session::FRESH;
use crate::jobs::{self, AtHand, Class, Failure, RenewRequest, Stage, Stale, Wish, effective};

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
    let estate = Estate::read(&verbs.context.world);
    let wish = Wish { profile: Some(profile.clone()), no_session, min_ttl: min_ttl.unwrap_or(FRESH) };
    let getting = Getting { verbs, estate: &estate, wish: &wish, insist: min_ttl.is_some(), code };
    let credentials = getting.from(effective::at_hand(&verbs.context, &estate, &wish)?)?;
    let region =
        estate.profile(&profile).and_then(|found| found.text("region")).map(std::borrow::Cow::into_owned);
    Ok(Obtained { profile, credentials, region })
}

struct Getting<'a> {
    verbs: &'a Verbs,
    estate: &'a Estate,
    wish: &'a Wish,
    /// The user said how long it must last.
    insist: bool,
    code: Option<String>,
}

impl Getting<'_> {
    fn from(self, found: AtHand) -> Done<Credentials> {
        let (verbs, estate) = (self.verbs, self.estate);
        match found {
            AtHand::Ready(keys) => Ok(keys),
            AtHand::Stale(stale) => self.renewed(*stale),
            AtHand::Ask(selection) => super::block_on(effective::asked(&verbs.context, &selection))?,
            AtHand::Role(role) => {
                let keys = self.from(role.by)?;
                super::block_on(jobs::assume(&verbs.context, estate, &role.profile, &keys))?
            }
        }
    }

    /// A new session. One that still lives will do instead, unless the user said how long it must last.
    fn renewed(self, stale: Stale) -> Done<Credentials> {
        let Stale { renewal, left, why } = stale;
        let Some(renewal) = renewal else { return left.filter(|_| !self.insist).ok_or(why) };
        self.can_last()?;
        let (out, insist) = (self.verbs.out, self.insist);
        self.renew(renewal).or_else(|failure| match left {
            Some(keys) if !insist => {
                out.say(&format!("note: {}, but it was not renewed: {}", why.message, failure.message));
                Ok(keys)
            }
            _ => Err(failure),
        })
    }

    /// A session shorter than what is asked for would be renewed at every call.
    fn can_last(&self) -> Done {
        let (asked, longest) = (self.wish.min_ttl, self.verbs.context.duration);
        if asked <= longest {
            return Ok(());
        }
        let message = format!("--min-ttl {asked:#} is longer than a new session, which lasts {longest:#}");
        Err(Failure::new(Class::Usage, "min-ttl", message)
            .hint("raise session.duration in awsprof's config.toml"))
    }

    fn renew(self, mut request: RenewRequest) -> Done<Credentials> {
        let context = &self.verbs.context;
        request.code = Some(match self.code {
            Some(code) => code::given(code)?,
            None => typed(&request)?,
        });
        let out = self.verbs.out;
        let watch = &mut |stage: Stage| out.tell(&stage.to_string());
        let renewed = super::block_on(jobs::renew(context, &request, watch))??;
        effective::stored(context, &renewed)
    }
}

fn typed(request: &RenewRequest) -> Done<Secret> {
    code::ask(request.serial.as_deref().unwrap_or("your MFA device"))
}
