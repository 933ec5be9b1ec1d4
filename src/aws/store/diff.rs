//! A unified diff in which nobody can read a secret.
//!
//! The lines are compared as they are and masked as they are printed, so a new token shows as a changed
//! line without showing the token.

use similar::{ChangeTag, TextDiff};

use crate::aws::secret::is_secret_key;
use crate::aws::text::clean_lines;

/// Unified, three lines of context, secret values as `****`. Empty when nothing differs.
#[must_use]
pub fn masked(name: &str, before: &[u8], after: &[u8]) -> String {
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    if before == after {
        return String::new();
    }
    let diff = TextDiff::from_lines(before.as_ref(), after.as_ref());
    let mut out = format!("--- {name}\n+++ {name}\n");
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        out.push_str(&hunk.header().to_string());
        out.push('\n');
        for change in hunk.iter_changes() {
            out.push(sign(change.tag()));
            out.push_str(&mask(change.value()));
            out.push('\n');
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

/// One line without its end, its secret and its control characters.
fn mask(line: &str) -> String {
    let line = line.trim_end_matches(['\r', '\n']);
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
