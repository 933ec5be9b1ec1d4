//! What Identity Center lets somebody enter: every account with its roles, several asked about at a time.

use std::time::Duration;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use reqwest::Url;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::probe::sign_in;
use super::{Class, Context, Failure, Stage};
use crate::aws::chain::Answer;
use crate::aws::chain::probe::{EndpointSettings, SignInAsk};
use crate::aws::secret::{Credentials, Secret};
use crate::aws::sign_in::{Place, SignIn};
use crate::aws::sync::{Grant, Rules};
use crate::net::endpoint::{ProfileSettings, Service, endpoint};
use crate::net::sso::{self, Account};
use crate::net::{Client, Kind, NetError};

/// So many accounts are asked about at a time.
const AT_ONCE: usize = 8;
/// Between two calls: the portal throttles at about 20 a second. An endpoint that somebody configured has its own limit.
const PACE: Duration = Duration::from_millis(50);

/// What is known so far, for who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Roles of so many accounts are known, of so many.
    Accounts {
        done: usize,
        of: usize,
    },
    Stage(Stage),
}

/// The rules for a place; another template where somebody names one.
#[must_use]
pub fn rules(context: &Context, place: &Place, template: Option<String>) -> Rules {
    let mut rules = context.sync.clone();
    if rules.region.is_empty() {
        rules.region.clone_from(&place.region);
    }
    rules.template = template.unwrap_or(rules.template);
    rules
}

/// Every role of every account, sorted. All of them or none: a listing with holes would take profiles away.
///
/// # Errors
/// Nobody signed in, AWS not reached, a refusal.
pub async fn grants(
    context: &Context,
    place: &Place,
    told: &mut (dyn FnMut(Progress) + Send),
) -> Result<Vec<Grant>, Failure> {
    let client = Client::new(&context.world)?;
    let token = token(context, &client, place).await?;
    let settings = ProfileSettings { region: Some(&place.region), ..ProfileSettings::default() };
    let portal = endpoint(Service::Sso, &context.world.env, settings, None)?;
    let pause = if portal.configured_by.is_none() { PACE } else { Duration::ZERO };
    let asking = Asking {
        client: &client,
        portal: &portal.url,
        token: &token,
        pause,
        next: Mutex::new(Instant::now()),
    };
    let signed_out = |error: NetError| refused(place, error);
    let mut observer = |stage| told(Progress::Stage(Stage::Net(stage)));
    let accounts =
        sso::accounts(&client, &portal.url, &token, &mut observer).await.map_err(signed_out)?.value;
    let (of, mut done, mut grants) = (accounts.len(), 0, Vec::new());
    told(Progress::Accounts { done, of });
    let mut all = stream::iter(&accounts).map(|account| asking.roles(account)).buffer_unordered(AT_ONCE);
    while let Some(found) = all.try_next().await.map_err(signed_out)? {
        grants.extend(found);
        done += 1;
        told(Progress::Accounts { done, of });
    }
    grants.sort();
    Ok(grants)
}

/// The credentials of a role that needs no profile.
///
/// # Errors
/// Nobody signed in, a role that may not be entered, AWS not reached.
pub async fn credentials(
    context: &Context,
    place: &Place,
    account: &str,
    role: &str,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Credentials, Failure> {
    let client = Client::new(&context.world)?;
    let token = token(context, &client, place).await?;
    let settings = ProfileSettings { region: Some(&place.region), ..ProfileSettings::default() };
    let portal = endpoint(Service::Sso, &context.world.env, settings, None)?;
    let mut observer = |stage| watch(Stage::Net(stage));
    let answer = sso::get_role_credentials(&client, &portal.url, account, role, &token, &mut observer).await;
    answer.map(|answer| answer.value).map_err(|error| refused(place, error))
}

/// A refusal for want of a sign-in says how to get one.
fn refused(place: &Place, error: NetError) -> Failure {
    match error.kind {
        Kind::Expired => not_signed_in(place, "the sign-in has expired or was revoked"),
        _ => Failure::from(error),
    }
}

struct Asking<'a> {
    client: &'a Client,
    portal: &'a Url,
    token: &'a Secret,
    pause: Duration,
    /// When the next call may go.
    next: Mutex<Instant>,
}

impl Asking<'_> {
    async fn roles(&self, account: &Account) -> Result<Vec<Grant>, NetError> {
        self.turn().await;
        let roles = sso::roles(self.client, self.portal, &account.id, self.token, &mut |_| {}).await?.value;
        let grant = |role| Grant {
            account: account.id.clone(),
            account_name: account.name.clone(),
            email: account.email.clone(),
            role,
        };
        Ok(roles.into_iter().map(grant).collect())
    }

    /// Waits for its turn.
    async fn turn(&self) {
        let at = {
            let mut next = self.next.lock().await;
            let at = (*next).max(Instant::now());
            *next = at + self.pause;
            at
        };
        tokio::time::sleep_until(at).await;
    }
}

/// The token of the sign-in, renewed where that is due and possible.
async fn token(context: &Context, client: &Client, place: &Place) -> Result<Secret, Failure> {
    let (now, file) = (context.world.now(), place.file(&context.world.home().unwrap_or_default()));
    let bytes = context.world.fs.read_file(&file).map_err(|_| not_signed_in(place, "nobody is signed in"))?;
    let found = SignIn::parse(&bytes, now);
    let found = found.ok_or_else(|| not_signed_in(place, "the cached sign-in is not complete"))?;
    if found.is_due(now) && place.session.is_some() {
        let endpoint = EndpointSettings { region: Some(place.region.clone()), ..EndpointSettings::default() };
        let (start_url, region) = (place.start_url.clone(), place.region.clone());
        let ask = SignInAsk { file, expires_at: found.expires_at, start_url, region, endpoint };
        match sign_in::renewed(client, &ask).await {
            Answer::SignIn(renewed) => return Ok(renewed.access_token),
            Answer::Failed(why) if found.expires_at <= now => {
                return Err(not_signed_in(place, &format!("the sign-in is over and was not renewed: {why}")));
            }
            _ => {}
        }
    }
    if found.expires_at <= now {
        return Err(not_signed_in(place, &format!("the sign-in expired at {}", found.expires_at)));
    }
    Ok(found.access_token)
}

fn not_signed_in(place: &Place, why: &str) -> Failure {
    let name = place.name();
    Failure::new(Class::Refused, "not-signed-in", format!("{name}: {why}"))
        .hint(format!("`awsprof login {name}` signs in"))
}
