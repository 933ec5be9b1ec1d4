//! Looking around in the instance metadata service, with every credential masked before anybody sees it.

use jiff::Timestamp;
use serde_json::Value;

use super::{Class, Context, Failure};
use crate::aws::profile::Estate;
use crate::aws::secret::is_secret_key;
use crate::net::imds::{Imds, Settings, Version};
use crate::net::{Client, Kind, NetError};

/// The tree everything is below.
const ROOT: &str = "latest/";
const DATA: &str = "latest/meta-data/";
/// The other branches of the root; anything else is meant below [`DATA`].
const BRANCHES: [&str; 4] = ["meta-data", "dynamic", "user-data", "api"];

/// What to look at.
#[derive(Clone, Debug, Default)]
pub struct MetadataRequest {
    /// `placement/region`, `dynamic/…`, `latest/…`; the list of metadata without one.
    pub path: Option<String>,
    /// Without a token.
    pub v1: bool,
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// `http://169.254.169.254/`
    pub endpoint: String,
    /// 1 or 2: which version answered.
    pub version: u8,
    /// Seconds the token is good for.
    pub token_ttl: Option<u32>,
    /// The whole path that was asked for.
    pub path: String,
    pub found: Found,
    /// For the overview only: the instance's role and when its credentials expire.
    pub role: Option<(String, Option<Timestamp>)>,
}

/// A folder or a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Entries(Vec<String>),
    Value(String),
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
        Imds::open(&client, &settings, &mut |_| {}).await?
    };
    let path = whole(request.path.as_deref());
    let text = imds.get(&path, &mut |_| {}).await.map_err(|error| nothing_there(error, &path))?;
    let role = if request.path.is_none() { role(&mut imds).await } else { None };
    let (version, token_ttl) = match imds.version {
        Version::V2 { ttl, .. } => (2, ttl),
        Version::V1 { .. } => (1, None),
    };
    let found = if path.ends_with('/') {
        Found::Entries(text.lines().map(str::to_owned).collect())
    } else {
        Found::Value(masked(&text))
    };
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

/// The path from the root on.
fn whole(path: Option<&str>) -> String {
    let path = path.unwrap_or_default().trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    match first {
        "latest" => path.to_owned(),
        first if BRANCHES.contains(&first) => format!("{ROOT}{path}"),
        _ => format!("{DATA}{path}"),
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

/// The text with the values of secret keys gone. Credentials that are not whole JSON are not shown at all.
fn masked(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(mut value) if value.is_object() || value.is_array() => {
            if hide(&mut value) > 0 {
                format!("{value:#}")
            } else {
                text.to_owned()
            }
        }
        _ if text.to_ascii_lowercase().contains("secretaccesskey") => "****".to_owned(),
        _ => text.to_owned(),
    }
}

/// How many values it had to hide.
fn hide(value: &mut Value) -> usize {
    match value {
        Value::Object(fields) => fields.iter_mut().map(|(name, value)| hide_field(name, value)).sum(),
        Value::Array(items) => items.iter_mut().map(hide).sum(),
        _ => 0,
    }
}

fn hide_field(name: &str, value: &mut Value) -> usize {
    if !is_secret_key(name) || value.is_null() {
        return hide(value);
    }
    *value = "****".into();
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_meant_below_the_metadata_unless_they_say_otherwise() {
        let rows = [
            (None, "latest/meta-data/"),
            (Some("placement/region"), "latest/meta-data/placement/region"),
            (Some("/latest/user-data"), "latest/user-data"),
            (Some("user-data"), "latest/user-data"),
            (Some("dynamic/instance-identity/document"), "latest/dynamic/instance-identity/document"),
            (Some("meta-data/iam/"), "latest/meta-data/iam/"),
        ];
        for (given, expected) in rows {
            assert_eq!(whole(given), expected);
        }
    }

    #[test]
    fn secrets_are_masked_wherever_they_stand_and_the_rest_stays_as_it_is() {
        let keys = "{\"AccessKeyId\":\"ASIAX\",\"SecretAccessKey\":\"hush\",\"a\":[{\"Token\":\"hush\"}]}";
        let shown = masked(keys);
        assert!(shown.contains("ASIAX") && !shown.contains("hush"), "{shown}");
        assert_eq!(masked("{\"SecretAccessKey\": \"hush"), "****");
        assert_eq!(masked("{ \"region\" : \"eu\" }"), "{ \"region\" : \"eu\" }");
        assert_eq!(masked("i-0123"), "i-0123");
    }
}
