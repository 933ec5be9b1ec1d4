//! What each link is, for a person: what a tool reads there, what it takes to win, and who says so.

use super::trace::{Link, Trace, Verdict};

/// A link explained.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What the tool reads.
    pub reads: &'static str,
    /// What has to be there for the link to have credentials.
    pub needs: &'static str,
    /// The page or the source file that says so.
    pub source: &'static str,
}

const STATIC: &str = "docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html";
const ROLE: &str = "docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html";
const BOTO: &str = "botocore/credentials.py";
const DOTNET: &str = "docs.aws.amazon.com/sdk-for-net/latest/developer-guide/creds-assign.html";
const POWERSHELL: &str = "docs.aws.amazon.com/powershell/latest/userguide/creds-assign.html";

const fn rule(reads: &'static str, needs: &'static str, source: &'static str) -> Rule {
    Rule { reads, needs, source }
}

impl Link {
    /// What it is.
    #[must_use]
    pub const fn rule(self) -> Rule {
        match self {
            Self::Env | Self::WebIdentityEnv | Self::Container | Self::Imds => surroundings(self),
            Self::AssumeRole
            | Self::WebIdentity
            | Self::Sso
            | Self::CredentialsFile
            | Self::Login
            | Self::CredentialProcess
            | Self::ConfigFile => of_a_profile(self),
            _ => of_one_tool(self),
        }
    }
}

/// What comes from the shell and the machine.
const fn surroundings(link: Link) -> Rule {
    match link {
        Link::Env => rule(
            "the key variables of the environment the tool is started in",
            "export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; a session needs AWS_SESSION_TOKEN too",
            STATIC,
        ),
        Link::WebIdentityEnv => rule(
            "a token file named by the environment, exchanged for a role's session (EKS, CI)",
            "set AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN",
            ROLE,
        ),
        Link::Container => rule(
            "the endpoint that ECS and EKS give to a container",
            "set AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_CONTAINER_CREDENTIALS_FULL_URI: ECS and EKS do",
            "docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html",
        ),
        _ => rule(
            "the instance metadata service, on an EC2 instance with a role",
            "run on an instance with a role, and leave AWS_EC2_METADATA_DISABLED unset",
            "docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html",
        ),
    }
}

/// What the profile itself says.
const fn of_a_profile(link: Link) -> Rule {
    match link {
        Link::AssumeRole => rule(
            "role_arn of the profile, with the credentials of another profile or of the machine",
            "set role_arn, and source_profile or credential_source",
            ROLE,
        ),
        Link::WebIdentity => rule(
            "a token file named by the profile, exchanged for a role's session",
            "set web_identity_token_file and role_arn",
            ROLE,
        ),
        Link::Sso => rule(
            "a sign-in through the browser, kept under ~/.aws/sso/cache",
            "set sso_session, sso_account_id and sso_role_name, then run awsprof login",
            "docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html",
        ),
        Link::CredentialsFile => rule(
            "the keys of the profile's section in the credentials file",
            "set aws_access_key_id and aws_secret_access_key there; a session needs aws_session_token too",
            STATIC,
        ),
        Link::Login => rule(
            "the session that aws login has cached",
            "run aws login for this profile: it sets login_session",
            "docs.aws.amazon.com/sdkref/latest/guide/feature-login-credentials.html",
        ),
        Link::CredentialProcess => rule(
            "what a program of yours prints as JSON",
            "set credential_process to a command that prints Version 1 credentials",
            "docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html",
        ),
        _ => rule(
            "the keys of the profile's section in the config file",
            "set aws_access_key_id and aws_secret_access_key there, though the credentials file is their place",
            STATIC,
        ),
    }
}

/// What only some tools know.
const fn of_one_tool(link: Link) -> Rule {
    match link {
        Link::Ec2CredentialFile => rule(
            "the file of the old EC2 tools, named by AWS_CREDENTIAL_FILE",
            "set AWS_CREDENTIAL_FILE to a file with AWSAccessKeyId and AWSSecretKey",
            BOTO,
        ),
        Link::BotoConfig => rule(
            "the file of boto 2: BOTO_CONFIG, /etc/boto.cfg, ~/.boto",
            "keep aws_access_key_id and aws_secret_access_key in its [Credentials] section",
            BOTO,
        ),
        Link::SystemProperties => rule(
            "the properties of the Java machine",
            "start it with -Daws.accessKeyId and -Daws.secretAccessKey (version 1: -Daws.secretKey)",
            "docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html",
        ),
        Link::ProviderConfig => rule(
            "access_key and secret_key of the provider block",
            "set them in the provider block",
            "registry.terraform.io/providers/hashicorp/aws/latest/docs",
        ),
        Link::SdkStore => rule(
            "the encrypted store of the .NET SDK, on Windows",
            "write the profile with Set-AWSCredential on Windows",
            DOTNET,
        ),
        Link::AppConfig => rule(
            "the profile that the application's own configuration names",
            "name a profile in the application's configuration",
            DOTNET,
        ),
        _ => rule("what the command line gives", "give the keys to the command itself", POWERSHELL),
    }
}

/// What stands between a link and winning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It wins.
    None,
    /// This one comes first and has credentials.
    Behind(Link),
    /// This one comes first and stops the tool.
    Stopped(Link),
    /// It has no usable credentials itself.
    Itself,
}

/// What it would mean if a link that was not asked had credentials; `None` for one that was looked at. A key is named by
/// what it does: `{probe}`.
#[must_use]
pub fn consequence(trace: &Trace, at: usize) -> Option<String> {
    let link = trace.links.get(at).filter(|link| link.verdict == Verdict::NotAsked)?;
    if trace.would_ask == Some(link.link) {
        return Some("would win if it has credentials ({probe} asks it)".to_owned());
    }
    let above = trace.links.iter().take(at).any(|report| Some(report.link) == trace.would_ask);
    Some(match (obstacle(trace, at), trace.would_ask) {
        (Obstacle::Behind(winner), _) => format!("would change nothing: {} comes first", winner.label()),
        (Obstacle::Stopped(stop), _) => format!("never reached: the tool stops at {}", stop.label()),
        (_, Some(asks)) if above => format!("only reached if {} has none", asks.label()),
        _ => "not part of the chain this time".to_owned(),
    })
}

/// What keeps the link at `at` from winning.
#[must_use]
pub fn obstacle(trace: &Trace, at: usize) -> Obstacle {
    let Some(link) = trace.links.get(at) else { return Obstacle::Itself };
    let above = trace.links.iter().take(at);
    let stops = |verdict| matches!(verdict, Verdict::Incomplete | Verdict::Expired | Verdict::Failed);
    let mut stopping = above.clone().filter(|above| trace.error.is_some() && stops(above.verdict));
    match (link.verdict, above.clone().find(|above| above.verdict == Verdict::Won), stopping.next()) {
        (Verdict::Won, ..) => Obstacle::None,
        (_, Some(winner), _) => Obstacle::Behind(winner.link),
        (_, None, Some(stop)) => Obstacle::Stopped(stop.link),
        _ => Obstacle::Itself,
    }
}
