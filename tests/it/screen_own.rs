//! What is the user's own: keys, settings, the order of the profiles, and profiles marked for one act.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use awsprof::app::settings::{Listing, Preferences, Setter, Setting, Turned};
use awsprof::app::{
    Chooses, Copied, Cure, Dialog, Effect, Given, Group, Input, JobId, Keymap, Mouse, Msg, Order, Outcome,
    Pane, Rebinding, Said, Seen, Spot, Trouble,
};
use awsprof::aws::change::{Change, LastKeys, References};
use awsprof::aws::ini::SectionId;
use awsprof::aws::keep::Rules;
use jiff::SignedDuration;

use crate::screen_facts::{self, Driver};

fn driver() -> Driver {
    Driver::new(120, 32)
}

fn shown(driver: &Driver) -> String {
    crate::screen::text(&crate::screen::drawn(driver, &awsprof::ui::Look::new(false, false)))
}

fn names(driver: &Driver) -> Vec<&str> {
    let rows = &driver.model.overview.rows;
    driver.model.list.hits.iter().map(|hit| rows[hit.row].name.as_str()).collect()
}

fn job(effect: &Effect) -> JobId {
    match effect {
        Effect::Write { job, .. } | Effect::Set { job, .. } | Effect::Look { job, .. } => *job,
        other => panic!("no job: {other:?}"),
    }
}

fn removal(name: &str, references: References) -> Change {
    let section = SectionId::profile(name);
    Change::Remove { section, references, last_keys: LastKeys::Delete }
}

/// Answers the writes that are being looked at until there is nothing more to look at.
fn look(driver: &mut Driver, typed: Option<&str>) -> Vec<Change> {
    let mut looked = Vec::new();
    while let Some(Effect::Write { job, change, confirmed: false, .. }) = driver.asked().pop() {
        looked.push(change.clone());
        let diff = format!("--- a\n+++ a\n-[{}]\n", looked.len());
        let typed = typed.map(str::to_owned);
        let outcome = Outcome::NeedsConfirmation { change, why: "it goes".to_owned(), diff, typed };
        driver.tell(Msg::Done { job, outcome });
    }
    looked
}

#[test]
fn a_key_of_ones_own_does_what_its_name_says() {
    let mut driver = driver();
    let one =
        |name: &str, key: &str| Rebinding { scope: None, name: name.to_owned(), keys: vec![key.to_owned()] };
    driver.model.keymap =
        Keymap::with(&[one("down", "s"), one("sessions", "j"), one("remove", "x x")]).unwrap();
    let before = driver.model.selected_name().map(str::to_owned);
    driver.press("s");
    assert_ne!(driver.model.selected_name().map(str::to_owned), before);
    driver.press("d d");
    assert!(driver.asked().is_empty(), "its old keys do nothing");
    let screen = shown(driver.press("?").press("r e m o v e"));
    assert!(screen.contains("x x"), "{screen}");
}

#[test]
fn a_pane_is_called_by_the_key_that_goes_there() {
    let mut driver = driver();
    let keys = |name: &str, keys: &[&str]| Rebinding {
        scope: None,
        name: name.to_owned(),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
    };
    driver.model.keymap = Keymap::with(&[keys("sessions", &["C-s", "3"]), keys("chain", &[])]).unwrap();
    let screen = shown(&driver);
    for title in ["▸1 Profiles ─", "╭─ Chain ─", "╭─ C-s Sessions ─"] {
        assert!(screen.contains(title), "{title}: {screen}");
    }
    let tabs = " 1 Profiles  Chain  C-s Sessions ";
    let screen = shown(driver.press("+"));
    assert!(screen.contains(tabs), "{screen}");
}

#[test]
fn a_click_on_a_tab_goes_there() {
    let mut driver = driver();
    driver.press("+");
    let size = ratatui::layout::Rect::new(0, 0, 120, 32);
    for (column, pane) in [(14, Pane::Chain), (23, Pane::Sessions), (1, Pane::Profiles)] {
        let spot = awsprof::ui::layout::spot(&driver.model, size, column, 1);
        driver.tell(Msg::Input(Input::Mouse(Mouse::Click(spot))));
        assert_eq!(driver.model.pane, pane, "{column}");
    }
    assert_eq!(awsprof::ui::layout::spot(&driver.model, size, 60, 1), Spot::Nothing);
}

#[test]
fn marked_profiles_go_after_one_question() {
    let mut driver = driver();
    driver.model.cursors[0] = 2;
    driver.press("Space Space d d");
    assert_eq!(driver.model.several.marks.len(), 2);
    let looked = look(&mut driver, None);
    let removals = ["work-admin", "deploy-prod"].map(|name| removal(name, References::Leave));
    assert_eq!(looked, removals);
    let Some(Dialog::Confirm(confirm)) = &driver.model.dialog else { panic!("no question") };
    assert!(confirm.diff.contains("-[1]") && confirm.diff.contains("-[2]"), "{}", confirm.diff);
    assert_eq!(confirm.cure, Cure::Changes(removals.to_vec()));
    driver.press("y");
    let written: Vec<bool> = driver
        .asked()
        .iter()
        .filter_map(|effect| match effect {
            Effect::Write { confirmed, .. } => Some(*confirmed),
            _ => None,
        })
        .collect();
    assert_eq!(written, [true, true]);
    assert!(driver.model.several.marks.is_empty());
}

#[test]
fn the_last_copy_of_keys_never_goes_with_others() {
    let mut driver = driver();
    driver.model.cursors[0] = 2;
    driver.press("Space d d");
    look(&mut driver, Some("work-admin"));
    assert!(driver.model.dialog.is_none());
    assert!(format!("{:?}", driver.model.toasts).contains("last copy"));
}

#[test]
fn marked_sessions_are_renewed_one_code_after_the_other() {
    let mut driver = driver();
    driver.model.overview.rows[0].mfa_serial = Some("arn:aws:iam::111122223333:mfa/a".to_owned());
    driver.press("* r");
    let Some(Dialog::Confirm(confirm)) = &driver.model.dialog else { panic!("no question") };
    assert!(confirm.why.contains("nothing to renew: play-long-term, play, lab, vendor"), "{}", confirm.why);
    assert!(driver.asked().is_empty());
    driver.press("y");
    let Some(Dialog::Mfa(mfa)) = &driver.model.dialog else { panic!("no code asked for") };
    assert!(!mfa.role, "a user comes before the roles");
    assert!(!driver.model.several.queue.is_empty());
    driver.press("Esc");
    assert!(driver.model.several.queue.is_empty() && driver.model.dialog.is_none());
    assert!(
        driver.asked().iter().all(|effect| matches!(effect, Effect::Assume { given: Given::Nothing, .. }))
    );
}

#[test]
fn export_lines_of_marked_profiles_are_copied_together() {
    let mut driver = driver();
    driver.model.cursors[0] = 0;
    driver.press("Space Space y Down Down Enter");
    let Some(Effect::Copy { what: Copied::Export, text }) = driver.asked().pop() else {
        panic!("nothing copied")
    };
    assert_eq!(text, "export AWS_PROFILE=work\nexport AWS_PROFILE=work-mfa");
    driver.press("Esc");
    assert!(driver.model.several.marks.is_empty());
}

#[test]
fn profiles_stand_in_the_order_that_is_asked_for() {
    let mut driver = driver();
    driver.model.overview.rows[8].used = Some(screen_facts::now());
    driver.press("a a");
    assert_eq!(driver.model.filter.group, Group::None);
    driver.press("o");
    assert_eq!((driver.model.filter.order, names(&driver)[0]), (Order::Name, "deploy-prod"));
    driver.press("o");
    assert_eq!((driver.model.filter.order, names(&driver)[0]), (Order::Frecency, "old"));
    driver.model.overview.rows[6].sso_session = Some("acme".to_owned());
    driver.press("o a a");
    assert_eq!((driver.model.filter.group, names(&driver)[0]), (Group::Sso, "lab"));
    assert!(shown(&driver).contains("sso-session acme"));
}

#[test]
fn what_was_true_until_now_is_not_said_beside_what_is() {
    let mut driver = driver();
    driver.press("o a o m m l n");
    let said: Vec<&Said> = driver.model.toasts.iter().map(|toast| &toast.said).collect();
    assert!(matches!(said[..], [Said::Arranged(..), Said::Mouse(true), Said::Disabled(_)]), "{said:?}");
    assert_eq!(driver.model.history.len(), 7, "the page of messages has all of it");
}

#[test]
fn what_happened_stands_whole_before_what_to_do() {
    let mut driver = Driver::new(80, 24);
    let hint = Some("`awsprof undo --list` shows what is remembered".to_owned());
    driver.tell(Msg::Failed(Trouble {
        message: "there is nothing that could be redone".to_owned(),
        hint: hint.clone(),
    }));
    assert!(
        shown(&driver).contains("there is nothing that could be redone   `awsprof undo --list` shows"),
        "{}",
        shown(&driver)
    );
    let message = "something long has happened, ".repeat(4);
    driver.press("k").tell(Msg::Failed(Trouble { message, hint }));
    assert!(shown(&driver).contains("what is remembered"), "a hint stands whole beside what is cut anyway");
}

#[test]
fn the_filter_knows_roles_and_aliases() {
    let mut driver = driver();
    driver.model.overview.rows[6].role = Some("Auditor".to_owned());
    driver.model.overview.rows[7].alias = Some("acme-sandbox".to_owned());
    driver.press("/ A u d i t");
    assert_eq!(names(&driver), ["lab"]);
    driver.press("C-u s a n d b o x");
    assert_eq!(names(&driver), ["vendor"]);
}

fn page(read_only: bool) -> Driver {
    let mut driver = driver();
    driver.model.read_only = read_only;
    driver.press("S");
    let look = driver.asked().pop().unwrap();
    let setting = |key, default, choices: &[&str]| {
        let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        Setting { key, default, meaning: "what it means", set: None, choices }
    };
    let settings =
        vec![setting("ui.mouse", "true", &["true", "false"]), setting("session.duration", "\"12h\"", &[])];
    let listing = Listing { file: "/home/me/config.toml".into(), settings };
    driver.tell(Msg::Seen { job: job(&look), seen: Ok(Seen::Preferences(listing)) });
    driver
}

#[test]
fn a_setting_is_written_after_a_question_with_the_diff() {
    let mut driver = page(false);
    let asked = driver.press("Enter").asked().pop().unwrap();
    let setter = Setter { key: "ui.mouse", value: Some("false".to_owned()) };
    assert!(
        matches!(&asked, Effect::Set { setter: one, confirmed: false, .. } if *one == setter),
        "{asked:?}"
    );
    let outcome = Outcome::AskSetting { setter: setter.clone(), diff: "+mouse = false".to_owned() };
    driver.tell(Msg::Done { job: job(&asked), outcome });
    assert!(shown(&driver).contains("+mouse = false"));
    let written = driver.press("y").asked().pop().unwrap();
    assert!(matches!(&written, Effect::Set { confirmed: true, .. }), "{written:?}");
    driver.tell(Msg::Done { job: job(&written), outcome: Outcome::Set(setter) });
    assert!(driver.asked().contains(&Effect::Prefer));
    assert!(matches!(driver.model.dialog, Some(Dialog::Settings(_))), "the page is there again");
}

#[test]
fn a_value_is_typed_and_refused_where_it_stands() {
    let mut driver = page(false);
    let asked = driver.press("j Enter C-u 8 h Enter").asked().pop().unwrap();
    let Effect::Set { setter, confirmed: false, .. } = &asked else { panic!("{asked:?}") };
    assert_eq!(setter.value.as_deref(), Some("8h"));
    let trouble = awsprof::app::Trouble { message: "no such thing".to_owned(), hint: None };
    driver.tell(Msg::Done { job: job(&asked), outcome: Outcome::Failed { trouble, keep_dialog: false } });
    let screen = shown(&driver);
    assert!(screen.contains("no such thing") && screen.contains("8h"), "{screen}");
}

fn prefer(driver: &mut Driver, shell: bool, auto: bool, turned: Option<Turned>) -> Vec<Effect> {
    driver.asked();
    let (keymap, rules) = (Keymap::default(), Rules { auto, ..Rules::default() });
    let preferences =
        Preferences { keymap, motion: true, rules, notify: driver.model.kept.notify, shell, turned };
    driver.tell(Msg::Prefer(Box::new(preferences))).asked()
}

#[test]
fn changed_settings_hold_at_once() {
    let mut driver = driver();
    driver.model.kept.keeper.rules.seed = 7;
    let asked = prefer(&mut driver, true, false, None);
    assert!(asked.contains(&Effect::Load), "what is production, whose code comes from where: {asked:?}");
    let rules = driver.model.kept.keeper.rules;
    assert_eq!((rules.auto, rules.seed), (false, 7), "by new rules, at the moments of this run");
    assert_eq!(driver.model.choosing.does, Chooses::Shell);
    driver.model.choosing.does = Chooses::Name;
    prefer(&mut driver, true, true, None);
    assert_eq!(driver.model.choosing.does, Chooses::Name, "whoever asked for a name still gets one");
}

#[test]
fn what_a_key_has_turned_stays_while_its_setting_does() {
    let mut driver = driver();
    driver.press("o m");
    prefer(&mut driver, false, true, None);
    assert_eq!((driver.model.filter.order, driver.model.mouse), (Order::Name, false));
    let turned = Turned { mouse: true, order: Order::Frecency, group: Group::None };
    let asked = prefer(&mut driver, false, true, Some(turned));
    assert_eq!((driver.model.filter.order, driver.model.filter.group), (Order::Frecency, Group::None));
    assert!(driver.model.mouse && asked.contains(&Effect::Mouse(true)), "{asked:?}");
}

pub fn asked_with(lines: usize) -> Driver {
    let mut driver = driver();
    driver.press("d d");
    let Some(Effect::Write { job, change, .. }) = driver.asked().pop() else { panic!("nothing asked") };
    let diff = (0..lines).map(|at| format!("+line {at}")).collect::<Vec<_>>().join("\n");
    let outcome = Outcome::NeedsConfirmation { change, why: "it goes".to_owned(), diff, typed: None };
    driver.tell(Msg::Done { job, outcome });
    driver
}

#[test]
fn a_long_question_turns_by_pages_and_by_the_wheel() {
    let mut driver = asked_with(60);
    assert!(shown(driver.press("PgDn")).contains("+line 15") && !shown(&driver).contains("+line 0 "));
    driver.tell(Msg::Input(Input::Mouse(Mouse::WheelUp(Spot::Nothing))));
    let Some(Dialog::Confirm(confirm)) = &driver.model.dialog else { panic!("no question") };
    assert_eq!(confirm.scroll, 7);
    // Past the end there is nothing to come back from.
    let end = shown(driver.press("C-d C-d C-d C-d C-d C-d C-d C-d"));
    assert!(end.contains("+line 59") && !end.contains("more line"), "{end}");
    assert_ne!(shown(driver.press("k k k k")), end);
    assert!(shown(&driver).contains("1 more line: j"), "{}", shown(&driver));
}

#[test]
fn the_chosen_key_is_told_whole_where_its_line_is_cut() {
    let mut driver = Driver::new(80, 24);
    let screen = shown(driver.press("? Down"));
    assert!(
        screen.contains("renew the MFA session, or take the role; asks for a code if it must "),
        "{screen}"
    );
}

#[test]
fn the_wheel_moves_in_a_list_and_never_out_of_a_field() {
    let mut driver = driver();
    let down = || Msg::Input(Input::Mouse(Mouse::WheelDown(Spot::Nothing)));
    driver.press("?").tell(down());
    assert!(matches!(&driver.model.dialog, Some(Dialog::Help(help)) if help.selected == 3));
    driver.press("PgDn");
    assert!(matches!(&driver.model.dialog, Some(Dialog::Help(help)) if help.selected == 13));
    driver.press("Esc A Enter").tell(down());
    assert!(matches!(&driver.model.dialog, Some(Dialog::Form(form)) if form.at == 0));
}

#[test]
fn nothing_is_set_in_read_only_mode() {
    let mut driver = page(true);
    assert!(driver.press("Enter x").asked().is_empty());
}

#[test]
fn the_footer_says_what_works_on_marks() {
    let mut driver = driver();
    let footer = |driver: &Driver| shown(driver).lines().last().unwrap_or_default().to_owned();
    assert!(footer(&driver).contains("Enter use"));
    driver.press("Space");
    let marked = footer(&driver);
    for hint in ["r renew all", "d d remove all", "y export, copy", "Esc clear marks"] {
        assert!(marked.contains(hint), "{hint} is not in {marked}");
    }
    assert!(!marked.contains("use"), "{marked}");
    driver.press("3");
    assert!(!footer(&driver).contains("clear marks"), "marks are no matter of the sessions");
    driver.press("1 Esc");
    assert!(footer(&driver).contains("Enter use"));
}

#[test]
fn a_hint_without_a_key_says_the_name() {
    let none = |scope: Option<&str>, name: &str| Rebinding {
        scope: scope.map(str::to_owned),
        name: name.to_owned(),
        keys: Vec::new(),
    };
    let keymap = Keymap::with(&[none(Some("form"), "suggest"), none(None, "undo")]).unwrap();
    assert_eq!(keymap.fill("{form:suggest} takes one; {undo} undo"), "[suggest] takes one; :undo undo");
    assert_eq!(keymap.fill("{redo} redo"), "U redo");
}

#[test]
fn braces_in_what_identity_center_says_are_its_own() {
    let mut driver = driver();
    driver.press("O");
    let job = driver.model.jobs[0].id;
    let refused = Trouble { message: "no {renew} here".to_owned(), hint: None };
    driver.tell(Msg::Offered { job, result: Err(refused) });
    let screen = shown(&driver);
    assert!(screen.contains("no {renew} here; Enter signs in"), "{screen}");
}

#[test]
fn no_to_the_sync_leads_back_to_the_portal() {
    let mut driver = driver();
    screen_facts::portal(&mut driver);
    driver.press("C-s");
    let Some(Effect::Write { job, change, .. }) = driver.asked().pop() else { panic!("nothing asked") };
    let asked = Outcome::NeedsConfirmation {
        change,
        why: "5 profiles".to_owned(),
        diff: "+[profile lab]".to_owned(),
        typed: None,
    };
    driver.tell(Msg::Done { job, outcome: asked }).press("n");
    let Some(Dialog::Portal(page)) = &driver.model.dialog else {
        panic!("no page: {:?}", driver.model.dialog)
    };
    assert_eq!((page.selected, page.shown().len()), (2, 5), "as it was");
}

#[test]
fn a_gauge_is_full_at_the_length_that_is_asked_for() {
    let gauge = |hours: i64, minutes: i64| {
        let mut driver = Driver::empty(120, 40);
        let mut overview = screen_facts::overview();
        overview.sessions.truncate(1);
        overview.sessions[0].expires_at = Some(screen_facts::now() + SignedDuration::from_mins(minutes));
        driver.tell(Msg::Loaded(Box::new(overview)));
        driver.model.kept.keeper.rules.duration = SignedDuration::from_hours(hours);
        let screen = shown(&driver);
        let line = screen.lines().find(|line| line.contains("work-mfa") && line.contains('━')).unwrap();
        let count =
            |mark: char| line.rsplit("work-mfa").next().unwrap().chars().filter(|c| *c == mark).count();
        (count('━'), count('─'))
    };
    for (hours, minutes) in [(1, 60), (4, 240), (12, 720)] {
        assert_eq!(gauge(hours, minutes).1, 0, "{hours} h");
        let (left, gone) = gauge(hours, minutes / 2);
        assert!(left.abs_diff(gone) <= 1, "{hours} h: {left} of {}", left + gone);
    }
    // What was made longer before the setting changed is not drawn past its end.
    assert!(gauge(1, 360).1 > 0);
}
