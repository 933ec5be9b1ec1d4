//! Credentials in JSON: what instance metadata, the container endpoint and the portal answer with.

use jiff::Timestamp;
use serde_json::Value;

use super::call::{Reply, looks_like_html};
use super::error::{Kind, NetError};
use super::reply::{self, bad};
use crate::aws::secret::{Credentials, Secret};

/// The names one source gives the fields.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    pub id: &'static str,
    pub secret: &'static str,
    pub token: &'static str,
    pub expiration: &'static str,
}

/// `AccessKeyId`, `SecretAccessKey`, `Token`, `Expiration`: metadata and containers.
pub const METADATA: Names =
    Names { id: "AccessKeyId", secret: "SecretAccessKey", token: "Token", expiration: "Expiration" };

/// The portal's spelling; its expiry is in milliseconds.
pub const PORTAL: Names =
    Names { id: "accessKeyId", secret: "secretAccessKey", token: "sessionToken", expiration: "expiration" };

/// The body as JSON.
///
/// # Errors
/// [`Kind::NotAws`] for a web page, [`Kind::BadReply`] for anything else that is not JSON.
pub fn parse(reply: &Reply) -> Result<Value, NetError> {
    if looks_like_html(&reply.body) {
        return Err(NetError::new(Kind::NotAws, "a web page came back instead of credentials"));
    }
    serde_json::from_slice(&reply.body).map_err(|_| bad(reply, "the answer is cut off or not JSON"))
}

/// All four fields. An expiry in the past is let through: instance credentials must outlive a metadata outage
/// (*static stability*), and whoever asked decides.
///
/// # Errors
/// [`Kind::BadReply`], naming the field and not its value.
pub fn credentials(reply: &Reply, value: &Value, names: Names) -> Result<Credentials, NetError> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let read = || -> Result<Credentials, String> {
        let field = |name| reply::well_formed(name, text(name));
        Ok(Credentials {
            access_key_id: reply::key_id(&field(names.id)?)?,
            secret_access_key: Secret::new(field(names.secret)?),
            session_token: Some(Secret::new(field(names.token)?)),
            expires_at: Some(expiry(value.get(names.expiration), names.expiration)?),
            account: value.get("AccountId").and_then(Value::as_str).map(str::to_owned),
        })
    };
    read().map_err(|why| bad(reply, &why))
}

/// RFC 3339, or milliseconds since 1970.
fn expiry(value: Option<&Value>, name: &str) -> Result<Timestamp, String> {
    match value {
        Some(Value::String(text)) => reply::expiry(&reply::well_formed(name, text)?),
        Some(Value::Number(millis)) => {
            let at = millis.as_i64().and_then(|millis| Timestamp::from_millisecond(millis).ok());
            at.ok_or_else(|| format!("AWS's answer has an {name} that is no time"))
        }
        _ => Err(format!("AWS's answer has no {name}")),
    }
}
