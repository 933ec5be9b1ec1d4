//! A unified diff in which nobody can read a secret.
//!
//! The lines are compared as they are and masked as they are printed, so a new token shows as a changed
//! line without showing the token.

use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::udiff::UnifiedHunkHeader;
use similar::{ChangeTag, group_diff_ops};

use crate::aws::secret::is_secret_key;
use crate::aws::text::clean_lines;

/// Lines around a change.
const CONTEXT: usize = 3;

/// Unified, three lines of context, secret values as `****`. Empty when nothing differs.
#[must_use]
pub fn masked(name: &str, before: &[u8], after: &[u8]) -> String {
    unified(name, &String::from_utf8_lossy(before), &String::from_utf8_lossy(after), mask)
}

/// Unified, three lines of context, each line, without its end, as `shown` has it. Empty when nothing differs.
#[must_use]
pub fn unified(name: &str, before: &str, after: &str, shown: impl Fn(&str) -> String) -> String {
    if before == after {
        return String::new();
    }
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<&str>>();
    let (before, after) = (lines(before), lines(after));
    // Myers by name: a `TextDiff` brings all six algorithms, half a megabyte of program.
    let mut hook = Compact::new(Replace::new(Capture::new()), &before, &after);
    let Ok(()) = myers::diff(&mut hook, &before, 0..before.len(), &after, 0..after.len());
    let mut out = format!("--- {name}\n+++ {name}\n");
    for hunk in group_diff_ops(hook.into_inner().into_inner().into_ops(), CONTEXT) {
        out.push_str(&UnifiedHunkHeader::new(&hunk).to_string());
        out.push('\n');
        for (tag, lines) in hunk.iter().flat_map(|op| op.iter_slices(&before, &after)) {
            for line in lines {
                out.push(sign(tag));
                out.push_str(&shown(line.trim_end_matches(['\r', '\n'])));
                out.push('\n');
            }
        }
    }
    out
}

fn sign(tag: ChangeTag) -> char {
    match tag {
        ChangeTag::Equal => ' ',
        ChangeTag::Delete => '-',
        ChangeTag::Insert => '+',
    }
}

/// One line without its secret and its control characters.
fn mask(line: &str) -> String {
    let line = clean_lines(line);
    let Some((key, value)) = line.split_once(['=', ':']) else { return line };
    let name = key.trim_start_matches(['#', ';', ' ', '\t']).trim_end();
    if value.trim().is_empty() || !is_secret_key(name) {
        return line;
    }
    let gap = value.len() - value.trim_start().len();
    let delimiter = &line[key.len()..=key.len()];
    format!("{key}{delimiter}{}****", &value[..gap])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_secret_shows_as_changed_and_stays_secret() {
        let before = b"[a]\naws_access_key_id = AKIA1\naws_secret_access_key = hush\n";
        let after =
            b"[a]\naws_access_key_id = AKIA2\naws_secret_access_key = husher\n# aws_session_token=shh\n";
        let diff = masked("credentials", before, after);
        assert!(!diff.contains("hush") && !diff.contains("shh"), "{diff}");
        assert!(diff.contains("-aws_access_key_id = AKIA1\n"), "{diff}");
        assert!(
            diff.contains("-aws_secret_access_key = ****\n")
                && diff.contains("+aws_secret_access_key = ****\n")
        );
        assert!(diff.contains("+# aws_session_token=****\n"), "{diff}");
        assert!(diff.starts_with("--- credentials\n+++ credentials\n@@ -1,3 +1,4 @@\n"), "{diff}");
    }

    #[test]
    fn no_change_no_diff_and_no_escape_sequences() {
        assert_eq!(masked("x", b"a", b"a"), "");
        assert!(!masked("x", b"a", b"\x1b[2J").contains('\x1b'));
    }
}
