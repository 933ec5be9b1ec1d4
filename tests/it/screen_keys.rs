//! What keys lead to: a driver presses them, the effects and the model answer. And what no sequence of messages
//! whatever may lead to.
#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::collections::HashSet;

use awsprof::app::bindings::{BINDINGS, Scope};
use awsprof::app::dialog::Notice;
use awsprof::app::model::Traced;
use awsprof::app::sign_in::Invitation;
use awsprof::app::{
    Authenticator, Chord, Copied, Dialog, Effect, Given, Input, JobId, JobKind, Key, Leaving, Mouse, Msg,
    Outcome, Pane, Said, Signal, Spot, Stage, Trouble, Typed, Why, next_wake, update,
};
use awsprof::aws::change::{Change, LastKeys, References, Written};
use awsprof::aws::ini::SectionId;
use awsprof::aws::overview::{DefaultState, Overview, Problem, Severity};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::screen_facts::{self, Driver};

fn driver() -> Driver {
    Driver::new(120, 32)
}

fn mfa(driver: &Driver) -> &awsprof::app::Mfa {
    match &driver.model.dialog {
        Some(Dialog::Mfa(mfa)) => mfa,
        other => panic!("no MFA dialog: {other:?}"),
    }
}

fn said(driver: &Driver) -> Option<&Said> {
    driver.model.toasts.last().map(|toast| &toast.said)
}

fn written(verb: &str, profile: &str) -> Written {
    Written {
        id: 1,
        verb: verb.to_owned(),
        profile: profile.to_owned(),
        previous: None,
        files: vec!["/home/me/.aws/config".into()],
        notes: Vec::new(),
    }
}

fn used(profile: &str) -> Outcome {
    let change = Change::Use { profile: profile.to_owned() };
    Outcome::Written { change, written: written("use", profile) }
}

fn refusal() -> Trouble {
    Trouble { message: "AWS refused the code".to_owned(), hint: None }
}

/// Problems arrive after the rows, and old marks stand until the new ones are told.
#[test]
fn problems_mark_the_rows_when_they_arrive() {
    let mut driver = driver();
    let name = driver.model.selected_name().unwrap().to_owned();
    let read = || Box::new(Overview { problems: Vec::new(), ..screen_facts::overview() });
    let marked = |driver: &Driver| driver.model.selected().unwrap().problems.clone();
    let problem = Problem {
        code: "partial-keys",
        severity: Severity::Error,
        message: "half a key".to_owned(),
        file: None,
        line: Some(1),
        fixable: false,
        profile: Some(name),
    };
    driver.tell(Msg::Linted(vec![problem.clone()]));
    assert_eq!(
        (marked(&driver), &driver.model.overview.problems),
        (vec!["partial-keys".to_owned()], &vec![problem])
    );
    driver.tell(Msg::Loaded(read()));
    assert_eq!(marked(&driver), ["partial-keys"]);
    driver.tell(Msg::Linted(Vec::new()));
    assert!(marked(&driver).is_empty() && driver.model.overview.problems.is_empty());
}

#[test]
fn start_reads_then_traces_and_asks_who_the_default_is() {
    let mut driver = Driver::empty(120, 32);
    driver.tell(Msg::Loaded(Box::new(screen_facts::overview())));
    let [
        Effect::Trace { ask: None, profile, explicit: false, tool: "aws-cli-v2" },
        Effect::Identify { .. },
        Effect::LookAround { tool: "aws-cli-v2" },
    ] = &driver.effects[..]
    else {
        panic!("{:?}", driver.effects)
    };
    assert_eq!(profile, "work");
}

#[test]
fn moving_asks_nothing_of_anybody() {
    let mut driver = driver();
    driver.press("j j k G g g C-d C-u PgDn PgUp Tab j k S-Tab l h 1 2 3 t P + _ a / w o Esc");
    assert_eq!(driver.asked(), []);
    assert!(driver.model.jobs.is_empty());
}

#[test]
fn enter_uses_and_the_toast_names_undo() {
    let mut driver = driver();
    driver.press("j j Enter");
    let change = Change::Use { profile: "work-admin".to_owned() };
    let [Effect::Write { job, change: asked, confirmed: false, .. }] = &driver.asked()[..] else { panic!() };
    assert_eq!(*asked, change);
    driver.tell(Msg::Done { job: *job, outcome: used("work-admin") });
    assert_eq!(driver.asked(), [Effect::Load]);
    let mut overview = screen_facts::overview();
    overview.default = DefaultState::Managed { profile: "work-admin".to_owned() };
    driver.tell(Msg::Loaded(Box::new(overview)));
    assert!(matches!(driver.asked()[..], [Effect::Identify { .. }]), "asked once, when it is another one");
    let (_, hint) = awsprof::ui::words::said(said(&driver).unwrap());
    assert_eq!(hint.map(|hint| driver.model.keymap.fill(&hint)).as_deref(), Some("u undo"));
    driver.press("u");
    assert!(matches!(
        driver.asked()[..],
        [Effect::Write { change: Change::Undo { id: None }, confirmed: false, .. }]
    ));
}

fn questioned() -> (Driver, Change) {
    let mut driver = driver();
    driver.press("j Enter");
    let change = Change::Use { profile: "work-mfa".to_owned() };
    let job = driver.model.jobs[0].id;
    let outcome = Outcome::NeedsConfirmation {
        change: change.clone(),
        why: "why".into(),
        diff: "+a\n-b".into(),
        typed: None,
    };
    driver.tell(Msg::Done { job, outcome }).asked();
    (driver, change)
}

#[test]
fn a_question_is_answered_no_unless_yes_is_chosen() {
    for keys in ["Enter", "n", "Esc", "Tab Tab Enter"] {
        let (mut driver, _) = questioned();
        driver.press(keys);
        assert_eq!(driver.asked(), [], "{keys}");
        assert!(driver.model.dialog.is_none(), "{keys}");
    }
    for keys in ["y", "Tab Enter", "Right Enter"] {
        let (mut driver, change) = questioned();
        driver.press(keys);
        let job = driver.model.jobs[0].id;
        let typed = Typed::default();
        assert_eq!(driver.asked(), [Effect::Write { job, change, typed, confirmed: true }], "{keys}");
    }
}

#[test]
fn a_pasted_newline_answers_no_question() {
    let (mut driver, _) = questioned();
    driver.paste("y\n");
    assert_eq!(driver.asked(), []);
    assert!(driver.model.dialog.is_some());
}

#[test]
fn six_digits_are_sent_at_once_however_they_come() {
    for code in ["492039", "492 039", " 492-039\n", "4 9 2 0 3 9"] {
        let mut driver = driver();
        driver.press("r").paste(code);
        let [Effect::Renew { profile, given: Given::Code(code), into: None, .. }] = &driver.asked()[..]
        else {
            panic!("{code}")
        };
        assert_eq!((profile.as_str(), code.secret().expose()), ("work", "492039"));
        assert!(mfa(&driver).code.is_empty(), "the code was moved out");
    }
    let mut driver = driver();
    driver.press("r 4 9 2 0 3");
    assert_eq!(driver.asked(), []);
    driver.press("9");
    assert!(matches!(driver.asked()[..], [Effect::Renew { .. }]));
}

#[test]
fn a_wrong_length_says_so_and_sends_nothing() {
    let mut driver = driver();
    driver.press("r 4 9 Enter");
    assert_eq!(mfa(&driver).notice, Some(Notice::Length(2)));
    driver.paste("1234567");
    assert_eq!(mfa(&driver).notice, Some(Notice::Length(7)));
    driver.press("x 4 Backspace");
    assert_eq!((driver.asked(), mfa(&driver).code.len()), (vec![], 0));
    driver.press("Esc");
    assert!(driver.model.dialog.is_none());
}

#[test]
fn a_refused_code_keeps_the_dialog_with_an_empty_field() {
    let mut driver = driver();
    driver.press("r").paste("492039");
    let job = mfa(&driver).job.unwrap();
    driver.press("1 Enter");
    driver.asked();
    driver.tell(Msg::Done { job, outcome: Outcome::Failed { trouble: refusal(), keep_dialog: true } });
    assert_eq!(mfa(&driver).notice, Some(Notice::Refused(refusal())));
    assert!(mfa(&driver).code.is_empty() && mfa(&driver).job.is_none());
    driver.paste("111222");
    assert!(matches!(driver.asked()[..], [Effect::Renew { .. }]));
}

#[test]
fn esc_cancels_what_waits_and_not_what_writes() {
    let mut driver = driver();
    driver.press("r").paste("492039").asked();
    let job = mfa(&driver).job.unwrap();
    driver.press("Esc");
    assert_eq!(driver.asked(), [Effect::Cancel(job)]);
    driver.tell(Msg::Progress { job, stage: Stage::Writing }).press("Esc");
    assert_eq!(driver.asked(), []);
    assert_eq!(said(&driver), Some(&Said::Disabled(Why::Writing)));
    driver.tell(Msg::Done { job, outcome: Outcome::Cancelled });
    assert_eq!(mfa(&driver).notice, Some(Notice::Cancelled));
}

#[test]
fn a_renewed_session_closes_the_dialog_and_reads_the_files() {
    let mut driver = driver();
    driver.press("r").paste("492039").asked();
    let job = mfa(&driver).job.unwrap();
    let outcome = Outcome::Renewed {
        profile: "work".to_owned(),
        session_profile: "work-mfa".to_owned(),
        expires_at: Some(screen_facts::now()),
    };
    driver.tell(Msg::Done { job, outcome });
    assert!(driver.model.dialog.is_none() && driver.model.jobs.is_empty());
    assert_eq!(driver.asked(), [Effect::Load]);
}

#[test]
fn a_session_renews_the_profile_with_the_keys() {
    let mut driver = driver();
    driver.press("3 r").paste("492039");
    assert!(matches!(&driver.asked()[..], [Effect::Renew { profile, .. }] if profile == "work"));
}

#[test]
fn a_sign_in_waits_for_a_person_and_goes_with_its_job() {
    for key in ["l", "r"] {
        let mut driver = driver();
        driver.press(&format!("j j j j j j {key}"));
        let asked = driver.asked();
        let [Effect::Login { job, profile }] = &asked[..] else { panic!("{asked:?}") };
        assert_eq!(profile, "lab");
        let url = "https://device.example/?user_code=ABCD-EFGH".to_owned();
        let invitation =
            Invitation { url: url.clone(), code: Some("ABCD-EFGH".to_owned()), expires_at: None };
        driver.tell(Msg::Progress { job: *job, stage: Stage::Person(Box::new(invitation)) });
        driver.press("y");
        assert_eq!(driver.asked(), [Effect::Copy { what: Copied::Address, text: url }]);
        driver.press("Esc");
        assert_eq!(driver.asked(), [Effect::Cancel(*job)]);
        driver.tell(Msg::Done { job: *job, outcome: Outcome::Cancelled });
        assert!(driver.model.dialog.is_none());
    }
    let mut driver = driver();
    driver.press("j j j j j j l");
    let asked = driver.asked();
    let [Effect::Login { job, .. }] = &asked[..] else { panic!("{asked:?}") };
    let (profile, name) = ("lab".to_owned(), "acme-sso".to_owned());
    let outcome = Outcome::SignedIn { profile, name: name.clone(), expires_at: screen_facts::now() };
    driver.tell(Msg::Done { job: *job, outcome });
    assert_eq!(driver.asked(), [Effect::Load]);
    assert_eq!(said(&driver), Some(&Said::SignedIn { name }));
    assert!(driver.model.dialog.is_none());
}

#[test]
fn the_page_of_identity_center_makes_profiles_and_leads_to_them() {
    let mut driver = driver();
    driver.press("O");
    let asked = driver.asked();
    let [Effect::Offers { job, session }] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(session, "corp");
    let mut driver = self::driver();
    screen_facts::portal(&mut driver);
    driver.asked();
    driver.press("Enter");
    let asked = driver.asked();
    let made = matches!(&asked[..], [Effect::Write { change: Change::Add { profile, .. }, confirmed: false, .. }]
        if profile == "acme-lab-administratoraccess");
    assert!(made && driver.model.dialog.is_none(), "{asked:?}");
    let mut driver = self::driver();
    screen_facts::portal(&mut driver);
    driver.press("l a b Space r e a Enter");
    assert_eq!((driver.model.selected_name(), driver.model.dialog.is_none()), (Some("lab"), true));
    let mut driver = self::driver();
    screen_facts::portal(&mut driver);
    driver.asked();
    driver.press("C-s");
    let asked = driver.asked();
    let all = matches!(&asked[..], [Effect::Write { change: Change::Sync { session, grants, .. }, confirmed: false, .. }]
        if session == "corp" && grants.len() == 5);
    assert!(all, "{asked:?}");
    let mut driver = self::driver();
    screen_facts::portal(&mut driver);
    driver.asked();
    driver.press("C-y");
    let text = "eval \"$(awsprof sso env corp 444455556666 AdministratorAccess)\"".to_owned();
    assert_eq!(driver.asked(), [Effect::Copy { what: Copied::Command, text }]);
    // Nobody is signed in: Enter does it.
    let mut driver = self::driver();
    driver.press("O");
    driver.asked();
    let trouble = Trouble { message: "corp: nobody is signed in".to_owned(), hint: None };
    driver.tell(Msg::Offered { job: *job, result: Err(trouble) });
    driver.press("Enter");
    let asked = driver.asked();
    let [Effect::Login { job, profile }] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(profile, "corp");
    // Signed in or not, it leads back to the page it came from.
    driver.tell(Msg::Done { job: *job, outcome: Outcome::Cancelled });
    assert!(matches!(&driver.model.dialog, Some(Dialog::Portal(page)) if page.session == "corp"));
    assert!(matches!(&driver.asked()[..], [Effect::Offers { session, .. }] if session == "corp"));
}

#[test]
fn a_disabled_key_says_why() {
    for (keys, why) in [
        ("j j j j j r", Why::NoLongTermKeys),
        ("l", Why::NoSignIn),
        ("j j j j j j j r", Why::ProcessRenewsItself),
        ("n", Why::NoFilter),
    ] {
        let mut driver = driver();
        driver.press(keys);
        assert_eq!(said(&driver), Some(&Said::Disabled(why)), "{keys}");
        assert_eq!(driver.asked(), []);
    }
}

#[test]
fn the_filter_is_live_and_esc_takes_it_back() {
    let shown = |driver: &Driver| -> Vec<String> {
        driver.model.list.hits.iter().map(|hit| driver.model.overview.rows[hit.row].name.clone()).collect()
    };
    let mut driver = driver();
    driver.press("/ p l a y");
    assert_eq!(shown(&driver), ["play-long-term", "play"]);
    driver.press("Enter n n n");
    assert_eq!(driver.model.selected_name(), Some("play"));
    driver.press("Esc");
    assert_eq!(shown(&driver).len(), 9);
    assert_eq!(driver.model.selected_name(), Some("play"), "the selection stays");
    driver.press("/ ! w o r k Enter");
    assert!(!shown(&driver).iter().any(|name| name.contains("work")));
    driver.press("Esc / 4 4 4 4 5");
    assert_eq!(shown(&driver), ["play-long-term", "play", "lab"], "accounts count too");
}

#[test]
fn the_selection_survives_a_reload() {
    let mut driver = driver();
    driver.press("j j j");
    let mut overview = screen_facts::overview();
    overview.rows.remove(0);
    driver.tell(Msg::Loaded(Box::new(overview)));
    assert_eq!(driver.model.selected_name(), Some("deploy-prod"));
}

#[test]
fn an_old_trace_is_never_shown() {
    let mut driver = driver();
    driver.press("j j");
    let late = screen_facts::trace("work", "aws-cli-v2");
    driver.tell(Msg::Traced {
        job: None,
        profile: "work".into(),
        explicit: false,
        trace: Box::new(late),
        asked_at: None,
    });
    assert_eq!(driver.model.shown_trace().map(|traced| traced.profile.as_str()), Some("work-admin"));
}

#[test]
fn probing_is_a_key_and_a_job() {
    let mut driver = driver();
    driver.press("p");
    let [Effect::Trace { ask: Some(job), profile, .. }] = &driver.asked()[..] else { panic!() };
    assert_eq!(profile, "work");
    assert_eq!(driver.model.jobs[0].kind, JobKind::Probe);
    let trace = Box::new(screen_facts::trace("work", "aws-cli-v2"));
    driver.tell(Msg::Traced {
        job: Some(*job),
        profile: "work".into(),
        explicit: false,
        trace,
        asked_at: Some(screen_facts::now()),
    });
    assert!(driver.model.jobs.is_empty());
    assert!(matches!(driver.model.shown_trace(), Some(Traced { asked_at: Some(_), .. })));
}

#[test]
fn copying_offers_no_secret() {
    let mut driver = driver();
    driver.press("y j Enter");
    let account = Effect::Copy { what: Copied::Account, text: "111122223333".to_owned() };
    assert_eq!(driver.asked(), [account]);
    driver.press("y G j j j Enter");
    let export = Effect::Copy { what: Copied::Export, text: "export AWS_PROFILE=work".to_owned() };
    assert_eq!(driver.asked(), [export]);
}

#[test]
fn editing_goes_to_the_line() {
    let mut driver = driver();
    driver.press("2 e");
    assert_eq!(driver.asked(), [Effect::Edit { path: "/home/me/.aws/credentials".into(), line: 14 }]);
    driver.press("1 e");
    assert_eq!(driver.asked(), [Effect::Edit { path: "/home/me/.aws/config".into(), line: 7 }]);
}

#[test]
fn help_runs_what_is_chosen() {
    let mut driver = driver();
    driver.press("? p r e v i o u s Space d e f Enter");
    assert!(driver.model.dialog.is_none());
    assert!(matches!(driver.asked()[..], [Effect::Write { change: Change::UsePrevious, .. }]));
}

#[test]
fn quitting_waits_for_a_write() {
    let mut driver = driver();
    driver.press("q");
    assert_eq!(driver.asked(), [Effect::Quit(Leaving::Asked)]);
    driver.press("j j Enter").asked();
    let job = driver.model.jobs[0].id;
    driver.press("C-c");
    assert_eq!(driver.asked(), []);
    assert!(matches!(driver.model.dialog, Some(Dialog::Finishing)));
    driver.tell(Msg::Done { job, outcome: used("work-admin") });
    assert!(driver.asked().contains(&Effect::Quit(Leaving::Asked)));
}

#[test]
fn q_quits_from_the_top_only_and_ctrl_c_from_everywhere() {
    for opened in ["r", "?", "/"] {
        let mut driver = driver();
        driver.press(opened).press("q");
        assert_eq!(driver.asked(), [], "{opened}");
        driver.press("C-c");
        assert_eq!(driver.asked(), [Effect::Quit(Leaving::Asked)], "{opened}");
    }
    let mut driver = driver();
    driver.tell(Msg::Terminate(Signal::HangUp));
    assert_eq!(driver.asked(), [Effect::Quit(Leaving::Signal(Signal::HangUp))]);
}

#[test]
fn an_error_stays_until_a_key() {
    let mut driver = driver();
    driver.tell(Msg::Failed(refusal()));
    driver.now += SignedDuration::from_hours(1);
    driver.tell(Msg::Woke);
    assert_eq!(driver.model.toasts.len(), 1);
    driver.press("j");
    assert!(driver.model.toasts.is_empty());
    assert_eq!(driver.model.history.len(), 1, "the history keeps it");
}

#[test]
fn read_only_refuses_with_a_reason() {
    let mut driver = driver();
    driver.model.read_only = true;
    for key in ["Enter", "r", "u", "-", "U"] {
        driver.press(key);
        assert_eq!((driver.asked(), said(&driver)), (vec![], Some(&Said::Disabled(Why::ReadOnly))), "{key}");
    }
}

#[test]
fn nothing_wakes_a_screen_without_a_countdown() {
    let mut driver = driver();
    driver.model.overview.sessions.clear();
    driver.model.kept.keeper = awsprof::aws::keep::Keeper::default();
    driver.model.overview.rows.iter_mut().for_each(|row| {
        row.session = awsprof::aws::overview::SessionState::NotNeeded;
    });
    assert_eq!(next_wake(&driver.model, driver.now), None);
    driver.press("p");
    assert_eq!(next_wake(&driver.model, driver.now), Some(driver.now + SignedDuration::from_millis(120)));
    driver.model.motion = false;
    assert_eq!(next_wake(&driver.model, driver.now), None);
}

#[test]
fn a_countdown_wakes_by_the_minute_and_in_the_last_hour_by_the_second() {
    let mut driver = driver();
    let end = driver.now + SignedDuration::from_secs(2 * 3600 + 30);
    driver.model.overview.rows.clear();
    driver.model.overview.sessions.truncate(1);
    driver.model.overview.sessions[0].expires_at = Some(end);
    driver.model.kept.keeper = awsprof::aws::keep::Keeper::default();
    let wait = |driver: &Driver| next_wake(&driver.model, driver.now).map(|at| at.duration_since(driver.now));
    assert_eq!(wait(&driver), Some(SignedDuration::from_millis(30_001)));
    driver.now = end - SignedDuration::from_millis(600_250);
    assert_eq!(wait(&driver), Some(SignedDuration::from_millis(251)));
    driver.now = end;
    assert_eq!(wait(&driver), None);
}

#[test]
fn no_two_intents_share_a_key_in_one_scope() {
    let mut seen = HashSet::new();
    for binding in BINDINGS {
        assert!(!binding.label.is_empty(), "{:?} is not documented", binding.intent);
        for key in binding.keys {
            for chord in key.split(' ') {
                assert!(Chord::parse(chord).is_some(), "{chord} is no key");
            }
            assert!(seen.insert((binding.scope, *key)), "{key} twice in {:?}", binding.scope);
            let shadowed = binding.scope != Scope::Always && seen.contains(&(Scope::Always, *key));
            assert!(!shadowed, "{key} is taken everywhere");
        }
    }
}

fn any_key() -> impl Strategy<Value = Chord> {
    let keys: Vec<Chord> = BINDINGS
        .iter()
        .flat_map(|b| b.keys)
        .flat_map(|keys| keys.split(' '))
        .filter_map(Chord::parse)
        .collect();
    prop_oneof![
        6 => proptest::sample::select(keys),
        3 => proptest::char::range('0', '9').prop_map(|c| Chord::plain(Key::Char(c))),
        1 => any::<char>().prop_map(|c| Chord::plain(Key::Char(c))),
    ]
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::Cancelled),
        any::<bool>().prop_map(|keep_dialog| Outcome::Failed { trouble: refusal(), keep_dialog }),
        Just(used("work")),
        Just(Outcome::NeedsConfirmation {
            change: Change::Redo { id: None },
            why: "because".to_owned(),
            diff: "+a".to_owned(),
            typed: None
        }),
        Just(Outcome::NeedsConfirmation {
            change: Change::Redo { id: None },
            why: "because".to_owned(),
            diff: "-a".to_owned(),
            typed: Some("7".to_owned()),
        }),
        Just(Outcome::Restricted(Vec::new())),
        Just(Outcome::StillNamed {
            change: Change::Remove {
                section: SectionId::profile("work"),
                references: References::Refuse,
                last_keys: LastKeys::Delete,
            },
            trouble: refusal(),
        }),
        Just(Outcome::Renewed {
            profile: "work".to_owned(),
            session_profile: "work-mfa".to_owned(),
            expires_at: None
        }),
    ]
}

fn any_overview() -> impl Strategy<Value = Overview> {
    (0usize..10, 0usize..4, any::<bool>()).prop_map(|(rows, sessions, managed)| {
        let mut overview = screen_facts::overview();
        overview.rows.truncate(rows);
        overview.sessions.truncate(sessions);
        overview.default = if managed { overview.default } else { DefaultState::Absent };
        overview
    })
}

fn any_spot() -> impl Strategy<Value = Spot> {
    let pane = proptest::sample::select(Pane::ALL.to_vec());
    let hints: Vec<_> = BINDINGS.iter().filter(|b| b.footer.is_some()).map(|b| b.intent).collect();
    prop_oneof![
        (pane, proptest::option::of(0usize..20)).prop_map(|(pane, line)| Spot::Pane(pane, line)),
        proptest::sample::select(hints).prop_map(Spot::Hint),
        (0usize..20).prop_map(Spot::Line),
        any::<bool>().prop_map(Spot::Answer),
        Just(Spot::Nothing),
    ]
}

/// Messages as data that can be cloned, and shrunk.
#[derive(Clone, Debug)]
enum Step {
    Key(Chord),
    Paste(String),
    Click(Spot),
    Wheel(Spot, bool),
    Resize(u16, u16),
    Focus(bool),
    Pass(u32),
    Load(Box<Overview>),
    Done(u64),
    Progress(u64, bool),
    Code(bool),
    Changed,
    Seen(u64, u8),
    Devices(u64, bool),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        24 => any_key().prop_map(Step::Key),
        2 => "[0-9 \n]{0,9}|\\PC{0,9}".prop_map(Step::Paste),
        2 => any_spot().prop_map(Step::Click),
        1 => (any_spot(), any::<bool>()).prop_map(|(spot, up)| Step::Wheel(spot, up)),
        1 => (0u16..200, 0u16..60).prop_map(|(w, h)| Step::Resize(w, h)),
        1 => any::<bool>().prop_map(Step::Focus),
        2 => (0u32..100_000_000).prop_map(Step::Pass),
        2 => any_overview().prop_map(|overview| Step::Load(Box::new(overview))),
        4 => (0u64..12).prop_map(Step::Done),
        1 => (0u64..12, any::<bool>()).prop_map(|(job, writing)| Step::Progress(job, writing)),
        1 => any::<bool>().prop_map(Step::Code),
        1 => Just(Step::Changed),
        4 => (0u64..12, 0u8..4).prop_map(|(job, what)| Step::Seen(job, what)),
        1 => (0u64..12, any::<bool>()).prop_map(|(job, well)| Step::Devices(job, well)),
    ]
}

fn msg(step: Step, outcome: Outcome) -> Msg {
    match step {
        Step::Key(chord) => Msg::Input(Input::Key(chord)),
        Step::Paste(text) => Msg::Input(Input::Paste(text)),
        Step::Click(spot) => Msg::Input(Input::Mouse(Mouse::Click(spot))),
        Step::Wheel(spot, true) => Msg::Input(Input::Mouse(Mouse::WheelUp(spot))),
        Step::Wheel(spot, false) => Msg::Input(Input::Mouse(Mouse::WheelDown(spot))),
        Step::Resize(width, height) => Msg::Input(Input::Resize(width, height)),
        Step::Focus(focused) => Msg::Input(Input::Focus(focused)),
        Step::Pass(_) => Msg::Woke,
        Step::Load(overview) => Msg::Loaded(overview),
        Step::Done(job) => Msg::Done { job: JobId(job), outcome },
        Step::Progress(job, true) => Msg::Progress { job: JobId(job), stage: Stage::Writing },
        Step::Progress(job, false) => Msg::Progress { job: JobId(job), stage: Stage::Asking },
        Step::Code(true) => Msg::Authenticator(Some(Authenticator {
            digits: "123456".to_owned(),
            seconds_left: 3,
            used: false,
        })),
        Step::Code(false) => Msg::Authenticator(None),
        Step::Changed => Msg::Changed,
        Step::Seen(job, what) => Msg::Seen { job: JobId(job), seen: crate::screen_forms::seen(what) },
        Step::Devices(job, true) => {
            Msg::Devices { job: JobId(job), result: Ok(vec!["GAHT12345678".to_owned()]) }
        }
        Step::Devices(job, false) => Msg::Devices { job: JobId(job), result: Err(refusal()) },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_happens(
        steps in proptest::collection::vec((any_step(), any_outcome()), 1..80),
        read_only in any::<bool>(),
    ) {
        let mut driver = driver();
        driver.model.read_only = read_only;
        for (step, outcome) in steps {
            if let Step::Pass(millis) = step {
                driver.now += SignedDuration::from_millis(i64::from(millis));
            }
            let asked = match &driver.model.dialog {
                Some(Dialog::Confirm(confirm)) => {
                    confirm.typing.as_ref().is_none_or(|typing| typing.text == typing.name)
                }
                _ => false,
            };
            let typing = matches!(driver.model.dialog, Some(Dialog::Mfa(_)));
            let effects = update(&mut driver.model, msg(step, outcome), driver.now);
            for effect in effects {
                prop_assert!(!(read_only && effect.writes()), "{effect:?} in read-only mode");
                match effect {
                    Effect::Write { confirmed: true, .. } => prop_assert!(asked, "confirmed without a dialog"),
                    Effect::Restrict { .. } => prop_assert!(asked, "modes without a dialog"),
                    Effect::Renew { given, .. } => {
                        let typed = matches!(&given, Given::Code(code) if code.is_full());
                        prop_assert!(typing && typed, "a code nobody typed");
                    }
                    Effect::Trace { ask: None, profile, explicit, tool } => {
                        let trace = Box::new(screen_facts::trace(&profile, tool));
                        let msg = Msg::Traced { job: None, profile, explicit, trace, asked_at: None };
                        update(&mut driver.model, msg, driver.now);
                    }
                    _ => {}
                }
            }
            if let Some(wake) = next_wake(&driver.model, driver.now) {
                prop_assert!(wake > driver.now, "{wake} is not after {}", driver.now);
            }
            prop_assert!(driver.model.toasts.len() <= 3);
            prop_assert!(driver.model.toasts.iter().all(|t| t.until.is_some() || t.said.level().stays()));
        }
        let drawn = crate::screen::drawn(&driver, &awsprof::ui::Look::new(true, false));
        let hints = format!("{:?}", driver.model);
        prop_assert!(!hints.contains("492039"));
        prop_assert!(drawn.area.width == driver.model.size.0);
    }
}
