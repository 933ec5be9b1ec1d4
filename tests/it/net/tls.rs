//! Certificates and proxies that do not work: each its own sentence, nothing sent twice.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use awsprof::aws::secret::Credentials;
use awsprof::aws::world::{Clock, Env, Fs, World};
use awsprof::net::endpoint::{ProfileSettings, Service, endpoint};
use awsprof::net::sts::{Caller, get_caller_identity};
use awsprof::net::{Client, Kind, NetError};
use awsprof::sandbox::faults::Fault;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::rig::{POLICY, Rig, block_on, start_time};

const ANSWER: &str = "<GetCallerIdentityResponse xmlns=\"x\"><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/tls</Arn>\
    <UserId>U</UserId><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

fn certificate(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/net/certificates").join(name)
}

/// A server that shows this certificate and answers whoever accepts it, three times at most.
fn server(shows: &str, key: &str) -> SocketAddr {
    let chain = vec![CertificateDer::from_pem_file(certificate(shows)).unwrap()];
    let key = PrivateKeyDer::from_pem_file(certificate(key)).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
    let addr = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for socket in listener.incoming().take(3).flatten() {
            let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), socket);
            let mut buffer = [0; 4096];
            if stream.read(&mut buffer).is_ok() {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", ANSWER.len());
                let _ = stream.write_all(format!("{head}{ANSWER}").as_bytes());
            }
        }
    });
    addr
}

fn ask(url: &str, more: &[(&str, &str)]) -> Result<String, NetError> {
    let env: Env = [("AWS_ENDPOINT_URL", url)]
        .iter()
        .chain(more)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let world = World { env: env.clone(), fs: Fs::Real, clock: Clock::Fixed(start_time()) };
    let client = Client::new(&world)?.with_policy(POLICY);
    let at = endpoint(Service::Sts, &env, ProfileSettings::default(), None)?;
    let keys = Credentials::long_term("AKIAEXAMPLE", "secret");
    let caller = Caller { credentials: &keys, endpoint: &at };
    block_on(get_caller_identity(&client, caller, &mut |_| ())).map(|answer| answer.value.arn)
}

fn trusting(addr: SocketAddr, bundle: &str) -> Result<String, NetError> {
    let bundle = certificate(bundle);
    ask(&format!("https://{addr}"), &[("AWS_CA_BUNDLE", bundle.to_str().unwrap())])
}

#[test]
fn a_bundle_replaces_the_systems_roots() {
    assert_eq!(trusting(server("leaf.pem", "leaf.key"), "ca.pem").unwrap(), "arn:aws:iam::1:user/tls");
}

#[test]
fn each_bad_certificate_has_its_sentence() {
    let table = [
        ("leaf.pem", "leaf.key", "leaf.pem", "not signed by anyone"),
        ("other.pem", "leaf.key", "ca.pem", "for another name"),
        ("expired.pem", "leaf.key", "ca.pem", "has expired"),
        ("ca.pem", "ca.key", "ca.pem", "a CA's own certificate"),
    ];
    for (shows, key, bundle, words) in table {
        let error = trusting(server(shows, key), bundle).unwrap_err();
        assert_eq!((error.kind, error.requests), (Kind::Tls, 1), "{shows}: {error}");
        assert!(error.message.contains(words), "{shows}: {error}");
        assert!(error.hint().unwrap().contains("AWS_CA_BUNDLE"));
    }
}

#[test]
fn a_bundle_that_cannot_be_used_is_a_setting() {
    let addr = server("leaf.pem", "leaf.key");
    for bundle in ["README.md", "no-such.pem", "."] {
        let error = trusting(addr, bundle).unwrap_err();
        assert_eq!((error.kind, error.requests), (Kind::Setting, 0), "{bundle}: {error}");
    }
}

#[test]
fn tls_to_a_plain_port_is_no_safe_connection() {
    let rig = Rig::new();
    let error = trusting(rig.sandbox.addr(), "ca.pem").unwrap_err();
    assert_eq!(error.kind, Kind::Tls, "{error}");
    assert!(rig.sandbox.requests().is_empty());
}

#[test]
fn a_proxy_that_refuses_is_named_as_such() {
    let rig = Rig::new();
    let bundle = certificate("ca.pem");
    let proxy = rig.sandbox.url();
    let more = [("HTTPS_PROXY", proxy.as_str()), ("AWS_CA_BUNDLE", bundle.to_str().unwrap())];
    for fault in [Fault::status(403), Fault::status(407)] {
        for _ in 0..3 {
            rig.sandbox.next_answer(fault.clone());
        }
        let error = ask("https://sts.example", &more).unwrap_err();
        assert_eq!(error.kind, Kind::Proxy, "{error}");
    }
    let nobody = ask("https://sts.example", &[("https_proxy", "http://127.0.0.1:9"), more[1]]).unwrap_err();
    assert_eq!(nobody.kind, Kind::Proxy, "{nobody}");
}
