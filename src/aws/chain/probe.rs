//! What can be asked of the world outside: one file, one process, one request. A probe says everything that
//! is needed to perform it, and has a name by which its answer is kept, so that nothing is asked twice.

use std::path::PathBuf;

use jiff::Timestamp;

use super::tool::{Run, SessionName};
use crate::aws::secret::{Credentials, Secret};

/// A question that only the outside can answer.
#[derive(Clone, Debug)]
pub enum Probe {
    /// The bytes of a local file; allowed even when nothing else may be asked.
    File(PathBuf),
    /// The instance role's credentials.
    Imds(ImdsAsk),
    /// A text of the metadata service, for the region.
    Metadata {
        how: ImdsAsk,
        path: &'static str,
    },
    /// Container credentials from this URL, with this `Authorization` header.
    Container {
        url: String,
        authorization: Option<Secret>,
    },
    /// A `credential_process`, how it is run, and whose it is.
    Process {
        command: String,
        run: Run,
        profile: String,
    },
    AssumeRole(Box<AssumeRole>),
    WebIdentity(Box<WebIdentity>),
    /// A sign-in to Identity Center that is due to be renewed.
    SignIn(Box<SignInAsk>),
    /// A console sign-in that is due to be renewed.
    Login(Box<LoginAsk>),
    /// Identity Center's `GetRoleCredentials`.
    Sso(Box<SsoRole>),
    /// `GetCallerIdentity` with these credentials.
    Identity {
        credentials: Box<Credentials>,
        endpoint: Box<EndpointSettings>,
    },
    /// The alias of the account that these credentials are of; asked once an account.
    Alias {
        account: String,
        credentials: Box<Credentials>,
        endpoint: Box<EndpointSettings>,
    },
}

/// How the metadata service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImdsAsk {
    /// `http://169.254.169.254`, without a trailing slash.
    pub endpoint: String,
    /// Whether falling back to version 1 is forbidden.
    pub v1_disabled: bool,
    /// Seconds for each answer, as the setting says.
    pub timeout: Option<String>,
    /// How often it is asked before nobody is there, as the setting says.
    pub attempts: Option<String>,
}

/// What the profile says about where a service answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointSettings {
    pub region: Option<String>,
    /// The profile's `endpoint_url`.
    pub endpoint_url: Option<String>,
    /// The service's `endpoint_url` in the `services` section that the profile names.
    pub service_url: Option<String>,
    pub ignore_configured: Option<String>,
    pub use_fips: Option<String>,
    pub use_dual_stack: Option<String>,
}

/// `AssumeRole` with everything a profile may say about it.
#[derive(Clone, Debug)]
pub struct AssumeRole {
    pub role_arn: String,
    pub session_name: Option<String>,
    /// What the tool calls a session without a name.
    pub unnamed: SessionName,
    pub external_id: Option<String>,
    /// Seconds, 900 to 43200.
    pub duration: Option<u32>,
    pub extras: RoleExtras,
    /// Who asks.
    pub source: Credentials,
    pub endpoint: EndpointSettings,
}

/// What aws-vault's keys add to a role's session (its `vault/config.go`), and session policies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleExtras {
    /// `session_tags = k=v,k2=v2`
    pub tags: Vec<(String, String)>,
    /// `transitive_session_tags = k,k2`
    pub transitive: Vec<String>,
    pub source_identity: Option<String>,
    /// `policy`: the JSON of a session policy.
    pub policy: Option<String>,
    /// `policy_arns = arn,arn2`
    pub policy_arns: Vec<String>,
}

impl RoleExtras {
    /// The keys they are read from.
    pub const KEYS: [&str; 5] =
        ["session_tags", "transitive_session_tags", "source_identity", "policy", "policy_arns"];

    /// From the texts of the keys; empty pieces are passed over.
    #[must_use]
    pub fn read<'a>(text: impl Fn(&str) -> Option<&'a str>) -> Self {
        let pieces = |key: &str| {
            let pieces = text(key).unwrap_or_default().split(',').map(str::trim);
            pieces.filter(|piece| !piece.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        let pair = |piece: &String| {
            let (key, value) = piece.split_once('=')?;
            Some((key.trim().to_owned(), value.trim().to_owned()))
        };
        Self {
            tags: pieces("session_tags").iter().filter_map(pair).collect(),
            transitive: pieces("transitive_session_tags"),
            source_identity: text("source_identity").map(str::to_owned),
            policy: text("policy").map(str::to_owned),
            policy_arns: pieces("policy_arns"),
        }
    }
}

/// `AssumeRoleWithWebIdentity`.
#[derive(Clone, Debug)]
pub struct WebIdentity {
    pub role_arn: String,
    pub session_name: Option<String>,
    /// What the tool calls a session without a name.
    pub unnamed: SessionName,
    pub token: Secret,
    pub endpoint: EndpointSettings,
}

/// A cached sign-in that is inside its last 15 minutes or over.
#[derive(Clone, Debug)]
pub struct SignInAsk {
    pub file: PathBuf,
    /// When the token in the file expires: a file that says something else is another question.
    pub expires_at: Timestamp,
    pub start_url: String,
    pub region: String,
    pub endpoint: EndpointSettings,
}

/// A cached console sign-in that is inside its last five minutes or over.
#[derive(Clone, Debug)]
pub struct LoginAsk {
    pub file: PathBuf,
    /// When the credentials in the file expire: a file that says something else is another question.
    pub expires_at: Timestamp,
    pub endpoint: EndpointSettings,
}

/// A role of an Identity Center account, and the sign-in that may ask for it.
#[derive(Clone, Debug)]
pub struct SsoRole {
    pub account: String,
    pub role: String,
    /// Its region is that of the sign-in, not the profile's.
    pub endpoint: EndpointSettings,
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
            Self::Metadata { how, path } => format!("metadata {} {} {path}", how.endpoint, how.v1_disabled),
            Self::Container { url, authorization } => format!("container {url} {}", authorization.is_some()),
            Self::Process { command, run, .. } => format!("process {run:?} {command}"),
            Self::AssumeRole(ask) => format!(
                "assume-role {} {:?} {:?} {:?} {:?} {:?} {}",
                ask.role_arn,
                ask.session_name,
                ask.external_id,
                ask.duration,
                ask.extras,
                ask.endpoint.region,
                ask.source.access_key_id
            ),
            Self::WebIdentity(ask) => {
                format!("web-identity {} {:?} {:?}", ask.role_arn, ask.session_name, ask.endpoint.region)
            }
            Self::SignIn(ask) => format!("sign-in {} {}", ask.file.display(), ask.expires_at),
            Self::Login(ask) => format!("login {} {}", ask.file.display(), ask.expires_at),
            Self::Sso(ask) => format!("sso {} {} {:?}", ask.account, ask.role, ask.endpoint.region),
            Self::Alias { account, .. } => format!("alias {account}"),
            Self::Identity { credentials, endpoint } => {
                format!("identity {} {:?}", credentials.access_key_id, endpoint.region)
            }
        }
    }
}
