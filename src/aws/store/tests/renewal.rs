//! Sessions on real files: marks, pairs, what is refused.

use super::*;
use crate::aws::overview::DefaultState;
use crate::aws::session::{NATIVE_EXPIRY, SessionError, Style, expiry};
use crate::aws::store::{Class, default_state, write_session};

#[test]
fn a_first_session_brings_region_and_output() {
    let home = Home::with(
        "[profile work]\nregion = eu-west-1\noutput = json\nmfa_serial = arn:aws:iam::1:mfa/a\n",
        WORK,
    );
    let target = home.target("work");
    assert_eq!(target.serial.as_deref(), Some("arn:aws:iam::1:mfa/a"));
    let written = home.renew("work", &session("ASIA1"));
    assert_eq!((written.verb.as_str(), written.profile.as_str(), written.files.len()), ("renew", "work", 2));
    assert_eq!(home.get("work-mfa", "region").unwrap(), "eu-west-1");
    assert_eq!(home.get("work-mfa", "output").unwrap(), "json");
    assert_eq!(home.get("work-mfa", NATIVE_EXPIRY).unwrap(), LATER);
    assert!(home.credentials().starts_with(WORK), "{}", home.credentials());
    assert!(!home.credentials().contains("aws_security_token"));
    assert_eq!(expiry(&home.estate().profile("work-mfa").unwrap()), Some(LATER.parse().unwrap()));
}

#[test]
fn a_region_that_is_no_region_is_left_out() {
    let home = Home::with("[profile work]\nregion =\n  nested = a\noutput = json\n", WORK);
    home.renew("work", &session("ASIA1"));
    assert_eq!(home.get("work-mfa", "region"), None);
    assert_eq!(home.get("work-mfa", "output").unwrap(), "json");
}

#[test]
fn an_aws_mfa_pair_gets_the_full_set() {
    let home = Home::with("", "[work-long-term]\naws_access_key_id = AKIAWORK\naws_secret_access_key = s\n");
    assert_eq!(home.target("work").style, Style::AwsMfa);
    home.renew("work", &session("ASIA1"));
    let get = |key| home.get("work", key).unwrap();
    assert_eq!(get("assumed_role"), "False");
    assert_eq!(get("aws_security_token"), "token-of-ASIA1");
    assert_eq!(get("expiration"), "2026-11-23 00:00:00");
    home.renew("work", &session("ASIA2"));
    assert_eq!(get("aws_security_token"), "token-of-ASIA2");
    assert_eq!(home.credentials().matches("[work]").count(), 1);
}

#[test]
fn a_security_token_that_stands_is_kept_in_step() {
    let stale = "[work-mfa]\naws_access_key_id = ASIA0\naws_secret_access_key = s\naws_session_token = t\naws_security_token = t\nexpiration = 2020-01-01 00:00:00\n";
    let home = Home::with("", &format!("{WORK}\n{stale}"));
    home.renew("work", &session("ASIA1"));
    assert_eq!(home.get("work-mfa", "aws_security_token").unwrap(), "token-of-ASIA1");
    assert_eq!(home.get("work-mfa", "expiration"), None);
}

#[test]
fn sections_of_others_are_refused() {
    let rows = [
        ("role_arn = x\n", "it has role_arn"),
        ("sso_session = x\n", "it has sso_session"),
        ("credential_process = x\n", "it has credential_process"),
        ("login_session = x\n", "it has login_session"),
        ("aws_access_key_id = AKIAX\naws_secret_access_key = x\n", "it holds long-term keys"),
        (
            "manager = awsume\naws_access_key_id = ASIAX\naws_secret_access_key = x\naws_session_token = t\n",
            "awsume",
        ),
        (
            "x_principal_arn = p\naws_access_key_id = ASIAX\naws_secret_access_key = x\naws_session_token = t\n",
            "saml2aws",
        ),
    ];
    for (keys, why) in rows {
        let home = Home::with("", &format!("{WORK}\n[work-mfa]\n{keys}"));
        let refused = Target::plan(&home.estate(), "work", None, None).unwrap_err();
        assert!(
            matches!(&refused, SessionError::Taken { section, why: said } if section == "work-mfa" && said.contains(why)),
            "{refused}"
        );
        assert!(refused.hint().unwrap().contains("--into"));
        let other = Target::plan(&home.estate(), "work", Some("elsewhere"), None).unwrap();
        assert_eq!(other.session_profile, "elsewhere");
    }
}

#[test]
fn a_section_taken_meanwhile_is_refused_at_the_write() {
    let home = Home::with("", WORK);
    let target = home.target("work");
    std::fs::write(home.config_path(), "[profile work-mfa]\nrole_arn = x\n").unwrap();
    let refused = write_session(&home.world, &home.state, &target, &session("ASIA1")).unwrap_err();
    assert_eq!((refused.class(), home.credentials().as_str()), (Class::Guard, WORK));
}

#[test]
fn an_implausible_session_is_not_written() {
    let home = Home::with("", WORK);
    let target = home.target("work");
    let broken = [
        Credentials { session_token: Some(Secret::new("")), ..session("ASIA1") },
        Credentials { secret_access_key: Secret::new(""), ..session("ASIA1") },
        Credentials { expires_at: None, ..session("ASIA1") },
        Credentials { expires_at: Some("2026-11-22T11:59:59Z".parse().unwrap()), ..session("ASIA1") },
        Credentials { session_token: Some(Secret::new("two\nlines")), ..session("ASIA1") },
    ];
    for session in broken {
        assert!(write_session(&home.world, &home.state, &target, &session).is_err());
        assert_eq!(home.credentials(), WORK);
    }
}

#[test]
fn a_managed_default_stays_in_step_and_a_drifted_one_is_left() {
    let home = Home::with("", WORK);
    home.use_profile("work");
    home.renew("work", &session("ASIA1"));
    assert_eq!(home.get("default", "aws_session_token").unwrap(), "token-of-ASIA1");
    assert_eq!(default_state(&home.estate(), &home.state), DefaultState::Managed { profile: "work".into() });
    home.use_profile("work-mfa");
    home.renew("work", &session("ASIA2"));
    assert_eq!(home.get("default", "aws_session_token").unwrap(), "token-of-ASIA2");
    let edited = home.credentials().replace("[default]\n", "[default]\nregion = x\n");
    std::fs::write(home.credentials_path(), edited).unwrap();
    home.renew("work", &session("ASIA3"));
    assert_eq!(home.get("default", "aws_session_token").unwrap(), "token-of-ASIA2");
    assert_eq!(home.get("work-mfa", "aws_session_token").unwrap(), "token-of-ASIA3");
}

#[test]
fn a_copy_of_the_session_leads_back_to_its_keys() {
    let home = Home::with("", WORK);
    home.renew("work", &session("ASIA1"));
    home.use_profile("work");
    let target = home.target("default");
    assert_eq!((target.long_term.as_str(), target.session_profile.as_str()), ("work", "work-mfa"));
    assert_eq!(target.current.unwrap().0, "ASIA1");
}

/// The simplest home there is: only `[default]`, with a device.
#[test]
fn the_session_of_a_default_profile_can_be_used_and_renewed() {
    let keys = "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n";
    let home = Home::with("[default]\nmfa_serial = dev\nregion = eu-west-1\n", keys);
    home.renew("default", &session("ASIA1"));
    home.use_profile("default-mfa");
    assert_eq!(home.get("default", "aws_access_key_id").unwrap(), "ASIA1");
    for profile in ["default", "default-mfa", "default-original"] {
        let target = home.target(profile);
        assert_eq!(
            (target.long_term.as_str(), target.session_profile.as_str(), target.serial.as_deref()),
            ("default-original", "default-mfa", Some("dev")),
            "{profile}"
        );
    }
    home.renew("default", &session("ASIA2"));
    assert_eq!(home.get("default", "aws_session_token").unwrap(), "token-of-ASIA2");
    home.confirmed(&Change::UseClear);
    assert_eq!(home.get("default", "aws_access_key_id").unwrap(), "AKIA1");
    assert_eq!(home.target("default").session_profile, "default-mfa");
}
