//! `setup process`: a profile that runs awsprof, written by the store's protocol, refused where it would go in circles.

use crate::support::Home;

const CONFIG: &str =
    "# mine\n[profile work]\nregion = eu-west-1\n\n[profile role]\nrole_arn = r\nsource_profile = base\n";
const CREDENTIALS: &str = "[work]\naws_access_key_id = AKIAFAKEKEY000000001\naws_secret_access_key = fake\n\n\
                           [base]\naws_access_key_id = AKIAFAKEKEY000000002\naws_secret_access_key = fake\n\n\
                           [50%]\naws_access_key_id = AKIAFAKEKEY000000003\naws_secret_access_key = fake\n";

fn home() -> Home {
    Home::with(CONFIG, CREDENTIALS)
}

#[test]
fn another_profile_gets_the_command_and_undo_takes_it_away() {
    let home = home();
    let diff = home.awsprof(&["setup", "process", "work", "--dry-run"]).ok();
    assert!(diff.contains("+[profile work-auto]"), "{diff}");
    home.awsprof(&["setup", "process", "work", "--json"]).error(7);
    assert_eq!(home.read(".aws/config"), CONFIG, "nobody agreed");
    let answer = home.awsprof(&["setup", "process", "work", "--yes", "--json"]).json();
    assert_eq!((&answer["profile"], &answer["exports"]), (&"work-auto".into(), &"work".into()));
    let config = home.read(".aws/config");
    let section = "[profile work-auto]\ncredential_process = awsprof export work --format process\nregion = eu-west-1\n";
    assert!(config.contains(section), "{config}");
    assert_eq!(home.read(".aws/credentials"), CREDENTIALS);
    home.awsprof(&["setup", "process", "work", "--yes"]).ok();
    assert_eq!(home.read(".aws/config"), config, "twice is once");
    home.awsprof(&["undo"]).ok();
    assert_eq!(home.read(".aws/config"), CONFIG);
}

#[test]
fn an_odd_name_is_quoted_as_every_splitter_reads_it() {
    let home = home();
    home.awsprof(&["setup", "process", "50%", "--as", "auto", "--yes"]).ok();
    let config = home.read(".aws/config");
    assert!(config.contains("credential_process = awsprof export '50%' --format process\n"), "{config}");
}

#[test]
fn what_would_go_in_circles_or_take_a_place_is_refused() {
    let home = home();
    home.awsprof(&["setup", "process", "work", "--yes"]).ok();
    let before = home.read(".aws/config");
    let refused = [
        (&["work", "--as", "work"][..], 7, "from itself"),
        (&["work", "--as", "work-mfa"], 7, "MFA session"),
        (&["role", "--as", "base"], 7, "gets its credentials from"),
        (&["work-auto"], 7, "filled by awsprof"),
        (&["work", "--as", "role"], 7, "role_arn"),
        (&["work", "--as", "base"], 7, "aws_access_key_id"),
        (&["ghost"], 3, "ghost"),
    ];
    for (args, code, words) in refused {
        let error = home.awsprof(&[&["setup", "process", "--yes", "--json"], args].concat()).error(code);
        assert!(error["message"].as_str().unwrap().contains(words), "{args:?}: {error}");
    }
    assert_eq!(home.read(".aws/config"), before);
}
