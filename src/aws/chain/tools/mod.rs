//! The tools. Each file is one tool's table; what several share stands in the file of their family.

mod aws_cli_v1;
mod aws_cli_v2;
mod boto3;
mod botocore;
mod go;
mod go_v1;
mod go_v2;
mod js_v3;
mod ruby_v3;
mod rust;
mod terraform;

use super::tool::Tool;

static TOOLS: [&Tool; 9] = [
    &aws_cli_v2::TOOL,
    &aws_cli_v1::TOOL,
    &boto3::TOOL,
    &go_v2::TOOL,
    &terraform::TOOL,
    &js_v3::TOOL,
    &rust::TOOL,
    &ruby_v3::TOOL,
    &go_v1::TOOL,
];

/// Every tool there is, the AWS CLI first.
#[must_use]
pub fn tools() -> &'static [&'static Tool] {
    &TOOLS
}

/// The tool with this id.
#[must_use]
pub fn tool(id: &str) -> Option<&'static Tool> {
    TOOLS.iter().copied().find(|tool| tool.id == id)
}
