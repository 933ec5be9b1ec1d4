//! STS and IAM: what each bad day leads to, with every request counted.

use std::time::Duration;

use awsprof::aws::secret::{Credentials, Secret};
use awsprof::aws::world::{Clock, World};
use awsprof::net::client::Limits;
use awsprof::net::endpoint::{Endpoint, Service};
use awsprof::net::error::Class;
use awsprof::net::sts::{Caller, Mfa, RoleRequest};
use awsprof::net::{Client, Kind, Stage, call, iam, sts};
use awsprof::sandbox::faults::Fault;
use jiff::{SignedDuration, Timestamp};

use super::rig::{LIMITS, POLICY, Rig, block_on, role, start_time};

#[test]
fn a_code_becomes_a_session_that_signs() {
    let mut rig = Rig::new();
    let code = rig.code();
    let got = rig.renew(&code).unwrap();
    assert_eq!(got.requests, 1);
    assert!(got.value.is_session() && got.value.access_key_id.starts_with("ASIA"));
    let expires = "2026-11-23T00:00:05Z".parse::<Timestamp>().unwrap();
    assert_eq!(got.value.expires_at, Some(expires));
    assert_eq!(rig.stages, [Stage::Connecting, Stage::Sent]);
    let who = rig.who(&got.value).unwrap().value;
    assert_eq!(
        (who.account.as_str(), who.arn.as_str()),
        ("111122223333", "arn:aws:iam::111122223333:user/alice")
    );
}

#[test]
fn a_code_works_once_and_in_its_time() {
    let mut rig = Rig::new();
    let code = rig.code();
    rig.renew(&code).unwrap();
    let error = rig.renew(&code).unwrap_err();
    assert_eq!((error.kind, error.requests, error.code()), (Kind::WrongCode, 1, "AccessDenied"));
    assert!(error.to_string().contains("request id"), "{error}");
    assert!(error.hint().unwrap().contains("next code"));
    assert!(rig.sandbox.authenticator("alice").unwrap().used);

    rig.wait_for_the_next_code();
    assert!(!rig.sandbox.authenticator("alice").unwrap().used);
    let next = rig.code();
    rig.wait_for_the_next_code();
    assert!(rig.renew(&next).is_ok(), "one step late is still good");
    let stale = rig.code();
    rig.wait_for_the_next_code();
    rig.wait_for_the_next_code();
    assert_eq!(rig.renew(&stale).unwrap_err().kind, Kind::WrongCode, "two steps are not");
}

#[test]
fn refusals_are_told_apart_and_never_repeated() {
    let mut rig = Rig::new();
    let alice = rig.keys("alice");
    let code = rig.code();
    let strange = Mfa { serial: "arn:aws:iam::111122223333:mfa/bob-phone", code: &code };
    let stranger = Credentials::long_term("AKIANOBODYNOBODYNOBO", "x");
    let wrong_secret = Credentials::long_term(alice.access_key_id.clone(), "not it");
    let session = rig.session(&alice, 900, None).unwrap().value;
    let no_token = Credentials { session_token: None, ..session.clone() };
    let before = rig.sandbox.requests().len();
    let table = [
        (&alice, 43200, Some(strange), Kind::WrongDevice),
        (&stranger, 43200, None, Kind::UnknownKey),
        (&wrong_secret, 43200, None, Kind::BadSignature),
        (&no_token, 43200, None, Kind::UnknownKey),
        (&session, 43200, None, Kind::AccessDenied),
        (&alice, 899, None, Kind::Refused),
        (&alice, 129_601, None, Kind::Refused),
    ];
    for (keys, seconds, mfa, kind) in table {
        let error = rig.session(keys, seconds, mfa).unwrap_err();
        assert_eq!((error.kind, error.requests), (kind, 1), "{error}");
        assert_eq!(error.kind.class(), Class::Refused);
    }
    assert_eq!(rig.sandbox.requests().len() - before, 7);
}

#[test]
fn a_wrong_length_is_never_sent() {
    let mut rig = Rig::new();
    for code in ["12345", "1234567", "12345x", ""] {
        let error = rig.renew(&Secret::new(code)).unwrap_err();
        assert_eq!((error.kind, error.requests), (Kind::Setting, 0));
    }
    assert!(rig.sandbox.requests().is_empty());
}

/// Fault, then with a code: requests sent and how it ends. (`None`: in a session.)
#[test]
fn bad_days_with_a_code() {
    let table: [(&str, Fault, u32, Option<Kind>); 13] = [
        ("throttled", Fault::throttled(), 2, None),
        ("429", Fault::status(429), 2, None),
        ("500", Fault::status(500), 1, Some(Kind::OutcomeUnknown)),
        ("503", Fault::refusal(503, "ServiceUnavailable", "later"), 1, Some(Kind::OutcomeUnknown)),
        ("403", Fault::refusal(403, "AccessDenied", "no"), 1, Some(Kind::AccessDenied)),
        ("broken", Fault::Broken, 1, Some(Kind::OutcomeUnknown)),
        ("portal", Fault::captive_portal(), 1, Some(Kind::NotAws)),
        ("redirect", Fault::redirect("http://127.0.0.1:9/"), 1, Some(Kind::NotAws)),
        ("cut", Fault::Cut(300), 1, Some(Kind::BadReply)),
        ("no token", Fault::Without("SessionToken"), 1, Some(Kind::BadReply)),
        ("empty secret", Fault::Empty("SecretAccessKey"), 1, Some(Kind::BadReply)),
        ("50 MB", Fault::Huge(50_000_000), 1, Some(Kind::BadReply)),
        ("407", Fault::status(407), 1, Some(Kind::Proxy)),
    ];
    for (name, fault, requests, kind) in table {
        let mut rig = Rig::new();
        rig.sandbox.next_answer(fault);
        let code = rig.code();
        let got = rig.renew(&code);
        let counted = got.as_ref().map_or_else(|error| error.requests, |answer| answer.requests);
        assert_eq!(got.as_ref().err().map(|error| error.kind), kind, "{name}: {got:?}");
        assert_eq!(counted, requests, "{name}");
        assert_eq!(rig.sandbox.requests().len(), requests as usize, "{name}");
    }
}

/// The same without a code: what cannot have had an effect is tried again.
#[test]
fn bad_days_without_a_code() {
    let table: [(&str, Fault, u32, Option<Kind>); 6] = [
        ("throttled", Fault::throttled(), 2, None),
        ("500", Fault::status(500), 2, None),
        ("503 throttling", Fault::refusal(503, "SlowDown", "later"), 2, None),
        ("403", Fault::refusal(403, "AccessDenied", "no"), 1, Some(Kind::AccessDenied)),
        ("broken", Fault::Broken, 1, Some(Kind::Broken)),
        ("404", Fault::status(404), 1, Some(Kind::NotFound)),
    ];
    for (name, fault, requests, kind) in table {
        let mut rig = Rig::new();
        rig.sandbox.next_answer(fault);
        let alice = rig.keys("alice");
        let got = rig.who(&alice);
        assert_eq!(got.as_ref().err().map(|error| error.kind), kind, "{name}: {got:?}");
        assert_eq!(rig.sandbox.requests().len(), requests as usize, "{name}");
    }
}

#[test]
fn three_attempts_and_no_more() {
    let mut rig = Rig::new();
    for _ in 0..5 {
        rig.sandbox.next_answer(Fault::throttled());
    }
    let code = rig.code();
    let error = rig.renew(&code).unwrap_err();
    assert_eq!((error.kind, error.requests), (Kind::Throttled, 3));
    assert_eq!(rig.sandbox.requests().len(), 3);
    assert_eq!(rig.stages.iter().filter(|stage| matches!(stage, Stage::Throttled { .. })).count(), 2);
}

#[test]
fn silence_ends_with_the_limit_and_the_outcome_unknown() {
    let mut rig = Rig::new();
    let limits = Limits { total: Duration::from_millis(200), ..LIMITS };
    rig.client = Client::new(rig.client.world()).unwrap().with_policy(POLICY).with_limits(limits);
    rig.sandbox.next_answer(Fault::Silence);
    let code = rig.code();
    let error = rig.renew(&code).unwrap_err();
    assert_eq!((error.kind, error.requests), (Kind::OutcomeUnknown, 1));
    assert!(error.hint().unwrap().contains("next code"));
    rig.client = Client::new(rig.client.world()).unwrap();
    assert_eq!(rig.renew(&code).unwrap_err().kind, Kind::WrongCode, "it was in fact used");
}

#[test]
fn a_refused_connection_is_tried_again_even_with_a_code() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let mut rig = Rig::with(&[("AWS_ENDPOINT_URL_STS", &nobody)], start_time());
    let code = rig.code();
    let error = rig.renew(&code).unwrap_err();
    assert_eq!((error.kind, error.requests), (Kind::Connect, 3), "{error}");
    assert_eq!(error.kind.class(), Class::Unreachable);
    assert!(!rig.stages.contains(&Stage::Sent));
}

#[test]
fn a_wrong_clock_is_corrected_once_and_remembered() {
    for minutes in [-90, 7] {
        let off = SignedDuration::from_mins(minutes);
        let mut rig = Rig::with(&[], start_time() + off);
        let code = rig.code();
        assert_eq!(rig.renew(&code).unwrap().requests, 2);
        assert!(rig.stages.contains(&Stage::ClockCorrected { by: -off }), "{:?}", rig.stages);
        assert_eq!(rig.client.clock_offset(), -off);
        let alice = rig.keys("alice");
        assert_eq!(rig.who(&alice).unwrap().requests, 1);
    }
}

#[test]
fn a_clock_that_stays_wrong_is_said_once() {
    let mut rig = Rig::new();
    let late = || {
        Fault::refusal(
            403,
            "SignatureDoesNotMatch",
            "Signature expired: 20261122T120005Z is now earlier than …",
        )
    };
    rig.sandbox.next_answer(late());
    let alice = rig.keys("alice");
    let error = rig.who(&alice).unwrap_err();
    assert_eq!((error.kind, error.requests), (Kind::Clock, 1), "the Date header says the clock is right");
}

#[test]
fn what_is_local_takes_no_proxy() {
    let proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].map(|name| (name, "http://127.0.0.1:9"));
    let mut rig = Rig::with(&proxies, start_time());
    let alice = rig.keys("alice");
    assert!(rig.who(&alice).is_ok());
}

#[test]
fn what_is_not_local_takes_the_proxy_of_the_world() {
    let mut rig = Rig::new();
    let proxy =
        [("http_proxy", rig.sandbox.url()), ("AWS_ENDPOINT_URL_STS", "http://sts.example".to_owned())];
    for (name, value) in proxy {
        rig.env = rig.env.with(name, &value);
    }
    let world = World { env: rig.env.clone(), ..rig.client.world().clone() };
    rig.client = Client::new(&world).unwrap().with_policy(POLICY);
    let alice = rig.keys("alice");
    // The sandbox stands in as the proxy: the request arrives there with its absolute form and signature.
    assert!(rig.who(&alice).is_ok());
    assert_eq!(rig.sandbox.requests().len(), 1);
}

#[test]
fn roles() {
    let mut rig = Rig::new();
    let alice = rig.keys("alice");
    let admin = "arn:aws:iam::111122223333:role/admin";
    assert_eq!(rig.role(&alice, role(admin)).unwrap_err().kind, Kind::AccessDenied, "needs a code");
    let code = rig.code();
    let session = rig.renew(&code).unwrap().value;
    let got = rig.role(&session, RoleRequest { duration: Some(7200), ..role(admin) }).unwrap();
    assert_eq!(got.arn, "arn:aws:sts::111122223333:assumed-role/admin/test");
    assert_eq!(got.credentials.account.as_deref(), Some("111122223333"));
    let reader = role("arn:aws:iam::444455556666:role/reader");
    assert!(rig.role(&got.credentials, reader).is_ok(), "a role takes a role");
    let long = RoleRequest { duration: Some(3601), ..reader };
    let error = rig.role(&got.credentials, long).unwrap_err();
    assert!(error.message.contains("role chaining"), "{error}");
    let partner = role("arn:aws:iam::444455556666:role/partner");
    let bob = rig.keys("bob");
    assert!(rig.role(&bob, partner).is_err());
    assert!(rig.role(&bob, RoleRequest { external_id: Some("acme-7"), ..partner }).is_ok());
}

#[test]
fn web_identity_is_not_signed() {
    let rig = Rig::new();
    let at = rig.endpoint(Service::Sts);
    let ask = |token: &str| {
        let reader = role("arn:aws:iam::444455556666:role/reader");
        let token = Secret::new(token);
        block_on(sts::assume_role_with_web_identity(&rig.client, &at, reader, &token, &mut |_| ()))
    };
    assert!(ask("demo-token-for-reader").is_ok());
    assert_eq!(ask("forged").unwrap_err().code(), "InvalidIdentityToken");
    assert_eq!(rig.sandbox.requests()[0].access_key_id, None);
}

#[test]
fn devices_are_listed() {
    let rig = Rig::new();
    let at = rig.endpoint(Service::Iam);
    let ask = |name: &str| {
        let keys = rig.keys(name);
        let caller = Caller { credentials: &keys, endpoint: &at };
        block_on(iam::list_mfa_devices(&rig.client, caller, &mut |_| ())).unwrap().value
    };
    assert_eq!(ask("alice"), ["arn:aws:iam::111122223333:mfa/alice"]);
    assert!(ask("ci-robot").is_empty());
}

#[test]
fn the_scope_must_be_right() {
    let mut rig = Rig::new();
    let alice = rig.keys("alice");
    let good = rig.endpoint(Service::Sts);
    for at in
        [Endpoint { region: "mars-north-1".into(), ..good.clone() }, Endpoint { signing_name: "iam", ..good }]
    {
        let caller = Caller { credentials: &alice, endpoint: &at };
        let error = block_on(sts::get_caller_identity(&rig.client, caller, &mut |_| ())).unwrap_err();
        assert_eq!(error.code(), "SignatureDoesNotMatch");
    }
    assert!(rig.who(&alice).is_ok());
}

#[test]
fn a_presigned_url_proves_who_it_is_until_it_ends() {
    let rig = Rig::new();
    let alice = rig.keys("alice");
    let at = rig.endpoint(Service::Sts);
    let caller = Caller { credentials: &alice, endpoint: &at };
    let url = sts::presigned_caller_identity(&rig.client, caller, &[], Duration::from_mins(1)).unwrap();
    let get = || block_on(rig.client.send(&call::Call::new(reqwest::Method::GET, url.clone()), &mut |_| ()));
    assert!(String::from_utf8(get().unwrap().value.body).unwrap().contains("user/alice"));
    rig.sandbox.set_clock(Clock::Fixed(start_time() + SignedDuration::from_secs(61)));
    assert!(get().unwrap_err().message.contains("clock"));
}

#[test]
fn a_dropped_call_is_a_cancelled_one() {
    let rig = Rig::new();
    rig.sandbox.next_answer(Fault::Silence);
    let alice = rig.keys("alice");
    let at = rig.endpoint(Service::Sts);
    let caller = Caller { credentials: &alice, endpoint: &at };
    let seen = tokio::sync::Notify::new();
    block_on(async {
        let mut observer = |stage| {
            if stage == Stage::Sent {
                seen.notify_one();
            }
        };
        let asking = sts::get_caller_identity(&rig.client, caller, &mut observer);
        tokio::select! {
            _ = asking => panic!("it cannot have been answered"),
            () = seen.notified() => {}
        }
    });
}
