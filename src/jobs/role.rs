//! A role's session: from awsprof's cache, from the AWS CLI's, or taken with the credentials of the profile it rests on.
//!
//! A role that wants an MFA code is taken with the session of its user: one code serves every role on that device, and
//! a session that is fresh needs none. (AWS CLI v2 asks for a code each time its own cache is empty.)

use std::borrow::Cow;

use jiff::SignedDuration;

use super::effective::{self, AtHand, Wish};
use super::endpoints::{Route, Service};
use super::{Class, Context, Failure, Stage, possible};
use crate::aws::chain::probe::RoleExtras;
use crate::aws::chain::{Resolution, Selection};
use crate::aws::overview::{Kind, account_in};
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
use crate::aws::session::FRESH;
use crate::aws::store;
use crate::net::sts::{self, Caller, RoleRequest, RoleSession};
use crate::net::{Answer, NetError};

/// A role whose session is missing, over, or too short.
#[derive(Debug)]
pub struct Role {
    /// The role's profile.
    pub profile: String,
    /// The session as it is, while it still lives.
    pub left: Option<Credentials>,
}

/// How long AWS gives without being told.
pub(super) const USUAL: SignedDuration = SignedDuration::from_hours(1);

/// A cached session with `min_ttl` to live, else the role that is to be taken.
pub(super) fn at_hand(
    context: &Context,
    estate: &Estate,
    name: &str,
    min_ttl: SignedDuration,
) -> Result<AtHand, Failure> {
    let own = kept(context, estate, name);
    let lasts = |keys: &Credentials| left(context, keys) >= min_ttl;
    if let Some(keys) = own.clone().filter(lasts) {
        return Ok(AtHand::Ready(keys));
    }
    let theirs = look(context, name)?.credentials.filter(|keys| is_of(estate, name, keys));
    if let Some(keys) = theirs.clone().filter(lasts) {
        return Ok(AtHand::Ready(keys));
    }
    let left = own.or(theirs).filter(|keys| left(context, keys).is_positive());
    Ok(AtHand::Role(Box::new(Role { profile: name.to_owned(), left })))
}

/// Somebody gets the role's session: whoever keeps sessions alive keeps this one too. A cache that cannot be written
/// is no reason to get nothing.
pub(super) fn used(context: &Context, estate: &Estate, name: &str) {
    if let Some(key) = store::role_key(&context.world.env, estate, name) {
        let _ = store::use_role(&context.cache, &key);
    }
}

/// The session in awsprof's cache, if it lives.
pub(super) fn kept(context: &Context, estate: &Estate, name: &str) -> Option<Credentials> {
    store::cached_role(
        &context.cache,
        &store::role_key(&context.world.env, estate, name)?,
        context.world.now(),
    )
}

/// What a session has left to live.
pub(super) fn left(context: &Context, keys: &Credentials) -> SignedDuration {
    keys.expires_at.map_or(SignedDuration::MAX, |at| at.duration_since(context.world.now()))
}

/// What AWS CLI v2 makes of the profile without asking: its cached session, or what is missing.
fn look(context: &Context, name: &str) -> Result<Resolution, Failure> {
    let mut resolution = effective::settled(context, &Selection::Explicit(name.to_owned()));
    let error = resolution.trace.error.take().unwrap_or_default();
    let stuck = resolution.credentials.is_none() && resolution.needs.is_none();
    if stuck && !error.contains("needs an MFA code") {
        return Err(effective::unresolved(Some(error)));
    }
    Ok(resolution)
}

/// Whether a session of the CLI's cache is this role's: the name of its entry does not say who asked for it, so it must
/// at least say that it is of the role's account.
fn is_of(estate: &Estate, name: &str, keys: &Credentials) -> bool {
    let arn = estate.profile(name).and_then(|profile| profile.text("role_arn"));
    let account = arn.as_deref().and_then(account_in);
    account.is_some() && keys.account.as_deref() == account
}

/// The credentials a role is to be taken with, as far as they are at hand.
///
/// # Errors
/// A source that cannot have an MFA device where the role wants one.
pub(super) fn source(context: &Context, estate: &Estate, name: &str) -> Result<AtHand, Failure> {
    look(context, name)?;
    let text = |key: &str| estate.profile(name).and_then(|profile| profile.text(key));
    let (source, device, arn) = (text("source_profile"), text("mfa_serial"), text("role_arn"));
    possible::role(&arn.unwrap_or_default(), device.as_deref())?;
    let source = source.map(Cow::into_owned);
    let found = source.as_deref().and_then(|source| estate.profile(source));
    let wish = Wish { profile: source.clone(), min_ttl: FRESH, ..Wish::default() };
    if device.is_some() {
        return match effective::session(context, estate, &wish, device.as_deref()) {
            AtHand::Stale(stale) if stale.renewal.is_none() => Err(unfit(name, source.as_deref())),
            by => Ok(by),
        };
    }
    match found {
        Some(own) if own.name() == name => {
            own.credentials().map(AtHand::Ready).ok_or_else(|| effective::unresolved(None))
        }
        // The CLI takes a role without a device with the keys as they stand.
        Some(user) if user.kind() == Kind::Static => {
            effective::at_hand(context, estate, &Wish { no_session: true, ..wish })
        }
        _ => effective::at_hand(context, estate, &wish),
    }
}

fn unfit(role: &str, source: Option<&str>) -> Failure {
    let from = source.map_or_else(|| "its credential_source".to_owned(), |name| format!("`{name}`"));
    let message =
        format!("the role `{role}` needs an MFA code, and {from} is no IAM user who could have a device");
    Failure::new(Class::Guard, "no-device", message)
        .hint("let source_profile name the profile that holds the user's long-term keys")
}

/// The length to ask for: what a person says, else what the profile says.
///
/// # Errors
/// One that AWS does not grant.
pub(super) fn length(
    estate: &Estate,
    name: &str,
    asked: Option<SignedDuration>,
) -> Result<Option<u32>, Failure> {
    let profile = estate.profile(name);
    let text = |key: &str| profile.as_ref().and_then(|profile| profile.text(key));
    let seconds = text("duration_seconds").and_then(|text| text.trim().parse().ok());
    let asked = asked.or_else(|| seconds.map(SignedDuration::from_secs));
    possible::role_length(asked, is_chained(estate, name))
}

/// Whether a role is taken by another role's session, as far as the files tell.
pub(super) fn is_chained(estate: &Estate, name: &str) -> bool {
    let named = estate.profile(name).and_then(|profile| Some(profile.text("source_profile")?.into_owned()));
    let source = named.filter(|source| source != name).and_then(|source| estate.profile(&source));
    let kinds = [Kind::AssumeRole, Kind::CredentialSource, Kind::WebIdentity, Kind::Sso];
    source.is_some_and(|source| kinds.contains(&source.kind()))
}

/// Takes the role of a profile with `keys`: the only place that asks for it.
///
/// # Errors
/// A refusal by AWS, or no answer from it.
pub(super) async fn taken(
    context: &Context,
    estate: &Estate,
    name: &str,
    keys: &Credentials,
    duration: Option<u32>,
    watch: &mut (dyn FnMut(Stage) + Send),
) -> Result<Answer<RoleSession>, Failure> {
    let text = |key: &str| estate.profile(name).and_then(|profile| profile.text(key));
    let role_arn = text("role_arn").unwrap_or_default();
    let session_name = text("role_session_name")
        .map_or_else(|| format!("awsprof-{}", context.world.now().as_second()), Cow::into_owned);
    let external_id = text("external_id");
    let texts = RoleExtras::KEYS.map(|key| (key, text(key)));
    let extras = RoleExtras::read(|key| texts.iter().find(|(known, _)| *known == key)?.1.as_deref());
    let request = RoleRequest {
        role_arn: &role_arn,
        session_name: &session_name,
        duration,
        external_id: external_id.as_deref(),
        extras: Some(&extras),
        mfa: None,
    };
    let route = Route { estate, env: &context.world.env, profile: name };
    let endpoint = route.endpoint(Service::Sts, Some(&role_arn))?;
    let caller = Caller { credentials: keys, endpoint: &endpoint };
    let client = route.client(&context.world)?;
    let mut observer = |stage| watch(Stage::Net(stage));
    let answer: Result<_, NetError> = sts::assume_role(&client, caller, request, &mut observer).await;
    Ok(answer?)
}
