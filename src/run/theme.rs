//! Themes: the three that come along, or a file of the user's own.

use std::path::Path;

use crate::aws::world::World;
use crate::ui::Palette;

/// The theme that is none: the terminal's own colours.
pub const TERMINAL: &str = "terminal";

/// The themes that come along: name and text.
pub const THEMES: &[(&str, &str)] = &[
    ("night", include_str!("../../assets/themes/night.toml")),
    ("paper", include_str!("../../assets/themes/paper.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
];

/// The palette of a theme by its name or its path (`~/` is the home); `None` for the terminal's own colours.
///
/// # Errors
/// No such theme, a file that is none, or a terminal without 24-bit colour: in words.
pub fn palette(theme: &str, world: &World) -> Result<Option<Palette>, String> {
    if theme == TERMINAL {
        return Ok(None);
    }
    let text = match THEMES.iter().find(|(name, _)| *name == theme) {
        Some((_, text)) => (*text).to_owned(),
        None => read(theme, world)?,
    };
    let palette = parse(&text).map_err(|why| format!("theme {theme}: {why}"))?;
    let true_color = matches!(world.env.get("COLORTERM"), Some("truecolor" | "24bit"));
    if !true_color {
        return Err(format!("theme {theme} needs COLORTERM=truecolor; the terminal's own colours are used"));
    }
    Ok(Some(palette))
}

fn read(theme: &str, world: &World) -> Result<String, String> {
    let home = theme.strip_prefix("~/").and_then(|rest| Some(world.home()?.join(rest)));
    let path = home.unwrap_or_else(|| Path::new(theme).to_owned());
    let names: Vec<&str> = THEMES.iter().map(|(name, _)| *name).collect();
    let bytes = world.fs.read(&path).map_err(|error| {
        format!("no theme {theme} ({error}): there are terminal, {}, or the path of a file", names.join(", "))
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn parse(text: &str) -> Result<Palette, String> {
    let document = text.parse::<toml_edit::DocumentMut>().map_err(|error| error.message().to_owned())?;
    Palette::of(|name| Some(document.get(name)?.as_str()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::world::{Clock, Env, Fs};
    use ratatui::style::Color;

    /// WCAG 2.2, relative luminance.
    fn luminance(color: Color) -> f64 {
        let Color::Rgb(red, green, blue) = color else { panic!("{color:?} is not 24-bit") };
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[test]
    fn every_colour_can_be_read_on_its_ground() {
        for (name, text) in THEMES {
            let Palette { text, ground, quiet, good, soon, bad, accent } = parse(text).unwrap();
            let wanted = if *name == "contrast" { 7.0 } else { 4.5 };
            for color in [text, quiet, good, soon, bad, accent] {
                let (one, two) = (luminance(color), luminance(ground));
                let ratio = (one.max(two) + 0.05) / (one.min(two) + 0.05);
                assert!(ratio >= wanted, "{name}: {color:?} has {ratio:.1} to 1");
            }
        }
    }

    #[test]
    fn a_theme_is_used_where_its_colours_can_be_shown() {
        let world = |pairs: &[(&str, &str)]| World {
            env: pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Env>(),
            fs: Fs::Real,
            clock: Clock::System,
        };
        assert_eq!(palette("terminal", &world(&[])), Ok(None));
        assert!(palette("night", &world(&[("COLORTERM", "truecolor")])).unwrap().is_some());
        assert!(palette("night", &world(&[])).unwrap_err().contains("truecolor"));
        assert!(palette("/nowhere/x.toml", &world(&[])).unwrap_err().contains("paper"));
    }
}
