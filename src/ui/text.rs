//! Text on its way to the screen: cleaned of everything a terminal would obey, measured in columns.

use std::path::Path;

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::look::{Look, Role};
pub use crate::aws::text::width;
use crate::aws::text::{SHOWN, is_hostile};

/// Text from a file or the network without control characters, escape sequences, bidirectional overrides and
/// invisible characters: each becomes one visible `�` (`?` in ASCII), so that nothing hides.
#[must_use]
pub fn clean(text: &str, look: &Look) -> String {
    let blank = if look.ascii { '?' } else { SHOWN };
    let visible = |c: char| if is_hostile(c) || (look.ascii && !c.is_ascii()) { blank } else { c };
    text.chars().map(|c| if c == '\t' { ' ' } else { visible(c) }).collect()
}

/// Cleaned and cut to `columns`, with an ellipsis where something is missing.
#[must_use]
pub fn cut(text: &str, columns: usize, look: &Look) -> String {
    let text = clean(text, look);
    if width(&text) <= columns {
        return text;
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept) + 1 > columns {
            kept.pop();
            break;
        }
    }
    if columns > 0 {
        kept.push_str(look.glyphs.ellipsis);
    }
    kept
}

/// Cut, then filled with blanks on the right to exactly `columns`.
#[must_use]
pub fn left(text: &str, columns: usize, look: &Look) -> String {
    let text = cut(text, columns, look);
    let blanks = columns.saturating_sub(width(&text));
    text + &" ".repeat(blanks)
}

/// Cut, then filled on the left.
#[must_use]
pub fn right(text: &str, columns: usize, look: &Look) -> String {
    let text = cut(text, columns, look);
    " ".repeat(columns.saturating_sub(width(&text))) + &text
}

/// Lines of at most `columns`, broken at blanks where that is possible.
#[must_use]
pub fn wrap(text: &str, columns: usize, look: &Look) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in clean(text, look).split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word, columns, look)),
        }
    }
    lines
}

/// A line broken into pieces of at most `columns`, blanks kept: for text whose shape means something.
#[must_use]
pub fn chop(line: &str, columns: usize, look: &Look) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in clean(line, look).chars() {
        let last = pieces.len() - 1;
        if width(&pieces[last]) + width(c.encode_utf8(&mut [0; 4])) > columns && !pieces[last].is_empty() {
            pieces.push(c.to_string());
        } else {
            pieces[last].push(c);
        }
    }
    pieces
}

/// Lines of at most `columns` made of pieces that are never broken, `gap` between them.
#[must_use]
pub fn fill(pieces: &[String], gap: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if width(line) + width(gap) + width(piece) <= columns => {
                line.push_str(gap);
                line.push_str(piece);
            }
            _ => lines.push(piece.clone()),
        }
    }
    lines
}

/// The columns text may take inside a pane: the last one stays free, so that nothing touches the frame.
#[must_use]
pub fn columns(inside: Rect) -> usize {
    usize::from(inside.width.saturating_sub(1))
}

/// A place that must be seen in `columns`: its directories give way to an ellipsis, the file and the line stay.
#[must_use]
pub fn place(text: &str, columns: usize, look: &Look) -> String {
    let text = clean(text, look);
    if width(&text) <= columns {
        return text;
    }
    let tails = text.match_indices('/').map(|(at, _)| format!("{}{}", look.glyphs.ellipsis, &text[at..]));
    let fits = tails.into_iter().skip(1).find(|tail| width(tail) <= columns);
    fits.unwrap_or_else(|| tail(&text, columns, look))
}

/// A text being typed: where it is too long its end is seen.
#[must_use]
pub fn end(text: &str, columns: usize, look: &Look) -> String {
    let text = clean(text, look);
    if width(&text) <= columns { text } else { tail(&text, columns, look) }
}

/// Cut on the left, with an ellipsis where something is missing.
fn tail(text: &str, columns: usize, look: &Look) -> String {
    let from = text.char_indices().map(|(at, _)| at).find(|at| width(&text[*at..]) < columns);
    from.map_or_else(String::new, |from| format!("{}{}", look.glyphs.ellipsis, &text[from..]))
}

/// Arrows in the alphabet of the look.
#[must_use]
pub fn arrows(text: &str, look: &Look) -> String {
    if look.ascii { text.replace('←', "<-").replace('→', "->") } else { text.to_owned() }
}

/// A path as people write it: `~` for the home directory.
#[must_use]
pub fn path(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    }
}

/// One line made of pieces that each have a role.
#[derive(Debug, Default)]
pub struct Pieces<'a> {
    spans: Vec<Span<'a>>,
}

impl<'a> Pieces<'a> {
    /// One piece, cleaned.
    #[must_use]
    pub fn of(text: &str, role: Role, look: &Look) -> Self {
        Self::default().add(clean(text, look), role, look)
    }

    #[must_use]
    pub fn add(mut self, text: impl Into<std::borrow::Cow<'a, str>>, role: Role, look: &Look) -> Self {
        self.spans.push(Span::styled(text, look.style(role)));
        self
    }

    /// Columns so far.
    #[must_use]
    pub fn width(&self) -> usize {
        self.spans.iter().map(Span::width).sum()
    }

    /// Adds a piece after a gap if it fits in `columns` whole; else nothing.
    #[must_use]
    pub fn add_if_it_fits(self, gap: usize, piece: Self, columns: usize, look: &Look) -> Self {
        if self.width() + gap + piece.width() > columns {
            return self;
        }
        self.add(" ".repeat(gap), Role::Plain, look).then(piece)
    }

    /// Everything of `other` after this.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.spans.extend(other.spans);
        self
    }

    /// This at the left, `other` at the right end of `columns`, if there is room for both.
    #[must_use]
    pub fn and_right(self, other: Self, columns: usize, look: &Look) -> Self {
        match columns.checked_sub(self.width() + other.width()) {
            Some(gap) => self.add(" ".repeat(gap), Role::Plain, look).then(other),
            None => self,
        }
    }

    #[must_use]
    pub fn line(self) -> Line<'a> {
        Line::from(self.spans)
    }

    /// The line under the cursor: one bar over the text's columns and the free one after them. Colours would
    /// become blocks in it, so only what the filter matched stays marked.
    #[must_use]
    pub fn selected(self, columns: usize, look: &Look) -> Line<'a> {
        let blanks = (columns + 1).saturating_sub(self.width());
        let mut spans = self.add(" ".repeat(blanks), Role::Plain, look).spans;
        for span in &mut spans {
            let marked = span.style.add_modifier & Modifier::UNDERLINED;
            span.style = look.style(Role::Selected).add_modifier(marked);
        }
        Line::from(spans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Look = Look::new(true, false);

    #[test]
    fn nothing_a_terminal_obeys_survives() {
        assert_eq!(clean("a\x1b[31mb\u{202e}c\u{200b}\n", &LOOK), "a\u{fffd}[31mb\u{fffd}c\u{fffd}\u{fffd}");
        assert_eq!(clean("größe\x07", &Look::new(false, true)), "gr??e?");
    }

    #[test]
    fn cuts_by_columns_not_by_characters() {
        assert_eq!(cut("開発環境", 5, &LOOK), "開発…");
        assert_eq!(left("開発", 6, &LOOK), "開発  ");
        assert_eq!(right("ab", 4, &LOOK), "  ab");
        assert_eq!(cut("abc", 0, &LOOK), "");
    }

    #[test]
    fn a_place_gives_up_its_directories_first() {
        assert_eq!(place("~/.aws/credentials:12", 21, &LOOK), "~/.aws/credentials:12");
        assert_eq!(place("~/.aws/credentials:12", 20, &LOOK), "…/credentials:12");
        assert_eq!(place("/a/very/long/way/config:7", 16, &LOOK), "…/way/config:7");
        assert_eq!(place("~/.aws/credentials:12", 9, &LOOK), "…tials:12");
        assert_eq!(place("~/.aws/credentials:12", 1, &LOOK), "");
    }

    #[test]
    fn home_is_a_tilde() {
        let home = Path::new("/home/me");
        assert_eq!(path(Path::new("/home/me/.aws/config"), Some(home)), "~/.aws/config");
        assert_eq!(path(Path::new("/etc/config"), Some(home)), "/etc/config");
    }

    proptest::proptest! {
        #[test]
        fn a_padded_text_is_exactly_as_wide_as_asked(text in "\\PC{0,40}", columns in 0usize..30) {
            proptest::prop_assert_eq!(width(&left(&text, columns, &LOOK)), columns);
            proptest::prop_assert_eq!(width(&right(&text, columns, &LOOK)), columns);
            proptest::prop_assert!(width(&place(&text, columns, &LOOK)) <= columns);
        }
    }
}
