//! The world as one value: environment, files and clock, real or in memory.
//!
//! This is the only reader of `std::env` and (beside [`crate::aws::store`]) of `std::fs`. Everything above
//! takes a [`World`], so a test, the demo and a case folder run the same code on a world of their own.
//! The environment is a snapshot: a process's own environment does not change under it.
#![expect(clippy::disallowed_methods, reason = "this is the door that every other room goes through")]

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

/// Environment, files and clock.
#[derive(Clone, Debug)]
pub struct World {
    pub env: Env,
    pub fs: Fs,
    pub clock: Clock,
}

impl World {
    /// This process's world.
    #[must_use]
    pub fn real() -> Self {
        Self { env: Env::real(), fs: Fs::Real, clock: Clock::System }
    }

    /// A world in memory at a fixed moment, for tests and case folders.
    #[must_use]
    pub fn in_memory(env: Env, files: BTreeMap<PathBuf, Vec<u8>>, now: Timestamp) -> Self {
        Self { env, fs: Fs::Memory(Arc::new(Mutex::new(files))), clock: Clock::Fixed(now) }
    }

    /// The moment it is in this world.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The home directory: `HOME`, then `USERPROFILE`, then `HOMEDRIVE` + `HOMEPATH`
    /// (AWS SDKs and Tools Reference Guide, *Location of the shared config and credentials files*).
    #[must_use]
    pub fn home(&self) -> Option<PathBuf> {
        let joined =
            || Some(format!("{}{}", self.env.non_empty("HOMEDRIVE")?, self.env.non_empty("HOMEPATH")?));
        let single = |name| self.env.non_empty(name).map(str::to_owned);
        single("HOME").or_else(|| single("USERPROFILE")).or_else(joined).map(PathBuf::from)
    }

    /// Where the two AWS files are: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` (a leading `~/`
    /// stands for the home directory), else `~/.aws/config` and `~/.aws/credentials`.
    #[must_use]
    pub fn aws_files(&self) -> AwsFiles {
        let home = self.home().unwrap_or_default();
        let at = |name: &str, default: &str| match self.env.non_empty(name) {
            Some(path) => path.strip_prefix("~/").map_or_else(|| PathBuf::from(path), |rest| home.join(rest)),
            None => home.join(".aws").join(default),
        };
        AwsFiles {
            config: at("AWS_CONFIG_FILE", "config"),
            credentials: at("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
        }
    }
}

/// The paths of the two AWS files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsFiles {
    pub config: PathBuf,
    pub credentials: PathBuf,
}

/// A snapshot of environment variables. `Debug` prints names only: values may be secrets.
#[derive(Clone, Default)]
pub struct Env(Arc<BTreeMap<String, String>>);

impl Env {
    /// This process's variables; a value that is not UTF-8 is read lossily.
    #[must_use]
    pub fn real() -> Self {
        let text = |s: std::ffi::OsString| s.to_string_lossy().into_owned();
        std::env::vars_os().map(|(k, v)| (text(k), text(v))).collect()
    }

    /// The value as set, the empty string included.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The value unless it is unset or empty.
    #[must_use]
    pub fn non_empty(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// The same environment with one variable set.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut map = BTreeMap::clone(&self.0);
        map.insert(name.to_owned(), value.to_owned());
        Self(Arc::new(map))
    }

    /// The same environment without one variable.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut map = BTreeMap::clone(&self.0);
        map.remove(name);
        Self(Arc::new(map))
    }

    /// Every variable, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }
}

impl FromIterator<(String, String)> for Env {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        Self(Arc::new(pairs.into_iter().collect()))
    }
}

impl std::fmt::Debug for Env {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Files, on disk or in a map. Reading only: writing is [`crate::aws::store`]'s.
#[derive(Clone, Debug)]
pub enum Fs {
    Real,
    Memory(Arc<Mutex<BTreeMap<PathBuf, Vec<u8>>>>),
}

impl Fs {
    /// The whole file.
    ///
    /// # Errors
    /// As `std::fs::read`; a path that is not in the map is `NotFound`.
    pub fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self {
            Self::Real => std::fs::read(path),
            Self::Memory(files) => {
                let files = files.lock().unwrap_or_else(PoisonError::into_inner);
                files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
            }
        }
    }

    /// As [`Fs::read`], of nothing that keeps us waiting: a pipe is read when its writer likes, a device may have no
    /// end. `/dev/null` is empty.
    ///
    /// # Errors
    /// As [`Fs::read`]; `InvalidInput` for what is no file.
    pub fn read_file(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self {
            Self::Real => match std::fs::metadata(path)? {
                found if found.is_file() || found.is_dir() => self.read(path),
                found if is_null(&found) => Ok(Vec::new()),
                _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a pipe or a device, not a file")),
            },
            Self::Memory(_) => self.read(path),
        }
    }

    /// The first bytes of whatever can be read, a pipe or a device too.
    ///
    /// # Errors
    /// As [`Fs::read`].
    pub fn read_at_most(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        match self {
            Self::Real => {
                let mut bytes = Vec::new();
                std::fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Self::Memory(_) => self.read(path),
        }
    }

    /// The permission bits of a file or directory, links followed; `None` where there are none.
    #[must_use]
    pub fn mode(&self, path: &Path) -> Option<u32> {
        match self {
            #[cfg(unix)]
            Self::Real => {
                use std::os::unix::fs::PermissionsExt;
                Some(std::fs::metadata(path).ok()?.permissions().mode() & 0o777)
            }
            _ => None,
        }
    }

    /// The names in a directory, sorted; empty if it does not exist.
    #[must_use]
    pub fn list(&self, dir: &Path) -> Vec<PathBuf> {
        let mut names: Vec<PathBuf> = match self {
            Self::Real => {
                std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
            }
            Self::Memory(files) => {
                let files = files.lock().unwrap_or_else(PoisonError::into_inner);
                files.keys().filter(|path| path.parent() == Some(dir)).cloned().collect()
            }
        };
        names.sort();
        names
    }
}

/// Whether this is the device that swallows everything.
#[cfg(unix)]
fn is_null(found: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/dev/null").is_ok_and(|null| null.rdev() == found.rdev() && found.rdev() != 0)
}

#[cfg(not(unix))]
fn is_null(_: &std::fs::Metadata) -> bool {
    false
}

/// The clock: the system's, one that stands still, or one that several worlds share and that jumps.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    Fixed(Timestamp),
    Shared(Arc<Mutex<Timestamp>>),
}

impl Clock {
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Fixed(at) => *at,
            Self::Shared(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// A clock that its clones share: whoever waits in that world moves it instead.
    #[must_use]
    pub fn shared(at: Timestamp) -> Self {
        Self::Shared(Arc::new(Mutex::new(at)))
    }

    /// Moves a shared clock forward to a moment; `false` for a clock that goes by itself or stands still.
    pub fn jump(&self, to: Timestamp) -> bool {
        let Self::Shared(at) = self else { return false };
        let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
        *at = to.max(*at);
        true
    }
}
