//! AWS Tools for PowerShell v5 (the user guide's `creds-assign`): what a cmdlet is given, else the environment's keys,
//! else the profile. `-ProfileName` is the explicit profile: one that is missing is an error.

use super::dotnet::{
    COMMAND, CONFIG, CONTAINER, CREDENTIALS, FAMILY, IMDS, KEYS, LOGIN, ROLE, SSO, STORE, WEB,
};
use crate::aws::chain::links::elsewhere;
use crate::aws::chain::rule::Rule;
use crate::aws::chain::tool::{ProfileRule, Step, Tool, ToolError};
use crate::aws::chain::trace::{Link, ProfileFrom};

static CHAIN: [Step; 12] = [
    Step::new(Link::CommandLine, Rule::says(elsewhere::command_line)),
    KEYS,
    STORE,
    SSO,
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
    id: "powershell",
    name: "Tools for PowerShell",
    profile: ProfileRule {
        missing: Some(profile_missing),
        missing_stops: &[ProfileFrom::Explicit],
        ..FAMILY.profile
    },
    chain: &CHAIN,
    nothing: Some("No credentials specified or obtained from persisted/shell defaults."),
    ..FAMILY
};

fn profile_missing(name: &str) -> ToolError {
    ToolError::new("ArgumentException", format!("Unable to load stored credentials for profile [{name}]."))
}
