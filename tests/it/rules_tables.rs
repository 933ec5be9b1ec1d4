//! The sentences of `reference/chain.md` A.0 and A.9 to A.16 and B, as tables: `tests/rules/*.txt`, one file a family of tools,
//! one line a sentence. The first line names the tools; every other one is
//!
//! `rule | variables | explicit profile | config | credentials | what each tool ends with`
//!
//! with ` / ` between the lines of a file, `-` for a file that is not there, and `.` for a tool the sentence is not about.
//! The words are those of `rules`.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use super::rules::{Row, wrong};

const TABLES: [&str; 5] = [
    include_str!("../rules/all.txt"),
    include_str!("../rules/java.txt"),
    include_str!("../rules/dotnet.txt"),
    include_str!("../rules/others.txt"),
    include_str!("../rules/sdks.txt"),
];

fn rows(table: &'static str) -> Vec<Row> {
    let (head, rest) = table.split_once('\n').unwrap();
    let tools: Vec<&str> = head.strip_prefix("tools | ").unwrap().split(' ').collect();
    rest.lines().map(|line| row(&tools, line)).collect()
}

fn row(tools: &[&'static str], line: &'static str) -> Row {
    let columns: Vec<&str> = line.split('|').map(str::trim).collect();
    let [rule, env, explicit, config, credentials, words] = columns[..] else { panic!("{line}") };
    let words = ends(words);
    assert_eq!(words.len(), tools.len(), "{line}");
    let ends = tools.iter().copied().zip(words).filter(|(_, word)| *word != ".").collect::<Vec<_>>();
    let explicit = Some(explicit).filter(|name| !name.is_empty());
    Row { rule, env, explicit, config, credentials, ends: ends.leak() }
}

/// The words of a line; ` # c` belongs to the one before it.
fn ends(words: &'static str) -> Vec<&'static str> {
    let mut ends = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let end = rest.find(' ').unwrap_or(rest.len());
        let end = if rest[end..].starts_with(" # c") { end + " # c".len() } else { end };
        ends.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    ends
}

#[test]
fn every_table_holds() {
    let wrong: Vec<String> = TABLES.into_iter().flat_map(|table| wrong(&rows(table))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
