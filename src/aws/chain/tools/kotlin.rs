//! AWS SDK for Kotlin (aws-sdk-kotlin @05ea93b9 `DefaultChainCredentialsProvider.kt`): keys come first in a profile;
//! whatever fails is passed over. `aws login` is not known at this commit.

use super::jvm::{CONTAINER, EXACT_PROFILE, FILES, IMDS, KEYS, PROCESS, PROPERTIES, REGION, WEB_ENV};
use crate::aws::chain::links::{imds, keys, kotlin, process, sso, web_identity};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Blanks, ContainerRule, EnvRule, ErrorStyle, Mfa, RoleAsks, RoleCache, RoleRule, Step, Tool,
};
use crate::aws::chain::trace::Link;

static CHAIN: [Step; 11] = [
    PROPERTIES,
    KEYS,
    WEB_ENV,
    PROFILES[0],
    PROFILES[1],
    PROFILES[2],
    PROFILES[3],
    PROFILES[4],
    PROFILES[5],
    CONTAINER,
    IMDS,
];

const PROFILES: [Step; 6] = [
    Step::profile(Link::CredentialsFile, Rule::says(keys::merged_credentials)).leaving(),
    Step::profile(Link::ConfigFile, Rule::says(keys::merged_config)).leaving(),
    Step::profile(Link::AssumeRole, Rule::says(kotlin::assume_role)).leaving(),
    Step::profile(Link::WebIdentity, Rule::looks(web_identity::profile)).leaving(),
    Step::profile(Link::Sso, Rule::looks(sso::any_key)).leaving(),
    Step::profile(Link::CredentialProcess, Rule::looks(process::command)).leaving(),
];

static SOURCE: [Step; 6] = PROFILES;

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "kotlin",
    name: "Kotlin SDK",
    profile: EXACT_PROFILE,
    env: EnvRule {
        ids: &["AWS_ACCESS_KEY_ID"],
        secrets: &["AWS_SECRET_ACCESS_KEY"],
        tokens: &["AWS_SESSION_TOKEN"],
        expiry: None,
        blanks: Blanks::Unset,
        partial: None,
    },
    files: FILES,
    chain: &CHAIN,
    explicit_chain: None,
    role: RoleRule {
        source: &SOURCE,
        mfa: Mfa::Ignored,
        cache: RoleCache::None,
        asks: RoleAsks::KOTLIN,
        regionless: None,
        client: None,
    },
    loads: None,
    process: PROCESS,
    container: ContainerRule::STRICT,
    imds: imds::TOKEN_ONLY,
    region: REGION,
    errors: ErrorStyle::Message,
    nothing: Some("No identity could be resolved from the chain"),
    refuses: None,
    remarks: &[(Link::AssumeRole, "the profile may have no keys of its own: they come first here")],
};
