//! `credential_process` lines that name awsprof: `awsprof export work --format process`.
//!
//! The line belongs to the user, so only the profile's name in it is replaced, quotes and blanks stay.

use std::ops::Range;

/// Flags of awsprof that take the next word as their value.
const WITH_VALUE: [&str; 3] = ["--format", "--min-ttl", "--color"];

/// The profile an awsprof line exports.
pub(super) fn profile_in(line: &str) -> Option<&str> {
    place(line).map(|at| &line[at])
}

/// The line with another profile, if it names `from`.
pub(super) fn renamed(line: &str, from: &str, to: &str) -> Option<String> {
    let at = place(line).filter(|at| &line[at.clone()] == from)?;
    Some([&line[..at.start], to, &line[at.end..]].concat())
}

fn place(line: &str) -> Option<Range<usize>> {
    let mut words = words(line).skip_while(|at| !is_awsprof(&line[at.clone()])).skip(1);
    let mut is_value = false;
    let mut positional = std::iter::from_fn(|| {
        words.find(|at| {
            let (word, value) = (&line[at.clone()], is_value);
            is_value = WITH_VALUE.contains(&word);
            !value && !word.starts_with('-')
        })
    });
    let verb = positional.next()?;
    let profile = positional.next()?;
    (&line[verb] == "export").then_some(profile)
}

fn is_awsprof(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    name == "awsprof" || name.eq_ignore_ascii_case("awsprof.exe")
}

/// Words by blanks, without the quotes round them.
fn words(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    line.split([' ', '\t']).filter_map(move |word| {
        let start = at;
        at += word.len() + 1;
        let inner = word.trim_matches(['"', '\'']);
        let lead = word.len() - word.trim_start_matches(['"', '\'']).len();
        (!inner.is_empty()).then(|| start + lead..start + lead + inner.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_found_wherever_it_stands() {
        for (line, profile) in [
            ("awsprof export work --format process", Some("work")),
            ("/opt/bin/awsprof  export --format process 'work'", Some("work")),
            ("env A=b awsprof --color never export \"work\"", Some("work")),
            (r"C:\bin\awsprof.exe export work", Some("work")),
            ("aws-vault export work", None),
            ("awsprof list work", None),
            ("awsprof export", None),
            ("", None),
        ] {
            assert_eq!(profile_in(line), profile, "{line}");
        }
    }

    #[test]
    fn only_the_name_changes() {
        let line = "/opt/bin/awsprof  export --format process 'work'";
        assert_eq!(renamed(line, "work", "job").unwrap(), "/opt/bin/awsprof  export --format process 'job'");
        assert_eq!(renamed(line, "wor", "job"), None);
        assert_eq!(renamed("/opt/awsprof export work", "work", "job").unwrap(), "/opt/awsprof export job");
    }
}
