//! AWS SDK for C++ (`AWSCredentialsProviderChain.cpp` @5f028bf3): keys of the credentials file alone, a process of the
//! config file alone, no role of any profile; whatever fails is passed over, and the region is never missing.

use crate::aws::chain::files::sdk::{Encoding, Name, Quirk, Rules};
use crate::aws::chain::files::{FileKind, Grammar};
use crate::aws::chain::links::{container, cpp, env, imds, keys, web_identity};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Blanks, Config, ContainerRule, Empty, EnvRule, ErrorStyle, FileRule, ImdsRegion, Mfa, PathRule,
    ProcessRule, ProfileRegion, ProfileRule, RegionRule, RoleAsks, RoleCache, RoleRule, Run, Step, Tool,
    ToolError, Wrong,
};
use crate::aws::chain::trace::{Link, ProfileFrom};
use crate::aws::ini::{Dialect, is_identifier};

static CHAIN: [Step; 8] = [
    Step::new(Link::Env, Rule::looks(env::keys)),
    Step::profile(Link::CredentialsFile, Rule::says(keys::whole_credentials)),
    Step::profile(Link::CredentialProcess, Rule::looks(cpp::process)).lenient(),
    Step::new(Link::WebIdentityEnv, Rule::looks(web_identity::env_if_complete)).lenient(),
    Step::profile(Link::WebIdentity, Rule::looks(cpp::web_identity)).lenient(),
    Step::profile(Link::Sso, Rule::looks(cpp::sso)).lenient(),
    Step::new(Link::Container, Rule::looks(container::required)).lenient(),
    Step::new(Link::Imds, Rule::looks(imds::without_container)),
];

/// `ConfigFileProfileFSM` (`AWSConfigFileProfileConfigLoader.cpp`): lines are trimmed, any line with both brackets is a
/// header, and a line that makes no sense ends the file there.
static RULES: Rules = Rules {
    name: "cpp",
    dialect: Dialect { indented_comments: true, continuations: false, skip_bom: false, ..Dialect::SDK },
    names,
    encoding: Encoding::Lossy,
    quirks: &[Quirk::PairsReplaced, Quirk::JunkEnds, Quirk::BracketsCut],
};

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "cpp",
    name: "C++ SDK",
    profile: ProfileRule {
        variables: &[
            ("AWS_DEFAULT_PROFILE", ProfileFrom::AwsDefaultProfile),
            ("AWS_PROFILE", ProfileFrom::AwsProfile),
        ],
        empty_is_a_name: false,
        empty_explicit_is_given: false,
        missing: None,
        missing_stops: &[],
    },
    env: EnvRule {
        ids: &["AWS_ACCESS_KEY_ID"],
        secrets: &["AWS_SECRET_ACCESS_KEY"],
        tokens: &["AWS_SESSION_TOKEN"],
        expiry: None,
        blanks: Blanks::Count,
        partial: None,
    },
    files: FileRule {
        config: Config::In("AWS_CONFIG_FILE"),
        credentials: "AWS_SHARED_CREDENTIALS_FILE",
        paths: PathRule::Literal,
        grammar: Grammar::sdk(&RULES),
        unreadable: None,
        folder: None,
        tokens: &["aws_session_token"],
    },
    chain: &CHAIN,
    explicit_chain: None,
    role: RoleRule {
        source: &[],
        mfa: Mfa::Ignored,
        cache: RoleCache::None,
        asks: RoleAsks::GO,
        regionless: None,
        client: None,
    },
    loads: None,
    // The chain takes whatever has an id and a secret (`AWSCredentialsProviderChain::GetAWSCredentials`).
    process: ProcessRule { run: Run::Shell, failed: Wrong::Stops(process_failed), expired: Wrong::Taken },
    container: ContainerRule::STRICT,
    imds: imds::USUAL,
    region: RegionRule {
        variables: &["AWS_DEFAULT_REGION", "AWS_REGION"],
        empty: Empty::Unset,
        profile: ProfileRegion::OfConfigFile,
        imds: ImdsRegion::Region,
        fallback: Some("us-east-1"),
        without: "us-east-1 is taken",
    },
    errors: ErrorStyle::Message,
    nothing: Some("no provider gave credentials: requests go out unsigned"),
    refuses: None,
    remarks: &[
        (
            Link::CredentialProcess,
            "it has to stand in the config file: C++ looks for none in the credentials file",
        ),
        (Link::WebIdentity, "both have to stand in the config file"),
        (Link::Sso, "they have to stand in the config file"),
    ],
};

/// One plain word: `[default]`, `[profile x]` and `[sso-session x]` in config, `[x]` in credentials
/// (`ParseSectionDeclaration`).
fn names(kind: FileKind, header: &str) -> Option<Name> {
    let mut words = header.split([' ', '\t']).filter(|word| !word.is_empty());
    let (first, second, rest) = (words.next()?, words.next(), words.next());
    if rest.is_some() || !is_identifier(second.unwrap_or(first).as_bytes()) {
        return None;
    }
    match (kind, first, second.map(str::to_owned)) {
        (FileKind::Credentials, name, None) | (FileKind::Config, name @ "default", None) => {
            Some(Name::Profile(name.to_owned()))
        }
        (FileKind::Config, "profile", Some(name)) => Some(Name::Profile(name)),
        (FileKind::Config, "sso-session", Some(name)) => Some(Name::SsoSession(name)),
        _ => None,
    }
}

fn process_failed(why: &str) -> ToolError {
    ToolError::new("ProcessCredentialsProvider", format!("failed to load credential process: {why}"))
}
