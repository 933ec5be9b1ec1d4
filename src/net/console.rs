//! The console's federation endpoint: a token for a session, and the URL that signs a browser in with it.
//!
//! (IAM User Guide, *Enable custom identity broker access to the AWS console*.) The token is good for 15 minutes and
//! stands for the session: URLs with it are as secret as the session is.

use reqwest::{Method, Url};
use serde_json::{Value, json};

use super::call::{Answer, Call};
use super::client::Client;
use super::error::{Kind, NetError};
use super::partition::Partition;
use super::reply::{bad, well_formed};
use super::stage::Observer;
use super::{form, json};
use crate::aws::secret::{Credentials, Secret};

/// Asks for a token. `duration` (seconds) is the console session's, for sessions of roles only.
///
/// # Errors
/// Any [`NetError`].
pub async fn signin_token(
    client: &Client,
    endpoint: &Url,
    session: &Credentials,
    duration: Option<u32>,
    observer: Observer<'_>,
) -> Result<Answer<Secret>, NetError> {
    let token = session.session_token.as_ref().map(Secret::expose).unwrap_or_default();
    let keys = json!({
        "sessionId": session.access_key_id,
        "sessionKey": session.secret_access_key.expose(),
        "sessionToken": token,
    });
    let (keys, seconds) = (Secret::new(keys.to_string()), duration.map(|seconds| seconds.to_string()));
    let mut fields = vec![("Action", "getSigninToken"), ("Session", keys.expose())];
    fields.extend(seconds.as_deref().map(|seconds| ("SessionDuration", seconds)));
    let call = Call::new(Method::GET, with_query(endpoint, &fields));
    let Answer { value: reply, requests } = client.send(&call, observer).await.map_err(refused)?;
    let body = json::parse(&reply).map_err(|error| error.after(requests))?;
    let text = body.get("SigninToken").and_then(Value::as_str).unwrap_or_default();
    let token = well_formed("SigninToken", text).map_err(|why| bad(&reply, &why).after(requests))?;
    Ok(Answer { value: Secret::new(token), requests })
}

/// The URL that signs a browser in and takes it to `destination`.
#[must_use]
pub fn sign_in_url(endpoint: &Url, destination: &str, token: &Secret) -> Secret {
    let fields = [
        ("Action", "login"),
        ("Issuer", "awsprof"),
        ("Destination", destination),
        ("SigninToken", token.expose()),
    ];
    Secret::new(String::from(with_query(endpoint, &fields)))
}

/// The page of a service in a region, the console's first page without one; `None` in a partition whose console is
/// not known.
#[must_use]
pub fn destination(region: &str, service: Option<&str>) -> Option<String> {
    let domain = Partition::of_region(region).console_domain()?;
    let page = service.map_or("console", |service| {
        PAGES.iter().find(|(known, _)| *known == service).map_or(service, |(_, page)| page)
    });
    Some(format!("https://{region}.{domain}/{page}/home?region={region}"))
}

/// Services whose pages have another name than their API.
const PAGES: [(&str, &str); 8] = [
    ("cognito-idp", "cognito/v2"),
    ("dynamodb", "dynamodbv2"),
    ("logs", "cloudwatch"),
    ("route53", "route53/v2"),
    ("sns", "sns/v3"),
    ("sqs", "sqs/v3"),
    ("ssm", "systems-manager"),
    ("stepfunctions", "states"),
];

fn with_query(endpoint: &Url, fields: &[(&str, &str)]) -> Url {
    let mut url = endpoint.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().push("federation");
    }
    let query = form::encode(fields);
    url.set_query(std::str::from_utf8(&query).ok());
    url
}

/// The endpoint has no error codes, only a status and a page.
fn refused(error: NetError) -> NetError {
    match error.status {
        Some(status @ 400..=499) => {
            let message = format!("the console's sign-in refused these credentials (HTTP {status})");
            NetError { kind: Kind::Refused, message, ..error }
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_partition_has_its_console() {
        let table = [
            ("eu-west-1", None, "https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1"),
            ("cn-north-1", Some("s3"), "https://cn-north-1.console.amazonaws.cn/s3/home?region=cn-north-1"),
            (
                "us-gov-east-1",
                Some("dynamodb"),
                "https://us-gov-east-1.console.amazonaws-us-gov.com/dynamodbv2/home?region=us-gov-east-1",
            ),
            (
                "eusc-de-east-1",
                Some("ec2"),
                "https://eusc-de-east-1.console.amazonaws-eusc.eu/ec2/home?region=eusc-de-east-1",
            ),
        ];
        for (region, service, url) in table {
            assert_eq!(destination(region, service).as_deref(), Some(url));
        }
        assert_eq!(destination("us-iso-east-1", None), None);
    }

    #[test]
    fn a_url_carries_its_destination_whole() {
        let endpoint = Url::parse("https://signin.aws.amazon.com/").unwrap();
        let url = sign_in_url(&endpoint, "https://c.example/a?b=c&d", &Secret::new("t+k/n="));
        assert_eq!(
            url.expose(),
            "https://signin.aws.amazon.com/federation?Action=login&Issuer=awsprof&Destination=https%3A%2F%2Fc.example\
             %2Fa%3Fb%3Dc%26d&SigninToken=t%2Bk%2Fn%3D"
        );
    }
}
