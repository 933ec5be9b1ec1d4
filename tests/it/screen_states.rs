//! Every state the screen can be in, by name: what the pictures show and the rules are held against.

use awsprof::app::settings::{Listing, Setting};
use awsprof::app::{Authenticator, JobId, Msg, Outcome, Seen, Stage, Trouble};
use awsprof::aws::change::{Change, Written};
use awsprof::aws::metadata::Found;
use awsprof::aws::overview::Overview;
use awsprof::config::edit;

use crate::screen_chain;
use crate::screen_facts::Driver;

fn trouble(message: &str, hint: &str) -> Trouble {
    Trouble { message: message.to_owned(), hint: Some(hint.to_owned()) }
}

/// Every state the screen can be in, by name.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn states(width: u16, height: u16) -> Vec<(&'static str, Driver)> {
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
    add("settings", |driver| settings(driver).press("j j j").effects.clear());
    add("about", |driver| {
        driver.press("V");
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

fn settings(driver: &mut Driver) -> &mut Driver {
    driver.press("S");
    let job = driver.model.jobs[0].id;
    let one = |edit::Listed { key, default, meaning, set, choices }| Setting {
        key,
        default,
        meaning,
        set,
        choices,
    };
    let settings = edit::list("[ui]\ntheme = \"night\"\n").into_iter().map(one).collect();
    let listing = Listing { file: "/home/me/.config/awsprof/config.toml".into(), settings };
    driver.tell(Msg::Seen { job, seen: Ok(Seen::Preferences(listing)) })
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
