//! Looking around in the instance metadata service, with every credential masked before anybody sees it.

use jiff::Timestamp;

use super::{Class, Context, Failure};
use crate::aws::metadata::{self, Found, Metadata, ROOT};
use crate::aws::profile::Estate;
use crate::net::imds::{Imds, Settings, Version};
use crate::net::{Client, Kind, NetError};

/// What to look at.
#[derive(Clone, Debug, Default)]
pub struct MetadataRequest {
    /// `placement/region`, `dynamic/…`, `latest/…`; the list of metadata without one.
    pub path: Option<String>,
    /// Without a token.
    pub v1: bool,
    /// Ask for the instance's role and when its credentials expire as well.
    pub role: bool,
}

/// Asks for one path.
///
/// # Errors
/// A service that is disabled or does not answer, a path with nothing at it.
pub async fn metadata(context: &Context, request: &MetadataRequest) -> Result<Metadata, Failure> {
    let client = Client::new(&context.world)?;
    let settings = settings(context)?;
    let mut imds = if request.v1 {
        disabled(&settings)?;
        Imds::v1(&client, &settings)
    } else {
        Imds::open(&client, &settings, &mut |_| {}).await.map_err(|error| outside(error, &settings))?
    };
    let path = metadata::whole(request.path.as_deref());
    let text = imds.get(&path, &mut |_| {}).await;
    let text = text.map_err(|error| {
        if error.kind == Kind::NotFound { nothing_there(error, &path) } else { outside(error, &settings) }
    })?;
    let role = if request.role { role(&mut imds).await } else { None };
    let (version, token_ttl) = match imds.version {
        Version::V2 { ttl, .. } => (2, ttl),
        Version::V1 { .. } => (1, None),
    };
    let found = Found::of(&path, &text);
    Ok(Metadata { endpoint: settings.base.to_string(), version, token_ttl, path, found, role })
}

/// Environment, then the profile the environment names.
fn settings(context: &Context) -> Result<Settings, Failure> {
    let env = &context.world.env;
    let estate = Estate::read(&context.world);
    let name =
        env.non_empty("AWS_PROFILE").or_else(|| env.non_empty("AWS_DEFAULT_PROFILE")).unwrap_or("default");
    let keys = [
        "ec2_metadata_service_endpoint",
        "ec2_metadata_service_endpoint_mode",
        "ec2_metadata_v1_disabled",
        "metadata_service_timeout",
        "metadata_service_num_attempts",
    ];
    let profile = estate.profile(name);
    let values = keys.map(|key| profile.as_ref().and_then(|profile| profile.text(key)));
    let look = |key: &str| keys.iter().zip(&values).find(|(known, _)| **known == key)?.1.as_deref();
    Ok(Settings::read(env, look)?)
}

fn disabled(settings: &Settings) -> Result<(), Failure> {
    let refused = |why: &str| Err(NetError::new(Kind::Setting, why).into());
    match (settings.disabled, settings.v1_allowed) {
        (true, _) => refused("AWS_EC2_METADATA_DISABLED is true"),
        (_, false) => {
            refused("version 1 is disabled by AWS_EC2_METADATA_V1_DISABLED or ec2_metadata_v1_disabled")
        }
        _ => Ok(()),
    }
}

/// Not the service of an instance: nobody is there, or somebody else.
fn outside(error: NetError, settings: &Settings) -> Failure {
    let base = settings.base.as_str().trim_end_matches('/');
    match error.kind {
        Kind::Connect | Kind::Timeout | Kind::Dns => {
            let message =
                format!("nobody answers at {base}: this is no EC2 instance, or metadata is turned off");
            Failure { message, ..error.into() }
                .hint("in a container on an instance the hop limit of the metadata may have to be 2")
        }
        Kind::Setting => error.into(),
        _ => {
            let failure: Failure = error.into();
            failure.hint("outside EC2 something else may answer at this address; --v1 asks without a token")
        }
    }
}

fn nothing_there(error: NetError, path: &str) -> Failure {
    if error.kind == Kind::NotFound {
        let up = path.trim_end_matches('/').rsplit_once('/').map_or(ROOT, |(up, _)| up);
        return Failure::new(Class::NotFound, "not-found", format!("there is nothing at {path}"))
            .hint(format!("`awsprof imds {up}/` lists what there is"));
    }
    error.into()
}

/// The role's name, and when its credentials expire.
async fn role(imds: &mut Imds<'_>) -> Option<(String, Option<Timestamp>)> {
    let name = imds.role(&mut |_| {}).await.ok()?;
    let keys = imds.credentials(&name, &mut |_| {}).await;
    Some((name, keys.ok().and_then(|keys| keys.expires_at)))
}
