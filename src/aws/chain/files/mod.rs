//! The two AWS files as one tool's own parser reads them. Tools differ in what they accept, so a profile
//! that one tool sees may not be there for another; the screen's own view is [`crate::aws::ini`].

mod configparser;
mod paths;
pub(super) mod plain;
mod profile_map;
mod python;
pub(super) mod sdk;
mod shell_words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::zeroize::Zeroizing;

pub(super) use crate::aws::ini::FileKind;
use crate::aws::ini::InlineComments;
pub(super) use paths::{locate, tilde};
pub use shell_words::split as shell_words;

/// A parser, by the family of tools that use it.
#[derive(Clone, Copy, Debug)]
pub struct Grammar(Family);

#[derive(Clone, Copy, Debug)]
enum Family {
    Botocore,
    Sdk(&'static sdk::Rules),
}

impl Grammar {
    /// Python's `configparser` and botocore's `build_profile_map`.
    pub(super) const BOTOCORE: Self = Self(Family::Botocore);

    /// The SDKs' shared grammar, with what one family makes of it.
    pub(super) const fn sdk(rules: &'static sdk::Rules) -> Self {
        Self(Family::Sdk(rules))
    }

    /// Whether ` # …` behind a value stays part of it.
    pub(super) fn keeps_comments(self) -> bool {
        match self.0 {
            Family::Botocore => true,
            Family::Sdk(rules) => rules.dialect.inline_comments == InlineComments::Never,
        }
    }

    /// Under which name its readings are remembered.
    pub(super) const fn name(self) -> &'static str {
        match self.0 {
            Family::Botocore => "botocore",
            Family::Sdk(rules) => rules.name,
        }
    }

    /// What a header names by this grammar.
    fn names(self, kind: FileKind, header: &str) -> Option<sdk::Name> {
        match self.0 {
            Family::Botocore => profile_map::name(kind, header),
            Family::Sdk(rules) => (rules.names)(kind, header),
        }
    }

    /// A file in which nothing is odd.
    pub(super) fn plain(self, path: &Path, kind: FileKind, plain: Arc<plain::Plain>) -> ReadFile {
        ReadFile { plain: Some((plain, self, kind)), ..ReadFile::empty(path, Reading::Read) }
    }

    /// Reads a file; `None` is a file that does not exist.
    pub(super) fn read(self, path: &Path, kind: FileKind, bytes: Option<&[u8]>) -> ReadFile {
        let Some(bytes) = bytes else { return ReadFile::empty(path, Reading::Missing) };
        match self.0 {
            Family::Sdk(rules) => sdk::read(rules, path, kind, bytes),
            Family::Botocore => match configparser::parse(bytes) {
                Ok(sections) => profile_map::of(path, kind, sections),
                Err(broken) => ReadFile::empty(path, Reading::Broken(broken)),
            },
        }
    }
}

/// One file as a tool sees it.
#[derive(Debug)]
pub(super) struct ReadFile {
    pub path: PathBuf,
    pub reading: Reading,
    pub profiles: BTreeMap<String, Section>,
    pub sso_sessions: BTreeMap<String, Section>,
    pub services: BTreeMap<String, Section>,
    /// In place of the maps, where nothing in the file is odd.
    plain: Option<(Arc<plain::Plain>, Grammar, FileKind)>,
}

impl ReadFile {
    pub fn empty(path: &Path, reading: Reading) -> Self {
        let [profiles, sso_sessions, services] = [const { BTreeMap::new() }; 3];
        Self { path: path.to_owned(), reading, profiles, sso_sessions, services, plain: None }
    }

    /// Whether there is no such file.
    pub fn is_gone(&self) -> bool {
        matches!(self.reading, Reading::Missing | Reading::Folder)
    }

    /// The section of a profile.
    pub fn profile(&self, name: &str) -> Option<&Section> {
        let plainly = || self.named(&sdk::Name::Profile(name.to_owned()), name);
        let prefixed = || {
            let header = format!("profile {name}");
            let fallback = || self.named(&sdk::Name::Fallback(name.to_owned()), &header);
            let default = || self.named(&sdk::Name::PrefixedDefault, &header).filter(|_| name == "default");
            self.named(&sdk::Name::Profile(name.to_owned()), &header).or_else(fallback).or_else(default)
        };
        self.profiles.get(name).or_else(plainly).or_else(prefixed)
    }

    /// The section of a sign-in.
    pub fn sso_session(&self, name: &str) -> Option<&Section> {
        let plain = || self.named(&sdk::Name::SsoSession(name.to_owned()), &format!("sso-session {name}"));
        self.sso_sessions.get(name).or_else(plain)
    }

    /// A `services` section.
    pub fn service(&self, name: &str) -> Option<&Section> {
        let plain = || self.named(&sdk::Name::Services(name.to_owned()), &format!("services {name}"));
        self.services.get(name).or_else(plain)
    }

    /// The plain section under this header, if the header names what is looked for.
    fn named(&self, wanted: &sdk::Name, header: &str) -> Option<&Section> {
        let (plain, grammar, kind) = self.plain.as_ref()?;
        let section = plain.section(header)?;
        (grammar.names(*kind, header).as_ref() == Some(wanted)).then_some(section)
    }
}

/// How reading it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Missing,
    /// A folder, in place of a file.
    Folder,
    Read,
    Broken(Broken),
}

/// Why a tool's parser refuses a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// From 1.
    pub line: u32,
    pub reason: String,
}

/// A section: its entries in the order of the file.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub entries: Vec<Entry>,
}

impl Section {
    /// The text of a key, unless its value is a nested block.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key && !entry.nested)
    }

    /// The text of a key inside the block under `block`.
    pub fn nested(&self, block: &str, key: &str) -> Option<String> {
        let block = self.entries.iter().find(|entry| entry.key == block && entry.nested)?;
        block.value.lines().find_map(|line| {
            let (name, value) = line.split_once('=')?;
            (name.trim() == key).then(|| value.trim().to_owned())
        })
    }
}

/// One `key = value`. The value may be a secret: it is zeroed on drop and not printed.
#[derive(Clone)]
pub(super) struct Entry {
    pub key: String,
    pub value: Zeroizing<String>,
    /// From 1, where the key stands.
    pub line: u32,
    /// Whether the value is an indented block of further `key = value` lines.
    pub nested: bool,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} = **** (line {})", self.key, self.line)
    }
}
