//! `awsprof presign` and `awsprof eks-token`: a URL that proves to somebody else who the profile is.
//!
//! Both are a `GetCallerIdentity` request signed in its query. Whoever is given the URL sends it to STS and believes
//! the answer; the keys themselves stay here, and nothing is sent to AWS by making it.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::args::{EksToken, Presign};
use super::obtain::{Obtained, obtain};
use super::{Done, Verbs};
use crate::aws::world::Env;
use crate::jobs::{self, Class, Failure};

/// The longest a query signature may live (SigV4: a week).
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How long the URL in a token says it lives, and how long EKS takes it (AWS CLI, `customizations/eks/get_token.py`).
const TOKEN_URL: Duration = Duration::from_mins(1);
const TOKEN: SignedDuration = SignedDuration::from_mins(14);
/// The header that binds a token to one cluster.
const CLUSTER: &str = "x-k8s-aws-id";
const GROUP: &str = "client.authentication.k8s.io";

/// Prints the URL.
///
/// # Errors
/// As [`obtain`]; a lifetime that no signature may have.
pub fn presign(verbs: &Verbs, args: Presign) -> Done {
    let expires = lifetime(args.expires)?;
    let obtained = obtain(verbs, args.take)?;
    let url = jobs::presigned(&verbs.context, &obtained.profile, &obtained.credentials, &[], expires)?;
    let until = verbs.context.world.now().saturating_add(args.expires).unwrap_or(Timestamp::MAX);
    let ends = obtained.credentials.expires_at.filter(|ends| *ends < until);
    if let Some(ends) = ends {
        verbs.out.say(&format!("note: the session ends at {ends}, and the URL with it"));
    }
    if verbs.out.json {
        let answer = json!({"url": url.as_str(), "expires_at": ends.unwrap_or(until)});
        return verbs.out.answer_json(&answer);
    }
    verbs.out.answer(&format!("{url}\n"))
}

/// Prints the answer of a Kubernetes exec plugin.
///
/// # Errors
/// As [`obtain`].
pub fn eks_token(verbs: &Verbs, args: EksToken) -> Done {
    let obtained = obtain(verbs, args.take)?;
    let headers = [(CLUSTER, args.cluster.as_str())];
    let url = jobs::presigned(&verbs.context, &obtained.profile, &obtained.credentials, &headers, TOKEN_URL)?;
    let token = format!("k8s-aws-v1.{}", URL_SAFE_NO_PAD.encode(url.as_str()));
    let world = &verbs.context.world;
    let answer = credential(&version(&world.env), &token, expiry(&obtained, world.now()));
    verbs.out.answer(&format!("{answer}\n"))
}

fn lifetime(asked: SignedDuration) -> Done<Duration> {
    let fits = asked >= SignedDuration::from_secs(1) && asked <= LONGEST;
    Duration::try_from(asked).ok().filter(|_| fits).ok_or_else(|| {
        Failure::new(Class::Usage, "duration", format!("a URL cannot be signed for {asked:#}"))
            .hint("choose from 1s to 7 days (168h)")
    })
}

/// Fourteen minutes, or the end of the session that signed.
fn expiry(obtained: &Obtained, now: Timestamp) -> Timestamp {
    let usual = now.saturating_add(TOKEN).unwrap_or(Timestamp::MAX);
    let ends = obtained.credentials.expires_at.map_or(usual, |ends| ends.min(usual));
    // kubectl reads whole seconds.
    Timestamp::from_second(ends.as_second()).unwrap_or(ends)
}

fn credential(version: &str, token: &str, expires_at: Timestamp) -> Value {
    json!({
        "kind": "ExecCredential",
        "apiVersion": format!("{GROUP}/{version}"),
        "spec": {},
        "status": {"expirationTimestamp": expires_at, "token": token},
    })
}

/// `v1beta1`, unless the client says in `KUBERNETES_EXEC_INFO` that it speaks `v1`: it refuses another than its own.
fn version(env: &Env) -> String {
    let info =
        env.non_empty("KUBERNETES_EXEC_INFO").and_then(|text| serde_json::from_str::<Value>(text).ok());
    let asked = info.as_ref().and_then(|info| info.get("apiVersion")?.as_str()?.strip_prefix(GROUP));
    if asked == Some("/v1") { "v1".to_owned() } else { "v1beta1".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_s_version_is_spoken() {
        let of = |text: &str| {
            let env = [("KUBERNETES_EXEC_INFO".to_owned(), text.to_owned())].into_iter().collect();
            version(&env)
        };
        assert_eq!(of("{\"apiVersion\":\"client.authentication.k8s.io/v1\"}"), "v1");
        assert_eq!(of("{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}"), "v1beta1");
        assert_eq!((of("nonsense"), of("")), ("v1beta1".to_owned(), "v1beta1".to_owned()));
    }

    #[test]
    fn a_lifetime_is_a_second_to_a_week() {
        let secs =
            |secs| lifetime(SignedDuration::from_secs(secs)).map(|_| ()).map_err(|failure| failure.class);
        assert_eq!((secs(0), secs(604_801)), (Err(Class::Usage), Err(Class::Usage)));
        assert_eq!((secs(1), secs(604_800)), (Ok(()), Ok(())));
    }
}
