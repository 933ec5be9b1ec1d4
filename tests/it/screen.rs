//! Pictures of the screen: each state as a `.term.svg` that the README and the docs show, so that none can go
//! stale; and the rules every picture keeps, whatever its size.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use awsprof::app::{Authenticator, JobId, Msg, Outcome, Stage, Trouble};
use awsprof::aws::change::{Change, Written};
use awsprof::aws::metadata::Found;
use awsprof::aws::overview::Overview;
use awsprof::ui::{self, Look};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::screen_chain;
use crate::screen_facts::Driver;

const DARK: Look = Look::new(true, false);
const MONO: Look = Look::new(false, false);
const ASCII: Look = Look::new(false, true);

pub fn drawn(driver: &Driver, look: &Look) -> Buffer {
    let (width, height) = driver.model.size;
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    ui::draw(&driver.model, look, buf.area, &mut buf);
    buf
}

/// The cells of each row, the one after a wide character left out.
fn rows(buf: &Buffer) -> impl Iterator<Item = Vec<&Cell>> {
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

/// A buffer as a terminal would be told it: one escape sequence an attribute.
fn ansi(buf: &Buffer) -> String {
    let mut out = String::new();
    for cells in rows(buf) {
        let mut before = None;
        for cell in cells {
            let style = (cell.fg, cell.modifier);
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

fn codes((fg, modifier): (Color, Modifier)) -> Vec<u8> {
    let color = match fg {
        Color::Reset => None,
        Color::Red => Some(31),
        Color::Green => Some(32),
        Color::Yellow => Some(33),
        Color::Cyan => Some(36),
        other => panic!("{other:?} is no text colour of ours"),
    };
    let attributes =
        [(Modifier::BOLD, 1), (Modifier::DIM, 2), (Modifier::UNDERLINED, 4), (Modifier::REVERSED, 7)];
    let set = attributes.into_iter().filter(|(flag, _)| modifier.contains(*flag)).map(|(_, code)| code);
    color.into_iter().chain(set).collect()
}

fn picture(name: &str, driver: &Driver, look: &Look) {
    let drawn = ansi(&drawn(driver, look));
    let path = format!("{}/assets/pictures/{name}.term.svg", env!("CARGO_MANIFEST_DIR"));
    let expected = snapbox::Data::read_from(path.as_ref(), Some(snapbox::data::DataFormat::TermSvg));
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(drawn, expected.raw());
}

fn trouble(message: &str, hint: &str) -> Trouble {
    Trouble { message: message.to_owned(), hint: Some(hint.to_owned()) }
}

/// Every state the screen can be in, by name.
#[expect(clippy::too_many_lines, reason = "a table")]
fn states(width: u16, height: u16) -> Vec<(&'static str, Driver)> {
    let new = || Driver::new(width, height);
    let mut all = vec![("home", new())];
    let mut add = |name, change: fn(&mut Driver)| {
        let mut driver = new();
        change(&mut driver);
        all.push((name, driver));
    };
    add("mfa", |driver| {
        let shown = Authenticator { digits: "492039".to_owned(), seconds_left: 17, used: false };
        driver.tell(Msg::Authenticator(Some(shown))).press("r 4 9 2");
    });
    add("sending", |driver| {
        driver.press("r").paste("492 039");
    });
    add("writing", |driver| {
        driver.press("r").paste("492 039");
        let job = driver.model.jobs[0].id;
        driver.tell(Msg::Progress { job, stage: Stage::Writing });
    });
    add("refused", |driver| {
        driver.press("r").paste("492 039");
        let job = driver.model.jobs[0].id;
        let trouble = trouble(
            "AWS refused the code: it is wrong, or was used already",
            "wait for the next code; each one works once",
        );
        driver.tell(Msg::Done { job, outcome: Outcome::Failed { trouble, keep_dialog: true } });
    });
    add("confirm", |driver| confirm(driver).effects.clear());
    add("confirm-yes", |driver| confirm(driver).press("Tab").effects.clear());
    add("help", |driver| {
        driver.press("?");
    });
    add("filter", |driver| {
        driver.press("/ p l a");
    });
    add("nothing-matches", |driver| {
        driver.press("/ z z z");
    });
    add("chain", |driver| {
        driver.press("2");
    });
    add("link", |driver| {
        driver.press("2 j j j Enter");
    });
    add("link-won", |driver| {
        driver.press("2 Enter");
    });
    add("which", |driver| {
        driver.press("g");
        driver.now += jiff::SignedDuration::from_millis(400);
        driver.tell(Msg::Woke);
    });
    add("mouse-off", |driver| {
        driver.press("m");
    });
    add("timeline", |driver| {
        driver.press("T");
    });
    add("command", |driver| {
        driver.press(": u s e Space");
    });
    add("log", |driver| {
        log(driver).press("L").effects.clear();
    });
    add("compare", |driver| {
        driver.press("= j j");
    });
    add("matrix", |driver| {
        driver.press("= Tab j");
    });
    add("warnings", |driver| {
        driver.press("w");
    });
    add("who", |driver| {
        driver.press("i");
    });
    add("hops", |driver| {
        screen_chain::hops(driver);
        driver.press("2 g g j");
    });
    add("imds", |driver| imds(driver).effects.clear());
    add("imds-failed", |driver| {
        driver.press("I");
        let job = driver.model.jobs[0].id;
        let trouble = trouble("nobody answers at http://169.254.169.254", "this is not an EC2 instance");
        driver.tell(Msg::Metadata { job, result: Err(trouble) });
    });
    add("sessions", |driver| {
        driver.press("3 j");
    });
    add("copy", |driver| {
        driver.press("y");
    });
    add("marked", |driver| {
        driver.press("Space Space j Space");
    });
    add("used", |driver| {
        driver.press("j j Enter");
        let change = Change::Use { profile: "work-admin".to_owned() };
        let written = Written {
            id: 3,
            verb: "use".to_owned(),
            profile: "work-admin".to_owned(),
            previous: Some("work".to_owned()),
            files: vec!["/home/me/.aws/config".into()],
            notes: Vec::new(),
        };
        driver.tell(Msg::Done { job: JobId(2), outcome: Outcome::Written { change, written } });
    });
    add("failed", |driver| {
        driver.tell(Msg::Failed(trouble("could not reach sts.eu-west-1.amazonaws.com", "check the network")));
    });
    add("sign-in", crate::screen_facts::sign_in);
    add("portal", crate::screen_facts::portal);
    add("read-only", |driver| {
        driver.model.read_only = true;
    });
    add("kinds", |driver| {
        driver.press("A");
    });
    add("form", |driver| {
        crate::screen_forms::user_form(driver);
    });
    add("edit", |driver| {
        crate::screen_forms::edit_form(driver);
        driver.press("Tab Tab Tab C-x Tab Tab r e g o i n");
    });
    add("ways", crate::screen_forms::still_named);
    add("naming", |driver| {
        crate::screen_forms::naming(driver);
        driver.press("w o r");
    });
    add("doctor", |driver| {
        crate::screen_forms::doctor(driver);
        driver.press("j");
    });
    add("problem", |driver| {
        crate::screen_forms::doctor(driver);
        driver.press("j Enter");
    });
    add("past", crate::screen_forms::past);
    let mut empty = Driver::empty(width, height);
    let files = crate::screen_facts::overview().files.into_iter().map(|(path, _)| (path, false)).collect();
    empty.tell(Msg::Loaded(Box::new(Overview { files, ..Overview::default() })));
    all.push(("empty", empty));
    all.push(("starting", Driver::empty(width, height)));
    all
}

fn imds(driver: &mut Driver) -> &mut Driver {
    use screen_chain::{answer, entries};
    driver.press("I");
    answer(driver, entries(&["dynamic/", "meta-data/", "user-data"]));
    driver.press("Enter");
    answer(driver, entries(&["instance-identity/"]));
    driver.press("Enter");
    answer(driver, entries(&["document", "pkcs7", "rsa2048", "signature"]));
    driver.press("Enter");
    let document = "{\"accountId\":\"111122223333\",\"architecture\":\"arm64\",\"availabilityZone\":\"eu-west-1a\",\
                    \"instanceId\":\"i-0123456789abcdef0\",\"instanceType\":\"t4g.small\",\"region\":\"eu-west-1\"}";
    answer(driver, Found::Value(document.to_owned()));
    driver
}

fn log(driver: &mut Driver) -> &mut Driver {
    let refused = trouble("AWS refused the code: it is wrong, or was used already", "wait for the next code");
    let outcome = Outcome::Failed { trouble: refused, keep_dialog: false };
    driver.press("r").paste("492 039").tell(Msg::Done { job: JobId(2), outcome });
    driver.press("t p");
    let trace = Box::new(crate::screen_facts::trace("work", "boto3"));
    driver.tell(Msg::Traced {
        job: Some(JobId(3)),
        profile: "work".to_owned(),
        explicit: false,
        trace,
        asked_at: None,
    });
    driver.press("y Enter e");
    confirm(driver).press("Esc Esc")
}

fn confirm(driver: &mut Driver) -> &mut Driver {
    driver.press("j Enter");
    let job = driver.model.jobs[0].id;
    let diff = "--- ~/.aws/credentials\n+++ ~/.aws/credentials\n@@ -1,4 +1,5 @@\n [default]\n\
                -aws_access_key_id = …0001\n-aws_secret_access_key = ****\n+aws_access_key_id = …7Q3F\n\
                +aws_secret_access_key = ****\n+aws_session_token = ****\n";
    let outcome = Outcome::NeedsConfirmation {
        change: Change::Use { profile: "work-mfa".to_owned() },
        why: "[default] holds keys that awsprof did not write; they are kept as [default-original]"
            .to_owned(),
        diff: diff.to_owned(),
        typed: None,
    };
    driver.tell(Msg::Done { job, outcome })
}

fn state(name: &str, width: u16, height: u16) -> Driver {
    states(width, height).into_iter().find(|(state, _)| *state == name).unwrap().1
}

#[test]
fn pictures_of_the_states() {
    for name in [
        "home", "mfa", "refused", "confirm", "help", "filter", "empty", "chain", "link", "timeline",
        "command", "log", "compare", "warnings", "hops", "imds", "who", "sign-in", "portal", "marked",
    ] {
        picture(name, &state(name, 120, 32), &DARK);
    }
}

#[test]
fn pictures_of_the_sizes() {
    picture("home-80x24", &state("home", 80, 24), &DARK);
    picture("compare-80x24", &state("compare", 80, 24), &DARK);
    picture("matrix-80x24", &state("matrix", 80, 24), &DARK);
    picture("imds-80x24", &state("imds", 80, 24), &DARK);
    picture("mfa-80x24", &state("mfa", 80, 24), &DARK);
    picture("portal-80x24", &state("portal", 80, 24), &DARK);
    picture("sign-in-40x12", &state("sign-in", 40, 12), &DARK);
    picture("sign-in-80x24", &state("sign-in", 80, 24), &DARK);
    picture("home-30x6", &state("home", 30, 6), &DARK);
    picture("home-40x10", &state("home", 40, 10), &DARK);
    picture("mfa-40x10", &state("mfa", 40, 10), &DARK);
    picture("tiny-19x3", &state("home", 19, 3), &DARK);
}

#[test]
fn pictures_of_profiles_as_objects() {
    for name in ["kinds", "form", "edit", "ways", "naming", "doctor", "problem", "past"] {
        picture(name, &state(name, 120, 40), &DARK);
        picture(&format!("{name}-80x24"), &state(name, 80, 24), &DARK);
    }
}

#[test]
fn pictures_of_the_looks() {
    picture("home-mono", &state("home", 120, 32), &MONO);
    picture("home-ascii", &state("home", 120, 32), &ASCII);
    picture("refused-ascii", &state("refused", 80, 24), &ASCII);
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
