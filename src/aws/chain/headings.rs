//! One header line as all tools read it.

use std::path::Path;

use super::files::{FileKind, Grammar};
use super::tool::Tool;
use super::tools::tools;

/// The tools to which a header line names something else than its `straight` form does.
#[must_use]
pub fn read_otherwise(file: FileKind, odd: &str, straight: &str) -> Vec<&'static Tool> {
    let differs =
        |tool: &&&Tool| named(tool.files.grammar, file, odd) != named(tool.files.grammar, file, straight);
    tools().iter().filter(differs).copied().collect()
}

/// The names of the profiles, sign-ins and services of a file that has only this header.
fn named(grammar: Grammar, file: FileKind, header: &str) -> [Vec<String>; 3] {
    let text = format!("{header}\nk = v\n");
    let read = grammar.read(Path::new(""), file, Some(text.as_bytes()));
    [read.profiles, read.sso_sessions, read.services].map(|sections| sections.into_keys().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn others(odd: &str, straight: &str) -> Vec<&'static str> {
        read_otherwise(FileKind::Config, odd, straight).iter().map(|tool| tool.id).collect()
    }

    #[test]
    fn who_reads_a_header_otherwise() {
        let blank = others("[ default ]", "[default]");
        assert!(
            blank.contains(&"boto3") && blank.contains(&"js-v3") && !blank.contains(&"go-v2"),
            "{blank:?}"
        );
        let greedy = others("[default] ; see [x]", "[default]");
        assert!(greedy.contains(&"aws-cli-v2") && !greedy.contains(&"rust"), "{greedy:?}");
        let quoted = others("[profile \"x\"]", "[profile x]");
        assert!(quoted.contains(&"rust") && !quoted.contains(&"boto3"), "{quoted:?}");
        assert!(others("[profile\tx]", "[profile x]").contains(&"go-v1"));
        assert_eq!(others("[default] # c", "[default]"), [""; 0]);
    }
}
