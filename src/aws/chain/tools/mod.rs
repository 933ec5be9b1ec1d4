//! The tools. Each file is one tool's table; what several share stands in the file of their family.

mod aws_cli_v1;
mod aws_cli_v2;
mod boto3;
mod botocore;
mod cpp;
mod dotnet;
mod dotnet_v3;
mod dotnet_v4;
mod go;
mod go_v1;
mod go_v2;
mod java_v1;
mod java_v2;
mod js_v3;
mod jvm;
mod kotlin;
mod php_v3;
mod powershell;
mod ruby_v3;
mod rust;
mod terraform;

use super::tool::Tool;

/// In the order of the contract.
static TOOLS: [&Tool; 17] = [
    &aws_cli_v2::TOOL,
    &aws_cli_v1::TOOL,
    &boto3::TOOL,
    &java_v2::TOOL,
    &java_v1::TOOL,
    &go_v2::TOOL,
    &go_v1::TOOL,
    &js_v3::TOOL,
    &rust::TOOL,
    &dotnet_v3::TOOL,
    &dotnet_v4::TOOL,
    &php_v3::TOOL,
    &ruby_v3::TOOL,
    &cpp::TOOL,
    &kotlin::TOOL,
    &powershell::TOOL,
    &terraform::TOOL,
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

/// What awsprof itself goes by: AWS CLI v2's chain, in which a role is asked for with everything its profile says.
#[must_use]
pub fn own() -> &'static Tool {
    &aws_cli_v2::OWN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_one_table_with_one_name() {
        for (at, one) in TOOLS.iter().enumerate() {
            assert!(TOOLS[at + 1..].iter().all(|other| other.id != one.id), "{} twice", one.id);
            assert!(std::ptr::eq(tool(one.id).unwrap(), *one));
        }
    }

    #[test]
    fn a_chain_has_every_step_once_and_an_explicit_profile_changes_only_the_order() {
        for tool in TOOLS {
            let sorted = |steps: &[super::super::tool::Step]| {
                let mut steps: Vec<_> =
                    steps.iter().map(|step| format!("{:?} {:?}", step.link, step.rule)).collect();
                steps.sort_unstable();
                steps
            };
            let links = sorted(tool.chain);
            assert!(links.windows(2).all(|pair| pair[0] != pair[1]), "{}", tool.id);
            assert!(tool.explicit_chain.is_none_or(|chain| sorted(chain) == links), "{}", tool.id);
        }
    }
}
