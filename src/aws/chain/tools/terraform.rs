//! Terraform's AWS provider (aws-sdk-go-base 2.0.0-beta74, `credentials.go`, `aws_config.go`): Go v2's chain, the
//! provider's `profile` as the explicit one. IMDS is asked for the region only when the keys came from there.

use super::go::{ENV, FILES, PROCESS, ROLE, STEPS, profile_missing};
use crate::aws::chain::links::{elsewhere, go, imds};
use crate::aws::chain::rule::Rule;
use crate::aws::chain::scene::Check;
use crate::aws::chain::tool::{
    ContainerRule, Empty, ErrorStyle, ImdsRegion, ProfileRegion, ProfileRule, RegionRule, Step, Tool,
};
use crate::aws::chain::trace::{Link, ProfileFrom};

const PROVIDER: Step = Step::new(Link::ProviderConfig, Rule::says(elsewhere::provider_config));
static CHAIN: [Step; 12] = [
    PROVIDER, STEPS[0], STEPS[1], STEPS[2], STEPS[3], STEPS[4], STEPS[5], STEPS[6], STEPS[7], STEPS[8],
    STEPS[9], STEPS[10],
];

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "terraform",
    name: "Terraform",
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
        imds: ImdsRegion::WithImdsKeys,
        fallback: None,
        without: "the provider fails (Missing region configuration)",
    },
    errors: ErrorStyle::Message,
    nothing: Some("No valid credential sources found"),
    refuses: None,
    remarks: &[(Link::Env, "no profile may be given explicitly: that takes the environment's keys out here")],
};
