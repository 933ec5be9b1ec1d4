//! AWS SDK for Java v2 (`DefaultCredentialsProvider` @0131c082): an explicit profile does not switch the
//! environment off; whatever fails is passed over.

use super::jvm::{CONTAINER, EXACT_PROFILE, FILES, IMDS, KEYS, PROCESS, PROPERTIES, REGION, WEB_ENV};
use crate::aws::chain::links::{imds, java, keys, login, process, sso};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{
    Blanks, ContainerRule, EnvRule, ErrorStyle, Mfa, RoleAsks, RoleCache, RoleRule, Step, Tool,
};
use crate::aws::chain::trace::Link;

static CHAIN: [Step; 12] = [
    PROPERTIES,
    KEYS,
    WEB_ENV,
    PROFILES[0],
    PROFILES[1],
    PROFILES[2],
    PROFILES[3],
    PROFILES[4],
    PROFILES[5],
    PROFILES[6],
    CONTAINER,
    IMDS,
];

/// `ProfileCredentialsUtils.credentialsProvider`, also of a source profile.
const PROFILES: [Step; 7] = [
    Step::profile(Link::WebIdentity, Rule::looks(java::web_identity)).leaving(),
    Step::profile(Link::Sso, Rule::looks(sso::any_key)).leaving(),
    Step::profile(Link::AssumeRole, Rule::says(java::assume_role)).leaving(),
    Step::profile(Link::Login, Rule::looks(login::cached)).leaving(),
    Step::profile(Link::CredentialProcess, Rule::looks(process::command)).leaving(),
    Step::profile(Link::CredentialsFile, Rule::says(keys::merged_credentials)).leaving(),
    Step::profile(Link::ConfigFile, Rule::says(keys::merged_config)).leaving(),
];

static SOURCE: [Step; 7] = PROFILES;

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "java-v2",
    name: "Java SDK v2",
    profile: EXACT_PROFILE,
    env: EnvRule {
        ids: &["AWS_ACCESS_KEY_ID"],
        secrets: &["AWS_SECRET_ACCESS_KEY"],
        tokens: &["AWS_SESSION_TOKEN"],
        expiry: None,
        blanks: Blanks::Trimmed,
        partial: None,
    },
    files: FILES,
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
    nothing: Some("Unable to load credentials from any of the providers in the chain"),
    refuses: None,
    remarks: &[],
};
