//! Requests made by hand, each wrong in one place.

use super::*;
use crate::aws::world::Clock;
use crate::sandbox::cast::{Cast, User};

const NOW: &str = "2026-11-22T12:00:00Z";

fn state() -> State {
    State::new(Cast::demo().unwrap(), Clock::Fixed(NOW.parse().unwrap()))
}

fn alice() -> User {
    Cast::demo().unwrap().user("alice").unwrap().clone()
}

/// Makes one thing wrong.
type Bend = fn(&mut Parts);

/// What a request is signed with; a test bends one of these.
#[derive(Clone)]
struct Parts {
    time: &'static str,
    day: &'static str,
    region: &'static str,
    service: &'static str,
    signed: &'static str,
    key_id: &'static str,
    secret: &'static str,
}

fn good() -> Parts {
    let alice = alice();
    Parts {
        time: "20261122T120000Z",
        day: "20261122",
        region: "eu-west-1",
        service: "sts",
        signed: "host;x-amz-date",
        key_id: alice.access_key_id,
        secret: alice.secret_access_key,
    }
}

fn request(parts: &Parts) -> Arrived {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut request = Arrived {
        method: "POST".into(),
        path: "/".into(),
        headers: vec![header("host", "sts"), header("x-amz-date", parts.time)],
        body: b"Action=GetCallerIdentity".to_vec(),
        ..Default::default()
    };
    let signed: Vec<&str> = parts.signed.split(';').collect();
    let scope = Scope { time: parts.time, region: parts.region, service: parts.service };
    let value = format!(
        "AWS4-HMAC-SHA256 Credential={}/{}/{}/{}/aws4_request, SignedHeaders={}, Signature={}",
        parts.key_id,
        parts.day,
        parts.region,
        parts.service,
        parts.signed,
        signature(parts.secret, scope, &request.canonical(&signed, true))
    );
    request.headers.push(header("authorization", &value));
    request
}

fn refusal(request: &Arrived) -> (u16, &'static str, String) {
    let refused = verify(&state(), request, "sts").unwrap_err();
    (refused.status, refused.code, refused.message)
}

#[test]
fn a_good_signature_is_somebody() {
    let caller = verify(&state(), &request(&good()), "sts").unwrap();
    assert_eq!(caller, Caller { principal: Principal::User("alice".into()), session: false, mfa: false });
}

#[test]
fn one_thing_wrong_is_enough() {
    let of = |bend: Bend| {
        let mut parts = good();
        bend(&mut parts);
        let (_, code, message) = refusal(&request(&parts));
        (code, message)
    };
    let table: [(Bend, &str, &str); 8] = [
        (|p| p.secret = "wrong", "SignatureDoesNotMatch", "we calculated does not match"),
        (|p| p.key_id = "AKIANOBODY", "InvalidClientTokenId", "token included in the request is invalid"),
        (|p| p.region = "mars-1", "SignatureDoesNotMatch", "valid region"),
        (|p| p.service = "iam", "SignatureDoesNotMatch", "correct service: 'sts'"),
        (|p| p.day = "20261121", "SignatureDoesNotMatch", "Date in Credential scope"),
        (
            |p| p.time = "20261122T115459Z",
            "SignatureDoesNotMatch",
            "Signature expired: 20261122T115459Z is now earlier than 20261122T115500Z (20261122T120000Z - 5 min.)",
        ),
        (
            |p| p.time = "20261122T120501Z",
            "SignatureDoesNotMatch",
            "Signature not yet current: 20261122T120501Z is still later than 20261122T120500Z",
        ),
        (|p| p.signed = "x-amz-date", "IncompleteSignature", "'host' must be a 'SignedHeader'"),
    ];
    for (bend, code, words) in table {
        let (got, message) = of(bend);
        assert!(got == code && message.contains(words), "{got}: {message} (wanted {code}: {words})");
    }
}

#[test]
fn what_arrives_changed_does_not_match() {
    let changes: [fn(&mut Arrived); 4] = [
        |r| r.body.push(b'x'),
        |r| r.query = "a=b".into(),
        |r| r.path = "/elsewhere".into(),
        |r| r.headers[0].1 = "other".into(),
    ];
    for change in changes {
        let mut request = request(&good());
        change(&mut request);
        assert_eq!(refusal(&request).1, "SignatureDoesNotMatch");
    }
}

#[test]
fn an_unsigned_amz_header_and_a_missing_signature_are_refused() {
    let mut extra = request(&good());
    extra.headers.push(("x-amz-security-token".into(), "t".into()));
    assert_eq!(refusal(&extra).1, "IncompleteSignature");
    let mut none = request(&good());
    none.headers.pop();
    assert_eq!(
        refusal(&none),
        (403, "MissingAuthenticationToken", "Request is missing Authentication Token".into())
    );
}

#[test]
fn a_session_ends() {
    let mut state = state();
    let session = state.issue(Principal::User("alice".into()), 900, true);
    let claim = |token: Option<&str>| Claim {
        key_id: session.access_key_id.clone(),
        day: String::new(),
        region: String::new(),
        service: String::new(),
        signed: Vec::new(),
        signature: String::new(),
        time: String::new(),
        token: token.map(str::to_owned),
        expires: None,
    };
    let code =
        |state: &State, token| look_up(state, &claim(token)).map(|_| "").map_err(|refused| refused.code);
    assert_eq!(code(&state, Some(&session.token)), Ok(""));
    assert_eq!(code(&state, None), Err("InvalidClientTokenId"));
    assert_eq!(code(&state, Some("another")), Err("InvalidClientTokenId"));
    state.clock = Clock::Fixed("2026-11-22T12:15:00Z".parse().unwrap());
    assert_eq!(code(&state, Some(&session.token)), Err("ExpiredToken"));
}
