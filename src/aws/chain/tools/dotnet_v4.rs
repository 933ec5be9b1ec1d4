//! AWS SDK for .NET v4 (`DefaultAWSCredentialsIdentityResolver` @7dd7cca9): the environment's keys first; a profile
//! given to a client is the only place, and a name in `AWS_PROFILE` that no file has stops the tool.

use super::dotnet::{
    APP_CONFIG, COMMAND, CONFIG, CONTAINER, CREDENTIALS, FAMILY, FOUND_SSO, IMDS, KEYS, LOGIN, ROLE, STORE,
    WEB, WEB_ENV,
};
use crate::aws::chain::tool::{Step, Tool};

static CHAIN: [Step; 13] = [
    APP_CONFIG,
    KEYS,
    WEB_ENV,
    STORE,
    FOUND_SSO,
    ROLE,
    WEB,
    CREDENTIALS,
    CONFIG,
    LOGIN,
    COMMAND,
    CONTAINER,
    IMDS,
];

pub(super) static TOOL: Tool = Tool {
    id: "dotnet-v4",
    name: ".NET SDK v4",
    chain: &CHAIN,
    nothing: Some("Failed to resolve AWS credentials"),
    ..FAMILY
};
