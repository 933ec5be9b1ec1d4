//! Pictures of the screen: each state in three sizes and four looks, as files that the README and the docs show, so
//! that none can go stale. `SNAPSHOTS=overwrite` draws them anew, and takes away those that no test draws.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anstyle_lossy::palette::{Palette, WIN10_CONSOLE};
use anstyle_svg::Term;
use awsprof::ui::{self, Look};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use crate::screen::{ASCII, DARK, MONO, drawn, rows};
use crate::screen_facts::Driver;
use crate::screen_states::states;

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

/// States at sizes that ask for another layout.
const ODD: [(&str, u16, u16); 4] = [("home", 40, 10), ("home", 30, 6), ("home", 19, 3), ("mfa", 40, 10)];

const THEMES: [&str; 3] = ["night", "paper", "contrast"];

/// The sixteen colours of macOS's Terminal on white: what `dark` is told, another terminal draws so.
const LIGHT: Palette = Palette([
    anstyle::RgbColor(0, 0, 0),
    anstyle::RgbColor(153, 0, 0),
    anstyle::RgbColor(0, 166, 0),
    anstyle::RgbColor(153, 153, 0),
    anstyle::RgbColor(0, 0, 178),
    anstyle::RgbColor(178, 0, 178),
    anstyle::RgbColor(0, 166, 178),
    anstyle::RgbColor(191, 191, 191),
    anstyle::RgbColor(102, 102, 102),
    anstyle::RgbColor(229, 0, 0),
    anstyle::RgbColor(0, 217, 0),
    anstyle::RgbColor(229, 229, 0),
    anstyle::RgbColor(0, 0, 255),
    anstyle::RgbColor(229, 0, 229),
    anstyle::RgbColor(0, 229, 229),
    anstyle::RgbColor(255, 255, 255),
]);

/// A look by name, and the terminal it is shown on.
fn looks() -> [(&'static str, Look, Term); 4] {
    let (black, white) = (anstyle::RgbColor(0, 0, 0).into(), anstyle::RgbColor(255, 255, 255).into());
    let dark = Term::new().palette(WIN10_CONSOLE);
    let light = Term::new().palette(LIGHT).fg_color(black).bg_color(white);
    [("dark", DARK, dark), ("light", DARK, light), ("mono", MONO, dark), ("ascii", ASCII, dark)]
}

/// A buffer as a terminal would be told it: one escape sequence an attribute.
fn ansi(buf: &Buffer) -> String {
    let mut out = String::new();
    for cells in rows(buf) {
        let mut before = None;
        for cell in cells {
            let style = (cell.fg, cell.bg, cell.modifier);
            if before != Some(style) {
                out.push_str("\x1b[0m");
                out.extend(codes(style).iter().map(|code| format!("\x1b[{code}m")));
                before = Some(style);
            }
            out.push_str(cell.symbol());
        }
        out.push_str("\x1b[0m\n");
    }
    out
}

fn codes((fg, bg, modifier): (Color, Color, Modifier)) -> Vec<String> {
    let color = |color, place: u8| match color {
        Color::Reset => None,
        Color::Red => Some((place + 1).to_string()),
        Color::Green => Some((place + 2).to_string()),
        Color::Yellow => Some((place + 3).to_string()),
        Color::Cyan => Some((place + 6).to_string()),
        Color::Rgb(red, green, blue) => Some(format!("{};2;{red};{green};{blue}", place + 8)),
        other => panic!("{other:?} is no colour of ours"),
    };
    let attributes =
        [(Modifier::BOLD, 1), (Modifier::DIM, 2), (Modifier::UNDERLINED, 4), (Modifier::REVERSED, 7)];
    let set =
        attributes.iter().filter(|(flag, _)| modifier.contains(*flag)).map(|(_, code)| code.to_string());
    color(fg, 30).into_iter().chain(color(bg, 40)).chain(set).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures")
}

/// Draws one and compares it with its file, which is returned.
fn picture(state: &str, driver: &Driver, name: &str, look: &Look, term: &Term) -> PathBuf {
    let (width, height) = driver.model.size;
    let path = folder().join(state).join(format!("{width}x{height}-{name}.term.svg"));
    let svg = term.min_width_px(0).render_svg(&ansi(&drawn(driver, look)));
    let expected = snapbox::Data::read_from(&path, Some(snapbox::data::DataFormat::Text));
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(svg, expected.raw());
    path
}

/// All states at one size, in every look.
fn pictures(width: u16, height: u16) -> Vec<PathBuf> {
    let all = states(width, height);
    let of_state = |(state, driver): &(&'static str, Driver)| {
        looks().map(|(name, look, term)| picture(state, driver, name, &look, &term))
    };
    all.iter().flat_map(of_state).collect()
}

fn odd_pictures() -> Vec<PathBuf> {
    let [(dark, look, term), ..] = looks();
    let of = |(state, width, height): (&'static str, _, _)| {
        let driver = states(width, height).into_iter().find(|(name, _)| *name == state).unwrap().1;
        picture(state, &driver, dark, &look, &term)
    };
    ODD.into_iter().map(of).collect()
}

fn theme_pictures() -> Vec<PathBuf> {
    let [(_, look, term), ..] = looks();
    let driver = &states(120, 40)[0].1;
    let of = |theme: &&str| {
        let path = folder().with_file_name("themes").join(format!("{theme}.toml"));
        let text = std::fs::read_to_string(path).unwrap().parse::<toml_edit::DocumentMut>().unwrap();
        let palette = ui::Palette::of(|name| Some(text.get(name)?.as_str()?.to_owned())).unwrap();
        let term = term.fg_color(rgb(palette.text)).bg_color(rgb(palette.ground));
        picture("home", driver, theme, &look.with(Some(palette)), &term)
    };
    THEMES.iter().map(of).collect()
}

fn rgb(color: Color) -> anstyle::Color {
    let Color::Rgb(red, green, blue) = color else { panic!("{color:?} is no colour of a theme") };
    anstyle::RgbColor(red, green, blue).into()
}

#[test]
fn pictures_are_what_is_drawn_and_there_are_no_others() {
    let drawn: BTreeSet<PathBuf> = std::thread::scope(|scope| {
        let sizes = SIZES.map(|(width, height)| scope.spawn(move || pictures(width, height)));
        let others = [scope.spawn(odd_pictures), scope.spawn(theme_pictures)];
        sizes.into_iter().chain(others).flat_map(|pictures| pictures.join().unwrap()).collect()
    });
    let states = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let there = states.filter(|path| path.is_dir()).flat_map(|state| std::fs::read_dir(state).unwrap());
    for stale in there.map(|entry| entry.unwrap().path()).filter(|path| !drawn.contains(path)) {
        let overwrite = std::env::vars_os().any(|(name, value)| name == "SNAPSHOTS" && value == "overwrite");
        assert!(overwrite, "{} is drawn by no test; SNAPSHOTS=overwrite takes it away", stale.display());
        std::fs::remove_file(stale).unwrap();
    }
}
