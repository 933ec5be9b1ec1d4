//! The two AWS files as one tool's own parser reads them. Tools differ in what they accept, so a profile
//! that one tool sees may not be there for another; the screen's own view is [`crate::aws::ini`].

mod above;
pub(super) mod chunks;
mod configparser;
mod lazy;
mod paths;
mod profile_map;
mod python;
mod quirks;
pub(super) mod sdk;
mod shell_words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secrecy::zeroize::Zeroizing;

pub(super) use crate::aws::ini::FileKind;
use crate::aws::ini::InlineComments;
pub(super) use lazy::LazyFile;
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

    /// Whether the whole file counts as empty for something that stands anywhere in it.
    pub(super) fn empties(self, bytes: &[u8]) -> bool {
        match self.0 {
            Family::Sdk(rules) => sdk::empties(rules, bytes),
            Family::Botocore => false,
        }
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
    /// Whether a line ended the reading, so that nothing behind it counts.
    pub ended: bool,
}

impl ReadFile {
    pub fn empty(path: &Path, reading: Reading) -> Self {
        let [profiles, sso_sessions, services] = [const { BTreeMap::new() }; 3];
        Self { path: path.to_owned(), reading, profiles, sso_sessions, services, ended: false }
    }

    /// The same text, below so many other lines.
    pub fn below(mut self, lines: u32) -> Self {
        let maps = [&mut self.profiles, &mut self.sso_sessions, &mut self.services];
        let entries =
            maps.into_iter().flat_map(BTreeMap::values_mut).flat_map(|section| &mut section.entries);
        entries.for_each(|entry| entry.line += lines);
        self
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
