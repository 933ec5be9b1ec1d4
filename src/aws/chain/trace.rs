//! A trace: one tool's chain with the verdict on every link. Plain data, no secrets; serializes to the
//! contract's `chain --json`.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;

/// A chain resolved: every link of the tool in its order, the winner and the reasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trace {
    /// The tool's id, `aws-cli-v2`, `boto3`, …
    pub tool: &'static str,
    pub profile: String,
    pub profile_from: ProfileFrom,
    pub links: Vec<LinkReport>,
    pub winner: Option<Link>,
    /// The tool's own reason when it would stop with an error.
    pub error: Option<String>,
    /// The first link that was not asked although all before it are settled.
    pub would_ask: Option<Link>,
    pub region: Option<Region>,
    pub identity: Option<Identity>,
    pub warnings: Vec<Warning>,
}

/// What named the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ProfileFrom {
    #[serde(rename = "--profile")]
    Explicit,
    #[serde(rename = "AWS_PROFILE")]
    AwsProfile,
    #[serde(rename = "AWS_DEFAULT_PROFILE")]
    AwsDefaultProfile,
    #[serde(rename = "default")]
    Default,
}

/// One place a tool looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    CommandLine,
    SystemProperties,
    ProviderConfig,
    SdkStore,
    AppConfig,
    Env,
    WebIdentityEnv,
    AssumeRole,
    WebIdentity,
    Sso,
    CredentialsFile,
    Login,
    CredentialProcess,
    ConfigFile,
    Ec2CredentialFile,
    BotoConfig,
    Container,
    Imds,
}

/// What a link came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Won,
    /// Has credentials, but a link above won.
    Shadowed,
    Absent,
    Incomplete,
    Expired,
    Failed,
    NotAsked,
}

/// A link with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkReport {
    pub link: Link,
    pub verdict: Verdict,
    /// One sentence.
    pub reason: String,
    pub evidence: Option<Evidence>,
    /// Whole; the screen masks it.
    pub access_key_id: Option<String>,
    pub expires_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shadows: Vec<Link>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hops: Vec<Hop>,
}

/// Where a reader can see it with their own eyes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Evidence {
    Place { file: PathBuf, line: u32 },
    Variable { variable: String },
    Url { url: String },
    Cache { file: PathBuf },
}

/// One step of a role chain, the role asked for first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hop {
    pub profile: String,
    pub role_arn: Option<String>,
    /// What supplies its credentials: a profile's name or a `credential_source`.
    pub source: String,
    /// How long its session may last; only for a role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
}

/// The region and where it came from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Region {
    pub value: String,
    /// `AWS_REGION`, `~/.aws/config:12`, `IMDS`, …
    pub from: String,
}

/// Who the winner's keys are (`GetCallerIdentity`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Identity {
    pub account: String,
    pub arn: String,
    pub user_id: String,
    /// The account's alias, where IAM tells it.
    pub alias: Option<String>,
}

/// Something that works today and will surprise tomorrow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    pub code: &'static str,
    pub message: String,
}

impl Link {
    /// The name the screen and the text output use.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::CommandLine => "command line",
            Self::SystemProperties => "system properties",
            Self::ProviderConfig => "provider block",
            Self::SdkStore => "SDK store",
            Self::AppConfig => "app config",
            Self::Env => "environment",
            Self::WebIdentityEnv => "web identity (env)",
            Self::AssumeRole => "assume role",
            Self::WebIdentity => "web identity",
            Self::Sso => "Identity Center",
            Self::CredentialsFile => "credentials file",
            Self::Login => "aws login",
            Self::CredentialProcess => "credential_process",
            Self::ConfigFile => "config file",
            Self::Ec2CredentialFile => "EC2 credential file",
            Self::BotoConfig => "boto config",
            Self::Container => "container",
            Self::Imds => "instance (IMDS)",
        }
    }
}

impl Verdict {
    /// The word itself: a state is a word first.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Won => "WON",
            Self::Shadowed => "shadowed",
            Self::Absent => "absent",
            Self::Incomplete => "incomplete",
            Self::Expired => "expired",
            Self::Failed => "failed",
            Self::NotAsked => "not asked",
        }
    }
}
