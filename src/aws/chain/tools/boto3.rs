//! boto3 1.43.11: botocore as it is. `AWS_DEFAULT_PROFILE` is read before `AWS_PROFILE`
//! (`configprovider.py` 73), `AWS_REGION` not at all (74), and role sessions live in memory only.

use super::botocore::{
    ENV, FILES, LOGIN_WITHOUT_CRT, NAMED, NO_REGION, PROCESS, TOKEN, chain, profile, profile_not_found,
};
use crate::aws::chain::links::imds;
use crate::aws::chain::scene::Check;
use crate::aws::chain::tool::{
    ContainerRule, Empty, ErrorStyle, ImdsRegion, Mfa, ProfileRegion, ProfileRule, RegionRule, RoleAsks,
    RoleCache, RoleRule, Step, Tool,
};
use crate::aws::chain::trace::{Link, ProfileFrom};

static CHAIN: [Step; 12] = chain(LOGIN_WITHOUT_CRT);
static SOURCE: [Step; 6] = profile(LOGIN_WITHOUT_CRT);

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "boto3",
    name: "boto3",
    profile: ProfileRule {
        variables: &[
            ("AWS_DEFAULT_PROFILE", ProfileFrom::AwsDefaultProfile),
            ("AWS_PROFILE", ProfileFrom::AwsProfile),
        ],
        empty_is_a_name: true,
        empty_explicit_is_given: true,
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
        cache: RoleCache::None,
        asks: RoleAsks::BOTOCORE,
        regionless: Some(NO_REGION),
        client: Some(TOKEN),
    },
    loads: Some(Check(imds::settings_wrong)),
    process: PROCESS,
    container: ContainerRule::EXACT,
    imds: imds::USUAL,
    region: RegionRule {
        variables: &["AWS_DEFAULT_REGION"],
        empty: Empty::Counts,
        profile: ProfileRegion::Chosen,
        imds: ImdsRegion::Never,
        fallback: None,
        without: "a client cannot be made (NoRegionError)",
    },
    errors: ErrorStyle::Class,
    nothing: None,
    refuses: None,
    remarks: &[
        (Link::Env, "no profile may be given explicitly: that takes the environment's keys out here"),
        (Link::Login, "it takes botocore[crt], an extra that has to be installed"),
    ],
};
