//! Splitting a text into words as Python's `shlex.split` does (POSIX quoting, no comments): botocore takes
//! profile names and `credential_process` apart with it.

/// The words, or `None` where a quotation or an escape has no end.
#[must_use]
pub fn split(text: &str) -> Option<Vec<String>> {
    if !text.contains(['\\', '\'', '"']) {
        let words = text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty());
        return Some(words.map(str::to_owned).collect());
    }
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\\' => word.get_or_insert_default().push(rest.next()?),
            '\'' | '"' => quoted(c, &mut rest, word.get_or_insert_default())?,
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Some(words)
}

/// Up to the closing quote. Inside double quotes a backslash escapes only itself and the quote.
fn quoted(quote: char, rest: &mut std::str::Chars<'_>, word: &mut String) -> Option<()> {
    loop {
        match rest.next()? {
            c if c == quote => return Some(()),
            '\\' if quote == '"' => match rest.next()? {
                c @ ('"' | '\\') => word.push(c),
                other => word.extend(['\\', other]),
            },
            other => word.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_as_python_splits_them() {
        let words = |text| split(text).unwrap();
        assert_eq!(words("a  b\tc"), ["a", "b", "c"]);
        assert_eq!(words(r#"profile "my prof""#), ["profile", "my prof"]);
        assert_eq!(words(r#"'a\b' "c\"d" "e\f" g\ h"#), [r"a\b", r#"c"d"#, r"e\f", "g h"]);
        assert_eq!(words("a '' #b | c"), ["a", "", "#b", "|", "c"]);
        assert_eq!(split("profile \"open"), None);
        assert_eq!(split("tail\\"), None);
    }
}
