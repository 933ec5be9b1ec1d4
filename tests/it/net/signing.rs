//! Two who share no code agree: AWS's own signer, which the client uses, and the sandbox's verifier.

use std::time::Duration;

use awsprof::aws::secret::{Credentials, Secret};
use awsprof::net::sign::{Signer, ToSign};
use awsprof::sandbox::canonical::{Arrived, Scope, signature};
use awsprof::sandbox::form;
use proptest::prelude::*;
use reqwest::Url;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const TIME: &str = "20261122T120000Z";

/// Any pairs, encoded into a URL by the `url` crate.
fn url(path: &[String], query: &[(String, String)]) -> Url {
    let mut url = Url::parse("https://sts.eu-west-1.amazonaws.com/").unwrap();
    url.path_segments_mut().unwrap().clear().extend(path);
    for (name, value) in query {
        url.query_pairs_mut().append_pair(name, value);
    }
    url
}

/// As it would arrive at the other side.
fn arrived(method: &str, url: &Url, headers: Vec<(String, String)>, body: &[u8]) -> Arrived {
    let host = ("host".to_owned(), url.host_str().unwrap().to_owned());
    Arrived {
        method: method.to_owned(),
        path: url.path().to_owned(),
        query: url.query().unwrap_or_default().to_owned(),
        headers: std::iter::once(host).chain(headers).collect(),
        body: body.to_vec(),
    }
}

fn scope() -> Scope<'static> {
    Scope { time: TIME, region: "eu-west-1", service: "sts" }
}

proptest! {
    #[test]
    fn header_signatures_agree(
        path in proptest::collection::vec("[a-zA-Z0-9._~ +%é-]{1,8}", 0..3),
        query in proptest::collection::vec(("[a-zA-Z0-9:/+%=&é-]{1,8}", "[a-zA-Z0-9:/+%=&é-]{0,8}"), 0..4),
        body in proptest::collection::vec(any::<u8>(), 0..64),
        header in "[a-z0-9,=; ]{0,20}",
        token in proptest::option::of("[a-zA-Z0-9+/=]{1,40}"),
    ) {
        prop_assume!(path.iter().all(|segment| !matches!(segment.as_str(), "." | "..")));
        let credentials = Credentials { session_token: token.map(Secret::new), ..Credentials::long_term("AKIDEXAMPLE", SECRET) };
        let signer = Signer { credentials: &credentials, region: "eu-west-1", service: "sts" };
        let url = url(&path, &query);
        let own = [("content-type", header.as_str())];
        let what = ToSign { method: "POST", url: &url, headers: &own, body: &body, at: "2026-11-22T12:00:00Z".parse().unwrap() };
        let mut headers = signer.headers(what).unwrap();
        headers.push(("content-type".to_owned(), header.clone()));
        let request = arrived("POST", &url, headers, &body);
        let sent = request.header("authorization").unwrap();
        let part = |name: &str| sent.split(name).nth(1).unwrap().split(',').next().unwrap().to_owned();
        let signed = part("SignedHeaders=");
        let names: Vec<&str> = signed.split(';').collect();
        prop_assert_eq!(signature(SECRET, scope(), &request.canonical(&names, true)), part("Signature="));
    }

    #[test]
    fn query_signatures_agree(
        query in proptest::collection::vec(("[a-zA-Z0-9:/+%=&é-]{1,8}", "[a-zA-Z0-9:/+%=&é-]{0,8}"), 0..4),
        token in proptest::option::of("[a-zA-Z0-9+/=]{1,40}"),
        minutes in 1_u64..60,
    ) {
        let credentials = Credentials { session_token: token.map(Secret::new), ..Credentials::long_term("AKIDEXAMPLE", SECRET) };
        let signer = Signer { credentials: &credentials, region: "eu-west-1", service: "sts" };
        let url = url(&[], &query);
        let what = ToSign { method: "GET", url: &url, headers: &[("x-k8s-aws-id", "lab")], body: b"", at: "2026-11-22T12:00:00Z".parse().unwrap() };
        let signed = signer.presign(what, Duration::from_mins(minutes)).unwrap();
        let request = arrived("GET", &signed, vec![("x-k8s-aws-id".to_owned(), "lab".to_owned())], b"");
        let pairs = form::decode(&request.query);
        let names: Vec<&str> = form::get(&pairs, "X-Amz-SignedHeaders").unwrap().split(';').collect();
        prop_assert_eq!(&names, &["host", "x-k8s-aws-id"]);
        let expected = signature(SECRET, scope(), &request.canonical(&names, true));
        prop_assert_eq!(form::get(&pairs, "X-Amz-Signature").unwrap(), expected);
    }
}
