//! Proxies, from the environment of the *world* (never the process's own: the demo has a world of its own),
//! and what must not go through one.

use std::net::{IpAddr, Ipv6Addr};

use reqwest::{NoProxy, Proxy, Url};

use super::error::{Kind, NetError};
use crate::aws::world::Env;

/// Makes a proxy for the URLs one variable is about.
type Maker = fn(&str) -> reqwest::Result<Proxy>;

/// The proxies of an environment. Each variable may be written in lower case too, which wins, as in Python's
/// `urllib` and so in the AWS CLI.
///
/// # Errors
/// [`Kind::Setting`] if a variable is not the URL of an HTTP proxy. Its value is not shown: it may hold a password.
pub fn from_env(env: &Env) -> Result<Vec<Proxy>, NetError> {
    let except = either(env, "NO_PROXY").and_then(|(_, list)| NoProxy::from_string(list));
    let kinds: [(&str, Maker); 3] = [
        ("HTTPS_PROXY", |url| Proxy::https(url)),
        ("HTTP_PROXY", |url| Proxy::http(url)),
        ("ALL_PROXY", |url| Proxy::all(url)),
    ];
    let mut found = Vec::new();
    for (name, make) in kinds {
        let Some((name, value)) = either(env, name) else { continue };
        let wrong = || NetError::new(Kind::Setting, format!("{name} is not the URL of an HTTP proxy"));
        if value.contains("://") && !value.starts_with("http://") && !value.starts_with("https://") {
            return Err(wrong());
        }
        let proxy = make(value).map_err(|_| wrong())?;
        found.push(proxy.no_proxy(except.clone()));
    }
    Ok(found)
}

/// The variable in lower case, else as written.
fn either<'a>(env: &'a Env, name: &str) -> Option<(String, &'a str)> {
    let lower = name.to_ascii_lowercase();
    match env.non_empty(&lower) {
        Some(value) => Some((lower, value)),
        None => env.non_empty(name).map(|value| (name.to_owned(), value)),
    }
}

/// Whether a URL's host is on this machine or its link, where no proxy has any business: loopback, link-local
/// (instance metadata, container endpoints) and `fd00:ec2::/32` (the same by IPv6).
#[must_use]
pub fn is_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    if host == "localhost" || host.ends_with(".localhost") {
        return true;
    }
    match host.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_link_local(),
        Ok(IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unicast_link_local() || is_ec2(ip),
        Err(_) => false,
    }
}

fn is_ec2(ip: Ipv6Addr) -> bool {
    ip.segments()[..2] == [0xfd00, 0x0ec2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_local() {
        let local = |url: &str| is_local(&Url::parse(url).unwrap());
        for url in [
            "http://127.0.0.1:4566/",
            "http://127.9.9.9/",
            "http://localhost:1/",
            "http://[::1]/",
            "http://169.254.169.254/",
            "http://169.254.170.2/v2",
            "http://[fd00:ec2::254]/",
            "http://[fe80::1]/",
            "http://[::ffff:127.0.0.1]/",
        ] {
            assert!(local(url), "{url}");
        }
        for url in [
            "https://sts.amazonaws.com/",
            "http://10.0.0.1/",
            "http://[fd00:ec3::1]/",
            "http://127.example.com/",
        ] {
            assert!(!local(url), "{url}");
        }
    }

    #[test]
    fn a_broken_proxy_is_named_but_not_shown() {
        for value in ["socks5://u:hunter2@h:1", "http://u:hunter2@[broken"] {
            let env: Env = [("https_proxy".to_owned(), value.to_owned())].into_iter().collect();
            let error = from_env(&env).unwrap_err();
            assert!(error.message.starts_with("https_proxy is not"), "{error}");
            assert!(!error.message.contains("hunter2"));
        }
        let env: Env = [("HTTPS_PROXY".to_owned(), "proxy.example:3128".to_owned())].into_iter().collect();
        assert_eq!(from_env(&env).unwrap().len(), 1);
    }
}
