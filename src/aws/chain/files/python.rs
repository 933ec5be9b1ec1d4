//! Text as Python sees it: what is white space, where a line ends, and the lines `configparser` cuts.

/// `str.isspace`: Unicode's white space and four separators of ASCII.
pub(super) const fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// `str.strip`.
pub(super) fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// `str.splitlines`, without the empty lines (nobody here wants them).
pub(super) fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c| matches!(c, '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    text.split(ends).filter(|line| !line.is_empty())
}

/// One line that is no comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// From 1.
    pub number: u32,
    /// How many characters stand in front of its text.
    pub indent: usize,
    /// Stripped; empty for a blank line.
    pub text: &'t str,
}

/// The lines of a file read in text mode (`\n`, `\r\n` and `\r` all end one), whole-line comments left out.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut rest = Some(text);
    let cut = std::iter::from_fn(move || {
        let text = rest.filter(|text| !text.is_empty())?;
        let end = text.find(['\n', '\r']).unwrap_or(text.len());
        let after = &text[end..];
        rest = after.strip_prefix("\r\n").or_else(|| after.get(1..));
        Some(&text[..end])
    });
    (1..).zip(cut).filter_map(|(number, line)| {
        let indent = line.chars().take_while(|c| is_space(*c)).count();
        let text = strip(line);
        (!text.starts_with(['#', ';'])).then_some(Line { number, indent, text })
    })
}

/// What one line is that continues no other.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// All between the first `[` and the last `]`.
    Header(&'t str),
    /// What stands before the first `=` or `:`, and what behind it.
    Key(&'t str, &'t str),
    Junk,
}

/// A stripped line taken apart (`SECTCRE` and `OPTCRE` of `configparser`).
pub(super) fn part(text: &str) -> Part<'_> {
    let header = text.strip_prefix('[').and_then(|rest| rest.rsplit_once(']'));
    if let Some((name, _)) = header.filter(|(name, _)| !name.is_empty()) {
        return Part::Header(name);
    }
    match text.split_once(['=', ':']) {
        Some((key, value)) => Part::Key(strip(key), strip(value)),
        None => Part::Junk,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_in_text_mode() {
        let texts = |text: &'static str| lines(text).map(|line| line.text).collect::<Vec<_>>();
        assert_eq!(texts("a\r\nb\rc\n\n d"), ["a", "b", "c", "", "d"]);
        assert_eq!(texts(" # x\n\u{a0};y\nz\n"), ["z"]);
        let last = lines("a\n\u{a0}\t b\u{1c}\n").last().unwrap();
        assert_eq!(last, Line { number: 2, indent: 3, text: "b" });
    }

    #[test]
    fn lines_are_taken_apart() {
        assert_eq!(part("[a] # [b] c"), Part::Header("a] # [b"));
        assert_eq!(part("[]"), Part::Junk);
        assert_eq!(part("[] = x"), Part::Key("[]", "x"));
        assert_eq!(part("a : b = c"), Part::Key("a", "b = c"));
        assert_eq!(part("= v"), Part::Key("", "v"));
    }
}
