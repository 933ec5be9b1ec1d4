//! A profile made and removed in the real program: every byte outside its section stays.

use crate::pty::Terminal;
use crate::support::Home;

const CONFIG: &str = "# mine\n[default]\nregion = eu-west-1\n\n[profile work]\nregion=eu-west-1   # near\n";
const CREDENTIALS: &str =
    "[work]\naws_access_key_id = AKIAIOSFODNN7WORK000\naws_secret_access_key = work-fake-secret\n";
const SECRET: &str = "typed/fake+secret/0123456789abcdefghijkl";

#[test]
fn a_profile_is_added_by_the_form_and_removed_by_its_typed_name() {
    let home = Home::with(CONFIG, CREDENTIALS);
    let mut terminal = Terminal::start(&home, &[]);
    terminal.shows("1 Profiles").shows("credentials file").press("A").shows("What is the new profile?");
    terminal.press("\r").shows("New profile: IAM user keys").press("ci\tAKIAIOSFODNN7CI00000\t");
    // As a terminal hands over a paste.
    terminal.press(&format!("\x1b[200~{SECRET}\r\n\x1b[201~")).shows("40 characters");
    terminal.press("\t\teu-central-1\x13").shows("Add ci?").shows("[profile ci]").press("\r");
    terminal.shows("New profile: IAM user keys").press("\x13").shows("Add ci?");
    assert_eq!([home.read(".aws/config"), home.read(".aws/credentials")], [CONFIG, CREDENTIALS]);
    terminal.press("y").shows("wrote \"add ci\"").shows("▸  ci");
    // A new section writes as its neighbours do: no blanks round the sign.
    let config = format!("{CONFIG}\n[profile ci]\nregion=eu-central-1\n");
    let keys = format!("aws_access_key_id = AKIAIOSFODNN7CI00000\naws_secret_access_key = {SECRET}\n");
    let credentials = format!("{CREDENTIALS}\n[ci]\n{keys}");
    assert_eq!([home.read(".aws/config"), home.read(".aws/credentials")], [config, credentials]);
    terminal.press("dd").shows("Remove ci?").press("yes\r").shows("type the profile's name first");
    terminal.press("\x15ci").shows("agree: ci ✓").press("\r").shows("wrote \"remove ci\"");
    assert_eq!([home.read(".aws/config"), home.read(".aws/credentials")], [CONFIG, CREDENTIALS]);
    terminal.press("L").shows("awsprof remove ci").press("q").press("q");
    assert_eq!(terminal.ends(), 0);
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(!raw.contains(SECRET) && !raw.contains("work-fake-secret"), "a secret was drawn");
}

#[test]
fn the_doctor_sets_modes_after_its_question() {
    let home = Home::with(CONFIG, CREDENTIALS);
    let mode = |mode| std::os::unix::fs::PermissionsExt::from_mode(mode);
    std::fs::set_permissions(home.file(".aws/credentials"), mode(0o644)).unwrap();
    let mut terminal = Terminal::start(&home, &[]);
    terminal.shows("1 Profiles").shows("credentials file").press("D").shows("file-mode");
    terminal.press("F").shows("Keep others out?").shows("chmod 600").press("y").shows("nobody else may look");
    let now = std::os::unix::fs::PermissionsExt::mode(
        &home.file(".aws/credentials").metadata().unwrap().permissions(),
    );
    assert_eq!(now & 0o777, 0o600);
    terminal.press("\x03");
    assert_eq!(terminal.ends(), 0);
}
