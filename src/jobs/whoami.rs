//! Who AWS says the effective credentials are. Nothing is prompted for here.

use super::effective::Wish;
use super::endpoints::{Route, Service};
use super::{Context, Failure, obtain};
use crate::aws::chain::trace::Identity;
use crate::aws::profile::Estate;
use crate::net::iam;
use crate::net::sts::{self, Caller};

/// Asks `GetCallerIdentity`.
///
/// # Errors
/// No such profile, no credentials, an expired session, a refusal by AWS.
pub async fn whoami(context: &Context, wish: &Wish) -> Result<Identity, Failure> {
    let estate = Estate::read(&context.world);
    let credentials = obtain(context, wish, None, &mut |_| {}).await?;
    let profile = wish.profile.as_deref().unwrap_or("default");
    let route = Route { estate: &estate, env: &context.world.env, profile };
    let endpoint = route.endpoint(Service::Sts, None)?;
    let caller = Caller { credentials: &credentials, endpoint: &endpoint };
    let client = route.client(&context.world)?;
    let iam = route.endpoint(Service::Iam, None)?;
    let owner = Caller { credentials: &credentials, endpoint: &iam };
    let (mut ignore, mut silent) = (|_| {}, |_| {});
    let (who, alias) = tokio::join!(
        sts::get_caller_identity(&client, caller, &mut ignore),
        iam::account_alias(&client, owner, &mut silent)
    );
    let mut identity = who?.value;
    // Most users may not ask for the alias, and then there is none.
    identity.alias = alias.ok().and_then(|answer| answer.value);
    Ok(identity)
}
