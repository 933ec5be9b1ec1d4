//! `doctor --fix`: every repair gives the text it should, the problem is gone, and undo gives the file back.

use super::*;
use crate::aws::change::Spot;
use crate::aws::lint;
use crate::aws::store::Class;

const UNDO: Change = Change::Undo { id: None };

fn found(home: &Home) -> Vec<Spot> {
    let problems = lint::lint_at(&home.estate(), home.world.now());
    problems.iter().filter(|problem| problem.fixable).filter_map(Spot::of).collect()
}

/// Mends all that can be mended, and looks at what is left and at the way back.
#[track_caller]
fn mended(config: &str, credentials: &str) -> (String, String) {
    let home = Home::with(config, credentials);
    let problems = found(&home);
    assert!(!problems.is_empty(), "nothing to mend");
    let written = home.confirmed(&Change::Mend { problems });
    assert_eq!(written.notes, [""; 0]);
    assert_eq!(found(&home), []);
    let both = home.both();
    home.confirmed(&UNDO);
    assert_eq!(home.both(), (config.to_owned(), credentials.to_owned()), "undo");
    both
}

#[track_caller]
fn config(before: &str, after: &str) {
    assert_eq!(mended(before, "").0, after);
}

#[track_caller]
fn credentials(before: &str, after: &str) {
    assert_eq!(mended("", before).1, after);
}

#[test]
fn text() {
    config("\u{feff}[default]\nregion = x\n", "[default]\nregion = x\n");
    config("[default]\nregion = x", "[default]\nregion = x\n");
    config("[default]\r\nregion = x\r\noutput = json\n", "[default]\r\nregion = x\r\noutput = json\r\n");
}

#[test]
fn sections_and_keys_that_stand_twice() {
    config(
        "[profile a]\nregion = x\n\n[profile b]\n\n[profile a]\nregion = y\n# mine\noutput = json\n",
        "[profile a]\nregion = y\n# mine\noutput = json\n\n[profile b]\n",
    );
    credentials("[a]\nregion = x\nREGION = y\n\n[b]\n", "[a]\nREGION = y\n\n[b]\n");
    config("[profile a]\n[profile a]\n[profile a]\nregion = x\n", "[profile a]\nregion = x\n");
}

#[test]
fn headers_and_keys_that_are_misspelt() {
    config("[work]\nregion = x\n", "[profile work]\nregion = x\n");
    config("[work]\nregion = x\n[work]\noutput = y\n", "[profile work]\nregion = x\noutput = y\n");
    credentials("[profile work] # mine\nregion = x\n", "[work] # mine\nregion = x\n");
    config("[profile a]\nregoin = x # y\n", "[profile a]\nregion = x # y\n");
    config("[sso-session a]\nsso_start_urls = x\n", "[sso-session a]\nsso_start_url = x\n");
}

#[test]
fn headers_that_tools_disagree_about() {
    config("[ default ]\nregion = x\n", "[default]\nregion = x\n");
    config(
        "[profile a]\n[default] ; see [x]\nregion = x\n",
        "[profile a]\n; see [x]\n[default]\nregion = x\n",
    );
    config("[profile \"a\"]\nregion = x\n[profile b]\n", "[profile a]\nregion = x\n[profile b]\n");
    config("[profile 'a'] # mine\nregion = x\n", "[profile a] # mine\nregion = x\n");
    config("[\tprofile\ta ]\nregion = x\n", "[profile a]\nregion = x\n");
    config("[ default ]\nregion = x\n[default]\noutput = y\n", "[default]\nregion = x\noutput = y\n");
    credentials("[ a ]\nregion = x\n", "[a]\nregion = x\n");
    credentials("[a] [b]\nregion = x\n", "# [b]\n[a]\nregion = x\n");
}

#[test]
fn keys_that_are_set_by_a_colon() {
    config("[profile a]\nregion: x\n", "[profile a]\nregion = x\n");
    config("[profile a]\nRole_Arn: a=b\noutput = y\n", "[profile a]\nRole_Arn = a=b\noutput = y\n");
    config("[profile a]\ns3:\n  x = 1\n[profile b]\n", "[profile a]\ns3 =\n  x = 1\n[profile b]\n");
    credentials(
        "[ a ]\naws_access_key_id: AKIA1\naws_secret_access_key: s+/=\n",
        "[a]\naws_access_key_id = AKIA1\naws_secret_access_key = s+/=\n",
    );
}

#[test]
fn keys_and_tokens() {
    credentials(
        "[a]\naws_access_key_id = ASIA1 # mine\naws_secret_access_key = s\naws_session_token = t\naws_security_token = u\n",
        "[a]\n# mine\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n",
    );
    credentials(
        "[a]\naws_access_key_id = AKIA1\naws_secret_access_key = s\naws_session_token = t\n",
        "[a]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n",
    );
    let keys = "aws_access_key_id = AKIA1\naws_secret_access_key = s\n";
    let (config, credentials) = mended(&format!("[profile a]\nregion = x\n{keys}"), "");
    assert_eq!((config.as_str(), credentials), ("[profile a]\nregion = x\n", format!("[a]\n{keys}")));
}

#[test]
fn identity_center() {
    let session = "[sso-session s]\nsso_start_url = u\nsso_region = r\n";
    let profile = "[profile a]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n";
    config(&format!("{profile}sso_region = q\nsso_start_url = u\n{session}"), &format!("{profile}{session}"));
}

#[test]
fn an_expired_session_that_hides_a_process() {
    let (_, credentials) = mended(
        "[profile a]\ncredential_process = p\n",
        "[a]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n\
         x_security_token_expires = 2026-11-22T11:00:00Z\n",
    );
    assert_eq!(credentials, "[a]\n");
}

#[test]
fn nothing_is_mended_unasked() {
    let home = Home::with("[work]\n", "");
    let change = Change::Mend { problems: found(&home) };
    assert!(matches!(home.apply(&change), Err(StoreError::NeedsConfirmation { .. })));
    assert_eq!(home.config(), "[work]\n");
    assert!(home.preview(&change).diff.contains("+[profile work]"));
}

#[test]
fn what_has_been_mended_meanwhile_is_left_in_peace() {
    let home = Home::with("[work]\n", "");
    let problems = found(&home);
    std::fs::write(home.config_path(), "[profile work]\n").unwrap();
    assert_eq!(home.confirmed(&Change::Mend { problems }).files, [""; 0].map(PathBuf::from));
    assert_eq!(home.apply(&UNDO).unwrap_err().class(), Class::NotFound);
}

#[test]
fn a_repair_that_the_readers_do_not_believe_is_left_out_and_the_others_are_done() {
    // Below the first [a] the indented key would become part of `region`.
    let home = Home::with("[profile a]\nregion = x\n[profile a]\n  output = y\n[work]\n", "");
    let written = home.confirmed(&Change::Mend { problems: found(&home) });
    assert_eq!(written.notes.len(), 1, "{:?}", written.notes);
    assert_eq!(home.config(), "[profile a]\nregion = x\n[profile a]\n  output = y\n[profile work]\n");
}
