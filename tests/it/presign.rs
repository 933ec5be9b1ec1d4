//! `presign` and `eks-token`: the sandbox, which works out signatures itself, believes the URL; botocore makes the same.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};

use crate::demo::Demo;

/// Sends a GET with these headers and gives the status and the body.
fn get(url: &str, headers: &[(&'static str, &str)]) -> (u16, String) {
    let request = headers
        .iter()
        .fold(reqwest::Client::builder().no_proxy().build().unwrap().get(url), |request, (name, value)| {
            request.header(*name, *value)
        });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    })
}

/// The URL in a token, and when the token ends.
fn token(demo: &Demo, args: &[&str]) -> (String, Timestamp) {
    let answer = demo.home.awsprof(&[&["eks-token"], args, &["--cluster", "prod"]].concat()).json();
    assert_eq!(answer["kind"], "ExecCredential");
    assert_eq!(answer["apiVersion"], "client.authentication.k8s.io/v1beta1");
    let text = answer["status"]["token"].as_str().unwrap().strip_prefix("k8s-aws-v1.").unwrap().to_owned();
    let url = String::from_utf8(URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap();
    (url, answer["status"]["expirationTimestamp"].as_str().unwrap().parse().unwrap())
}

#[test]
fn whoever_has_the_url_learns_who_it_is_and_nothing_was_sent_to_make_it() {
    let demo = Demo::new();
    demo.renew("work").ok();
    let before = demo.actions();
    for (profile, user) in [("ci", "user/ci-robot"), ("work", "user/alice")] {
        let url = demo.home.awsprof(&["presign", profile, "--expires", "5m"]).ok();
        assert!(url.contains("X-Amz-Expires=300"), "{url}");
        let (status, body) = get(url.trim(), &[]);
        assert!(status == 200 && body.contains(user), "{status} {body}");
        let (status, _) = get(&url.trim().replace("X-Amz-Expires=300", "X-Amz-Expires=301"), &[]);
        assert_eq!(status, 403, "the signature covers it");
    }
    assert_eq!(demo.actions().len(), before.len() + 4, "only the GETs of this test");
    assert_eq!(
        demo.home.awsprof(&["presign", "ci", "--expires", "169h", "--json"]).error(2)["code"],
        "duration"
    );
}

#[test]
fn a_token_is_good_for_one_cluster_and_fourteen_minutes() {
    let demo = Demo::new();
    demo.renew("work").ok();
    for profile in ["ci", "work"] {
        let (url, ends) = token(&demo, &[profile]);
        let left = ends.duration_since(Timestamp::now());
        assert!(left > SignedDuration::from_mins(13) && left <= SignedDuration::from_mins(14), "{left}");
        assert!(
            url.contains("X-Amz-SignedHeaders=host%3Bx-k8s-aws-id") && url.contains("X-Amz-Expires=60"),
            "{url}"
        );
        assert_eq!(get(&url, &[("x-k8s-aws-id", "prod")]).0, 200);
        assert_eq!(get(&url, &[("x-k8s-aws-id", "other")]).0, 403);
        assert_eq!(get(&url, &[]).0, 403);
    }
}

/// botocore's signer at the moment in the URL, with the same keys, headers and lifetime.
const BOTOCORE: &str = r"
import datetime, sys, json
from unittest import mock
from urllib.parse import urlsplit, parse_qs
import botocore.auth, botocore.awsrequest, botocore.compat, botocore.session
url, profile, cluster = sys.argv[1:4]
query = {k: v[0] for k, v in parse_qs(urlsplit(url).query).items()}
keys = botocore.session.Session(profile=profile).get_credentials().get_frozen_credentials()
headers = {'x-k8s-aws-id': cluster} if cluster else {}
base = url.split('?')[0] + '?Action=GetCallerIdentity&Version=2011-06-15'
request = botocore.awsrequest.AWSRequest('GET', base, headers=headers)
at = datetime.datetime.strptime(query['X-Amz-Date'], '%Y%m%dT%H%M%SZ')
region = query['X-Amz-Credential'].split('/')[2]
with mock.patch('botocore.auth.get_current_datetime', return_value=at):
    botocore.auth.SigV4QueryAuth(keys, 'sts', region, expires=int(query['X-Amz-Expires'])).add_auth(request)
theirs = {k: v[0] for k, v in parse_qs(urlsplit(request.prepare().url).query).items()}
print(json.dumps([query, theirs]))
";

#[test]
#[ignore = "needs botocore"]
fn botocore_s_signer_makes_the_same_url() {
    let demo = Demo::new();
    demo.renew("work").ok();
    let presigned = |profile| demo.home.awsprof(&["presign", profile]).ok();
    let rows = [
        (presigned("ci"), "ci", ""),
        (presigned("work"), "work-mfa", ""),
        (token(&demo, &["ci"]).0, "ci", "prod"),
        (token(&demo, &["work"]).0, "work-mfa", "prod"),
    ];
    for (url, profile, cluster) in rows {
        let output = demo
            .home
            .command("python3")
            .args(["-c", BOTOCORE, url.trim(), profile, cluster])
            .output()
            .unwrap();
        let both: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        assert!(both[0]["X-Amz-Signature"].is_string());
        assert_eq!(both[0], both[1], "{profile} {cluster}");
    }
}
