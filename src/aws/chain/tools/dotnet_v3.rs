//! AWS SDK for .NET v3 (`FallbackCredentialsFactory`): the profile, also the default one, comes before the
//! environment's keys, and only the variables of a web identity before both.

use super::dotnet::{
    APP_CONFIG, COMMAND, CONFIG, CONTAINER, CREDENTIALS, FAMILY, IMDS, KEYS, ROLE, SSO, STORE, WEB, WEB_ENV,
};
use crate::aws::chain::tool::{Step, Tool};

static CHAIN: [Step; 12] =
    [APP_CONFIG, WEB_ENV, STORE, SSO, ROLE, WEB, CREDENTIALS, CONFIG, COMMAND, KEYS, CONTAINER, IMDS];

pub(super) static TOOL: Tool = Tool { id: "dotnet-v3", name: ".NET SDK v3", chain: &CHAIN, ..FAMILY };
