//! Clicks in dialogs: on the cells where a line or an answer was drawn, headings and other lines between them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use awsprof::app::{Dialog, Effect, Input, Mouse, Msg, Spot};
use awsprof::ui::{self, Drawn, Look};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::screen_facts::Driver;
use crate::screen_own::asked_with;

const LOOK: Look = Look::new(false, false);

fn drawn(driver: &Driver) -> (Buffer, Drawn) {
    let (width, height) = driver.model.size;
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let drawn = ui::draw(&driver.model, &LOOK, buf.area, &mut buf);
    (buf, drawn)
}

/// What lies where `text` stands.
fn at(driver: &Driver, text: &str) -> Option<Spot> {
    let (buf, drawn) = self::drawn(driver);
    let found = crate::screen::rows(&buf).enumerate().find_map(|(y, cells)| {
        let row: String = cells.iter().map(|cell| cell.symbol()).collect();
        let before = row.find(text)?;
        Some((u16::try_from(row[..before].chars().count()).unwrap(), u16::try_from(y).unwrap()))
    });
    let (column, row) = found.unwrap();
    drawn.targets.at(column, row)
}

/// What lies where the chosen line starts.
fn resting(driver: &Driver) -> Option<Spot> {
    let (buf, drawn) = self::drawn(driver);
    let (column, row) = ui::resting(&driver.model, &LOOK, &buf)?;
    drawn.targets.at(column, row)
}

fn click<'a>(driver: &'a mut Driver, text: &str) -> &'a mut Driver {
    let spot = at(driver, text).unwrap_or(Spot::Nothing);
    driver.tell(Msg::Input(Input::Mouse(Mouse::Click(spot))))
}

fn chosen(driver: &Driver) -> Option<usize> {
    driver.model.dialog.as_ref().and_then(Dialog::chosen)
}

#[test]
fn a_click_chooses_a_line_and_another_one_takes_it() {
    let mut driver = Driver::new(120, 32);
    driver.press("A");
    click(&mut driver, "assumed with the credentials");
    let there = chosen(&driver).unwrap();
    assert!(there > 0 && matches!(driver.model.dialog, Some(Dialog::Choose(_))), "{:?}", driver.model.dialog);
    click(&mut driver, "assumed with the credentials");
    assert!(matches!(driver.model.dialog, Some(Dialog::Form(_))), "{:?}", driver.model.dialog);
}

#[test]
fn a_click_among_headings_means_the_line_it_is_on() {
    let mut driver = Driver::new(120, 40);
    driver.press("?");
    for down in [3, 7, 14] {
        driver.press(&"Down ".repeat(down));
        let (line, wanted) =
            (chosen(&driver).unwrap(), driver.model.dialog.as_ref().map(|d| format!("{d:?}")));
        let spot = resting(&driver).unwrap();
        assert_eq!(spot, Spot::Line(line));
        driver.tell(Msg::Input(Input::Mouse(Mouse::Click(Spot::Line(0)))));
        driver.tell(Msg::Input(Input::Mouse(Mouse::Click(spot))));
        assert_eq!(driver.model.dialog.as_ref().map(|d| format!("{d:?}")), wanted);
    }
    assert_eq!(at(&driver, "filter"), None, "a line that is none of the list");
}

#[test]
fn no_and_yes_can_be_clicked_each_where_it_stands() {
    let mut driver = asked_with(3);
    assert_eq!(at(&driver, "it goes"), None);
    click(&mut driver, "No (");
    assert!(driver.model.dialog.is_none() && driver.asked().is_empty());

    let mut driver = asked_with(60);
    click(&mut driver, "Yes (");
    let asked = driver.asked();
    assert!(matches!(asked[..], [Effect::Write { confirmed: true, .. }]), "{asked:?}");
}

#[test]
fn a_click_in_a_form_goes_to_the_field_and_never_further() {
    let mut driver = Driver::new(120, 32);
    driver.press("A Enter");
    for _ in 0..2 {
        click(&mut driver, "region");
        assert!(
            matches!(&driver.model.dialog, Some(Dialog::Form(form)) if form.fields[form.at].key == "region")
        );
    }
}

#[test]
fn what_is_clicked_in_the_command_line_is_typed() {
    let mut driver = Driver::new(120, 32);
    driver.press(": t h e m e");
    driver.tell(Msg::Input(Input::Mouse(Mouse::Click(Spot::Line(0)))));
    assert!(matches!(&driver.model.dialog, Some(Dialog::Command(line)) if line.text.ends_with(' ')));
}

#[test]
fn behind_a_dialog_nothing_is_clicked() {
    let mut driver = Driver::new(120, 32);
    driver.press("?");
    let cursor = driver.model.cursors[0];
    for spot in [Spot::Answer(true), Spot::Line(99), Spot::Nothing] {
        driver.tell(Msg::Input(Input::Mouse(Mouse::Click(spot))));
    }
    assert_eq!(driver.model.cursors[0], cursor);
    assert!(matches!(driver.model.dialog, Some(Dialog::Help(_))) && driver.asked().is_empty());
}
