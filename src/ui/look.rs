//! How a screen looks: roles instead of colours, chosen once.
//!
//! Only the terminal's own foreground and background are used, plus five of its sixteen colours for text, so
//! the user's theme decides and light and dark both work. Blue is never text. Without colour the attributes
//! (bold, reverse, underline) remain, and every state is a word or a glyph anyway.

use ratatui::style::{Color, Modifier, Style};

use super::palette::Palette;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Plain,
    /// Names, titles, what the eye should find first.
    Strong,
    /// Explanations, units, what may be skipped.
    Quiet,
    Good,
    Soon,
    Bad,
    /// A key that can be pressed, the focused pane.
    Accent,
    /// The line under the cursor.
    Selected,
    /// A letter the filter matched.
    Match,
    /// A production account, read-only mode.
    Badge,
}

/// Symbols of display width one, in two alphabets.
#[derive(Clone, Copy, Debug)]
pub struct Glyphs {
    pub cursor: &'static str,
    pub default: &'static str,
    pub problem: &'static str,
    pub fresh: &'static str,
    pub soon: &'static str,
    pub expired: &'static str,
    pub none: &'static str,
    pub ready: &'static str,
    pub won: &'static str,
    pub shadowed: &'static str,
    pub absent: &'static str,
    pub unasked: &'static str,
    pub full: &'static str,
    pub rest: &'static str,
    /// The end of a life.
    pub late: &'static str,
    pub dot: &'static str,
    pub hidden: &'static str,
    pub ellipsis: &'static str,
    pub rule: &'static str,
    pub spinner: [&'static str; 4],
    /// Corners, then the horizontal and the vertical line.
    pub frame: [&'static str; 6],
}

static UNICODE: Glyphs = Glyphs {
    cursor: "▸",
    default: "◆",
    problem: "!",
    fresh: "●",
    soon: "◐",
    expired: "✗",
    none: "○",
    ready: "·",
    won: "✓",
    shadowed: "○",
    absent: "·",
    unasked: "?",
    full: "━",
    rest: "─",
    late: "╍",
    dot: "·",
    hidden: "•",
    ellipsis: "…",
    rule: "─",
    spinner: ["◐", "◓", "◑", "◒"],
    frame: ["╭", "╮", "╰", "╯", "─", "│"],
};

static ASCII: Glyphs = Glyphs {
    cursor: ">",
    default: "*",
    problem: "!",
    fresh: "+",
    soon: "~",
    expired: "x",
    none: "-",
    ready: ".",
    won: ">",
    shadowed: "o",
    absent: ".",
    unasked: "?",
    full: "=",
    rest: "-",
    late: "~",
    dot: "|",
    hidden: "*",
    ellipsis: "~",
    rule: "-",
    spinner: ["|", "/", "-", "\\"],
    frame: ["+", "+", "+", "+", "-", "|"],
};

/// The looks of a screen.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub color: bool,
    /// A theme's colours, used where there is colour at all; else the terminal's own.
    pub palette: Option<Palette>,
    pub glyphs: &'static Glyphs,
    /// The last place of every clean-up: what is left is printable ASCII.
    pub ascii: bool,
}

impl Look {
    #[must_use]
    pub const fn new(color: bool, ascii: bool) -> Self {
        Self { color, palette: None, glyphs: if ascii { &ASCII } else { &UNICODE }, ascii }
    }

    /// With a theme's colours, unless there is no colour.
    #[must_use]
    pub fn with(self, palette: Option<Palette>) -> Self {
        Self { palette: palette.filter(|_| self.color), ..self }
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        let style = Style::new();
        let tinted = |own: Color, of: fn(&Palette) -> Color| match &self.palette {
            Some(palette) => style.fg(of(palette)),
            None if self.color => style.fg(own),
            None => style,
        };
        match role {
            Role::Plain => style,
            Role::Strong => style.add_modifier(Modifier::BOLD),
            Role::Quiet => match &self.palette {
                Some(palette) => style.fg(palette.quiet),
                None => style.add_modifier(Modifier::DIM),
            },
            Role::Good => tinted(Color::Green, |palette| palette.good),
            Role::Soon => tinted(Color::Yellow, |palette| palette.soon),
            Role::Bad => tinted(Color::Red, |palette| palette.bad).add_modifier(Modifier::BOLD),
            Role::Accent => tinted(Color::Cyan, |palette| palette.accent).add_modifier(Modifier::BOLD),
            Role::Selected => style.add_modifier(Modifier::BOLD | Modifier::REVERSED),
            Role::Match => tinted(Color::Cyan, |palette| palette.accent)
                .add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            Role::Badge => {
                tinted(Color::Red, |palette| palette.bad).add_modifier(Modifier::BOLD | Modifier::REVERSED)
            }
        }
    }
}
