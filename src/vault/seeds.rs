//! Which device's seed is kept where, and getting at it.
//!
//! The list (`seeds.json`, no secrets) is what makes a renewal look for a seed at all: a keyring is never asked about a
//! device that is not on it. The seeds themselves are in the keyring or in the sealed file beside the list.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::keyring::{Keyring, KeyringError};
use super::sealed::{self, SealError, Seeds};
use super::totp::{Device, SeedError};
use crate::aws::secret::Secret;
use crate::aws::store::{StoreError, own};
use crate::aws::world::Env;

/// Where a seed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    Keyring,
    File,
}

impl Place {
    /// In words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::File => "encrypted file",
        }
    }
}

/// What is known of a kept seed without opening it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub place: Place,
    pub digits: u8,
    pub period: u64,
    pub added: Timestamp,
}

/// A seed that is on the list no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    pub place: Place,
    /// The keyring did not show it: if it is locked, the seed is still in it.
    pub unseen: Option<KeyringError>,
}

/// Why a seed cannot be had or kept.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("no seed is kept for the device {0}")]
    NoSeed(String),
    #[error("the seeds are sealed and the passphrase is not known")]
    NeedsPassphrase,
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error(transparent)]
    Sealed(#[from] SealError),
    #[error(transparent)]
    Seed(#[from] SeedError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The seeds of this user.
#[derive(Clone, Debug)]
pub struct Vault {
    list: PathBuf,
    file: PathBuf,
    keyring: Keyring,
}

impl Vault {
    /// Below awsprof's state folder; the keyring is that of `env`.
    #[must_use]
    pub fn at(state: &Path, env: &Env) -> Self {
        Self { list: state.join("seeds.json"), file: state.join("seeds.sealed"), keyring: Keyring::of(env) }
    }

    /// The keyring itself.
    #[must_use]
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Every device whose seed is kept, by serial.
    ///
    /// # Errors
    /// A list that cannot be read.
    pub fn list(&self) -> Result<BTreeMap<String, Kept>, VaultError> {
        Ok(own::load(&self.list)?.unwrap_or_default())
    }

    /// Whether there is a sealed file: its passphrase exists already.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn is_sealed(&self) -> Result<bool, VaultError> {
        Ok(own::load_bytes(&self.file)?.is_some())
    }

    /// A device's seed.
    ///
    /// # Errors
    /// [`VaultError`], also when the place it is kept in does not give it.
    pub async fn device(&self, serial: &str, passphrase: Option<&Secret>) -> Result<Device, VaultError> {
        let none = || VaultError::NoSeed(serial.to_owned());
        let kept = self.list()?.remove(serial).ok_or_else(none)?;
        let url = match kept.place {
            Place::Keyring => self.keyring.get(serial).await?,
            Place::File => self.open(passphrase)?.remove(serial).ok_or_else(none)?,
        };
        Ok(Device::parse(&url)?)
    }

    /// Keeps a device's seed, and reads it back before it is counted on.
    ///
    /// # Errors
    /// What keeps it from being written. The list is as it was then.
    pub async fn keep(
        &self,
        serial: &str,
        device: &Device,
        place: Place,
        passphrase: Option<&Secret>,
        now: Timestamp,
    ) -> Result<(), VaultError> {
        let url = device.url();
        match place {
            Place::Keyring => {
                self.keyring.set(serial, &url).await?;
                self.keyring.get(serial).await?;
            }
            Place::File => self.reseal(passphrase, |seeds| drop(seeds.insert(serial.to_owned(), url)))?,
        }
        let kept = Kept { place, digits: device.digits(), period: device.period(), added: now };
        self.relist(|list| list.insert(serial.to_owned(), kept))
    }

    /// Forgets a device's seed.
    ///
    /// # Errors
    /// No such seed, or the place it is kept in cannot be written.
    pub async fn forget(&self, serial: &str, passphrase: Option<&Secret>) -> Result<Forgotten, VaultError> {
        let none = || VaultError::NoSeed(serial.to_owned());
        let place = self.list()?.remove(serial).ok_or_else(none)?.place;
        let removed = match place {
            Place::Keyring => self.keyring.remove(serial).await,
            Place::File => self.reseal(passphrase, |seeds| drop(seeds.remove(serial))).map(Ok)?,
        };
        let unseen = match removed {
            Err(KeyringError::NotThere) => Some(KeyringError::NotThere),
            removed => removed.map(|()| None)?,
        };
        self.relist(|list| list.remove(serial))?;
        Ok(Forgotten { place, unseen })
    }

    fn open(&self, passphrase: Option<&Secret>) -> Result<Seeds, VaultError> {
        let Some(file) = own::load_bytes(&self.file)? else { return Ok(Seeds::new()) };
        Ok(sealed::open(&file, passphrase.ok_or(VaultError::NeedsPassphrase)?)?)
    }

    fn reseal(&self, passphrase: Option<&Secret>, change: impl FnOnce(&mut Seeds)) -> Result<(), VaultError> {
        let passphrase = passphrase.ok_or(VaultError::NeedsPassphrase)?;
        own::alone(&self.file, || {
            let mut seeds = self.open(Some(passphrase))?;
            change(&mut seeds);
            if seeds.is_empty() {
                return Ok(own::remove(&self.file)?);
            }
            Ok(own::save_bytes(&self.file, &sealed::seal(&seeds, passphrase)?)?)
        })
    }

    fn relist<T>(&self, change: impl FnOnce(&mut BTreeMap<String, Kept>) -> T) -> Result<(), VaultError> {
        own::alone(&self.list, || {
            let mut list = self.list()?;
            change(&mut list);
            Ok(own::save(&self.list, &list)?)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn device(seed: &str) -> Device {
        Device::parse(&Secret::new(seed)).unwrap()
    }

    fn wait<F: Future>(job: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(job)
    }

    #[test]
    fn the_file_keeps_seeds_of_several_devices_for_one_passphrase() {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::at(&dir.path().join("state"), &Env::default());
        let (hush, now) = (Secret::new("hush"), Timestamp::UNIX_EPOCH);
        let keep = |serial: &'static str, seed: &str, phrase: Option<&Secret>| {
            wait(vault.keep(serial, &device(seed), Place::File, phrase, now))
        };
        assert!(matches!(keep("a", "GEZDGNBV", None), Err(VaultError::NeedsPassphrase)));
        assert!(!vault.is_sealed().unwrap() && vault.list().unwrap().is_empty());
        keep("a", "GEZDGNBV", Some(&hush)).unwrap();
        let wrong = keep("b", "GEZDGNBVGY3TQOJQ", Some(&Secret::new("other")));
        assert!(matches!(wrong, Err(VaultError::Sealed(SealError::WrongPassphrase))));
        keep("b", "GEZDGNBVGY3TQOJQ", Some(&hush)).unwrap();
        let mode = dir.path().join("state/seeds.sealed").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        let code = |device: &Device| device.code(now).digits.expose().to_owned();
        let kept = wait(vault.device("b", Some(&hush))).unwrap();
        assert_eq!(code(&kept), code(&device("GEZDGNBVGY3TQOJQ")));
        assert!(matches!(wait(vault.device("b", None)), Err(VaultError::NeedsPassphrase)));
        assert!(matches!(wait(vault.device("c", Some(&hush))), Err(VaultError::NoSeed(_))));

        assert_eq!(wait(vault.forget("a", Some(&hush))).unwrap().place, Place::File);
        assert_eq!(vault.list().unwrap().into_keys().collect::<Vec<_>>(), ["b"]);
        wait(vault.forget("b", Some(&hush))).unwrap();
        assert!(!vault.is_sealed().unwrap(), "the last seed takes the file with it");
    }
}
