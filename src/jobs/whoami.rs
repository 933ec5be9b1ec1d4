//! Who AWS says the effective credentials are.
//!
//! *Effective* is the contract's word: a profile that has an MFA session acts with the session; any other acts with
//! what AWS CLI v2's chain yields for it. Nothing is prompted for here.

use super::endpoints::{Route, Service};
use super::probe::{Asking, Prober};
use super::{Class, Context, Failure};
use crate::aws::chain::trace::Identity;
use crate::aws::chain::{self, Selection};
use crate::aws::overview::Kind;
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
use crate::aws::session::{self, Target};
use crate::net::sts::{self, Caller};

/// Whose identity is asked for; by default what the environment decides.
#[derive(Clone, Debug, Default)]
pub struct WhoRequest {
    /// The environment decides without one.
    pub profile: Option<String>,
    /// The long-term keys, not the MFA session, speak for an IAM user's profile.
    pub no_session: bool,
}

/// Asks `GetCallerIdentity`.
///
/// # Errors
/// No such profile, no credentials, an expired session, a refusal by AWS.
pub async fn whoami(context: &Context, request: &WhoRequest) -> Result<Identity, Failure> {
    let estate = Estate::read(&context.world);
    let credentials = effective(context, &estate, request).await?;
    let profile = request.profile.as_deref().unwrap_or("default");
    let route = Route { estate: &estate, env: &context.world.env, profile };
    let endpoint = route.endpoint(Service::Sts, None)?;
    let caller = Caller { credentials: &credentials, endpoint: &endpoint };
    let client = route.client(&context.world)?;
    Ok(sts::get_caller_identity(&client, caller, &mut |_| {}).await?.value)
}

/// A profile's effective credentials (contract), without renewing anything.
///
/// # Errors
/// As [`whoami`].
pub async fn effective(
    context: &Context,
    estate: &Estate,
    request: &WhoRequest,
) -> Result<Credentials, Failure> {
    let Some(name) = &request.profile else { return chained(context, Selection::Environment).await };
    let profile = estate.profile(name).ok_or_else(|| missing(name))?;
    let has_device = profile.has("mfa_serial") || profile.has("aws_mfa_device");
    match profile.kind() {
        Kind::Static if request.no_session => profile.credentials().ok_or_else(|| nothing(name)),
        Kind::Static if has_device => session(context, estate, name),
        Kind::Session => session(context, estate, name),
        _ => chained(context, Selection::Explicit(name.clone())).await,
    }
}

/// The MFA session of an IAM user's profile, or the session profile itself.
fn session(context: &Context, estate: &Estate, name: &str) -> Result<Credentials, Failure> {
    let holder = Target::plan(estate, name, context.session_profiles.get(name).map(String::as_str), None)
        .map_or_else(|_| name.to_owned(), |target| target.session_profile);
    let none = |what: &str| {
        Failure::new(Class::Refused, "no-session", format!("the MFA session of `{name}` {what}"))
            .hint(format!("`awsprof renew {name}` makes a new one; --no-session uses the long-term keys"))
    };
    let profile = estate.profile(&holder).ok_or_else(|| none("does not exist yet"))?;
    match session::expiry(&profile) {
        Some(at) if at <= context.world.now() => Err(none(&format!("expired at {at}"))),
        _ => profile.credentials().filter(Credentials::is_session).ok_or_else(|| none("does not exist yet")),
    }
}

/// What AWS CLI v2's chain yields.
async fn chained(context: &Context, selection: Selection) -> Result<Credentials, Failure> {
    let tool = chain::tool("aws-cli-v2").ok_or_else(|| nothing("AWS CLI v2"))?;
    let mut prober = Prober::new(&context.world);
    let resolution = prober.resolve(tool, &selection, Asking::Links).await;
    let error = resolution.trace.error.unwrap_or_else(|| "no link of the chain has credentials".to_owned());
    resolution.credentials.ok_or_else(|| {
        Failure::new(Class::Refused, "no-credentials", error)
            .hint("`awsprof chain` shows every link and its reason")
    })
}

fn missing(name: &str) -> Failure {
    Failure::new(Class::NotFound, "profile-not-found", format!("profile `{name}` is in neither file"))
        .hint("`awsprof list` shows the profiles there are")
}

fn nothing(name: &str) -> Failure {
    Failure::new(Class::Refused, "no-credentials", format!("`{name}` has no credentials of its own"))
        .hint(format!("`awsprof chain {name}` shows every link and its reason"))
}
