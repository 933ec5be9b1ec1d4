use std::path::PathBuf;

use super::*;
use crate::aws::profile::Estate;
use crate::aws::world::AwsFiles;

const CONFIG: &str = "\
[default]
region = eu-west-1
[profile work]
region = eu-west-1
mfa_serial = arn:aws:iam::111122223333:mfa/alice
[profile work-mfa]
region = eu-west-1
[profile work-admin]
role_arn = arn:aws:iam::444455556666:role/admin
source_profile = work
mfa_serial = arn:aws:iam::111122223333:mfa/alice
[profile play]
credential_process = /bin/true
[profile lab]
sso_account_id = 777788889999
sso_role_name = dev
[profile ghost]
role_arn = arn:aws:iam::444455556666:role/x
source_profile = gone
";

const CREDENTIALS: &str = "\
[work]
aws_access_key_id = AKIAWORK
aws_secret_access_key = s
[work-mfa]
aws_access_key_id = ASIAWORK1234
aws_secret_access_key = s
aws_session_token = t
x_security_token_expires = 2026-01-02T03:04:05Z
[default]
aws_access_key_id = ASIAWORK1234
aws_secret_access_key = s
aws_session_token = t
x_security_token_expires = 2026-01-02T03:04:05Z
[old-long-term]
aws_access_key_id = AKIAOLD
aws_secret_access_key = s
aws_mfa_device = arn:aws:iam::222233334444:mfa/bob
[plain]
aws_access_key_id = AKIAPLAIN
aws_secret_access_key = s
[pasted]
aws_access_key_id = ASIAPASTED
aws_secret_access_key = s
aws_session_token = t
";

fn overview(config: &str, credentials: &str) -> Overview {
    let files = AwsFiles { config: PathBuf::from("c"), credentials: PathBuf::from("k") };
    let estate = Estate::from_texts(files, config.into(), credentials.into());
    let default = DefaultState::Managed { profile: "work".to_owned() };
    Overview::of(&estate, &default, "2026-01-01T20:00:00Z".parse().unwrap())
}

fn row(name: &str) -> Row {
    overview(CONFIG, CREDENTIALS).rows.into_iter().find(|row| row.name == name).unwrap()
}

fn until() -> SessionState {
    SessionState::Until("2026-01-02T03:04:05Z".parse().unwrap())
}

#[test]
fn a_user_with_a_session_tells_all() {
    let work = row("work");
    assert_eq!((work.kind, work.is_default, work.session), (Kind::Static, true, until()));
    assert_eq!(work.account.as_deref(), Some("111122223333"));
    assert_eq!(work.session_profile.as_deref(), Some("work-mfa"));
    assert_eq!(work.place, Some((FileKind::Credentials, 1)));
}

#[test]
fn a_session_profile_knows_whose_it_is() {
    let session = row("work-mfa");
    assert_eq!((session.kind, session.session, session.is_default), (Kind::Session, until(), false));
    assert_eq!(session.session_of.as_deref(), Some("work"));
    assert_eq!(session.account.as_deref(), Some("111122223333"));
    assert!(session.mfa_serial.is_some());
}

#[test]
fn states_follow_what_the_credentials_rest_on() {
    let cases = [
        ("work-admin", Kind::AssumeRole, until()),
        ("play", Kind::Process, SessionState::NotNeeded),
        ("lab", Kind::Sso, SessionState::None),
        ("old-long-term", Kind::Static, SessionState::None),
        ("plain", Kind::Static, SessionState::NotNeeded),
        ("pasted", Kind::Session, SessionState::Unknown),
    ];
    for (name, kind, session) in cases {
        let row = row(name);
        assert_eq!((row.kind, row.session), (kind, session), "{name}");
    }
    assert_eq!(row("old-long-term").session_profile.as_deref(), Some("old"));
    assert_eq!(row("work-admin").account.as_deref(), Some("444455556666"), "not the device's");
    assert_eq!(row("lab").account.as_deref(), Some("777788889999"));
}

#[test]
fn sessions_have_riders_and_a_way_to_be_renewed() {
    let sessions = overview(CONFIG, CREDENTIALS).sessions;
    let names: Vec<&str> = sessions.iter().map(|session| session.profile.as_str()).collect();
    assert_eq!(names, ["work-mfa", "pasted"], "a copy in [default] is no session profile");
    let work = &sessions[0];
    assert_eq!(work.riders, ["work-admin"]);
    assert_eq!((work.access_key_tail.as_str(), work.lifetime.as_hours()), ("1234", 12));
    assert!(matches!(&work.renewal, Renewal::Code { serial: Some(serial) } if serial.ends_with("alice")));
    assert_eq!(sessions[1].renewal, Renewal::Nothing);
}

#[test]
fn the_pair_of_aws_mfa_is_renewed_here_and_other_tools_sections_are_not() {
    let session = "aws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n";
    let credentials = format!(
        "[a-long-term]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n\
         [a]\n{session}assumed_role = False\n[b]\n{session}manager = awsume\n"
    );
    let renewals: Vec<Renewal> = overview("", &credentials).sessions.into_iter().map(|s| s.renewal).collect();
    assert_eq!(renewals, [Renewal::Code { serial: None }, Renewal::Other { tool: "awsume" }]);
}

#[test]
fn rows_carry_the_codes_of_their_problems() {
    assert_eq!(row("ghost").problems, ["dangling-source-profile"]);
    assert!(row("work").problems.is_empty());
}
