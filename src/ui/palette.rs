//! A theme's colours: seven of them, ground and text included, so that a theme is readable on any terminal.
//!
//! Without a palette the terminal's own sixteen colours are used on its own ground, and the user's theme decides.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

/// The colours of a theme, all 24-bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    pub text: Color,
    pub ground: Color,
    pub quiet: Color,
    pub good: Color,
    pub soon: Color,
    pub bad: Color,
    pub accent: Color,
}

/// The names of a theme's colours, in the order of [`Palette::of`].
pub const NAMES: [&str; 7] = ["text", "ground", "quiet", "good", "soon", "bad", "accent"];

impl Palette {
    /// A palette of `#rrggbb` by name.
    ///
    /// # Errors
    /// A name without a colour, in words.
    pub fn of(color: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let mut colors = [Color::Reset; 7];
        for (at, name) in NAMES.iter().enumerate() {
            let written = color(name).ok_or_else(|| format!("a theme needs `{name} = \"#rrggbb\"`"))?;
            let wrong = || format!("`{name} = \"{written}\"` is no colour: write #rrggbb");
            colors[at] = rgb(&written).ok_or_else(wrong)?;
        }
        let [text, ground, quiet, good, soon, bad, accent] = colors;
        Ok(Self { text, ground, quiet, good, soon, bad, accent })
    }

    /// Gives every cell that has no colour of its own the theme's text and ground.
    pub fn paint(&self, area: Rect, buf: &mut Buffer) {
        for position in area.positions() {
            if let Some(cell) = buf.cell_mut(position) {
                cell.fg = if cell.fg == Color::Reset { self.text } else { cell.fg };
                cell.bg = if cell.bg == Color::Reset { self.ground } else { cell.bg };
            }
        }
    }
}

fn rgb(written: &str) -> Option<Color> {
    let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(Color::Rgb(red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_they_are_written() {
        assert_eq!(rgb("#0b5c86"), Some(Color::Rgb(0x0b, 0x5c, 0x86)));
        assert!(rgb("0b5c86").is_none() && rgb("#0b5c8").is_none() && rgb("#0b5c8é").is_none());
        let one = |name: &str| (name != "soon").then(|| "#ffffff".to_owned());
        assert!(Palette::of(one).unwrap_err().contains("soon"));
    }
}
