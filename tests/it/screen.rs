//! The rules that every picture of the screen keeps, whatever its size and look.

use awsprof::app::Msg;
use awsprof::ui::{self, Look};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::screen_facts::Driver;
use crate::screen_states::states;

pub const DARK: Look = Look::new(true, false);
pub const MONO: Look = Look::new(false, false);
pub const ASCII: Look = Look::new(false, true);

pub fn drawn(driver: &Driver, look: &Look) -> Buffer {
    let (width, height) = driver.model.size;
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    ui::draw(&driver.model, look, buf.area, &mut buf);
    buf
}

/// The cells of each row, the one after a wide character left out.
pub fn rows(buf: &Buffer) -> impl Iterator<Item = Vec<&Cell>> {
    (0..buf.area.height).map(|y| {
        let mut skip = 0;
        let cells = (0..buf.area.width).filter_map(|x| buf.cell((x, y)));
        cells
            .filter(|cell| {
                let hidden = skip > 0;
                skip = if hidden { skip - 1 } else { cell.symbol().width().saturating_sub(1) };
                !hidden
            })
            .collect()
    })
}

pub fn text(buf: &Buffer) -> String {
    let line = |cells: Vec<&Cell>| cells.iter().map(|cell| cell.symbol()).collect::<String>();
    rows(buf).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_row_is_as_wide_as_its_area_at_every_size() {
    for (width, height) in
        [(120, 40), (90, 20), (80, 24), (45, 12), (40, 10), (30, 6), (20, 4), (7, 30), (1, 1), (0, 0)]
    {
        for (name, driver) in states(width, height) {
            for look in [&DARK, &MONO, &ASCII] {
                let buf = drawn(&driver, look);
                for (y, cells) in rows(&buf).enumerate() {
                    let columns: usize = cells.iter().map(|cell| cell.symbol().width()).sum();
                    assert_eq!(columns, usize::from(width), "{name} at {width}x{height}, row {y}");
                }
            }
        }
    }
}

#[test]
fn without_colour_the_text_alone_tells_the_states_apart() {
    for look in [&MONO, &ASCII] {
        let texts: Vec<(&str, String)> =
            states(100, 30).iter().map(|(name, driver)| (*name, text(&drawn(driver, look)))).collect();
        for (at, (name, shown)) in texts.iter().enumerate() {
            for (other, same) in &texts[at + 1..] {
                assert_ne!(shown, same, "{name} looks like {other}");
            }
        }
    }
}

#[test]
fn the_ascii_look_is_ascii() {
    for (name, driver) in states(100, 30) {
        let shown = text(&drawn(&driver, &ASCII));
        assert!(shown.is_ascii(), "{name}: {:?}", shown.chars().find(|c| !c.is_ascii()));
    }
}

#[test]
fn hostile_names_are_drawn_harmlessly() {
    let mut overview = super::screen_facts::overview();
    overview.rows[0].name = "evil\x1b[2J\u{202e}\n\u{200d}開発環境開発環境".to_owned();
    overview.sessions[0].profile = "\x07bell\r開発".to_owned();
    let mut driver = Driver::new(100, 24);
    driver.tell(Msg::Loaded(Box::new(overview)));
    let shown = text(&drawn(&driver, &DARK));
    assert!(shown.contains("開発"));
    assert!(shown.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}' || c == '\u{200d}')));
}

#[test]
fn a_countdown_moves_no_column() {
    let mut driver = Driver::new(120, 32);
    let columns = |driver: &Driver| {
        let shown = text(&drawn(driver, &MONO));
        let row = shown.lines().find(|line| line.contains("kept by aws-mfa")).unwrap().to_owned();
        row.split("kept").next().unwrap().width()
    };
    let before = columns(&driver);
    for seconds in [1, 125, 600, 719, 723] {
        driver.now = super::screen_facts::now() + jiff::SignedDuration::from_secs(seconds);
        driver.tell(Msg::Woke);
        assert_eq!(columns(&driver), before, "after {seconds} s");
    }
}

#[test]
fn at_120_columns_a_region_is_whole_beside_a_badge() {
    for region in ["eu-central-1", "us-gov-west-1", "ap-southeast-2"] {
        let mut overview = super::screen_facts::overview();
        let row = overview.rows.iter_mut().find(|row| row.production).unwrap();
        row.region = Some(region.to_owned());
        let mut driver = Driver::new(120, 32);
        driver.tell(Msg::Loaded(Box::new(overview)));
        let shown = text(&drawn(&driver, &MONO));
        let row = shown.lines().find(|line| line.contains("PROD")).unwrap();
        assert!(row.contains(region), "{row}");
    }
}

/// `cargo test --test it look_at -- --ignored --nocapture` prints every state.
#[test]
#[ignore = "for the eyes of whoever works on the screen"]
fn look_at_every_state() {
    let size =
        std::env::vars_os().find(|(name, _)| name == "SIZE").map(|(_, size)| size.into_string().unwrap());
    let size = size.unwrap_or_else(|| "120x32".to_owned());
    let (width, height) = size.split_once('x').unwrap();
    let shown = states(width.parse().unwrap(), height.parse().unwrap());
    let pages: Vec<String> =
        shown.iter().map(|(name, driver)| format!("== {name}\n{}", text(&drawn(driver, &MONO)))).collect();
    panic!("{}", pages.join("\n"));
}
