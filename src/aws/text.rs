//! Text from files and from the network on its way to a person: nothing in it may move the cursor, start an escape
//! sequence, turn the reading direction or be invisible.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// What takes the place of a hostile character, so that it is seen that something was there.
pub const SHOWN: char = '\u{fffd}';

/// Whether a character does something else than being seen: control characters, bidirectional overrides and
/// isolates, zero-width and variation characters, tags.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    let invisible = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}');
    c.is_control() || invisible
}

/// One line without anything hostile.
#[must_use]
pub fn clean(text: &str) -> String {
    cleaned(text).into_owned()
}

/// The same, borrowed where nothing has to go: nearly all text is ASCII that is seen.
#[must_use]
pub fn cleaned(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_hostile(c) { SHOWN } else { c }).collect()
}

/// Whether all of it is ASCII that is seen: as wide as it is long.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~'))
}

/// How many columns of the terminal a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    // Nearly all text is printable ASCII, and a list of ten thousand profiles asks ten thousand times.
    if is_plain(text) { text.len() } else { text.width() }
}

/// The same for text of several lines, which keeps its line breaks and tabs.
#[must_use]
pub fn clean_lines(text: &str) -> String {
    text.chars().map(|c| if is_hostile(c) && !matches!(c, '\n' | '\t') { SHOWN } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\u{200b}\n"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}\u{fffd}");
        assert_eq!(clean_lines("a\tb\r\n"), "a\tb\u{fffd}\n");
        assert_eq!(clean("名 é …"), "名 é …");
    }
}
