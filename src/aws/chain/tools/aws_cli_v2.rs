//! AWS CLI v2 2.38.1: botocore vendored, with `awscrt`. `AWS_PROFILE` first (`awscli/botocore/configprovider.py`
//! 61), the region also from `AWS_REGION` and from IMDS (`awscli/clidriver.py` 335–355), role, web identity and
//! Identity Center sessions kept in `~/.aws/cli/cache`.

use super::botocore::{
    ENV, FILES, LOGIN, NAMED, NO_REGION, PROCESS, TOKEN, chain, profile, profile_not_found,
};
use crate::aws::chain::links::imds;
use crate::aws::chain::scene::Check;
use crate::aws::chain::tool::{
    ContainerRule, Empty, ErrorStyle, ImdsRegion, Mfa, ProfileRegion, ProfileRule, RegionRule, RoleAsks,
    RoleCache, RoleRule, Step, Tool,
};
use crate::aws::chain::trace::{Link, ProfileFrom};

static CHAIN: [Step; 12] = chain(LOGIN);
static SOURCE: [Step; 6] = profile(LOGIN);

pub(super) static TOOL: Tool = TABLE;

const TABLE: Tool = Tool {
    variant: None,
    id: "aws-cli-v2",
    name: "AWS CLI v2",
    profile: ProfileRule {
        variables: &[
            ("AWS_PROFILE", ProfileFrom::AwsProfile),
            ("AWS_DEFAULT_PROFILE", ProfileFrom::AwsDefaultProfile),
        ],
        empty_is_a_name: true,
        empty_explicit_is_given: false,
        missing: Some(profile_not_found),
        missing_stops: NAMED,
    },
    env: ENV,
    files: FILES,
    chain: &CHAIN,
    explicit_chain: None,
    role: RoleRule {
        source: &SOURCE,
        mfa: Mfa::Asks,
        cache: RoleCache::Cli { sso: true, web_identity_token: true },
        asks: RoleAsks::BOTOCORE,
        regionless: Some(NO_REGION),
        client: Some(TOKEN),
    },
    loads: Some(Check(imds::settings_wrong)),
    process: PROCESS,
    container: ContainerRule::EXACT,
    imds: imds::USUAL,
    region: RegionRule {
        variables: &["AWS_REGION", "AWS_DEFAULT_REGION"],
        empty: Empty::Counts,
        profile: ProfileRegion::Chosen,
        imds: ImdsRegion::AvailabilityZone,
        fallback: None,
        without: "every command fails (You must specify a region)",
    },
    errors: ErrorStyle::Message,
    nothing: Some("Unable to locate credentials. You can configure credentials by running \"aws login\"."),
    refuses: None,
    remarks: &[(Link::Env, "no profile may be given explicitly: that takes the environment's keys out here")],
};

/// The same for awsprof's own use: a role is asked for with everything its profile says, where nothing names a region
/// in its partition's, and with no thought of Identity Center's tokens.
pub(super) static OWN: Tool = Tool {
    role: RoleRule { asks: RoleAsks::EVERYTHING, regionless: None, client: None, ..TABLE.role },
    ..TABLE
};
