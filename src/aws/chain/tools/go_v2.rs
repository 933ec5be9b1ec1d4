//! AWS SDK for Go v2 1.41.7. A profile that `AWS_DEFAULT_PROFILE` names and no file has is no error, but
//! then the default profile is not read either (`config/shared_config.go` `loadSharedConfigIgnoreNotExist`).

use super::go::{CHAIN, ENV, FILES, PROCESS, ROLE, profile_missing};
use crate::aws::chain::links::{go, imds};
use crate::aws::chain::scene::Check;
use crate::aws::chain::tool::{
    ContainerRule, Empty, ErrorStyle, ImdsRegion, ProfileRegion, ProfileRule, RegionRule, Tool,
};
use crate::aws::chain::trace::{Link, ProfileFrom};

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "go-v2",
    name: "Go SDK v2",
    profile: ProfileRule {
        variables: &[
            ("AWS_PROFILE", ProfileFrom::AwsProfile),
            ("AWS_DEFAULT_PROFILE", ProfileFrom::AwsDefaultProfile),
        ],
        empty_is_a_name: false,
        empty_explicit_is_given: false,
        missing: Some(profile_missing),
        missing_stops: &[ProfileFrom::Explicit, ProfileFrom::AwsProfile],
    },
    env: ENV,
    files: FILES,
    chain: &CHAIN,
    explicit_chain: None,
    role: ROLE,
    loads: Some(Check(go::loads_whole)),
    process: PROCESS,
    container: ContainerRule::STRICT,
    imds: imds::USUAL,
    region: RegionRule {
        variables: &["AWS_REGION", "AWS_DEFAULT_REGION"],
        empty: Empty::Unset,
        profile: ProfileRegion::Chosen,
        imds: ImdsRegion::Never,
        fallback: None,
        without: "a call fails (Missing Region)",
    },
    errors: ErrorStyle::Message,
    nothing: None,
    refuses: None,
    remarks: &[(Link::Env, "no profile may be given explicitly: that takes the environment's keys out here")],
};
