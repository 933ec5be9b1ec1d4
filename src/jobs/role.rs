//! A role that wants an MFA code, taken with the session of the user it rests on: one code serves every role on
//! that device, and a session that is fresh needs none.
//!
//! AWS CLI v2 would ask for a code each time its own cache is empty; what is in that cache is used here too.

use std::borrow::Cow;

use super::effective::{self, AtHand, Wish};
use super::endpoints::{Route, Service};
use super::{Class, Context, Failure};
use crate::aws::chain::Selection;
use crate::aws::chain::probe::RoleExtras;
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
use crate::aws::session::FRESH;
use crate::net::sts::{self, Caller, RoleRequest};

/// A role to be taken with somebody's session.
#[derive(Debug)]
pub struct Role {
    /// The role's profile.
    pub profile: String,
    /// The session to take it with: [`AtHand::Ready`] or [`AtHand::Stale`].
    pub by: AtHand,
}

/// The role's session from the CLI's cache, else the session it is to be taken with.
pub(super) fn at_hand(context: &Context, estate: &Estate, name: &str) -> Result<AtHand, Failure> {
    let selection = Selection::Explicit(name.to_owned());
    let resolution = effective::settled(context, &selection);
    if let Some(keys) = resolution.credentials {
        return Ok(AtHand::Ready(keys));
    }
    let error = resolution.trace.error.unwrap_or_default();
    if resolution.needs.is_none() && !error.contains("needs an MFA code") {
        return Err(effective::unresolved(Some(error)));
    }
    let text = |key: &str| estate.profile(name).and_then(|profile| profile.text(key));
    let (source, device) = (text("source_profile"), text("mfa_serial"));
    let wish = Wish { profile: source.as_deref().map(str::to_owned), min_ttl: FRESH, no_session: false };
    match effective::session(context, estate, &wish, device.as_deref()) {
        AtHand::Stale(stale) if stale.renewal.is_none() => Err(unfit(name, source.as_deref())),
        by => Ok(AtHand::Role(Box::new(Role { profile: name.to_owned(), by }))),
    }
}

fn unfit(role: &str, source: Option<&str>) -> Failure {
    let from = source.map_or_else(|| "its credential_source".to_owned(), |name| format!("`{name}`"));
    let message =
        format!("the role `{role}` needs an MFA code, and {from} is no IAM user who could have a device");
    Failure::new(Class::Guard, "no-device", message)
        .hint("let source_profile name the profile that holds the user's long-term keys")
}

/// Takes the role of a profile with `keys`.
///
/// # Errors
/// A refusal by AWS, or no answer from it.
pub async fn assume(
    context: &Context,
    estate: &Estate,
    name: &str,
    keys: &Credentials,
) -> Result<Credentials, Failure> {
    let text = |key: &str| estate.profile(name).and_then(|profile| profile.text(key));
    let role_arn = text("role_arn").unwrap_or_default();
    let session_name = text("role_session_name")
        .map_or_else(|| format!("awsprof-{}", context.world.now().as_second()), Cow::into_owned);
    let external_id = text("external_id");
    let texts = ["session_tags", "transitive_session_tags", "source_identity"].map(|key| (key, text(key)));
    let extras = RoleExtras::read(|key| texts.iter().find(|(known, _)| *known == key)?.1.as_deref());
    let request = RoleRequest {
        role_arn: &role_arn,
        session_name: &session_name,
        duration: text("duration_seconds").and_then(|text| text.trim().parse().ok()),
        external_id: external_id.as_deref(),
        extras: Some(&extras),
        mfa: None,
    };
    let route = Route { estate, env: &context.world.env, profile: name };
    let endpoint = route.endpoint(Service::Sts, Some(&role_arn))?;
    let caller = Caller { credentials: keys, endpoint: &endpoint };
    let client = route.client(&context.world)?;
    Ok(sts::assume_role(&client, caller, request, &mut |_| {}).await?.value.credentials)
}
