//! A signed `GetCallerIdentity` as a URL, for the place where a profile's requests go. Sends nothing.

use std::time::Duration;

use reqwest::Url;

use super::endpoints::{Route, Service};
use super::{Context, Failure};
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
use crate::net::sts::{self, Caller};

/// The URL, good for `expires`; `headers` are part of the proof.
///
/// # Errors
/// A region or an endpoint that cannot be one.
pub fn presigned(
    context: &Context,
    profile: &str,
    credentials: &Credentials,
    headers: &[(&'static str, &str)],
    expires: Duration,
) -> Result<Url, Failure> {
    let estate = Estate::read(&context.world);
    let route = Route { estate: &estate, env: &context.world.env, profile };
    let endpoint = route.endpoint(Service::Sts, None)?;
    let caller = Caller { credentials, endpoint: &endpoint };
    let client = route.client(&context.world)?;
    Ok(sts::presigned_caller_identity(&client, caller, headers, expires)?)
}
