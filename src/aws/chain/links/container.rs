//! Container credentials (ECS, EKS Pod Identity): a local HTTP endpoint that two variables name.

use std::net::IpAddr;
use std::path::Path;

use crate::aws::chain::facts::Answer;
use crate::aws::chain::finding::{Finding, Look};
use crate::aws::chain::probe::Probe;
use crate::aws::chain::scene::{Scene, variable};
use crate::aws::chain::tool::ToolError;
use crate::aws::chain::trace::{Evidence, Verdict};
use crate::aws::secret::Secret;

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// Hosts that plain HTTP may go to besides loopback addresses (botocore `utils.py` `ContainerMetadataFetcher`).
const HOSTS: [&str; 4] = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost"];

/// A set variable is a promise: whatever fails here stops the tool, also before IMDS is tried (botocore
/// `ContainerProvider._retrieve_or_fail`).
pub(in crate::aws::chain) fn required(scene: &Scene<'_>) -> Look {
    let Some((url, name)) = url(scene) else {
        return Ok(Finding::absent("no container variable is set"));
    };
    if let Err(host) = allowed(&url) {
        let message = format!(
            "Unsupported host '{host}'.  Can only retrieve metadata from a loopback address or one of these hosts: {}",
            HOSTS.join(", ")
        );
        return Ok(
            Finding::stopped(Verdict::Failed, ToolError::new("ValueError", message)).at(variable(name))
        );
    }
    let authorization = authorization(scene)?;
    let evidence = Evidence::Url { url: url.clone() };
    let probe = Probe::Container { url, authorization };
    let answer = scene.ask(probe, format!("would ask the endpoint in {name}"));
    let finding = match answer.map_err(|waits| Box::new(waits.at(evidence.clone())))? {
        Answer::Keys(keys) => Finding::found(keys.clone(), format!("the endpoint in {name} gave keys")),
        Answer::Failed(why) | Answer::Nothing(why) | Answer::Text(why) => {
            let message = format!("Error when retrieving credentials from container-role: {why}");
            Finding::stopped(Verdict::Failed, ToolError::new("CredentialRetrievalError", message))
        }
        Answer::File(_) | Answer::Who(_) | Answer::SignIn(_) => Finding::absent("the endpoint gave no keys"),
    };
    Ok(finding.at(evidence))
}

/// The container variable that is set.
pub(super) fn variable_set(scene: &Scene<'_>) -> Option<&'static str> {
    [RELATIVE, FULL].into_iter().find(|name| scene.env.non_empty(name).is_some())
}

/// The relative URI or the full one, as the tool prefers.
fn url(scene: &Scene<'_>) -> Option<(String, &'static str)> {
    let rule = &scene.tool.container;
    let set = |name: &str| scene.env.get(name).filter(|text| rule.empty_counts || !text.is_empty());
    let relative = || set(RELATIVE).map(|path| (format!("http://169.254.170.2{path}"), RELATIVE));
    let full = || Some((set(FULL)?.to_owned(), FULL));
    if rule.full_first { full().or_else(relative) } else { relative().or_else(full) }
}

/// `Err` is the host that plain HTTP may not go to.
fn allowed(url: &str) -> Result<(), String> {
    if url.starts_with("https://") {
        return Ok(());
    }
    let host = host(url);
    let loopback = host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    if loopback || HOSTS.contains(&host) { Ok(()) } else { Err(host.to_owned()) }
}

/// The host of an `http://` URL, without user, port and brackets.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let place = authority.rsplit('@').next().unwrap_or(authority);
    match place.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        Some((address, _)) => address,
        None => place.split(':').next().unwrap_or(place),
    }
}

/// The header as it is: the file before the variable. A line break in it, also a last one, is refused.
pub(super) fn authorization(scene: &Scene<'_>) -> Result<Option<Secret>, Box<Finding>> {
    let set =
        |name: &str| scene.env.get(name).filter(|text| scene.tool.container.empty_counts || !text.is_empty());
    let (name, text) = match (set(TOKEN_FILE), set(TOKEN)) {
        (Some(path), _) => match scene.file(Path::new(path))? {
            Some(bytes) => (TOKEN_FILE, String::from_utf8_lossy(bytes).into_owned()),
            None => return no_file(path, variable(TOKEN_FILE)),
        },
        (None, Some(token)) => (TOKEN, token.to_owned()),
        (None, None) => return Ok(None),
    };
    let trims = scene.tool.container.trims_token && name == TOKEN_FILE;
    let text = if trims { text.trim_end().to_owned() } else { text };
    if text.contains(['\r', '\n']) {
        let error = ToolError::new("ValueError", "Auth token value is not a legal header value");
        let why = format!("{name} holds a line break, also a last one counts");
        return Finding::stopped(Verdict::Failed, error).because(why).at(variable(name)).early();
    }
    Ok(Some(Secret::new(text)))
}

/// Python's error for a file that is not there.
pub(in crate::aws::chain) fn no_file<T>(path: &str, evidence: Evidence) -> Result<T, Box<Finding>> {
    let message = format!("[Errno 2] No such file or directory: '{path}'");
    Finding::stopped(Verdict::Failed, ToolError::new("FileNotFoundError", message)).at(evidence).early()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_few_hosts() {
        for url in [
            "http://127.0.0.1:8/x",
            "http://[::1]:8/x",
            "http://localhost/",
            "https://example.com/",
            "http://169.254.170.23/v1",
        ] {
            assert_eq!(allowed(url), Ok(()), "{url}");
        }
        for (url, host) in [
            ("http://192.0.2.10/ecs", "192.0.2.10"),
            ("http://169.254.169.254/x", "169.254.169.254"),
            ("http://127.0.0.1@evil.example/", "evil.example"),
        ] {
            assert_eq!(allowed(url), Err(host.to_owned()), "{url}");
        }
    }
}
