//! Proxies, from the environment of the *world* (never the process's own: the demo has a world of its own),
//! and what must not go through one.

use std::net::{IpAddr, Ipv6Addr};

use reqwest::{Proxy, Url};

use super::error::{Kind, NetError};
use crate::aws::world::Env;

/// What an environment says about proxies. Each variable may be written in lower case too, which wins, as in
/// Python's `urllib` and so in the AWS CLI.
#[derive(Default)]
pub struct Proxies {
    /// By URL scheme.
    http: Option<Proxy>,
    https: Option<Proxy>,
    /// Hosts that take none.
    except: Vec<String>,
}

impl std::fmt::Debug for Proxies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proxies(****)")
    }
}

impl Proxies {
    /// Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`.
    ///
    /// # Errors
    /// [`Kind::Setting`] if a variable is not the URL of an HTTP proxy. Its value is not shown: it may hold a
    /// password.
    pub fn from_env(env: &Env) -> Result<Self, NetError> {
        let first = |name| either(env, name).or_else(|| either(env, "ALL_PROXY"));
        let list = either(env, "NO_PROXY").map(|(_, list)| list).unwrap_or_default();
        let entries = list.split(',').map(|entry| entry.trim().to_ascii_lowercase());
        Ok(Self {
            http: first("HTTP_PROXY").map(parse).transpose()?,
            https: first("HTTPS_PROXY").map(parse).transpose()?,
            except: entries.filter(|entry| !entry.is_empty()).collect(),
        })
    }

    /// The proxy a URL takes, if any.
    #[must_use]
    pub fn of(&self, url: &Url) -> Option<&Proxy> {
        if is_local(url) || self.except.iter().any(|entry| names(entry, url)) {
            return None;
        }
        if url.scheme() == "https" { self.https.as_ref() } else { self.http.as_ref() }
    }
}

fn parse((name, value): (String, &str)) -> Result<Proxy, NetError> {
    let wrong = || NetError::new(Kind::Setting, format!("{name} is not the URL of an HTTP proxy"));
    if value.contains("://") && !value.starts_with("http://") && !value.starts_with("https://") {
        return Err(wrong());
    }
    Proxy::all(value).map_err(|_| wrong())
}

/// Whether an entry of `NO_PROXY` names the host of a URL: `*`, a name and all below it (with or without a
/// leading dot), an address, a network like `10.0.0.0/8`; a port may follow a name.
fn names(entry: &str, url: &Url) -> bool {
    let host = bare_host(url);
    if let (Some((network, bits)), Ok(ip)) = (entry.split_once('/'), host.parse::<IpAddr>()) {
        return in_network(ip, network, bits).unwrap_or_default();
    }
    let with_port = format!("{host}:{}", url.port_or_known_default().unwrap_or_default());
    let name = entry.trim_start_matches("*.").trim_start_matches('.');
    let below =
        |host: &str| host == name || host.strip_suffix(name).is_some_and(|start| start.ends_with('.'));
    entry == "*" || below(host) || below(&with_port)
}

fn in_network(ip: IpAddr, network: &str, bits: &str) -> Option<bool> {
    let number = |ip: IpAddr| match ip {
        IpAddr::V4(ip) => (u128::from(ip.to_bits()) << 96, 32),
        IpAddr::V6(ip) => (ip.to_bits(), 128),
    };
    let ((ip, width), (network, same)) = (number(ip), number(network.parse().ok()?));
    let bits: u32 = bits.parse().ok().filter(|bits| *bits <= width)?;
    let mask = u128::MAX.checked_shl(128 - bits).unwrap_or_default();
    Some(width == same && ip & mask == network & mask)
}

fn bare_host(url: &Url) -> &str {
    url.host_str().unwrap_or_default().trim_matches(['[', ']'])
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
    let host = bare_host(url);
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
            let error = Proxies::from_env(&env).err().unwrap();
            assert!(error.message.starts_with("https_proxy is not"), "{error}");
            assert!(!error.message.contains("hunter2"));
        }
        let env: Env = [("HTTPS_PROXY".to_owned(), "proxy.example:3128".to_owned())].into_iter().collect();
        let proxies = Proxies::from_env(&env).unwrap();
        assert!(proxies.of(&Url::parse("https://sts.amazonaws.com/").unwrap()).is_some());
        assert!(proxies.of(&Url::parse("http://sts.amazonaws.com/").unwrap()).is_none());
        assert!(proxies.of(&Url::parse("https://127.0.0.1/").unwrap()).is_none());
    }

    #[test]
    fn exceptions() {
        let list =
            "internal, .corp.example,*.star.example,10.0.0.0/8,2001:db8::/32,192.0.2.7,port.example:8443";
        let env: Env = [("ALL_PROXY", "http://p:1"), ("no_proxy", list)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into_iter()
            .collect();
        let proxies = Proxies::from_env(&env).unwrap();
        let taken = |url: &str| proxies.of(&Url::parse(url).unwrap()).is_some();
        for url in [
            "https://internal/",
            "https://a.corp.example/",
            "https://corp.example/",
            "https://x.star.example/",
            "http://10.9.8.7/",
            "http://[2001:db8::7]/",
            "http://192.0.2.7/",
            "https://port.example:8443/",
        ] {
            assert!(!taken(url), "{url}");
        }
        for url in [
            "https://notinternal.example/",
            "https://evilcorp.example/",
            "http://11.0.0.1/",
            "http://[2001:db9::7]/",
            "http://192.0.2.70/",
            "https://port.example/",
        ] {
            assert!(taken(url), "{url}");
        }
    }
}
