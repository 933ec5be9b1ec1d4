//! The MFA devices of an IAM user, asked with keys that stand in no file yet.

use super::endpoints::{Route, Service};
use super::{Context, Failure};
use crate::aws::profile::Estate;
use crate::aws::secret::Credentials;
use crate::net::iam;
use crate::net::sts::Caller;

/// The serials of the devices whose user has these keys. The region says which partition to ask in.
///
/// # Errors
/// What the network or AWS refuses; many users may not list their devices.
pub async fn mfa_devices(
    context: &Context,
    credentials: &Credentials,
    region: Option<&str>,
) -> Result<Vec<String>, Failure> {
    let config = region.map(|region| format!("[profile new]\nregion = {region}\n")).unwrap_or_default();
    let estate = Estate::from_texts(context.world.aws_files(), config.into_bytes(), Vec::new());
    let route = Route { estate: &estate, env: &context.world.env, profile: "new" };
    let endpoint = route.endpoint(Service::Iam, None)?;
    let caller = Caller { credentials, endpoint: &endpoint };
    let client = route.client(&context.world)?;
    Ok(iam::list_mfa_devices(&client, caller, &mut |_| {}).await?.value)
}
