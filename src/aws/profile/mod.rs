//! The estate: what both files say together, with the place of every word.
//!
//! Nothing is merged ahead of time: a lookup asks the credentials file first and then the config file, as the
//! SDKs do (sdkref guide, *Format of the config and credentials files*: a key in credentials wins).

mod kind;
mod pairs;
mod setting;

#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use memchr::memmem;

use crate::aws::beside::both;
use crate::aws::ini::{Document, Fault, FileKind, KeySet, SectionKind};
use crate::aws::world::{AwsFiles, World};

pub use kind::kind_of;
pub use setting::{AccessKey, Profile, Setting};

/// Both files at one moment.
#[derive(Clone, Debug)]
pub struct Estate {
    files: AwsFiles,
    config: Arc<Document>,
    credentials: Arc<Document>,
    states: [FileState; 2],
    /// Which sections make a profile, worked out on first use.
    pairs: OnceLock<Vec<pairs::Pair>>,
}

/// Whether a file could be read. One that could not counts as empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    Present,
    Missing,
    /// The operating system's reason.
    Unreadable(String),
}

impl Estate {
    /// Reads both files of a world; a missing or unreadable one counts as empty.
    #[must_use]
    pub fn read(world: &World) -> Self {
        let files = world.aws_files();
        let (config, of_config) = read(world, &files.config);
        let length = config.len();
        let config = || Document::parse(FileKind::Config, config).indexed();
        let credentials = || {
            let (text, state) = read(world, &files.credentials);
            (Document::parse(FileKind::Credentials, text).indexed(), state)
        };
        let ((credentials, of_credentials), config) = both(length >= SIDE_BY_SIDE, credentials, config);
        Self { states: [of_config, of_credentials], ..Self::of(files, config, credentials) }
    }

    /// An estate of two texts, as if they had been read from `files`.
    #[must_use]
    pub fn from_texts(files: AwsFiles, config: Vec<u8>, credentials: Vec<u8>) -> Self {
        let length = config.len();
        let config = || Document::parse(FileKind::Config, config).indexed();
        let credentials = || Document::parse(FileKind::Credentials, credentials).indexed();
        let (credentials, config) = both(length >= SIDE_BY_SIDE, credentials, config);
        Self::of(files, config, credentials)
    }

    fn of(files: AwsFiles, config: Document, credentials: Document) -> Self {
        Self {
            files,
            config: Arc::new(config),
            credentials: Arc::new(credentials),
            states: [FileState::Present, FileState::Present],
            pairs: OnceLock::new(),
        }
    }

    #[must_use]
    pub fn config(&self) -> &Document {
        &self.config
    }

    #[must_use]
    pub fn credentials(&self) -> &Document {
        &self.credentials
    }

    /// One of the two documents.
    #[must_use]
    pub fn document(&self, file: FileKind) -> &Document {
        match file {
            FileKind::Config => &self.config,
            FileKind::Credentials => &self.credentials,
        }
    }

    /// The same, to be held for longer.
    #[must_use]
    pub fn shared(&self, file: FileKind) -> Arc<Document> {
        match file {
            FileKind::Config => Arc::clone(&self.config),
            FileKind::Credentials => Arc::clone(&self.credentials),
        }
    }

    #[must_use]
    pub const fn files(&self) -> &AwsFiles {
        &self.files
    }

    /// The path of one of the two files.
    #[must_use]
    pub fn path(&self, file: FileKind) -> &Path {
        match file {
            FileKind::Config => &self.files.config,
            FileKind::Credentials => &self.files.credentials,
        }
    }

    /// Whether a file could be read.
    #[must_use]
    pub const fn state(&self, file: FileKind) -> &FileState {
        match file {
            FileKind::Config => &self.states[0],
            FileKind::Credentials => &self.states[1],
        }
    }

    /// Whether any section may have one of these keys: a no is certain.
    #[must_use]
    pub fn may_have(&self, keys: KeySet) -> bool {
        [self.config(), self.credentials()]
            .into_iter()
            .any(|file| file.sections().any(|one| one.may_have(keys)))
    }

    /// Whether `text` stands in the two files in one place only: much faster to tell than by a look at every profile.
    pub(crate) fn mentions_once(&self, text: &str) -> bool {
        let finder = memmem::Finder::new(text);
        let texts = [self.config.bytes(), self.credentials.bytes()];
        texts.into_iter().flat_map(|bytes| finder.find_iter(bytes)).take(2).count() == 1
    }

    /// Every profile once: those of the config file in its order, then those only the credentials file has.
    pub fn profiles(&self) -> impl Iterator<Item = Profile<'_>> {
        (0..self.count()).map(|at| self.nth(at))
    }

    /// How many profiles there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pairs().len()
    }

    /// One of [`Estate::profiles`], by its place among them, which is less than [`Estate::count`].
    #[must_use]
    pub fn nth(&self, at: usize) -> Profile<'_> {
        let (config, credentials) = self.pairs()[at];
        let of_config = config.map(|found| self.config.name_of(found));
        let name = of_config.or_else(|| Some(self.credentials.name_of(credentials?)));
        Profile::of(self, name.unwrap_or_default(), config, credentials)
    }

    fn pairs(&self) -> &[pairs::Pair] {
        self.pairs.get_or_init(|| pairs::of(&self.config, &self.credentials))
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.profiles().map(|profile| profile.name())
    }

    /// The same name as it stands in one of the files, to keep it as long as the estate.
    #[must_use]
    pub fn name_of(&self, name: &str) -> Option<&str> {
        self.profile(name).map(|profile| profile.name())
    }

    /// The profile of that name, if either file has it.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<Profile<'_>> {
        Profile::find(self, SectionKind::Profile, name)
    }

    /// `[sso-session name]`.
    #[must_use]
    pub fn sso_session(&self, name: &str) -> Option<Profile<'_>> {
        Profile::find(self, SectionKind::SsoSession, name)
    }

    /// `[services name]`; its values are nested blocks, see [`Document::nested`].
    #[must_use]
    pub fn services(&self, name: &str) -> Option<Profile<'_>> {
        Profile::find(self, SectionKind::Services, name)
    }

    /// The reason for which the SDKs' own parser would refuse one of the files, in its words, with the line.
    #[must_use]
    pub fn sdk_error(&self) -> Option<(FileKind, u32, &'static str)> {
        [FileKind::Config, FileKind::Credentials].into_iter().find_map(|file| {
            let problem = self.document(file).sdk_error()?;
            Some((file, problem.line, problem.fault.sdk_error()?))
        })
    }

    /// Whether a file has a fault of this kind.
    #[must_use]
    pub fn has_fault(&self, file: FileKind, fault: Fault) -> bool {
        self.document(file).problems().iter().any(|problem| problem.fault == fault)
    }
}

/// From this many bytes in the config file on (the other one is mostly as long) two threads parse sooner than one, the
/// start of the second included.
const SIDE_BY_SIDE: usize = 128 * 1024;

fn read(world: &World, path: &Path) -> (Vec<u8>, FileState) {
    match world.fs.read_file(path) {
        Ok(bytes) => (bytes, FileState::Present),
        Err(error) if error.kind() == io::ErrorKind::NotFound => (Vec::new(), FileState::Missing),
        Err(error) => (Vec::new(), FileState::Unreadable(error.to_string())),
    }
}
