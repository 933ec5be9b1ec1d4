//! A proof that who asks holds the private key a token is bound to (RFC 9449): a small JWT, signed with ES256.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use secrecy::zeroize::Zeroizing;
use serde_json::json;

use super::error::{Kind, NetError};
use crate::aws::secret::Secret;

/// Bytes of a private key and of a coordinate of the public one on P-256.
const SIZE: usize = 32;

/// The value of a `DPoP` header for a POST to `url` at `seconds` since 1970. `id` is used once.
///
/// # Errors
/// [`Kind::Setting`]: the cached key cannot be read.
pub fn proof(pem: &Secret, url: &str, seconds: i64, id: &str) -> Result<String, NetError> {
    let unread = || NetError::new(Kind::Setting, "the private key of the cached sign-in cannot be read");
    let der = decoded(pem).ok_or_else(unread)?;
    let (private, public) = halves(&der).ok_or_else(unread)?;
    let random = SystemRandom::new();
    let pair = EcdsaKeyPair::from_private_key_and_public_key(
        &ECDSA_P256_SHA256_FIXED_SIGNING,
        private,
        public,
        &random,
    );
    let pair = pair.map_err(|_| unread())?;
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let coordinate = |at: usize| URL_SAFE_NO_PAD.encode(&public[at..at + SIZE]);
    let key = json!({"kty": "EC", "x": coordinate(1), "y": coordinate(1 + SIZE), "crv": "P-256"});
    let header = part(json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": key}));
    let claims = part(json!({"htm": "POST", "htu": url, "iat": seconds, "jti": id}));
    let signed = format!("{header}.{claims}");
    let signature = pair.sign(&random, signed.as_bytes()).map_err(|_| unread())?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

fn decoded(pem: &Secret) -> Option<Zeroizing<Vec<u8>>> {
    let lines = pem.expose().lines().filter(|line| !line.starts_with("-----"));
    let text: Zeroizing<String> = Zeroizing::new(lines.map(str::trim).collect());
    STANDARD.decode(text.as_bytes()).ok().map(Zeroizing::new)
}

/// The private key and the uncompressed public one of an `ECPrivateKey` (RFC 5915): an octet string behind the version,
/// and at the end a bit string with the point.
fn halves(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let body = der.strip_prefix(&[0x30])?;
    let body = body.strip_prefix(&[u8::try_from(body.len() - 1).ok().filter(|length| *length < 0x80)?])?;
    let body = body.strip_prefix(&[0x02, 0x01, 0x01, 0x04, 32])?;
    let private = body.get(..SIZE)?;
    let point = body.get(body.len().checked_sub(2 * SIZE + 1)?..)?;
    let bits = body.get(..body.len() - point.len())?.ends_with(&[0x03, 66, 0x00]);
    (bits && point.first() == Some(&0x04)).then_some((private, point))
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    const KEY: &str = "-----BEGIN EC PRIVATE KEY-----\n\
        MHcCAQEEIPt/u8InPLpQeQLJTvVX+sNDzni8vMDMt3Liu+nMBigfoAoGCCqGSM49\n\
        AwEHoUQDQgAEILkGG7rNOnxiIJlMgimY1UPP8eDMFP0DAY6WGjngP4bvTAiUCQ/I\n\
        ffut2379uP+OBCm2ovGpBOJRgrl1RspUOQ==\n-----END EC PRIVATE KEY-----\n";

    #[test]
    fn a_proof_is_signed_by_the_key_it_names() {
        let proof = proof(&Secret::new(KEY), "https://x.signin.aws.amazon.com/v1/token", 7, "once").unwrap();
        let parts: Vec<&str> = proof.split('.').collect();
        let json = |part: &str| -> serde_json::Value {
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
        };
        let header = json(parts[0]);
        assert_eq!((&header["typ"], &header["alg"]), (&json!("dpop+jwt"), &json!("ES256")));
        let expected = json!({"htm": "POST", "htu": "https://x.signin.aws.amazon.com/v1/token", "iat": 7, "jti": "once"});
        assert_eq!(json(parts[1]), expected);
        let coordinate = |name: &str| URL_SAFE_NO_PAD.decode(header["jwk"][name].as_str().unwrap()).unwrap();
        let point = [vec![4], coordinate("x"), coordinate("y")].concat();
        let signed = format!("{}.{}", parts[0], parts[1]);
        let signature = URL_SAFE_NO_PAD.decode(parts[2]).unwrap();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
            .verify(signed.as_bytes(), &signature)
            .unwrap();
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let broken = KEY.replace("MHcCAQEE", "MHcCAQIE");
        for text in ["", "-----BEGIN EC PRIVATE KEY-----\n!!\n", &broken, &KEY.replace("\nffut", "\nAAAA")] {
            assert_eq!(proof(&Secret::new(text), "u", 0, "i").unwrap_err().kind, Kind::Setting);
        }
    }
}
