//! Profiles as objects on the screen: what the forms ask for, what they refuse, what reaches a file and what is never
//! seen.
#![expect(clippy::panic, reason = "a test fails by panicking")]

use awsprof::app::form::{Form, Remark};
use awsprof::app::{
    Choice, Cure, Dialog, Effect, Findings, Input, JobId, Look, Msg, Outcome, Said, Seen, Trouble, Why,
};
use awsprof::aws::change::{Change, LastKeys, References, Spot, Written};
use awsprof::aws::ini::{FileKind, SectionId};
use awsprof::aws::overview::{Held, Problem, Severity, Shown};
use awsprof::aws::store::{List, Recorded, State};
use awsprof::ui::Look as Looks;

use crate::screen::{drawn, text};
use crate::screen_facts::{self, Driver};

/// Typed in the tests; it must be nowhere but in the effect that writes it.
const HUSH: &str = "wJalrXUtnFEMI-hush-K7MDENG-bPxRfiCYEXAMPLE";
const KEY: &str = "AKIAIOSFODNN7EXAMPLE";

fn driver() -> Driver {
    Driver::new(120, 40)
}

fn shown(driver: &Driver) -> String {
    text(&drawn(driver, &Looks::new(false, false)))
}

fn form(driver: &Driver) -> &Form {
    match &driver.model.dialog {
        Some(Dialog::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn said(driver: &Driver) -> Option<&Said> {
    driver.model.toasts.last().map(|toast| &toast.said)
}

fn trouble(message: &str) -> Trouble {
    Trouble { message: message.to_owned(), hint: Some("do it otherwise".to_owned()) }
}

/// Fills the fields in turn.
fn fill(driver: &mut Driver, texts: &[&str]) {
    for text in texts {
        if !text.is_empty() {
            driver.paste(text);
        }
        driver.press("Tab");
    }
}

fn ask(driver: &mut Driver, job: JobId, change: Change, typed: Option<&str>) {
    let (why, diff) = ("this writes".to_owned(), "+region = x\n".to_owned());
    let outcome = Outcome::NeedsConfirmation { change, why, diff, typed: typed.map(str::to_owned) };
    driver.tell(Msg::Done { job, outcome });
}

/// The one write that was asked for.
fn write(driver: &mut Driver) -> (JobId, Change, Vec<(String, String)>, bool) {
    let [Effect::Write { job, change, typed, confirmed }] = &driver.asked()[..] else { panic!("no write") };
    let values = typed.values.iter().map(|(key, value)| (key.clone(), value.secret().expose().to_owned()));
    (*job, change.clone(), values.collect(), *confirmed)
}

fn user() -> Driver {
    let mut driver = driver();
    driver.press("A Enter");
    fill(&mut driver, &["fresh", KEY, HUSH, "arn:aws:iam::111122223333:mfa/alice", "eu-west-1", "json"]);
    driver
}

pub fn user_form(driver: &mut Driver) {
    driver.press("A Enter");
    fill(driver, &["fresh", KEY, HUSH, "arn:aws:iam::111122223333:user/alice"]);
    driver.press("S-Tab");
}

fn settings(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_new_user_is_asked_about_and_then_written_with_its_secret() {
    let mut driver = user();
    driver.press("C-s");
    let (job, change, typed, confirmed) = write(&mut driver);
    let wanted = Change::Add {
        profile: "fresh".to_owned(),
        settings: settings(&[
            ("aws_access_key_id", KEY),
            ("mfa_serial", "arn:aws:iam::111122223333:mfa/alice"),
            ("region", "eu-west-1"),
            ("output", "json"),
        ]),
        sso_session: None,
    };
    let secret = settings(&[("aws_secret_access_key", HUSH)]);
    assert_eq!((&change, &typed, confirmed), (&wanted, &secret, false));
    ask(&mut driver, job, change, None);
    driver.press("Enter");
    assert_eq!(form(&driver).text("name"), "fresh", "no leads back to the form");
    driver.press("C-s");
    let (job, change, ..) = write(&mut driver);
    ask(&mut driver, job, change, None);
    driver.press("y");
    assert_eq!(write(&mut driver).2, secret);
    assert!(driver.model.dialog.is_none(), "the secret has left the model");
}

#[test]
fn what_is_typed_out_of_sight_is_nowhere_to_be_seen() {
    let mut driver = user();
    let unseen = |driver: &Driver, when: &str| {
        let model = format!("{:?}", driver.model);
        for place in
            [model, shown(driver), format!("{:?}", driver.model.log), format!("{:?}", driver.effects)]
        {
            assert!(!place.contains("hush"), "{when}: {place}");
        }
    };
    unseen(&driver, "typed");
    assert!(shown(&driver).contains("42 characters"), "{}", shown(&driver));
    driver.press("C-f");
    unseen(&driver, "the devices are asked for");
    let job = form(&driver).job.unwrap_or(JobId(0));
    driver.tell(Msg::Devices { job, result: Err(trouble("AWS refused")) });
    driver.asked();
    driver.press("C-s");
    unseen(&driver, "asked");
    let (job, change, ..) = write(&mut driver);
    ask(&mut driver, job, change, None);
    unseen(&driver, "the question");
    driver.press("y L");
    unseen(&driver, "the log");
    assert!(
        shown(&driver).contains("awsprof add fresh --set 'aws_access_key_id=…MPLE'"),
        "{}",
        shown(&driver)
    );
}

#[test]
fn each_kind_makes_what_its_verb_makes() {
    let kinds = [
        (
            "j",
            vec!["adm", "arn:aws:iam::111122223333:role/admin", "work", "x-1", "", "", ""],
            settings(&[
                ("role_arn", "arn:aws:iam::111122223333:role/admin"),
                ("source_profile", "work"),
                ("external_id", "x-1"),
            ]),
            None,
        ),
        (
            "j j",
            vec![
                "sso",
                "acme",
                "https://acme.awsapps.com/start",
                "eu-west-1",
                "111122223333",
                "Admin",
                "",
                "",
            ],
            settings(&[
                ("sso_session", "acme"),
                ("sso_account_id", "111122223333"),
                ("sso_role_name", "Admin"),
            ]),
            Some((
                "acme".to_owned(),
                settings(&[("sso_start_url", "https://acme.awsapps.com/start"), ("sso_region", "eu-west-1")]),
            )),
        ),
        (
            "j j",
            vec!["sso", "corp", "", "", "111122223333", "Admin", "", ""],
            settings(&[
                ("sso_session", "corp"),
                ("sso_account_id", "111122223333"),
                ("sso_role_name", "Admin"),
            ]),
            None,
        ),
        (
            "j j j",
            vec!["proc", "/opt/cred --for me", "us-east-1", ""],
            settings(&[("credential_process", "/opt/cred --for me"), ("region", "us-east-1")]),
            None,
        ),
    ];
    for (keys, texts, settings, sso_session) in kinds {
        let mut driver = driver();
        driver.press("A").press(keys).press("Enter");
        fill(&mut driver, &texts);
        driver.press("C-s");
        let profile = texts[0].to_owned();
        assert_eq!(
            write(&mut driver).1,
            Change::Add { profile, settings, sso_session },
            "{}",
            shown(&driver)
        );
    }
}

#[test]
fn what_cannot_be_is_said_in_words_and_asks_nothing() {
    for (at, typed, words) in [
        (0, "work", "the name is taken"),
        (0, "a b", "not a name"),
        (1, "ASIAIOSFODNN7EXAMPLE", "long-term keys begin with AKIA"),
        (3, "arn:aws:iam::111122223333:user/alice", "the ARN of a user"),
        (4, "europe", "not a region"),
        (5, "xml", "the AWS CLI knows"),
    ] {
        let mut texts = ["fresh", KEY, HUSH, "", "", ""];
        texts[at] = typed;
        let mut driver = driver();
        driver.press("A Enter");
        fill(&mut driver, &texts);
        driver.press("C-s");
        assert_eq!((driver.asked(), form(&driver).at), (vec![], at));
        assert!(shown(&driver).contains(words), "{words}:\n{}", shown(&driver));
    }
    let mut driver = driver();
    driver.press("A j j Enter");
    fill(&mut driver, &["sso", "brand-new", "", "", "111122223333", "Admin"]);
    driver.press("C-s");
    assert!(shown(&driver).contains("the session `brand-new` is new"), "{}", shown(&driver));
}

#[test]
fn enter_goes_on_and_a_pasted_newline_does_not() {
    let mut driver = driver();
    driver.press("A Enter");
    driver.paste("fresh\nsecond\n");
    assert_eq!((form(&driver).at, form(&driver).text("name")), (0, "fresh"));
    driver.press("Enter").paste(KEY).press("Enter").paste(&format!("  {HUSH}\r\n"));
    driver.press("Enter Enter Enter");
    assert_eq!(driver.asked(), []);
    driver.press("Enter");
    assert_eq!(write(&mut driver).2, settings(&[("aws_secret_access_key", HUSH)]));
}

#[test]
fn esc_steps_out_and_says_what_would_be_lost() {
    let mut driver = driver();
    driver.press("A j Enter Esc");
    assert!(matches!(&driver.model.dialog, Some(Dialog::Choose(choose)) if choose.selected == 1));
    driver.press("Enter x Esc");
    assert_eq!(form(&driver).remark, Some(Remark::Unsaved));
    driver.press("y Esc Esc Esc");
    assert!(driver.model.dialog.is_none());
}

#[test]
fn suggestions_are_taken_and_turned() {
    let mut driver = driver();
    driver.press("A j Enter Tab Tab w o r Right");
    assert_eq!(form(&driver).text("source_profile"), "work");
    driver.press("Right");
    assert_eq!(form(&driver).text("source_profile"), "work-mfa");
    driver.press("Left Left");
    assert_eq!(form(&driver).text("source_profile"), "old");
    driver.press("Right Tab Tab Right");
    assert_eq!(form(&driver).text("mfa_serial"), "arn:aws:iam::111122223333:mfa/alice-phone");
}

#[test]
fn the_devices_of_typed_keys_are_asked_for() {
    let mut driver = driver();
    driver.press("A Enter C-f");
    assert_eq!(said(&driver), Some(&Said::Disabled(Why::NoKeysYet)));
    fill(&mut driver, &["fresh", KEY, HUSH]);
    driver.press("C-f");
    let [Effect::Devices { job, access_key_id, secret, region: None }] = &driver.asked()[..] else {
        panic!()
    };
    assert_eq!((access_key_id.as_str(), secret.secret().expose()), (KEY, HUSH));
    driver.press("x Enter C-s");
    assert_eq!(driver.asked(), [], "it waits");
    driver.press("Esc");
    assert_eq!(driver.asked(), [Effect::Cancel(*job)]);
    let device = "arn:aws:iam::111122223333:mfa/new".to_owned();
    driver.tell(Msg::Devices { job: *job, result: Ok(vec![device.clone()]) });
    assert_eq!(form(&driver).text("mfa_serial"), device);
    assert!(driver.model.jobs.is_empty());
}

fn held() -> Vec<Shown> {
    let one = |key: &str, held, file, line| Shown { key: key.to_owned(), held, places: vec![(file, line)] };
    let text = |text: &str| Held::Text(text.to_owned());
    let mut region = one("region", text("eu-west-1"), FileKind::Credentials, 7);
    region.places.push((FileKind::Config, 12));
    vec![
        one("aws_access_key_id", Held::Masked("…7Q3F".to_owned()), FileKind::Credentials, 5),
        one("aws_secret_access_key", Held::Masked("set".to_owned()), FileKind::Credentials, 6),
        region,
        one("output", text("json"), FileKind::Config, 13),
        one("s3", Held::Block, FileKind::Config, 14),
    ]
}

pub fn edit_form(driver: &mut Driver) {
    driver.press("E");
    let job = driver.model.jobs.last().map_or(JobId(0), |job| job.id);
    driver.tell(Msg::Seen { job, seen: Ok(Seen::Settings(held())) });
}

#[test]
fn the_edit_form_changes_adds_and_takes_away() {
    let mut driver = driver();
    driver.press("E");
    let section = SectionId::profile("work");
    let [Effect::Look { job, at: Look::Settings(asked) }] = &driver.asked()[..] else { panic!() };
    assert_eq!(*asked, section);
    driver.tell(Msg::Seen { job: *job, seen: Ok(Seen::Settings(held())) });
    driver.press("C-s");
    assert_eq!((driver.asked(), &form(&driver).remark), (vec![], &Some(Remark::Unchanged)));
    assert!(shown(&driver).contains("credentials:7 over config:12"), "{}", shown(&driver));
    driver.press("Tab").paste(HUSH);
    driver.press("Tab C-u").paste("us-east-1");
    driver.press("Tab C-x Tab Tab").paste("regoin");
    assert!(shown(&driver).contains("is `region` meant?"), "{}", shown(&driver));
    driver.press("C-u").paste("mfa_serial=arn:aws:iam::111122223333:mfa/alice");
    driver.press("C-s");
    let (_, change, typed, confirmed) = write(&mut driver);
    let settings =
        settings(&[("region", "us-east-1"), ("mfa_serial", "arn:aws:iam::111122223333:mfa/alice")]);
    assert_eq!(change, Change::Edit { section, settings, unset: vec!["output".to_owned()] });
    assert_eq!((typed[0].1.as_str(), confirmed), (HUSH, false));
}

#[test]
fn a_form_that_was_waited_for_takes_no_other_dialog_away() {
    let mut driver = driver();
    driver.press("E ?");
    let job = driver.model.jobs[0].id;
    driver.tell(Msg::Seen { job, seen: Ok(Seen::Settings(held())) });
    assert!(matches!(driver.model.dialog, Some(Dialog::Help(_))));
}

#[test]
fn an_emptied_key_is_not_written_as_one() {
    let mut driver = driver();
    edit_form(&mut driver);
    driver.asked();
    driver.press("Tab Tab C-u C-s");
    assert_eq!(driver.asked(), []);
    assert!(shown(&driver).contains("C-x takes the key away"), "{}", shown(&driver));
}

#[test]
fn a_refusal_is_said_in_the_form_that_asked() {
    let mut driver = driver();
    driver.press("W").paste("job");
    driver.press("Enter");
    let (job, change, ..) = write(&mut driver);
    assert_eq!(change, Change::Rename { section: SectionId::profile("work"), to: "job".to_owned() });
    let refused = trouble("awsprof's settings name `work`");
    driver.tell(Msg::Done { job, outcome: Outcome::Failed { trouble: refused, keep_dialog: false } });
    assert!(shown(&driver).contains("awsprof's settings name `work`: do it otherwise"), "{}", shown(&driver));
    driver.press("Enter");
    assert!(matches!(&driver.asked()[..], [Effect::Write { .. }]), "and it can be tried again");
}

fn typed(driver: &mut Driver, line: &str) {
    driver.press(":").paste(line).press("Enter");
}

#[test]
fn the_verbs_work_by_their_names() {
    let section = || SectionId::profile("play");
    for (line, wanted) in [
        ("rename play game", Change::Rename { section: section(), to: "game".to_owned() }),
        ("copy-profile play game", Change::Copy { section: section(), to: "game".to_owned() }),
        (
            "remove play",
            Change::Remove {
                section: section(),
                references: References::Refuse,
                last_keys: LastKeys::Delete,
            },
        ),
    ] {
        let mut driver = driver();
        typed(&mut driver, line);
        assert_eq!(write(&mut driver).1, wanted, "{line}");
    }
    let mut driver = driver();
    typed(&mut driver, "add brand-new");
    driver.press("Enter");
    assert_eq!(form(&driver).text("name"), "brand-new");
    let mut driver = self::driver();
    typed(&mut driver, "edit play");
    assert!(matches!(&driver.asked()[..], [Effect::Look { at: Look::Settings(of), .. }] if *of == section()));
    typed(&mut driver, "doctor");
    assert!(matches!(driver.model.dialog, Some(Dialog::Doctor(_))));
    let mut driver = self::driver();
    typed(&mut driver, "rename ghost game");
    assert_eq!(driver.asked(), []);
}

#[test]
fn the_cursor_follows_a_new_name() {
    let mut driver = driver();
    typed(&mut driver, "rename work job");
    let (job, change, ..) = write(&mut driver);
    let written = Written {
        id: 1,
        verb: "rename".to_owned(),
        profile: "work".to_owned(),
        previous: None,
        files: vec!["/home/me/.aws/config".into()],
        notes: Vec::new(),
    };
    driver.tell(Msg::Done { job, outcome: Outcome::Written { change, written } });
    driver.press("G");
    let mut overview = screen_facts::overview();
    overview.rows[0].name = "job".to_owned();
    driver.tell(Msg::Loaded(Box::new(overview)));
    assert_eq!(driver.model.selected_name(), Some("job"));
}

/// `d d` on a profile that something names.
pub fn still_named(driver: &mut Driver) {
    driver.press("d d");
    let job = driver.model.jobs[0].id;
    let section = SectionId::profile("work");
    let change = Change::Remove { section, references: References::Refuse, last_keys: LastKeys::Delete };
    let trouble = trouble("profile `work` is named by source_profile of `work-admin` (config:15)");
    driver.tell(Msg::Done { job, outcome: Outcome::StillNamed { change, trouble } });
}

#[test]
fn what_is_named_goes_by_one_of_two_ways() {
    let removal = |references| Change::Remove {
        section: SectionId::profile("work"),
        references,
        last_keys: LastKeys::Delete,
    };
    let mut driver = driver();
    still_named(&mut driver);
    driver.asked();
    assert!(shown(&driver).contains("source_profile of `work-admin`"), "{}", shown(&driver));
    driver.press("j Enter");
    assert_eq!(write(&mut driver).1, removal(References::Leave));
    let mut driver = self::driver();
    still_named(&mut driver);
    driver.asked();
    driver.press("Enter").paste("work");
    driver.press("Enter");
    assert_eq!(driver.asked(), [], "not to itself");
    driver.press("C-u").paste("play");
    driver.press("Enter");
    assert_eq!(write(&mut driver).1, removal(References::Retarget("play".to_owned())));
    let mut driver = self::driver();
    still_named(&mut driver);
    driver.press("Esc");
    assert!(driver.model.dialog.is_none());
}

/// A removal that takes the last keys along.
pub fn naming(driver: &mut Driver) {
    driver.press("d d");
    let job = driver.model.jobs[0].id;
    let change = Change::Remove {
        section: SectionId::profile("work"),
        references: References::Refuse,
        last_keys: LastKeys::Delete,
    };
    ask(driver, job, change, Some("work"));
}

#[test]
fn the_last_keys_go_only_when_the_name_is_typed() {
    let mut driver = driver();
    naming(&mut driver);
    driver.asked();
    for keys in ["y", "Enter", "Tab Enter", "C-u w o r Enter", "k s Enter"] {
        driver.press(keys);
        assert_eq!(driver.asked(), [], "{keys}");
        assert!(driver.model.dialog.is_some(), "{keys}");
    }
    assert_eq!(said(&driver), Some(&Said::Disabled(Why::NotTyped)));
    driver.press("C-u").paste("work\n");
    assert_eq!(driver.asked(), [], "a pasted newline is no answer");
    driver.press("Enter");
    assert!(write(&mut driver).3);
    let mut driver = self::driver();
    naming(&mut driver);
    driver.press("w o r k Esc");
    assert!(driver.model.dialog.is_none());
}

fn problem(code: &'static str, file: Option<&str>, line: Option<u32>, fixable: bool) -> Problem {
    Problem {
        code,
        severity: if fixable { Severity::Warning } else { Severity::Error },
        message: format!("what {code} says of it, in a sentence that may be longer than its line is wide"),
        file: file.map(Into::into),
        line,
        fixable,
        profile: (code == "partial-keys").then(|| "old".to_owned()),
    }
}

const CREDENTIALS: &str = "/home/me/.aws/credentials";

fn findings() -> Findings {
    let config = Some("/home/me/.aws/config");
    Findings {
        problems: vec![
            problem("directory-mode", Some("/home/me/.aws"), None, true),
            problem("unknown-key", config, Some(9), true),
            problem("duplicate-key", config, Some(21), true),
            problem("partial-keys", Some(CREDENTIALS), Some(30), false),
            problem("variable-shadows", None, None, false),
        ],
        modes: vec![("/home/me/.aws".into(), 0o700)],
    }
}

pub fn doctor(driver: &mut Driver) {
    driver.press("D");
    let job = driver.model.jobs.last().map_or(JobId(0), |job| job.id);
    driver.tell(Msg::Seen { job, seen: Ok(Seen::Problems(findings())) });
}

fn spot(code: &str, line: u32) -> Spot {
    Spot { code: code.to_owned(), file: "/home/me/.aws/config".into(), line: Some(line) }
}

#[test]
fn the_doctor_mends_one_or_all_and_modes_by_a_question_of_their_own() {
    let mut driver = driver();
    doctor(&mut driver);
    driver.asked();
    driver.press("j f");
    let (job, change, ..) = write(&mut driver);
    assert_eq!(change, Change::Mend { problems: vec![spot("unknown-key", 9)] });
    ask(&mut driver, job, change, None);
    driver.press("n");
    assert!(matches!(driver.model.dialog, Some(Dialog::Doctor(_))), "no leads back");
    driver.asked();
    driver.press("F");
    let (job, change, ..) = write(&mut driver);
    assert_eq!(change, Change::Mend { problems: vec![spot("unknown-key", 9), spot("duplicate-key", 21)] });
    ask(&mut driver, job, change.clone(), None);
    driver.press("y");
    let job = write(&mut driver).0;
    let written = Written {
        id: 1,
        verb: "doctor --fix".to_owned(),
        profile: String::new(),
        previous: None,
        files: vec!["/home/me/.aws/config".into()],
        notes: Vec::new(),
    };
    driver.tell(Msg::Done { job, outcome: Outcome::Written { change, written } });
    let modes = vec![("/home/me/.aws".into(), 0o700)];
    assert!(
        matches!(&driver.model.dialog, Some(Dialog::Confirm(c)) if c.cure == Cure::Modes(modes.clone()) && !c.yes)
    );
    assert!(shown(&driver).contains("chmod 700 /home/me/.aws"), "{}", shown(&driver));
    driver.asked();
    driver.press("y");
    let [Effect::Restrict { job, modes: set }] = &driver.asked()[..] else { panic!() };
    assert_eq!(*set, modes);
    driver.tell(Msg::Done { job: *job, outcome: Outcome::Restricted(modes) });
    assert_eq!(said(&driver), Some(&Said::Restricted(1)));
    assert!(matches!(driver.asked()[..], [Effect::Look { at: Look::Problems, .. }]), "and looks again");
}

#[test]
fn the_doctor_explains_opens_and_keeps_its_place() {
    let mut driver = driver();
    doctor(&mut driver);
    driver.asked();
    driver.press("G f");
    assert_eq!(said(&driver), Some(&Said::Disabled(Why::NothingToMend)));
    driver.press("e");
    assert_eq!(said(&driver), Some(&Said::Disabled(Why::NoPlace)));
    driver.press("k e");
    assert_eq!(driver.asked(), [Effect::Edit { path: CREDENTIALS.into(), line: 30 }]);
    driver.press("Enter");
    let page = shown(&driver);
    assert!(page.contains("~/.aws/credentials:30") && page.contains("by hand: e opens the editor"), "{page}");
    driver.press("Esc");
    assert!(shown(&driver).contains("2 errors, 3 warnings; F mends 3 of them"), "{}", shown(&driver));
    driver.tell(Msg::Loaded(Box::new(screen_facts::overview())));
    let effects = driver.asked();
    let Some(Effect::Look { job, at: Look::Problems }) = effects.last() else { panic!("{effects:?}") };
    let mut found = findings();
    found.problems.remove(1);
    driver.tell(Msg::Seen { job: *job, seen: Ok(Seen::Problems(found)) });
    let Some(Dialog::Doctor(doctor)) = &driver.model.dialog else { panic!() };
    assert_eq!(doctor.chosen().map(|problem| problem.code), Some("partial-keys"));
}

#[test]
fn a_marked_row_leads_to_its_problems() {
    let mut driver = driver();
    driver.press("!");
    assert_eq!(said(&driver), Some(&Said::Disabled(Why::NoProblem)));
    driver.press("G !");
    let job = driver.model.jobs[0].id;
    driver.tell(Msg::Seen { job, seen: Ok(Seen::Problems(findings())) });
    let page = shown(&driver);
    assert!(page.contains("Doctor: old") && page.contains("1 error"), "{page}");
    assert!(!page.contains("duplicate-key"), "{page}");
}

#[test]
fn problems_are_counted_in_the_title() {
    let mut driver = driver();
    driver.tell(Msg::Linted(findings().problems));
    assert!(shown(&driver).contains("9, 5 problems"), "{}", shown(&driver));
}

fn past_writes() -> Vec<Recorded> {
    let write = |id, verb: &str, list, state| Recorded {
        id,
        at: screen_facts::now(),
        verb: verb.to_owned(),
        profile: "work".to_owned(),
        list,
        state,
        files: vec!["/home/me/.aws/config".into()],
        diff: format!("--- /home/me/.aws/config\n+++ /home/me/.aws/config\n@@ -1 +1 @@\n-of = {id}\n"),
    };
    vec![
        write(9, "edit", List::User, State::Done),
        write(8, "renew", List::Renewal, State::Done),
        write(7, "use", List::User, State::Dropped),
    ]
}

pub fn past(driver: &mut Driver) {
    driver.press("H");
    let job = driver.model.jobs.last().map_or(JobId(0), |job| job.id);
    driver.tell(Msg::Seen { job, seen: Ok(Seen::Past(past_writes())) });
}

#[test]
fn a_past_write_is_taken_back_by_its_number() {
    let mut driver = driver();
    past(&mut driver);
    driver.asked();
    driver.press("j");
    assert!(shown(&driver).contains("-of = 8"), "{}", shown(&driver));
    driver.press("Enter");
    assert_eq!(write(&mut driver).1, Change::Undo { id: Some(8) });
    let mut driver = self::driver();
    past(&mut driver);
    driver.asked();
    driver.press("j j Enter");
    assert_eq!((driver.asked(), said(&driver)), (vec![], Some(&Said::Disabled(Why::TakenBack))));
}

#[test]
fn read_only_refuses_them_all_with_a_reason() {
    for (open, keys) in
        [("", "A"), ("", "E"), ("", "W"), ("", "C"), ("", "d d"), ("D", "f"), ("D", "F"), ("H", "Enter")]
    {
        let mut driver = driver();
        match open {
            "D" => doctor(&mut driver),
            "H" => past(&mut driver),
            _ => {}
        }
        driver.asked();
        driver.model.read_only = true;
        driver.press(keys);
        assert_eq!(
            (driver.asked(), said(&driver)),
            (vec![], Some(&Said::Disabled(Why::ReadOnly))),
            "{open} {keys}"
        );
    }
}

#[test]
fn the_first_run_offers_to_add_a_profile() {
    let mut driver = Driver::empty(80, 24);
    driver.tell(Msg::Loaded(Box::default()));
    assert!(shown(&driver).contains("add a profile:"), "{}", shown(&driver));
    driver.press("A");
    assert!(
        matches!(&driver.model.dialog, Some(Dialog::Choose(choose)) if matches!(choose.what, Choice::Kind { .. }))
    );
    driver.tell(Msg::Input(Input::Resize(20, 4)));
    shown(&driver);
}

/// What a form or a page asked for, by number.
pub fn seen(what: u8) -> Result<Seen, Trouble> {
    match what {
        0 => Ok(Seen::Settings(held())),
        1 => Ok(Seen::Problems(findings())),
        2 => Ok(Seen::Past(past_writes())),
        _ => Err(trouble("no such file")),
    }
}
