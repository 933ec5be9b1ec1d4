//! The container endpoint (ECS, EKS Pod Identity): which URL, with which token, and what it answers.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::{Method, Url};

use super::call::{Answer, Call};
use super::client::Client;
use super::error::{Kind, NetError};
use super::json;
use super::stage::Observer;
use crate::aws::secret::{Credentials, Secret};
use crate::aws::world::{Env, World};

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
/// The address of the ECS agent.
const AGENT: &str = "169.254.170.2";
/// Hosts that may be asked by plain HTTP beside this machine (SDKs and Tools Reference Guide, *Container
/// credential provider*).
const HOSTS: [&str; 3] = [AGENT, "169.254.170.23", "fd00:ec2::23"];

/// Where to ask, and what said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub url: Url,
    /// The variable.
    pub variable: &'static str,
}

/// The URL the environment asks for; `None` if it asks for none. The relative one wins.
///
/// # Errors
/// [`Kind::Setting`] if it is no URL, or plain HTTP to a host that is not allowed.
pub fn source(env: &Env) -> Result<Option<Source>, NetError> {
    if let Some(path) = env.non_empty(RELATIVE) {
        let url = parse(&format!("http://{AGENT}{path}"), RELATIVE)?;
        // A path like `@elsewhere/` would make the agent's address a user name.
        return match url.host_str() {
            Some(AGENT) => Ok(Some(Source { url, variable: RELATIVE })),
            _ => Err(wrong(RELATIVE, "is not a path")),
        };
    }
    let Some(text) = env.non_empty(FULL) else { return Ok(None) };
    let url = parse(text, FULL)?;
    match url.scheme() {
        "https" => {}
        "http" if allowed(&url) => {}
        "http" => {
            return Err(wrong(FULL, &format!("names {}, which may only be asked by https", host(&url))));
        }
        _ => return Err(wrong(FULL, "must start with http:// or https://")),
    }
    Ok(Some(Source { url, variable: FULL }))
}

fn parse(text: &str, variable: &str) -> Result<Url, NetError> {
    if text.starts_with('/') {
        return Err(wrong(variable, "names no host"));
    }
    Url::parse(text).map_err(|_| wrong(variable, "is not a URL"))
}

fn allowed(url: &Url) -> bool {
    let host = host(url);
    let address = host.parse::<IpAddr>();
    host == "localhost" || HOSTS.contains(&host) || address.is_ok_and(|ip| ip.is_loopback())
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default().trim_matches(['[', ']'])
}

/// The `Authorization` value: the file's (read anew each time), else the variable's.
///
/// # Errors
/// [`Kind::Setting`] if the file cannot be read, or for a line break in the value, even at its end: botocore,
/// Go and Rust refuse that, so what works here must work there.
pub fn authorization(world: &World) -> Result<Option<Secret>, NetError> {
    let (text, place) = match world.env.non_empty(TOKEN_FILE).map(PathBuf::from) {
        Some(path) => (Some(read(world, &path)?), format!("the token file {}", path.display())),
        None => (world.env.non_empty(TOKEN).map(Secret::new), TOKEN.to_owned()),
    };
    match text {
        Some(text) if text.expose().contains(['\r', '\n']) => {
            Err(wrong(&place, "has a line break, which most tools refuse (even at the end of the file)"))
        }
        other => Ok(other),
    }
}

fn read(world: &World, path: &Path) -> Result<Secret, NetError> {
    let refuse = |why: &str| wrong(&format!("the token file {}", path.display()), why);
    let bytes = world.fs.read(path).map_err(|error| refuse(&format!("cannot be read: {error}")))?;
    String::from_utf8(bytes).map(Secret::new).map_err(|_| refuse("is not text"))
}

/// The task's or pod's credentials, expired ones included: whoever asked decides.
///
/// # Errors
/// Any [`NetError`].
pub async fn credentials(
    client: &Client,
    source: &Source,
    observer: Observer<'_>,
) -> Result<Answer<Credentials>, NetError> {
    let token = authorization(client.world())?;
    fetch(client, &source.url, token.as_ref(), observer).await
}

/// The credentials at `url`, with this `Authorization` header.
///
/// # Errors
/// Any [`NetError`].
pub async fn fetch(
    client: &Client,
    url: &Url,
    token: Option<&Secret>,
    observer: Observer<'_>,
) -> Result<Answer<Credentials>, NetError> {
    let mut call = Call {
        direct: true,
        total: Some(Duration::from_secs(3)),
        ..Call::new(Method::GET, url.clone()).header("accept", "application/json")
    };
    if let Some(token) = token {
        call = call.header("authorization", token.expose());
    }
    let Answer { value: reply, requests } = client.send(&call, observer).await?;
    let read = json::parse(&reply).and_then(|body| json::credentials(&reply, &body, json::METADATA));
    read.map(|value| Answer { value, requests }).map_err(|error| error.after(requests))
}

fn wrong(what: &str, why: &str) -> NetError {
    NetError::new(Kind::Setting, format!("{what} {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::world::World;

    fn env(pairs: &[(&str, &str)]) -> Env {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn full(url: &str) -> Result<Option<Source>, NetError> {
        source(&env(&[(FULL, url)]))
    }

    #[test]
    fn allowed_hosts() {
        for url in [
            "https://anywhere.example/x",
            "http://localhost:8080/x",
            "http://127.3.4.5/x",
            "http://[::1]/x",
            "http://169.254.170.2/x",
            "http://169.254.170.23/x",
            "http://[fd00:ec2::23]/x",
        ] {
            assert_eq!(full(url).unwrap().unwrap().url.as_str(), url);
        }
        for url in [
            "http://192.0.2.10/x",
            "http://169.254.169.254/x",
            "http://example.com/x",
            "ftp://localhost/x",
            "/x",
        ] {
            assert_eq!(full(url).unwrap_err().kind, Kind::Setting, "{url}");
        }
        assert_eq!(source(&Env::default()), Ok(None));
    }

    #[test]
    fn the_relative_one_wins_and_stays_with_the_agent() {
        let both = env(&[(RELATIVE, "/v2/x?a=1"), (FULL, "http://localhost/y")]);
        assert_eq!(source(&both).unwrap().unwrap().url.as_str(), "http://169.254.170.2/v2/x?a=1");
        for path in ["@evil.example/", ".evil.example/", "0/"] {
            assert!(source(&env(&[(RELATIVE, path)])).is_err(), "{path}");
        }
    }

    #[test]
    fn a_token_is_one_line() {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let files = std::collections::BTreeMap::from([
            (PathBuf::from("/good"), b"Bearer x".to_vec()),
            (PathBuf::from("/bad"), b"Bearer x\n".to_vec()),
        ]);
        let with = |pairs: &[(&str, &str)]| {
            let world = World::in_memory(env(pairs), files.clone(), now);
            authorization(&world).map(|token| token.map(|token| token.expose().to_owned()))
        };
        assert_eq!(with(&[(TOKEN, "a"), (TOKEN_FILE, "/good")]), Ok(Some("Bearer x".to_owned())));
        assert_eq!(with(&[(TOKEN, "a")]), Ok(Some("a".to_owned())));
        assert_eq!(with(&[]), Ok(None));
        for pairs in [[(TOKEN_FILE, "/bad")], [(TOKEN_FILE, "/none")], [(TOKEN, "a\nb: c")]] {
            assert_eq!(with(&pairs).unwrap_err().kind, Kind::Setting);
        }
    }
}
