//! `add`, `edit`, `rename`, `copy`, `remove` as scripts and people use them, on the built program.

use awsprof::aws::world::Clock;
use awsprof::sandbox::Sandbox;
use awsprof::sandbox::cast::Cast;

use crate::pty::Terminal;
use crate::support::{Home, below};

const CONFIG: &str = "\
# mine
[profile work] # the day job
region = eu-west-1
mfa_serial = arn:aws:iam::111122223333:mfa/alice
s3 =
  max_queue_size = 7

[profile admin]
role_arn = arn:aws:iam::444455556666:role/admin
source_profile = work

[profile auto]
credential_process = /opt/awsprof export work --format process

[profile play]
sso_session = corp

[sso-session corp]
sso_start_url = https://corp.example/start
sso_region = eu-west-1
";
const CREDENTIALS: &str = "\
[work]
# rotated in May
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = not-a-real-secret/but+long

[work-mfa]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = session-fake-secret
aws_session_token = session-fake-token
x_security_token_expires = 2026-01-01T00:00:00Z

[other]
aws_access_key_id = AKIAIOSFODNN7OTHER00
aws_secret_access_key = another-fake-secret
";
const SECRETS: [&str; 4] = ["not-a-real-secret", "session-fake", "another-fake-secret", "typed-fake-secret"];

fn home() -> Home {
    Home::with(CONFIG, CREDENTIALS)
}

fn files(home: &Home) -> [String; 2] {
    [home.read(".aws/config"), home.read(".aws/credentials")]
}

/// Every verb once, with what makes it go through.
const VERBS: [&[&str]; 5] = [
    &["add", "fresh", "--set", "region=eu-west-1", "--set", "output=json"],
    &["edit", "work", "--set", "region=us-east-1", "--unset", "mfa_serial"],
    &["rename", "work", "job"],
    &["copy", "work", "work-us"],
    &["remove", "other"],
];

#[test]
fn every_verb_writes_once_agreed_to_and_undo_gives_every_byte_back() {
    for verb in VERBS {
        let home = home();
        let refused = home.awsprof(&[verb, &["--json"]].concat()).error(7);
        assert!(refused["hint"].as_str().unwrap().contains("--yes"), "{verb:?}: {refused}");
        let dry = home.awsprof(&[verb, &["--dry-run"]].concat()).ok();
        assert!(dry.contains("--- ") && dry.contains("\n+"), "{verb:?}: {dry}");
        let json = home.awsprof(&[verb, &["--dry-run", "--json"]].concat()).json();
        assert_eq!(json["diff"], dry.as_str());
        assert_eq!(files(&home), [CONFIG, CREDENTIALS], "{verb:?}: nobody agreed: nothing is written");
        let answer = home.awsprof(&[verb, &["--yes", "--json"]].concat());
        for secret in SECRETS {
            assert!(!dry.contains(secret) && !answer.stdout.contains(secret), "{verb:?}: {dry}");
            assert!(!answer.stderr.contains(secret), "{verb:?}: {}", answer.stderr);
        }
        let answer = answer.json();
        assert_eq!(answer["verb"], verb[0]);
        assert!(!answer["changed"].as_array().unwrap().is_empty(), "{answer}");
        let written = files(&home);
        assert_ne!(written, [CONFIG, CREDENTIALS], "{verb:?}");
        assert_eq!(home.awsprof(&["undo", "--yes", "--json"]).json()["verb"], verb[0]);
        assert_eq!(files(&home), [CONFIG, CREDENTIALS], "{verb:?}");
        home.awsprof(&["redo", "--yes"]).ok();
        assert_eq!(files(&home), written, "{verb:?}");
    }
}

#[test]
fn keys_and_tokens_go_to_credentials_and_the_rest_to_config() {
    let home = home();
    let args = ["add", "ci", "--set", "aws_access_key_id=AKIAIOSFODNN7CI00000", "--set", "region=eu-west-1"];
    let secrets = "aws_secret_access_key = typed-fake-secret\n\n";
    let answer = home.awsprof_fed(&[&args[..], &["--secrets-stdin", "--yes"]].concat(), secrets);
    assert!(!format!("{answer:?}").contains("typed-fake-secret"), "{answer:?}");
    answer.ok();
    assert_eq!(files(&home)[0], format!("{CONFIG}\n[profile ci]\nregion = eu-west-1\n"));
    let section =
        "\n[ci]\naws_access_key_id = AKIAIOSFODNN7CI00000\naws_secret_access_key = typed-fake-secret\n";
    assert_eq!(files(&home)[1], format!("{CREDENTIALS}{section}"));
}

#[test]
fn refusals_have_the_exit_codes_of_the_contract() {
    let home = home();
    let table: [(i32, &str, &[&str]); 19] = [
        (3, "profile-not-found", &["edit", "ghost", "--set", "region=x"]),
        (3, "not-found", &["edit", "work", "--unset", "output"]),
        (3, "profile-not-found", &["rename", "ghost", "job"]),
        (3, "profile-not-found", &["copy", "ghost", "job"]),
        (3, "profile-not-found", &["remove", "ghost"]),
        (3, "profile-not-found", &["remove", "work", "--retarget", "ghost"]),
        (7, "refused", &["add", "work", "--set", "region=x"]),
        (7, "refused", &["rename", "other", "work"]),
        (7, "refused", &["copy", "other", "default"]),
        (7, "still-named", &["remove", "work"]),
        (7, "still-named", &["remove", "corp", "--sso-session"]),
        (7, "refused", &["add", "x", "--set", "source_profile=ghost"]),
        (7, "refused", &["edit", "work", "--set", "services=ghost"]),
        (7, "refused", &["edit", "work", "--unset", "aws_secret_access_key"]),
        (7, "refused", &["add", "x", "--set", "credential_process=awsprof export x"]),
        (7, "no-terminal", &["add", "x"]),
        (2, "bad-name", &["add", "two words", "--set", "region=x"]),
        (2, "secret-in-arguments", &["edit", "work", "--set", "aws_session_token=typed-fake-secret"]),
        (2, "edit", &["edit", "work", "--set", "region=x # y"]),
    ];
    for (code, word, args) in table {
        let error = home.awsprof(&[args, &["--yes", "--json"]].concat()).error(code);
        assert_eq!(error["code"], word, "{args:?}: {error}");
        assert!(!error.to_string().contains("typed-fake-secret"), "{error}");
    }
    assert_eq!(files(&home), [CONFIG, CREDENTIALS]);
}

#[test]
fn a_renamed_profile_is_followed_by_everything_that_names_it() {
    let home = home();
    home.awsprof(&["use", "work"]).ok();
    home.awsprof(&["rename", "work", "job", "--yes"]).ok();
    let [config, credentials] = files(&home);
    assert!(config.starts_with("# mine\n[profile job] # the day job\nregion = eu-west-1\n"), "{config}");
    assert!(config.contains("source_profile = job\n"), "{config}");
    assert!(config.contains("credential_process = /opt/awsprof export job --format process\n"), "{config}");
    assert!(credentials.starts_with("[job]\n# rotated in May\n"), "{credentials}");
    assert!(credentials.contains("[job-mfa]\n") && !credentials.contains("[work"), "{credentials}");
    let rows = home.awsprof(&["list", "job", "--json"]).json();
    assert_eq!((&rows[0]["name"], &rows[0]["default"]), (&"job".into(), &true.into()));
    assert_eq!(rows[1]["session_of"], "job");
    home.awsprof(&["rename", "--sso-session", "corp", "acme", "--yes"]).ok();
    assert!(home.read(".aws/config").contains("sso_session = acme\n\n[sso-session acme]\n"));
    home.awsprof(&["undo", "--yes"]).ok();
    home.awsprof(&["undo", "--yes"]).ok();
    assert_eq!(home.awsprof(&["list", "work", "--json"]).json()[0]["default"], true);
    home.awsprof(&["undo", "--yes"]).ok();
    assert_eq!(files(&home), [CONFIG, CREDENTIALS]);
}

#[test]
fn what_names_a_removed_profile_does_as_it_is_told() {
    let home = home();
    let error = home.awsprof(&["remove", "work", "--yes", "--json"]).error(7);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("source_profile of `admin` (config:10)"), "{message}");
    assert!(message.contains("credential_process of `auto` (config:13)"), "{message}");
    home.awsprof(&["remove", "work", "--retarget", "other", "--yes"]).ok();
    let config = home.read(".aws/config");
    assert!(
        config.contains("source_profile = other\n") && config.contains("export other --format"),
        "{config}"
    );
    home.awsprof(&["undo", "--yes"]).ok();
    let left = home.awsprof(&["remove", "work", "--leave-references", "--yes"]);
    assert!(left.stderr.contains("still names `work`"), "{}", left.stderr);
    home.awsprof(&["undo", "--yes"]).ok();
    home.awsprof(&["use", "other"]).ok();
    let error = home.awsprof(&["remove", "other", "--yes", "--json"]).error(7);
    assert!(error["message"].as_str().unwrap().contains("[default] is a copy of it"), "{error}");
}

#[test]
fn the_last_copy_of_long_term_keys_never_vanishes_silently() {
    let home = home();
    let kept = home.awsprof(&["remove", "other", "--yes"]);
    assert!(kept.stderr.contains("kept in [other-original]"), "{}", kept.stderr);
    assert!(
        home.read(".aws/credentials").contains("[other-original]\naws_access_key_id = AKIAIOSFODNN7OTHER00")
    );
    home.awsprof(&["undo", "--yes"]).ok();
    home.awsprof(&["remove", "other", "--delete-keys", "work", "--json"]).error(2);
    home.awsprof(&["remove", "other", "--delete-keys", "other", "--yes"]).ok();
    assert!(!home.read(".aws/credentials").contains("AKIAIOSFODNN7OTHER00"));
    home.awsprof(&["undo", "--yes"]).ok();
    let args =
        ["edit", "other", "--set", "aws_access_key_id=AKIAIOSFODNN7NEW0000", "--secrets-stdin", "--yes"];
    home.awsprof_fed(&args, "aws_secret_access_key=typed-fake-secret").ok();
    let credentials = home.read(".aws/credentials");
    assert!(
        credentials.contains("[other-original]\naws_access_key_id = AKIAIOSFODNN7OTHER00"),
        "{credentials}"
    );
}

#[test]
fn a_managed_default_stays_in_step_with_an_edited_profile() {
    let home = home();
    home.awsprof(&["use", "other"]).ok();
    home.awsprof(&["edit", "other", "--set", "region=eu-central-1", "--yes"]).ok();
    assert!(
        home.read(".aws/config").contains("[default]\nregion = eu-central-1"),
        "{}",
        home.read(".aws/config")
    );
    assert_eq!(home.awsprof(&["list", "other", "--json"]).json()[0]["default"], true);
}

#[test]
fn settings_of_our_own_follow_a_rename_and_hold_a_removal() {
    let home = home();
    std::fs::create_dir_all(home.file(".awsprof")).unwrap();
    let settings = "\u{feff}# mine\r\n[session]\r\nprofiles = { other = \"elsewhere\" } # here\r\n";
    home.write(".awsprof/config.toml", settings);
    let error = home.awsprof(&["remove", "other", "--yes", "--json"]).error(7);
    assert!(error["message"].as_str().unwrap().contains("config.toml"), "{error}");
    let diff = home.awsprof(&["rename", "other", "third", "--dry-run"]).ok();
    assert!(diff.contains("+profiles = { third = \"elsewhere\" } # here"), "{diff}");
    assert_eq!(home.read(".awsprof/config.toml"), settings);
    let done = home.awsprof(&["rename", "other", "third", "--yes", "--json"]).json();
    assert_eq!(
        done["changed"].as_array().unwrap().last().unwrap(),
        home.file(".awsprof/config.toml").to_str().unwrap()
    );
    assert_eq!(home.read(".awsprof/config.toml"), settings.replace("other", "third"));
    home.awsprof(&["undo", "--yes"]).ok();
    assert_eq!(home.read(".awsprof/config.toml"), settings);
    assert_eq!(files(&home), [CONFIG, CREDENTIALS]);
    home.awsprof(&["redo", "--yes"]).ok();
    assert_eq!(home.read(".awsprof/config.toml"), settings.replace("other", "third"));
    home.write(".awsprof/config.toml", "[session]\nprofiles = { third = \"mine\" }\n");
    home.awsprof(&["undo", "--yes", "--json"]).error(6);
    assert!(
        home.read(".aws/config").contains("[profile third]")
            || home.read(".aws/credentials").contains("[third]")
    );
    let names: Vec<_> = below(&home.file(".awsprof"))
        .into_iter()
        .filter(|p| p.to_string_lossy().contains("awsprof-tmp"))
        .collect();
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn the_name_must_be_typed_where_the_last_keys_would_go() {
    let home = home();
    let mut no = Terminal::start(&home, &["remove", "other"]);
    no.shows("Type the name `other` to agree").press("yes\n");
    assert_eq!(no.ends(), 7);
    assert_eq!(files(&home), [CONFIG, CREDENTIALS]);
    let mut yes = Terminal::start(&home, &["remove", "other"]);
    yes.shows("Type the name `other` to agree").press("other\n");
    assert_eq!(yes.ends(), 0);
    assert!(!home.read(".aws/credentials").contains("AKIAIOSFODNN7OTHER00"));
    assert!(!String::from_utf8_lossy(&yes.raw).contains("another-fake-secret"));
}

/// The wizard asks the embedded AWS for the device of the keys that were typed.
#[test]
fn add_asks_for_everything_and_echoes_no_secret() {
    let cast = Cast::demo().unwrap();
    let alice = cast.users.iter().find(|user| user.name == "alice").unwrap().clone();
    let sandbox = Sandbox::start(cast, Clock::Fixed(Clock::System.now())).unwrap();
    let mut home = home();
    for (name, value) in sandbox.env() {
        home.set(name, &value);
    }
    let secret = alice.secret_access_key.to_owned();
    let mut terminal = Terminal::start(&home, &["add", "fresh"]);
    terminal.shows("1-4 [1]: ").press("1\n").shows("AWS Access Key ID: ").press(alice.access_key_id);
    terminal.press("\n").shows("AWS Secret Access Key: ").press(&secret).press("x\x7f\r");
    terminal.shows("Default region name [None]: ").press("eu-west-1\n");
    terminal.shows("Default output format [None]: ").press("\n");
    terminal.shows("MFA device (ARN) [arn:aws:iam::").press("\n").shows("Write this? [y/N]").press("y\n");
    assert_eq!(terminal.ends(), 0);
    assert!(!String::from_utf8_lossy(&terminal.raw).contains(&secret), "the secret was shown");
    let [config, credentials] = files(&home);
    assert!(config.contains("[profile fresh]\nregion = eu-west-1\nmfa_serial = arn:aws:iam::"), "{config}");
    assert!(credentials.contains(&format!("aws_secret_access_key = {secret}\n")), "{credentials}");
}

#[test]
fn every_other_kind_is_asked_for_too() {
    let home = home();
    let said = |name: &str, answers: &[(&str, &str)]| {
        let mut terminal = Terminal::start(&home, &["add", name]);
        for (question, answer) in answers {
            terminal.shows(question).press(&format!("{answer}\n"));
        }
        terminal.shows("Write this? [y/N]").press("y\n");
        assert_eq!(terminal.ends(), 0, "{}", terminal.text());
    };
    let ends = [("Default region name", "eu-west-1"), ("Default output format", "")];
    let role = [("1-4 [1]", "2"), ("Role ARN", "arn:aws:iam::1:role/x"), ("Source profile", "work")];
    said("r", &[&role[..], &[("[arn:aws:iam::111122223333:mfa/alice, - for none]", "")], &ends].concat());
    let sign_in =
        [("1-4 [1]", "3"), ("SSO session name", "acme"), ("SSO start URL", "https://acme.example/start")];
    let more =
        [("SSO region", "us-east-1"), ("registration scopes", ""), ("Account id", "1"), ("Role name", "ro")];
    said("s", &[&sign_in[..], &more, &ends].concat());
    said("p", &[&[("1-4 [1]", "4"), ("Command", "/bin/keys --for p")], &ends[..]].concat());
    let config = home.read(".aws/config");
    let serial = "mfa_serial = arn:aws:iam::111122223333:mfa/alice";
    for section in [
        &format!(
            "[profile r]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = work\n{serial}\nregion = eu-west-1\n"
        ),
        "[sso-session acme]\nsso_start_url = https://acme.example/start\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n",
        "[profile s]\nsso_session = acme\nsso_account_id = 1\nsso_role_name = ro\nregion = eu-west-1\n",
        "[profile p]\ncredential_process = /bin/keys --for p\nregion = eu-west-1\n",
    ] {
        assert!(config.contains(section), "{section}\n{config}");
    }
}

#[test]
fn edit_asks_as_aws_configure_does_and_enter_keeps() {
    let home = home();
    let mut terminal = Terminal::start(&home, &["edit", "work"]);
    terminal
        .shows("AWS Access Key ID […MPLE]: ")
        .press("\n")
        .shows("region name [eu-west-1]: ")
        .press("us-east-1\n");
    terminal.shows("output format [None]: ").press("\n").shows("Write this? [y/N]").press("n\n");
    assert_eq!(terminal.ends(), 7);
    assert_eq!(files(&home), [CONFIG, CREDENTIALS]);
    let mut terminal = Terminal::start(&home, &["edit", "work"]);
    terminal.shows("AWS Access Key ID").press("\n").shows("region name").press("us-east-1\n");
    terminal.shows("output format").press("\n").shows("Write this? [y/N]").press("y\n");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(files(&home), [&CONFIG.replacen("eu-west-1", "us-east-1", 1), CREDENTIALS]);
}

#[test]
fn ctrl_c_at_a_hidden_prompt_gives_the_terminal_back() {
    let home = home();
    let args = ["edit", "other", "--set", "aws_access_key_id=AKIAIOSFODNN7NEW0000"];
    let mut terminal = Terminal::start(&home, &args);
    terminal.shows("AWS Secret Access Key: ").press("typed-fake-secret\x03");
    assert_eq!(terminal.ends(), 130);
    assert!(!String::from_utf8_lossy(&terminal.raw).contains("typed-fake-secret"));
    assert_eq!(files(&home), [CONFIG, CREDENTIALS]);
}

const CSV: &str = "Access key ID,Secret access key\nAKIAIOSFODNN7CSV0000,typed-fake-secret\n";

#[test]
fn import_shows_what_it_found_asks_and_writes() {
    let home = home();
    home.write("alice_accessKeys.csv", CSV);
    let refused = home.awsprof(&["import", "alice_accessKeys.csv"]);
    assert_eq!(refused.code, 7);
    assert!(refused.stderr.contains("alice (…0000, AWS console CSV)"), "{}", refused.stderr);
    let dry = home.awsprof(&["import", "alice_accessKeys.csv", "--dry-run"]);
    assert!(!format!("{dry:?}").contains("typed-fake-secret"), "{dry:?}");
    assert_eq!(files(&home), [CONFIG, CREDENTIALS]);
    let args = ["import", "alice_accessKeys.csv", "--as", "ci", "--yes", "--json"];
    assert_eq!(home.awsprof(&args).json()["profile"], "ci");
    let section =
        "\n[ci]\naws_access_key_id = AKIAIOSFODNN7CSV0000\naws_secret_access_key = typed-fake-secret\n";
    assert_eq!(files(&home)[1], format!("{CREDENTIALS}{section}"));
    home.awsprof(&["undo", "--yes"]).ok();
    assert_eq!(files(&home), [CONFIG, CREDENTIALS]);
}

#[test]
fn an_imported_session_counts_down_and_an_existing_profile_is_asked_about() {
    let home = home();
    let ini = "[other]\naws_access_key_id=ASIAIOSFODNN7VAULT00\naws_secret_access_key=typed-fake-secret\n\
               aws_session_token=typed-fake-token\naws_credential_expiration=2199-01-01T00:00:00Z\nregion=eu-west-1\n";
    let answer = home.awsprof_fed(&["import", "-"], ini);
    assert_eq!(answer.code, 7, "{}", answer.stderr);
    let dry = home.awsprof_fed(&["import", "-", "--dry-run", "--json"], ini).json();
    assert!(dry["confirm"].as_str().unwrap().contains("REPLACES keys of [other]"), "{dry}");
    home.awsprof_fed(&["import", "-", "--yes"], ini).ok();
    let row = &home.awsprof(&["list", "other", "--json"]).json()[0];
    assert_eq!((&row["kind"], &row["expires_at"]), (&"session".into(), &"2199-01-01T00:00:00Z".into()));
    assert!(
        home.read(".aws/credentials").contains("[other-original]\naws_access_key_id = AKIAIOSFODNN7OTHER00")
    );
}

#[test]
fn import_refuses_by_the_contract() {
    let home = home();
    home.write("empty.csv", "Access key ID,Secret access key\n");
    home.write("story.txt", "once upon a time");
    home.write("one.csv", CSV);
    home.write("two.ini", CREDENTIALS);
    for (code, args) in [
        (6, &["import", "ghost.csv"][..]),
        (6, &["import", "story.txt"]),
        (3, &["import", "empty.csv"]),
        (2, &["import", "two.ini", "--as", "x"]),
        (2, &["import", "one.csv", "--as", "a b"]),
        (2, &["import", "one.csv", "one.csv", "two.ini", "--as", "x"]),
        (6, &["import", "/dev/zero"]),
    ] {
        let answer = home.awsprof(&[args, &["--yes", "--json", "-q"]].concat());
        assert!(!answer.stderr.contains("fake-secret"), "{}", answer.stderr);
        answer.error(code);
    }
    assert_eq!(files(&home), [CONFIG, CREDENTIALS]);
}

#[test]
fn what_is_found_under_one_name_gets_names_of_its_own() {
    let home = home();
    let key = |id: &str| format!("other,AKIAIOSFODNN7{id},typed-fake-secret\n");
    let head = "User name,Access key ID,Secret access key\n";
    home.write("a.csv", &[head, &key("CSV1000"), &key("CSV2000")].concat());
    home.write("b.csv", &[head, &key("CSV2000"), &key("CSV3000")].concat());
    let answer = home.awsprof(&["import", "a.csv", "b.csv", "--yes"]);
    assert!(answer.stderr.contains("[other-2]"), "{}", answer.stderr);
    answer.ok();
    let credentials = home.read(".aws/credentials");
    for section in
        ["[other]\naws_access_key_id = AKIAIOSFODNN7CSV1", "[other-2]\naws_access_key_id = AKIAIOSFODNN7CSV2"]
    {
        assert!(credentials.contains(section), "{credentials}");
    }
    assert!(credentials.contains("[other-3]\naws_access_key_id = AKIAIOSFODNN7CSV3"), "{credentials}");
    assert_eq!(credentials.matches("CSV2000").count(), 1, "the same key twice is one find: {credentials}");
}

/// boto3 reads such a comment as part of the key; that is the doctor's to mend, not a reason to refuse another name.
#[test]
fn a_section_with_comments_behind_its_keys_can_be_renamed() {
    let credentials = CREDENTIALS.replace("AKIAIOSFODNN7OTHER00", "AKIAIOSFODNN7OTHER00 # mine");
    let home = Home::with("[profile other]\nregion = eu-west-1 ; home\n", &credentials);
    home.awsprof(&["rename", "other", "third", "--yes"]).ok();
    assert_eq!(files(&home)[1], credentials.replace("[other]", "[third]"));
    assert_eq!(files(&home)[0], "[profile third]\nregion = eu-west-1 ; home\n");
}

#[test]
fn a_section_that_changed_since_is_shown_and_left_alone() {
    let home = home();
    home.awsprof(&["edit", "work", "--set", "region=us-east-1", "--yes"]).ok();
    let foreign = files(&home)[0].replace("us-east-1", "eu-north-1");
    home.write(".aws/config", &foreign);
    let answer = home.awsprof(&["undo", "--yes"]);
    assert_eq!(answer.code, 6);
    assert!(answer.stderr.contains("-region = us-east-1\n+region = eu-north-1\n"), "{}", answer.stderr);
    let error = home.awsprof(&["undo", "--yes", "--json"]).error(6);
    assert!(error["diff"].as_str().unwrap().contains("+region = eu-north-1"), "{error}");
    assert_eq!(files(&home)[0], foreign);
}
