//! AWS CLI v1 1.45.11: botocore, with role sessions kept in `~/.aws/cli/cache`. Everything it does ends in
//! a request, so a session token that is no header value shows itself here.

use super::botocore::{
    ENV, FILES, LOGIN_WITHOUT_CRT, NAMED, NO_REGION, PROCESS, TOKEN, chain, profile, profile_not_found,
};
use crate::aws::chain::links::imds;
use crate::aws::chain::scene::{Check, Scene};
use crate::aws::chain::tool::{
    ContainerRule, Empty, ErrorStyle, ImdsRegion, Mfa, ProfileRegion, ProfileRule, Refusal, RegionRule,
    RoleAsks, RoleCache, RoleRule, Step, Tool, ToolError,
};
use crate::aws::chain::trace::{Link, ProfileFrom};
use crate::aws::secret::Credentials;

static CHAIN: [Step; 12] = chain(LOGIN_WITHOUT_CRT);
static SOURCE: [Step; 6] = profile(LOGIN_WITHOUT_CRT);

pub(super) static TOOL: Tool = Tool {
    variant: None,
    id: "aws-cli-v1",
    name: "AWS CLI v1",
    profile: ProfileRule {
        variables: &[
            ("AWS_DEFAULT_PROFILE", ProfileFrom::AwsDefaultProfile),
            ("AWS_PROFILE", ProfileFrom::AwsProfile),
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
        cache: RoleCache::Cli { sso: false, web_identity_token: false },
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
        without: "every command fails (You must specify a region)",
    },
    errors: ErrorStyle::Message,
    nothing: Some(
        "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
    ),
    refuses: Some(Refusal(no_request)),
    remarks: &[
        (Link::Env, "no profile may be given explicitly: that takes the environment's keys out here"),
        (Link::Login, "it takes botocore[crt], an extra that has to be installed"),
    ],
};

/// A command makes a client and sends a request.
fn no_request(scene: &Scene<'_>, keys: &Credentials) -> Option<ToolError> {
    (TOKEN.0)(scene).or_else(|| broken_token(keys))
}

/// A token with a line break in it cannot be sent (`http.client.putheader`, "Invalid header value").
fn broken_token(keys: &Credentials) -> Option<ToolError> {
    let token = keys.session_token.as_ref()?;
    token.expose().contains(['\n', '\r']).then(|| {
        let message = "An HTTP Client raised an unhandled exception: Invalid header value: the session token has a line break";
        ToolError::new("HTTPClientError", message)
    })
}
