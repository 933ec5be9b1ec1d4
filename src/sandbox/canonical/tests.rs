//! AWS's published cases, when `AWSPROF_SHARED` says where they are, and one that is always here.

#![expect(clippy::disallowed_methods, reason = "reads the published cases")]

use serde_json::Value;

use super::*;

/// From AWS's documentation of `GetCallerIdentity`-like calls: case `get-vanilla` of the published set.
#[test]
fn get_vanilla() {
    let request = Arrived {
        method: "GET".into(),
        path: "/".into(),
        headers: vec![
            ("host".into(), "example.amazonaws.com".into()),
            ("x-amz-date".into(), "20150830T123600Z".into()),
        ],
        ..Default::default()
    };
    let scope = Scope { time: "20150830T123600Z", region: "us-east-1", service: "service" };
    let canonical = request.canonical(&["host", "x-amz-date"], true);
    let got = signature("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", scope, &canonical);
    assert_eq!(got, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
}

#[test]
fn published_cases() {
    let Some(shared) = std::env::var_os("AWSPROF_SHARED") else { return };
    let path = std::path::Path::new(&shared).join("vectors/sigv4_vectors.json");
    let all: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let cases = all["cases"].as_array().unwrap();
    assert!(cases.len() > 30);
    for case in cases {
        check(case, "header-signed-request");
        check(case, "query-signed-request");
    }
}

/// Recomputes the signature of a signed request and compares it with the one it carries.
fn check(case: &Value, which: &str) {
    let name = case["name"].as_str().unwrap();
    let context = &case["context"];
    let mut request = parse(case[which].as_str().unwrap());
    if context["omit_session_token"] == true {
        // The token was put on after signing: it is no part of what was signed.
        let signed = |pair: &&str| !pair.starts_with("X-Amz-Security-Token=");
        request.query = request.query.split('&').filter(signed).collect::<Vec<_>>().join("&");
    }
    let carried = carried(&request);
    let signed: Vec<&str> = carried.signed.split(';').collect();
    let canonical = request.canonical(&signed, context["normalize"].as_bool().unwrap());
    if which.starts_with("header") {
        assert_eq!(canonical, case["header-canonical-request"].as_str().unwrap(), "{name}");
    }
    let scope = Scope {
        time: &carried.time,
        region: context["region"].as_str().unwrap(),
        service: context["service"].as_str().unwrap(),
    };
    let secret = context["credentials"]["secret_access_key"].as_str().unwrap();
    assert_eq!(signature(secret, scope, &canonical), carried.signature, "{name} {which}");
}

struct Carried {
    signed: String,
    time: String,
    signature: String,
}

fn carried(request: &Arrived) -> Carried {
    if let Some(header) = request.header("authorization") {
        let part = |name: &str| header.split(name).nth(1).unwrap().split(',').next().unwrap().to_owned();
        return Carried {
            signed: part("SignedHeaders="),
            time: request.header("x-amz-date").unwrap(),
            signature: part("Signature="),
        };
    }
    let pairs = crate::sandbox::form::decode(&request.query);
    let get = |name: &str| crate::sandbox::form::get(&pairs, name).unwrap().to_owned();
    Carried { signed: get("X-Amz-SignedHeaders"), time: get("X-Amz-Date"), signature: get("X-Amz-Signature") }
}

/// A request as text, continuation lines of headers joined.
fn parse(text: &str) -> Arrived {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let first = lines.next().unwrap();
    let (method, rest) = first.split_once(' ').unwrap();
    let target = rest.strip_suffix(" HTTP/1.1").unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        if let Some(more) = line.strip_prefix([' ', '\t']) {
            let last = &mut headers.last_mut().unwrap().1;
            last.push(' ');
            last.push_str(more);
        } else {
            let (name, value) = line.split_once(':').unwrap();
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
    }
    Arrived {
        method: method.into(),
        path: path.into(),
        query: query.into(),
        headers,
        body: body.as_bytes().to_vec(),
    }
}
