//! Seeds in a file that only a passphrase opens, for computers without a keyring.
//!
//! Three lines of text: a header with the version, the cost of trying a passphrase, salt and nonce; the sealed seeds;
//! a checksum. The key is Argon2id's of the passphrase, the seal XChaCha20-Poly1305's with the header as associated
//! data, salt and nonce are new in every file. The checksum is no protection: it tells damage from a wrong passphrase,
//! which a seal that does not open cannot.

use std::collections::BTreeMap;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use secrecy::zeroize::Zeroizing;

use crate::aws::secret::Secret;
use crate::aws::store::digest;

/// Seeds by the serial of their device.
pub type Seeds = BTreeMap<String, Secret>;

const MAGIC: &str = "awsprof-seeds-1";
const SALT: usize = 24;

/// Why a sealed text gives nothing. None of them quotes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("the passphrase is not the one the seeds were sealed with")]
    WrongPassphrase,
    #[error("the file of sealed seeds is damaged")]
    Damaged,
    #[error("the file of sealed seeds was written by a newer awsprof")]
    Newer,
    #[error("the seeds cannot be sealed: {0}")]
    Impossible(&'static str),
}

/// What trying one passphrase costs: kibibytes of memory, passes over it, lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cost {
    memory: u32,
    passes: u32,
    lanes: u32,
}

/// About a sixth of a second (above OWASP's minimum of 19 MiB and two passes).
const COST: Cost = Cost { memory: 64 * 1024, passes: 3, lanes: 1 };
/// What a file may ask of this computer.
const DEAREST: Cost = Cost { memory: 1024 * 1024, passes: 16, lanes: 4 };

/// Seals seeds.
///
/// # Errors
/// [`SealError::Impossible`]: no randomness, no memory.
pub fn seal(seeds: &Seeds, passphrase: &Secret) -> Result<Vec<u8>, SealError> {
    seal_at(COST, seeds, passphrase)
}

fn seal_at(cost: Cost, seeds: &Seeds, passphrase: &Secret) -> Result<Vec<u8>, SealError> {
    let random = |_| SealError::Impossible("this computer gives no random numbers");
    let nonce = XNonce::try_generate().map_err(random)?;
    let salt: [u8; SALT] = XNonce::try_generate().map_err(random)?.into();
    let Cost { memory, passes, lanes } = cost;
    let (s, n) = (BASE64.encode(salt), BASE64.encode(nonce));
    let header = format!("{MAGIC} argon2id m={memory} t={passes} p={lanes} salt={s} nonce={n}");
    let plain = Zeroizing::new(written(seeds));
    let payload = Payload { msg: plain.as_bytes(), aad: header.as_bytes() };
    let sealed = cipher(cost, &salt, passphrase)?.encrypt(&nonce, payload);
    let sealed = BASE64.encode(sealed.map_err(|_| SealError::Impossible("there are too many"))?);
    let body = format!("{header}\n{sealed}\n");
    Ok(format!("{body}{}\n", digest(body.as_bytes())).into_bytes())
}

/// Opens what [`seal`] made.
///
/// # Errors
/// [`SealError`].
pub fn open(file: &[u8], passphrase: &Secret) -> Result<Seeds, SealError> {
    let text = std::str::from_utf8(file).map_err(|_| SealError::Damaged)?;
    let body = text.trim_end_matches('\n').rfind('\n').map(|end| &text[..=end]).ok_or(SealError::Damaged)?;
    if text[body.len()..].trim_end_matches('\n') != digest(body.as_bytes()) {
        return Err(SealError::Damaged);
    }
    let (header, sealed) = body.trim_end_matches('\n').split_once('\n').ok_or(SealError::Damaged)?;
    let Header { cost, salt, nonce } = Header::read(header)?;
    let sealed = BASE64.decode(sealed).map_err(|_| SealError::Damaged)?;
    let payload = Payload { msg: &sealed, aad: header.as_bytes() };
    let opened = cipher(cost, &salt, passphrase)?.decrypt(&nonce, payload);
    let plain = Zeroizing::new(opened.map_err(|_| SealError::WrongPassphrase)?);
    read(&plain).ok_or(SealError::Damaged)
}

struct Header {
    cost: Cost,
    salt: [u8; SALT],
    nonce: XNonce,
}

impl Header {
    fn read(line: &str) -> Result<Self, SealError> {
        let mut words = line.split(' ');
        match words.next() {
            Some(MAGIC) => {}
            Some(other) if other.starts_with("awsprof-seeds-") => return Err(SealError::Newer),
            _ => return Err(SealError::Damaged),
        }
        if words.next() != Some("argon2id") {
            return Err(SealError::Damaged);
        }
        let mut field =
            |name: &str| words.next().and_then(|word| word.strip_prefix(name)).ok_or(SealError::Damaged);
        let number = |text: &str| text.parse::<u32>().map_err(|_| SealError::Damaged);
        let (memory, passes, lanes) = (number(field("m=")?)?, number(field("t=")?)?, number(field("p=")?)?);
        let bytes = |text: &str| {
            let bytes = BASE64.decode(text).map_err(|_| SealError::Damaged)?;
            <[u8; SALT]>::try_from(bytes).map_err(|_| SealError::Damaged)
        };
        let (salt, nonce) = (bytes(field("salt=")?)?, bytes(field("nonce=")?)?);
        if memory > DEAREST.memory || passes > DEAREST.passes || lanes > DEAREST.lanes {
            return Err(SealError::Damaged);
        }
        Ok(Self { cost: Cost { memory, passes, lanes }, salt, nonce: XNonce::from(nonce) })
    }
}

fn cipher(cost: Cost, salt: &[u8], passphrase: &Secret) -> Result<XChaCha20Poly1305, SealError> {
    let mut key = Zeroizing::new([0; 32]);
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(key.len()));
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.map_err(|_| SealError::Damaged)?);
    argon
        .hash_password_into(passphrase.expose().as_bytes(), salt, &mut *key)
        .map_err(|_| SealError::Impossible("there is not enough memory"))?;
    Ok(XChaCha20Poly1305::new(&Key::from(*key)))
}

/// A line for each: the serial, a tab, the seed. As long as it will get at once, so that no copy is left behind.
fn written(seeds: &Seeds) -> String {
    let length = seeds.iter().map(|(serial, seed)| serial.len() + seed.expose().len() + 2).sum();
    let mut text = String::with_capacity(length);
    for (serial, seed) in seeds {
        for part in [serial, "\t", seed.expose(), "\n"] {
            text.push_str(part);
        }
    }
    text
}

fn read(plain: &[u8]) -> Option<Seeds> {
    let lines = std::str::from_utf8(plain).ok()?.lines();
    lines
        .map(|line| line.split_once('\t').map(|(serial, seed)| (serial.to_owned(), Secret::new(seed))))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As cheap as Argon2 can be: the rules are the same.
    const CHEAP: Cost = Cost { memory: 8, passes: 1, lanes: 1 };

    fn plain(seeds: &Seeds) -> Vec<(String, String)> {
        seeds.iter().map(|(serial, seed)| (serial.clone(), seed.expose().to_owned())).collect()
    }

    fn one() -> Seeds {
        [("arn:aws:iam::111122223333:mfa/alice".to_owned(), Secret::new("otpauth://totp/x?secret=GEZDGNBV"))]
            .into()
    }

    #[test]
    fn the_cost_is_written_in_the_file_and_is_the_dear_one() {
        let file = String::from_utf8(seal(&one(), &Secret::new("hush")).unwrap()).unwrap();
        assert!(file.starts_with("awsprof-seeds-1 argon2id m=65536 t=3 p=1 salt="), "{file}");
        assert!(!file.contains("alice") && !file.contains("GEZDGNBV"));
        assert_eq!(plain(&open(file.as_bytes(), &Secret::new("hush")).unwrap()), plain(&one()));
    }

    #[test]
    fn a_wrong_passphrase_and_damage_are_two_things() {
        let file = seal_at(CHEAP, &one(), &Secret::new("hush")).unwrap();
        assert_eq!(open(&file, &Secret::new("Hush")).unwrap_err(), SealError::WrongPassphrase);
        assert_eq!(open(&file[..file.len() - 40], &Secret::new("hush")).unwrap_err(), SealError::Damaged);
        assert_eq!(open(b"", &Secret::new("hush")).unwrap_err(), SealError::Damaged);
    }

    /// With a checksum of its own, as somebody would who changes it on purpose.
    fn changed(file: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
        let text = std::str::from_utf8(file).unwrap();
        let body: String = text.lines().take(2).flat_map(|line| [line, "\n"]).collect();
        let body = change(&body);
        format!("{body}{}\n", digest(body.as_bytes())).into_bytes()
    }

    #[test]
    fn what_is_changed_on_purpose_does_not_open() {
        let file = seal_at(CHEAP, &one(), &Secret::new("hush")).unwrap();
        let open = |change: &dyn Fn(&str) -> String| {
            open(&changed(&file, change), &Secret::new("hush")).unwrap_err()
        };
        assert_eq!(open(&|text| text.replace("seeds-1", "seeds-2")), SealError::Newer);
        assert_eq!(open(&|text| text.replace("m=8", "m=4000000000")), SealError::Damaged);
        assert_eq!(open(&|text| text.replace("argon2id", "argon2d")), SealError::Damaged);
        assert_eq!(open(&|text| text.replace("m=8 ", "m=9 ")), SealError::WrongPassphrase);
    }

    #[test]
    fn two_files_of_the_same_seeds_have_nothing_in_common() {
        let [a, b] =
            [0, 0].map(|_| String::from_utf8(seal_at(CHEAP, &one(), &Secret::new("hush")).unwrap()).unwrap());
        let words = |text: &str| text.split_whitespace().skip(5).map(str::to_owned).collect::<Vec<_>>();
        assert!(words(&a).iter().zip(words(&b)).all(|(a, b)| *a != b), "{a}{b}");
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_opens_and_one_changed_byte_does_not(
            seeds in prop::collection::btree_map("[!-~]{1,40}", "[!-~]{0,60}", 0..4),
            passphrase in "\\PC{1,20}",
            at in any::<prop::sample::Index>(),
            bit in 0..8_u32,
        ) {
            let seeds: Seeds = seeds.into_iter().map(|(serial, seed)| (serial, Secret::new(seed))).collect();
            let passphrase = Secret::new(passphrase);
            let mut file = seal_at(CHEAP, &seeds, &passphrase).unwrap();
            prop_assert_eq!(plain(&open(&file, &passphrase).unwrap()), plain(&seeds));
            let at = at.index(file.len() - 1);
            file[at] ^= 1 << bit;
            prop_assert_eq!(open(&file, &passphrase).unwrap_err(), SealError::Damaged);
        }
    }
}
