//! What can be asked of the world outside: one file, one process, one request. A probe says everything that
//! is needed to perform it, and has a name by which its answer is kept, so that nothing is asked twice.

use std::path::PathBuf;

use super::tool::Run;
use crate::aws::secret::{Credentials, Secret};

/// A question that only the outside can answer.
#[derive(Clone, Debug)]
pub enum Probe {
    /// The bytes of a local file; allowed even when nothing else may be asked.
    File(PathBuf),
    /// The instance role's credentials.
    Imds(ImdsAsk),
    /// The instance's availability zone, for the region.
    AvailabilityZone(ImdsAsk),
    /// Container credentials from this URL, with this `Authorization` header.
    Container {
        url: String,
        authorization: Option<Secret>,
    },
    /// A `credential_process` and how it is run.
    Process {
        command: String,
        run: Run,
    },
    AssumeRole(Box<AssumeRole>),
    WebIdentity(Box<WebIdentity>),
    /// Identity Center's `GetRoleCredentials`.
    Sso(Box<SsoRole>),
    /// `GetCallerIdentity` with these credentials.
    Identity {
        credentials: Box<Credentials>,
        region: String,
    },
}

/// How the metadata service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImdsAsk {
    /// `http://169.254.169.254`, without a trailing slash.
    pub endpoint: String,
    /// Whether falling back to version 1 is forbidden.
    pub v1_disabled: bool,
}

/// `AssumeRole` with everything a profile may say about it.
#[derive(Clone, Debug)]
pub struct AssumeRole {
    pub role_arn: String,
    pub session_name: Option<String>,
    pub external_id: Option<String>,
    /// Seconds, 900 to 43200.
    pub duration: Option<u32>,
    /// Who asks.
    pub source: Credentials,
    pub region: String,
}

/// `AssumeRoleWithWebIdentity`.
#[derive(Clone, Debug)]
pub struct WebIdentity {
    pub role_arn: String,
    pub session_name: Option<String>,
    pub token: Secret,
    pub region: String,
}

/// A role of an Identity Center account, and the sign-in that may ask for it.
#[derive(Clone, Debug)]
pub struct SsoRole {
    pub account: String,
    pub role: String,
    pub region: String,
    pub access_token: Secret,
}

impl Probe {
    /// Whether it stays on this machine and runs nothing: a file.
    #[must_use]
    pub const fn is_local(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// The name its answer is kept under. Never holds a secret.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::File(path) => format!("file {}", path.display()),
            Self::Imds(ask) => format!("imds {} {}", ask.endpoint, ask.v1_disabled),
            Self::AvailabilityZone(ask) => format!("zone {} {}", ask.endpoint, ask.v1_disabled),
            Self::Container { url, authorization } => format!("container {url} {}", authorization.is_some()),
            Self::Process { command, run } => format!("process {run:?} {command}"),
            Self::AssumeRole(ask) => format!(
                "assume-role {} {:?} {:?} {:?} {} {}",
                ask.role_arn,
                ask.session_name,
                ask.external_id,
                ask.duration,
                ask.region,
                ask.source.access_key_id
            ),
            Self::WebIdentity(ask) => {
                format!("web-identity {} {:?} {}", ask.role_arn, ask.session_name, ask.region)
            }
            Self::Sso(ask) => format!("sso {} {} {}", ask.account, ask.role, ask.region),
            Self::Identity { credentials, region } => {
                format!("identity {} {region}", credentials.access_key_id)
            }
        }
    }
}
