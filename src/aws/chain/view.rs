//! Both files as one tool reads them, to show or to compare: what its own parser makes of every section,
//! merged as that tool merges (a key in credentials wins over the same key in config, in all of them).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::files::{ReadFile, Reading, Section, locate};
use super::tool::{PathRule, Tool};
use crate::aws::ini::{FileKind, SectionKind};
use crate::aws::overview::Kind;
use crate::aws::profile::kind_of;
use crate::aws::world::World;

/// Why a tool reads nothing at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}: {tool} refuses the file: {reason}", path.display())]
pub struct Refused {
    pub path: PathBuf,
    /// From 1.
    pub line: u32,
    pub reason: String,
    pub tool: &'static str,
}

impl Refused {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some("`awsprof doctor` says what can be mended".to_owned())
    }
}

/// Both files as a tool reads them. `Debug` shows no values.
#[derive(Debug)]
pub struct View {
    /// Config first: what comes later wins.
    files: Vec<(FileKind, ReadFile)>,
    ignored: Vec<Refused>,
}

/// One key as a tool reads it. `Debug` hides the text: it may be a secret.
#[derive(Clone)]
pub struct Seen<'a> {
    pub key: &'a str,
    pub text: &'a str,
    /// The text is a block of further `key = value` lines.
    pub nested: bool,
    pub file: FileKind,
    pub path: &'a Path,
    /// From 1.
    pub line: u32,
    /// The same key elsewhere wins.
    pub shadowed: bool,
}

impl std::fmt::Debug for Seen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} = **** ({:?}:{})", self.key, self.file, self.line)
    }
}

impl Seen<'_> {
    /// The keys of its block, the last of doubles.
    #[must_use]
    pub fn pairs(&self) -> BTreeMap<&str, &str> {
        let lines = self.text.lines().filter(|_| self.nested);
        lines.filter_map(|line| line.split_once('=')).map(|(k, v)| (k.trim(), v.trim())).collect()
    }
}

impl View {
    /// Reads both files as `tool` does.
    ///
    /// # Errors
    /// [`Refused`] if the tool stops at one of them.
    pub fn read(world: &World, tool: &Tool) -> Result<Self, Refused> {
        let tool = tool.variant.filter(|(when, _)| when(&world.env)).map_or(tool, |(_, variant)| variant);
        let home = world.home().unwrap_or_default();
        let mut view = Self { files: Vec::new(), ignored: Vec::new() };
        for kind in [FileKind::Config, FileKind::Credentials] {
            let places = locate(&tool.files, kind, &world.env, &home).into_iter();
            let mut read = places.map(|path| (world.fs.read_file(&path).ok(), path));
            let only_if_there = tool.files.paths == PathRule::IfThere;
            let Some((bytes, path)) = read.find(|(bytes, _)| bytes.is_some() || !only_if_there) else {
                continue;
            };
            view.add(tool, kind, tool.files.grammar.read(&path, kind, bytes.as_deref()))?;
        }
        Ok(view)
    }

    /// A file that a tool cannot read counts as empty where the tool goes on.
    fn add(&mut self, tool: &Tool, kind: FileKind, file: ReadFile) -> Result<(), Refused> {
        if let Reading::Broken(broken) = &file.reading {
            let (path, reason) = (file.path.clone(), broken.reason.clone());
            let refused = Refused { path, line: broken.line, reason, tool: tool.name };
            if tool.files.unreadable.is_some() {
                return Err(refused);
            }
            self.ignored.push(refused);
        }
        self.files.push((kind, file));
        Ok(())
    }

    /// Files the tool passes over, and why.
    #[must_use]
    pub fn ignored(&self) -> &[Refused] {
        &self.ignored
    }

    /// The names of all sections of a kind.
    #[must_use]
    pub fn names(&self, kind: SectionKind) -> BTreeSet<&str> {
        self.files.iter().flat_map(|(_, file)| map(file, kind).keys()).map(String::as_str).collect()
    }

    /// The keys of a section: credentials first, each file in its order. `None`: the tool sees no such section.
    #[must_use]
    pub fn section(&self, kind: SectionKind, name: &str) -> Option<Vec<Seen<'_>>> {
        let found =
            self.files.iter().rev().filter_map(|(of, file)| Some((of, file, map(file, kind).get(name)?)));
        let found: Vec<(&FileKind, &ReadFile, &Section)> = found.collect();
        let seen = found.iter().enumerate().flat_map(|(at, (of, file, section))| {
            let winners = &found[..at];
            section.entries.iter().map(move |entry| Seen {
                key: &entry.key,
                text: &entry.value,
                nested: entry.nested,
                file: **of,
                path: &file.path,
                line: entry.line,
                shadowed: winners.iter().any(|(.., other)| other.entries.iter().any(|e| e.key == entry.key)),
            })
        });
        (!found.is_empty()).then(|| seen.collect())
    }

    /// What AWS CLI v2 would try first in a profile that says this.
    #[must_use]
    pub fn kind(&self, profile: &str) -> Kind {
        let settings = self.section(SectionKind::Profile, profile).unwrap_or_default();
        kind_of(&|file, key| {
            let of_file = |seen: &&Seen<'_>| file.is_none_or(|file| file == seen.file) && !seen.nested;
            settings.iter().filter(of_file).find(|seen| seen.key == key).map(|seen| !seen.text.is_empty())
        })
    }
}

const fn map(file: &ReadFile, kind: SectionKind) -> &BTreeMap<String, Section> {
    match kind {
        SectionKind::SsoSession => &file.sso_sessions,
        SectionKind::Services => &file.services,
        SectionKind::Profile | SectionKind::Other => &file.profiles,
    }
}
