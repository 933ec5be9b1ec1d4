//! Signature Version 4 worked out from a request as it arrived: AWS's side of it, written from its
//! documentation (*Create a signed AWS API request*) and sharing no code with the client's signer.

use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};

/// The parameter that holds a query signature and so is not part of what is signed.
pub const QUERY_SIGNATURE: &str = "X-Amz-Signature";

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Arrived {
    pub method: String,
    /// As on the request line, percent-encoded.
    pub path: String,
    /// Without the `?`.
    pub query: String,
    /// In order, names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// What a signature covers beside the request.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// `YYYYMMDDThhmmssZ`
    pub time: &'a str,
    pub region: &'a str,
    pub service: &'a str,
}

impl Arrived {
    /// All values of a header, joined by commas, white space in each made single.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let same = |(found, _): &&(String, String)| found.eq_ignore_ascii_case(name);
        let single = |(_, value): &(String, String)| value.split_whitespace().collect::<Vec<_>>().join(" ");
        let values: Vec<_> = self.headers.iter().filter(same).map(single).collect();
        (!values.is_empty()).then(|| values.join(","))
    }

    /// The canonical request over these (lower-case, sorted) headers. `normalize` resolves `.` and `..` in the
    /// path, as every service but S3 does.
    #[must_use]
    pub fn canonical(&self, signed: &[&str], normalize: bool) -> String {
        let headers: Vec<_> =
            signed.iter().map(|name| format!("{name}:{}\n", self.header(name).unwrap_or_default())).collect();
        [
            self.method.as_str(),
            &canonical_path(&self.path, normalize),
            &canonical_query(&self.query),
            &headers.concat(),
            &signed.join(";"),
            &sha256_hex(&self.body),
        ]
        .join("\n")
    }
}

/// The signature a secret gives, in hex.
#[must_use]
pub fn signature(secret: &str, scope: Scope<'_>, canonical: &str) -> String {
    let day = scope.time.get(..8).unwrap_or_default();
    let Scope { time, region, service } = scope;
    let credential_scope = format!("{day}/{region}/{service}/aws4_request");
    let hashed = sha256_hex(canonical.as_bytes());
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{credential_scope}\n{hashed}");
    let steps = [day, region, service, "aws4_request", &to_sign];
    let start = format!("AWS4{secret}").into_bytes();
    hex(&steps.iter().fold(start, |key, step| hmac(&key, step.as_bytes())))
}

/// Segments encoded once more on top of what arrived; the empty path is `/`.
fn canonical_path(path: &str, normalize: bool) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let inner = path.strip_prefix('/').unwrap_or(path);
    for segment in inner.split('/') {
        match segment {
            ".." if normalize => drop(kept.pop()),
            "" | "." if normalize => {}
            _ => kept.push(segment),
        }
    }
    let trailing = normalize && !kept.is_empty() && path.ends_with('/');
    let encoded: Vec<_> = kept.iter().map(|segment| encode(segment)).collect();
    format!("/{}{}", encoded.join("/"), if trailing { "/" } else { "" })
}

/// Pairs decoded, encoded by the one rule, sorted by name and then value.
fn canonical_query(query: &str) -> String {
    let once = |part: &str| encode(&percent_decode_str(part).decode_utf8_lossy());
    let mut pairs: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (once(name), once(value)))
        .filter(|(name, _)| name != QUERY_SIGNATURE)
        .collect();
    pairs.sort();
    let joined: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    joined.join("&")
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// The hash of a body, in hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    // HMAC takes a key of any length, so there is no error to report.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests;
