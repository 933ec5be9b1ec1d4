//! Whom we trust: `AWS_CA_BUNDLE` (or the profile's `ca_bundle`) instead of the system's store, as botocore
//! does, else the system's store. rustls fails in its own words or not at all; these are ours.

use std::path::Path;

use reqwest::{Certificate, ClientBuilder};

use super::error::{Kind, NetError};
use crate::aws::world::Fs;

/// Makes sure rustls has its cryptography; `Client::build` would panic without.
pub fn install_provider() {
    // An error means that it is already there.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Sets the roots. `bundle` is a PEM file; without one the system's store is read (about 3 ms).
///
/// # Errors
/// [`Kind::Setting`] if the bundle cannot be read or has no certificate in it.
pub fn trust(builder: ClientBuilder, fs: &Fs, bundle: Option<&Path>) -> Result<ClientBuilder, NetError> {
    let Some(path) = bundle else { return Ok(builder) };
    let wrong =
        |why: String| NetError::new(Kind::Setting, format!("the CA bundle {}: {why}", path.display()));
    let pem = fs.read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::IsADirectory => wrong("is a directory, not a PEM file".to_owned()),
        _ => wrong(error.to_string()),
    })?;
    let roots = Certificate::from_pem_bundle(&pem).map_err(|_| wrong("is not PEM".to_owned()))?;
    if roots.is_empty() {
        return Err(wrong("has no certificate in it".to_owned()));
    }
    Ok(builder.tls_certs_only(roots))
}

/// Why the client could not be made, in words.
#[must_use]
pub fn no_roots(error: &reqwest::Error) -> NetError {
    let text = super::transport::chain_of(error);
    let message = if text.contains("No CA certificates") {
        "the system has no CA certificates; install ca-certificates or set AWS_CA_BUNDLE".to_owned()
    } else {
        format!("TLS could not be set up: {text}")
    };
    NetError::new(Kind::Setting, message)
}

/// rustls's certificate complaints that OpenSSL does not share, in words.
#[must_use]
pub fn explain(text: &str) -> String {
    let known = [
        ("UnknownIssuer", "the server's certificate is not signed by anyone this computer trusts"),
        (
            "CaUsedAsEndEntity",
            "the server shows a CA's own certificate, which rustls refuses (OpenSSL does not)",
        ),
        (
            "UnsupportedCertVersion",
            "the server's certificate is X.509 v1, which rustls refuses (OpenSSL does not)",
        ),
        ("NotValidForName", "the server's certificate is for another name"),
        ("not valid for name", "the server's certificate is for another name"),
        ("Expired", "the server's certificate has expired, or this computer's clock is wrong"),
        ("expired", "the server's certificate has expired, or this computer's clock is wrong"),
        ("NotValidYet", "the server's certificate is not valid yet, or this computer's clock is wrong"),
    ];
    known.iter().find(|(sign, _)| text.contains(sign)).map_or(text, |(_, words)| words).to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;
    use std::sync::{Arc, Mutex};

    use super::*;

    fn refuse(content: &[u8]) -> String {
        install_provider();
        let path = PathBuf::from("/ca.pem");
        let files = BTreeMap::from([(path.clone(), content.to_vec())]);
        let fs = Fs::Memory(Arc::new(Mutex::new(files)));
        trust(reqwest::Client::builder(), &fs, Some(&path)).unwrap_err().message
    }

    #[test]
    fn rustlss_own_scruples_are_explained() {
        let v1 = "invalid peer certificate: Other(OtherError(UnsupportedCertVersion))";
        assert!(explain(v1).contains("X.509 v1"));
        assert_eq!(explain("received corrupt message"), "received corrupt message");
    }

    #[test]
    fn an_empty_bundle_is_an_error_of_ours() {
        assert_eq!(refuse(b"# nothing here\n"), "the CA bundle /ca.pem: has no certificate in it");
        assert!(
            refuse(b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n").contains("is not PEM")
        );
    }

    #[test]
    fn a_missing_bundle_and_a_directory_say_so() {
        let fs = Fs::Real;
        let of =
            |path: &str| trust(reqwest::Client::builder(), &fs, Some(Path::new(path))).unwrap_err().message;
        assert!(of("/nowhere/ca.pem").contains("No such file"));
        assert!(of("/").contains("is a directory"));
    }
}
