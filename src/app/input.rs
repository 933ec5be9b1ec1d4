//! What a terminal can say, in words of our own: the core knows no terminal library.
//!
//! A [`Chord`] has a text form (`j`, `C-l`, `S-Tab`, `PgDn`) which is what the table of bindings is written in.

use super::Intent;
use super::model::Pane;

/// One thing that came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Key(Chord),
    /// Bracketed paste: never interpreted as keys.
    Paste(String),
    Mouse(Mouse),
    Resize(u16, u16),
    /// The terminal window gained (`true`) or lost the focus.
    Focus(bool),
}

/// A key with its modifiers. Shift is part of a character (`G`), and counts only for [`Key::Tab`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    pub key: Key,
    pub ctrl: bool,
    pub shift: bool,
}

/// A key by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Delete,
    /// `F1` to `F12`.
    F(u8),
    /// Anything else: never bound, ends a pending sequence.
    Other,
}

/// A pointer event, already translated to what it hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    Click(Spot),
    WheelUp(Spot),
    WheelDown(Spot),
}

/// What lies under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A pane, and the index of the line in it when there is one.
    Pane(Pane, Option<usize>),
    /// A key hint in the footer.
    Hint(Intent),
    /// A line of the dialog's list, by the index of what it stands for.
    Line(usize),
    /// No or Yes in a question.
    Answer(bool),
    Nothing,
}

const NAMED: &[(&str, Key)] = &[
    ("Enter", Key::Enter),
    ("Esc", Key::Esc),
    ("Tab", Key::Tab),
    ("Backspace", Key::Backspace),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PgUp", Key::PageUp),
    ("PgDn", Key::PageDown),
    ("Del", Key::Delete),
    ("Space", Key::Char(' ')),
];

impl Chord {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, shift: false }
    }

    /// Reads `j`, `C-d`, `S-Tab`, `Enter`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("C-") {
            return Some(Self { ctrl: true, ..Self::parse(rest)? });
        }
        if let Some(rest) = text.strip_prefix("S-") {
            return Some(Self { shift: true, ..Self::parse(rest)? });
        }
        let named = NAMED.iter().find(|(name, _)| *name == text).map(|(_, key)| *key);
        let mut chars = text.chars();
        let single = chars.next().filter(|_| chars.as_str().is_empty()).map(Key::Char);
        let numbered = (1..=12).find(|number| text == format!("F{number}")).map(Key::F);
        named.or(single).or(numbered).map(Self::plain)
    }

    /// The character it types, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.ctrl && !c.is_control() => Some(c),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_names() {
        assert_eq!(Chord::parse("C-d"), Some(Chord { key: Key::Char('d'), ctrl: true, shift: false }));
        assert_eq!(Chord::parse("S-Tab"), Some(Chord { key: Key::Tab, ctrl: false, shift: true }));
        assert_eq!(Chord::parse("-"), Some(Chord::plain(Key::Char('-'))));
        assert_eq!(Chord::parse("F12"), Some(Chord::plain(Key::F(12))));
        assert_eq!(Chord::parse("F"), Some(Chord::plain(Key::Char('F'))));
        assert_eq!([Chord::parse("Entre"), Chord::parse("F13"), Chord::parse("F0")], [None; 3]);
    }
}
