//! AWS SDK for Java v1 (`DefaultAWSCredentialsProviderChain` @1322472c): reads the credentials file alone, the
//! config file where there is none, and the config file for the region; whatever fails is passed over.

use super::jvm::{CONTAINER, KEYS, PROCESS, PROFILE, PROPERTIES, REGION, WEB_ENV};
use crate::aws::chain::files::sdk::{Encoding, Name, Quirk, Rules};
use crate::aws::chain::files::{FileKind, Grammar};
use crate::aws::chain::links::{imds, java};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Blanks, Config, ContainerRule, EnvRule, ErrorStyle, FileRule, Mfa, PathRule, RoleAsks, RoleCache,
    RoleRule, Step, Tool,
};
use crate::aws::chain::trace::Link;
use crate::aws::ini::{Dialect, InlineComments};

const CREDENTIALS: Step = Step::profile(Link::CredentialsFile, Rule::says(java::v1_credentials)).leaving();
const CONFIG: Step = Step::profile(Link::ConfigFile, Rule::says(java::v1_config)).leaving();

static CHAIN: [Step; 9] = [
    KEYS,
    PROPERTIES,
    WEB_ENV,
    Step::profile(Link::AssumeRole, Rule::says(java::v1_assume_role)).leaving(),
    Step::profile(Link::CredentialProcess, Rule::looks(java::v1_process)).leaving(),
    CREDENTIALS,
    CONFIG,
    CONTAINER,
    Step::new(Link::Imds, Rule::looks(imds::without_container)),
];
static SOURCE: [Step; 2] = [CREDENTIALS, CONFIG];

/// `AbstractProfilesConfigFileScanner`: lines are trimmed, nothing behind a value is a comment.
static RULES: Rules = Rules {
    name: "java-v1",
    dialect: Dialect {
        inline_comments: InlineComments::Never,
        indented_comments: true,
        continuations: false,
        skip_bom: false,
        ..Dialect::SDK
    },
    names,
    encoding: Encoding::Lossy,
    quirks: &[Quirk::RefusesJunk, Quirk::SectionsReplaced],
};

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "java-v1",
    name: "Java SDK v1",
    profile: PROFILE,
    // `EnvironmentVariableCredentialsProvider.java:34-46`: a second name is read where the first is null, then trimmed.
    env: EnvRule {
        ids: &["AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY"],
        secrets: &["AWS_SECRET_KEY", "AWS_SECRET_ACCESS_KEY"],
        tokens: &["AWS_SESSION_TOKEN"],
        expiry: None,
        blanks: Blanks::TrimmedHide,
        partial: None,
    },
    files: FileRule {
        config: Config::In("AWS_CONFIG_FILE"),
        credentials: "AWS_CREDENTIAL_PROFILES_FILE",
        paths: PathRule::Literal,
        grammar: Grammar::sdk(&RULES),
        unreadable: None,
        folder: None,
        tokens: &["aws_session_token"],
    },
    chain: &CHAIN,
    explicit_chain: None,
    role: RoleRule {
        source: &SOURCE,
        mfa: Mfa::Ignored,
        cache: RoleCache::None,
        asks: RoleAsks::JAVA,
        regionless: None,
        client: None,
    },
    loads: None,
    process: PROCESS,
    container: ContainerRule::STRICT,
    imds: imds::USUAL,
    region: REGION,
    errors: ErrorStyle::Message,
    nothing: Some("Unable to load AWS credentials from any provider in the chain"),
    refuses: None,
    remarks: &[
        (Link::SystemProperties, "the secret's property is -Daws.secretKey in version 1"),
        (
            Link::AssumeRole,
            "role and source have to stand in the one file that Java v1 reads: the credentials file, if there is one",
        ),
        (Link::CredentialProcess, "it has to stand in the credentials file, if there is one"),
        (Link::ConfigFile, "Java v1 reads the config file only where there is no credentials file"),
    ],
};

/// `profile ` in front is part of the name (`BasicProfileConfigLoader`).
#[expect(clippy::unnecessary_wraps, reason = "other tools leave headers out")]
fn names(_: FileKind, header: &str) -> Option<Name> {
    Some(Name::Profile(header.trim().to_owned()))
}
